// A gateway's log from the acknowledged record to PostgreSQL: whatever ends whenever, nothing is missing, nothing is there
// twice, everything verifies; and whatever is changed by hand is found.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { migrationSources } from '#app/modules.ts';
import { connect } from '#platform/database/connection.ts';
import { GrowingTree } from '#platform/ledger/growing-tree.ts';
import { leafHash, verifyInclusion } from '#platform/ledger/merkle.ts';
import { openCheckpoint } from '#platform/ledger/signed-note.ts';
import { freshDatabase } from '#test/support/database.ts';
import { findRecordProof } from '../../records/record-proofs.actions.ts';
import { entryText } from './entry.rules.ts';
import { LogKeeper } from './keeper.ts';
import { appendAll, inventedCall, newLogFolder, openLog, signerOf, tear } from './log.fixture.ts';
import { LogShipper } from './shipper.ts';
import { hashesAt, parseTilePath, splitHashes, TILE_WIDTH, tilePath, tilesBetween } from './tiles.rules.ts';
import { verifyLogFolder } from './verify-log-folder.ts';
import { FRAME_HEAD, listSegments, writeFrameHead } from './wal.ts';

const { db, address } = await freshDatabase(undefined, migrationSources());
let names = 0;

/** A log with its keeper and shipper, each of which can be killed and begun again. */
async function newLog() {
  const folder = newLogFolder();
  names += 1;
  const origin = `socle.example/gateway/${names}`;
  const signer = signerOf(origin);
  let now = Date.UTC(2026, 10, 24, 10);
  const shipperTo = (to = db, onStep = (_step: string) => {}) =>
    new LogShipper({ db: to, folder, origin, verifierKey: signer.verifierKey, now: () => now, onStep });
  return {
    folder,
    origin,
    signer,
    log: await openLog(folder, origin),
    keeper: (onStep = (_step: string) => {}) => new LogKeeper({ folder, signer, now: () => now, onStep }),
    shipper: shipperTo,
    pass: (ms: number) => {
      now += ms;
    },
    stored: async () =>
      (
        await sql<{ index: number; entry: Buffer; producerSeq: number; purpose: string }>`
          select index, entry, producer_seq as "producerSeq", purpose from exchange.access_records
          where log = ${origin} order by index`.execute(db)
      ).rows,
  };
}

const callsOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => inventedCall(from + at));
const frameOf = (text: string) => {
  const frame = Buffer.alloc(FRAME_HEAD + Buffer.byteLength(text));
  frame.write(text, FRAME_HEAD);
  writeFrameHead(frame, 0, frame.length - FRAME_HEAD);
  return frame;
};

describe('names of tiles', () => {
  test('are those of C2SP tlog-tiles', () => {
    assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
    assert.equal(tilePath({ level: 'entries', index: 3, width: 17 }), 'tile/entries/003.p/17');
    assert.deepEqual(parseTilePath('tile/2/x001/000.p/255'), { level: 2, index: 1000, width: 255 });
    for (const path of [
      'tile/0/x000/001',
      'tile/0/1',
      'tile/0/001.p/256',
      'tile/0/001.p/0',
      'tile/00/001',
      'tile/64/001',
    ]) {
      assert.equal(parseTilePath(path), null, path);
    }
  });

  test('are read as they are written', () => {
    const place = fc.record({
      level: fc.oneof(fc.nat(63), fc.constant('entries' as const)),
      index: fc.nat(2 ** 40),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(place, (tile) => assert.deepEqual(parseTilePath(tilePath(tile)), { ...tile })));
  });
});

test('a log of many entries has the tiles that a plain computation gives, and ships each entry once', async () => {
  const {
    folder,
    origin,
    signer,
    log,
    keeper: newKeeper,
    shipper: newShipper,
    stored,
    pass,
  } = await newLog();
  let keeper = newKeeper();
  let shipper = newShipper();
  const COUNT = 700;
  for (let done = 0; done < COUNT; done += 100) {
    await appendAll(log, callsOf(done, 100));
    pass(7_000);
    await keeper.turn();
    assert.ok(keeper.published);
    if (done % 300 === 0) await shipper.ship(keeper.published);
    if (done === 300) {
      keeper.close();
      keeper = newKeeper();
      shipper = newShipper();
    }
  }
  assert.ok(keeper.published);
  assert.equal(await shipper.ship(keeper.published), COUNT);
  const entries = (await stored()).map(({ entry }) => entry);
  assert.equal(entries.length, COUNT);
  assert.equal((await stored())[0]?.purpose, 'Tarifs de la cantine « été »');

  const rows: Buffer[][] = [[], [], []];
  const tree = new GrowingTree({
    onSubtree: ({ level, hash }) => {
      if (level % 8 === 0) rows[level / 8]?.push(hash);
    },
  });
  for (const entry of entries) tree.append(leafHash(entry));
  rows[0] = entries.map(leafHash);
  for (const { level, index, width } of tilesBetween(0, COUNT)) {
    const bytes = readFileSync(join(folder, tilePath({ level, index, width })));
    if (level === 'entries') continue;
    const expected = rows[level]?.slice(index * TILE_WIDTH, index * TILE_WIDTH + width);
    assert.deepEqual(splitHashes(bytes), expected);
  }
  assert.equal(hashesAt(1, COUNT), 2);
  const checkpoint = openCheckpoint(readFileSync(join(folder, 'checkpoint'), 'utf8'), signer.verifier);
  assert.deepEqual(checkpoint?.root, tree.root);
  const verdict = verifyLogFolder(folder);
  assert.deepEqual(verdict, { origin, entries: COUNT, read: COUNT, slices: [], fault: null });

  for (const index of [0, 255, 256, 512, 699]) {
    const proof = await findRecordProof(db, { log: origin, index });
    assert.ok(proof && checkpoint);
    assert.deepEqual(proof.leafHash, leafHash(entries[index] as Buffer));
    assert.ok(
      verifyInclusion({ index, size: proof.size, leaf: proof.leafHash, root: checkpoint.root }, proof.path),
    );
  }
  assert.equal(await findRecordProof(db, { log: origin, index: COUNT }), null);
});

test('whatever is killed whenever, nothing acknowledged is missing and nothing is there twice', async () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 300 }) }),
    fc.record({
      kind: fc.constant('keep' as const),
      killAt: fc.option(fc.nat(16), { freq: 1 }),
      wait: fc.constantFrom(0, 11_000),
    }),
    fc.record({ kind: fc.constant('ship' as const), killAt: fc.option(fc.nat(3), { freq: 1 }) }),
    fc.record({ kind: fc.constant('restart' as const), torn: fc.nat(700) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
      const trial = await newLog();
      const acknowledged = new Map<number, string>();
      let { log } = trial;
      const killing = (killAt: number | null) => {
        let steps = 0;
        return () => {
          if (steps++ === killAt) throw new Error('killed');
        };
      };
      let onKeep = () => {};
      let onShip = () => {};
      let keeper = trial.keeper(() => onKeep());
      let shipper = trial.shipper(db, () => onShip());
      const orKilled = async (work: () => Promise<unknown>) => {
        try {
          await work();
          return false;
        } catch (error) {
          assert.equal((error as Error).message, 'killed');
          return true;
        }
      };
      for (const each of [
        ...acts,
        { kind: 'append', count: 1 },
        { kind: 'keep', killAt: null, wait: 20_000 },
        { kind: 'ship', killAt: null },
      ] as typeof acts) {
        if (each.kind === 'append') {
          const calls = callsOf(acknowledged.size, each.count);
          const indexes = await appendAll(log, calls);
          for (const [at, index] of indexes.entries()) {
            assert.ok(!acknowledged.has(index));
            acknowledged.set(index, (calls[at] as { traceId: string }).traceId);
          }
        } else if (each.kind === 'keep') {
          trial.pass(each.wait);
          onKeep = killing(each.killAt);
          if (await orKilled(() => keeper.turn())) {
            onKeep = () => {};
            keeper.close();
            keeper = trial.keeper(() => onKeep());
          }
        } else if (each.kind === 'ship') {
          const { published } = keeper;
          if (!published) continue;
          onShip = killing(each.killAt);
          if (await orKilled(() => shipper.ship(published))) shipper = trial.shipper(db, () => onShip());
          onShip = () => {};
        } else {
          await log.close();
          const last = listSegments(trial.folder).at(-1);
          const text = entryText(inventedCall(999), { seq: 0, prev: '' });
          if (last) tear(last.file, frameOf(text).subarray(0, Math.min(each.torn, text.length)));
          log = await openLog(trial.folder, trial.origin);
        }
      }
      const stored = await trial.stored();
      assert.equal(stored.length, acknowledged.size);
      for (const { index, entry } of stored) {
        assert.equal(JSON.parse(entry.toString()).traceId, acknowledged.get(index));
      }
      const verdict = verifyLogFolder(trial.folder);
      assert.equal(verdict.fault, null, JSON.stringify(verdict));
      assert.equal(verdict.entries, acknowledged.size);
      await log.close();
      keeper.close();
      rmSync(trial.folder, { recursive: true });
    }),
    { numRuns: 20 },
  );
});

describe('a verification', async () => {
  const { folder, log, keeper: newKeeper, signer, pass } = await newLog();
  const keeper = newKeeper();
  await appendAll(log, callsOf(0, 200));
  await keeper.turn();
  const kept = readFileSync(join(folder, 'checkpoint'), 'utf8');
  await appendAll(log, callsOf(200, 100));
  pass(100_000);
  await keeper.turn();
  await log.close();
  keeper.close();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => /\/(tile|slices)\/|\/checkpoint$/.test(file));

  test('passes for the log as it is, with a checkpoint that was kept', () => {
    assert.equal(verifyLogFolder(folder, { kept, verifierKey: signer.verifierKey }).fault, null);
  });

  test('finds every single byte that was changed', () => {
    assert.ok(files.length > 8);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (file, place, change) => {
          const before = readFileSync(file);
          const after = Buffer.from(before);
          const at = place % before.length;
          after[at] = (after[at] as number) ^ change;
          writeFileSync(file, after);
          const { fault } = verifyLogFolder(folder);
          writeFileSync(file, before);
          assert.ok(fault, `${file} ${at}`);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('finds a file that is gone, and another log’s history', async () => {
    // The first bundle alone may be gone: those that PostgreSQL has are deleted after some time.
    for (const file of files.filter((name) => name.includes('/tile/') && !name.endsWith('/entries/000'))) {
      const before = readFileSync(file);
      rmSync(file);
      assert.ok(verifyLogFolder(folder).fault, file);
      writeFileSync(file, before);
    }
    const other = await newLog();
    await appendAll(other.log, callsOf(5, 300));
    const otherKeeper = new LogKeeper({ folder: other.folder, signer, now: Date.now });
    await otherKeeper.turn();
    assert.match(verifyLogFolder(other.folder, { kept }).fault?.reason.en ?? '', /does not extend/);
    assert.match(
      verifyLogFolder(folder, { verifierKey: signerOf('a/b').verifierKey }).fault?.reason.en ?? '',
      /checkpoint/,
    );
  });
});

test('a log on a full disk goes on where it was once there is room, and reads nothing twice', async (t) => {
  const folder = newLogFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return t.diagnostic('the full disk was not tried: a small file system can be mounted by root alone');
  }
  t.after(() => execFileSync('umount', ['-l', folder]));
  const origin = 'socle.example/gateway/full';
  const errors: Error[] = [];
  const log = await openLog(folder, origin, (error) => errors.push(error));
  await appendAll(log, callsOf(0, 20));
  const [segment] = listSegments(folder);
  assert.ok(segment);
  const first = readFileSync(segment.file);
  const filler = join(folder, 'filler');
  assert.throws(() => writeFileSync(filler, Buffer.alloc(1024 * 1024)), { code: 'ENOSPC' });
  await assert.rejects(appendAll(log, callsOf(20, 200)));
  // Whoever read these bytes again would find no log.
  const fd = openSync(segment.file, 'r+');
  writeSync(fd, Buffer.alloc(first.length), 0, first.length, 0);
  await wait(1_500);
  assert.equal(log.isHealthy, false, 'while the disk takes nothing nobody is told that it does');
  assert.ok(errors.every((error) => !('kind' in error)));
  rmSync(filler);
  while (!log.isHealthy) await wait(20);
  writeSync(fd, first, 0, first.length, 0);
  closeSync(fd);
  const { size } = log;
  assert.deepEqual(await appendAll(log, callsOf(300, 3)), [size, size + 1, size + 2]);
  await log.close();
  const keeper = new LogKeeper({ folder, signer: signerOf(origin), now: Date.now });
  await keeper.turn();
  assert.equal(keeper.published?.size, size + 3);
  assert.equal(verifyLogFolder(folder).fault, null);
});

describe('a log that is opened again', () => {
  test('refuses a damaged middle, and what is shorter than was signed', async () => {
    const { folder, origin, log, keeper } = await newLog();
    await appendAll(log, callsOf(0, 20));
    await keeper().turn();
    await log.close();
    const [segment] = listSegments(folder);
    assert.ok(segment);
    const bytes = readFileSync(segment.file);
    const damaged = Buffer.from(bytes);
    damaged[700] = (damaged[700] as number) ^ 1;
    writeFileSync(segment.file, damaged);
    await assert.rejects(openLog(folder, origin), { code: 'exchange.log-damaged' });
    writeFileSync(segment.file, bytes);
    truncateSync(segment.file, statSync(segment.file).size - 1);
    await assert.rejects(openLog(folder, origin), { code: 'exchange.log-damaged' });
  });

  test('does not read what its keeper has made safe, and keeps the chains', async () => {
    const { folder, origin, log, keeper: newKeeper } = await newLog();
    await appendAll(log, callsOf(0, 30));
    const keeper = newKeeper();
    await keeper.turn({ seals: true });
    await log.close();
    const [segment] = listSegments(folder);
    assert.ok(segment);
    // Nobody looks at these bytes any more.
    const bytes = readFileSync(segment.file);
    bytes.fill(0);
    writeFileSync(segment.file, bytes);
    const again = await openLog(folder, origin);
    assert.equal(again.size, 30);
    await appendAll(again, callsOf(30, 5));
    await keeper.turn();
    assert.equal(verifyLogFolder(folder).fault, null);
    await again.close();
  });

  test('is not signed on where its tiles are another’s', async () => {
    const { folder, log, keeper: newKeeper } = await newLog();
    await appendAll(log, callsOf(0, 30));
    await newKeeper().turn({ seals: true });
    writeFileSync(join(folder, 'tile/0/000.p/30'), Buffer.alloc(30 * 32));
    assert.throws(newKeeper, { code: 'exchange.log-damaged' });
    await log.close();
  });
});

describe('taking over', () => {
  test('waits for PostgreSQL, and catches up', async () => {
    const { log, keeper: newKeeper, shipper: shipperTo, stored } = await newLog();
    await appendAll(log, callsOf(0, 10));
    const keeper = newKeeper();
    await keeper.turn();
    assert.ok(keeper.published);
    const away = connect({ ...address, database: 'nowhere' }, { max: 1 });
    await assert.rejects(shipperTo(away.db).ship(keeper.published));
    await away.close();
    const shipper = shipperTo();
    assert.equal(await shipper.ship(keeper.published), 10);
    // Two that ship at once: one of them finds that the other was faster, and goes on from there.
    await appendAll(log, callsOf(10, 10));
    await keeper.turn();
    const outcome = await Promise.allSettled([
      shipper.ship(keeper.published),
      shipperTo().ship(keeper.published),
    ]);
    assert.ok(outcome.some(({ status }) => status === 'fulfilled'));
    assert.equal((await stored()).length, 20);
    await log.close();
  });

  test('refuses another log under the same name', async () => {
    const first = await newLog();
    await appendAll(first.log, callsOf(0, 10));
    const keeper = first.keeper();
    await keeper.turn();
    assert.ok(keeper.published);
    await first.shipper().ship(keeper.published);
    const copy = newLogFolder();
    cpSync(first.folder, copy, { recursive: true });
    const parts = { db, folder: copy, origin: first.origin, now: Date.now };
    const otherKey = new LogShipper({ ...parts, verifierKey: signerOf('x/y').verifierKey });
    await assert.rejects(otherKey.ship(keeper.published), { code: 'exchange.log-forked' });
    const shorter = new LogShipper({ ...parts, verifierKey: first.signer.verifierKey });
    await assert.rejects(shorter.ship({ ...keeper.published, size: 9 }), { code: 'exchange.log-forked' });
    await first.log.close();
  });
});
