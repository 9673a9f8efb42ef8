// The log on a real database: appended with the change, ordered after the commit, and every tampering found.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { freshDatabase } from '#test/support/database.ts';
import { clockStandingAt } from '../clock.ts';
import type { Db } from '../database/connection.ts';
import { appendAllToLedger, appendToLedger } from './append.ts';
import { canonicalJson } from './canonical-json.ts';
import { eraseEntryData } from './erase.ts';
import { exportLedger } from './export.ts';
import type { ExportedEntry } from './exported-line.ts';
import { integratePending } from './integrator.ts';
import { leafHashOf } from './leaf.ts';
import {
  findEntry,
  findLatestCheckpoint,
  getConsistencyProof,
  getInclusionProof,
  getRoot,
  listEntries,
} from './ledger.repository.ts';
import type { LedgerEntry } from './ledger.types.ts';
import { verifyConsistency, verifyInclusion } from './merkle.ts';
import { ledgerSigner, newLedgerKey } from './signer.ts';
import { verifyExport } from './verify.ts';
import { verifyDatabase } from './verify-database.ts';

const SOURCES = [{ name: 'ledger', folder: new URL('./migrations/', import.meta.url) }];
const TABLES = ['entries', 'nodes', 'checkpoints', 'waiting'];
const clock = clockStandingAt(new Date('2026-03-01T10:00:00.123Z'));
const signer = ledgerSigner(newLedgerKey(), 'socle.test/ledger');

function entry(n: number): LedgerEntry {
  return {
    kind: 'trial.happened',
    subject: `trial/thing/${n}`,
    actor: { kind: 'person', personId: '00000000-0000-4000-8000-000000000001', role: 'auditor' },
    data: { n, text: `é${n}`, ratio: n / 7, nested: { b: [1, null], a: true } },
  };
}

async function append(db: Db, count: number, from = 0): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let n = from; n < from + count; n++) await appendToLedger(trx, clock.now(), entry(n));
  });
}

async function exported(db: Db): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLedger({ db, clock }, signer)) lines.push(JSON.stringify(line));
  return lines;
}

/** Does what whoever owns the database can do: sets the guards aside and changes rows by hand. */
async function byHand(db: Db, work: (db: Db) => Promise<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(`alter table ledger.${table} disable trigger user`).execute(db);
  await work(db);
  for (const table of TABLES) await sql.raw(`alter table ledger.${table} enable trigger user`).execute(db);
}

const { db } = await freshDatabase(undefined, SOURCES);

describe('appending and integrating', () => {
  test('an entry is there exactly when its transaction commits', async () => {
    await assert.rejects(
      db.transaction().execute(async (trx) => {
        await appendToLedger(trx, clock.now(), entry(0));
        throw new Error('no');
      }),
    );
    assert.equal(await integratePending(db, signer, clock), 0);
    assert.equal(await findLatestCheckpoint(db), null);
    await append(db, 1);
    assert.equal(await integratePending(db, signer, clock), 1);
    assert.equal((await findEntry(db, 0))?.subject, 'trial/thing/0');
  });

  test('a transaction that commits late gets a later place, and leaves no gap', async () => {
    let release = () => {};
    const late = db.transaction().execute(async (trx) => {
      await appendToLedger(trx, clock.now(), entry(1_000));
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await append(db, 2, 1);
    assert.equal(await integratePending(db, signer, clock), 2);
    release();
    await late;
    assert.equal(await integratePending(db, signer, clock), 1);
    const subjects = (await listEntries(db, { from: 0, limit: 10 })).map((stored) => stored.subject);
    assert.deepEqual(subjects, ['trial/thing/0', 'trial/thing/1', 'trial/thing/2', 'trial/thing/1000']);
  });

  test('many writers and several integrators at once: no gap, no double', async () => {
    const start = (await findLatestCheckpoint(db))?.size ?? 0;
    const writers = Array.from({ length: 20 }, (_, n) => append(db, 60, 2_000 + n * 60));
    const integrators = Array.from({ length: 3 }, () => integratePending(db, signer, clock));
    await Promise.all([...writers, ...integrators]);
    await integratePending(db, signer, clock);
    const size = (await findLatestCheckpoint(db))?.size ?? 0;
    assert.equal(size, start + 1_200);
    const indexes = (await listEntries(db, { from: 0, limit: 5_000 })).map(({ index }) => index);
    assert.deepEqual(
      indexes,
      Array.from({ length: size }, (_, i) => i),
    );
    assert.equal((await verifyDatabase(db, signer)).fault, null);
  });

  test('any entry is proved in any later tree, and any tree extends any earlier one', async () => {
    const to = (await findLatestCheckpoint(db))?.size ?? 0;
    const root = await getRoot(db, to);
    for (const index of [0, 1, 3, 63, 64, 700, to - 1]) {
      const leaf = (await findEntry(db, index))?.leafHash as Buffer;
      assert.ok(
        verifyInclusion({ index, size: to, leaf, root }, await getInclusionProof(db, index, to)),
        `${index}`,
      );
    }
    for (const from of [1, 2, 63, 64, 65, 1_000, to]) {
      const oldRoot = await getRoot(db, from);
      assert.ok(
        verifyConsistency({ from, to, oldRoot, newRoot: root }, await getConsistencyProof(db, from, to)),
        `${from}`,
      );
    }
  });

  test('the database itself refuses changes', async () => {
    await append(db, 1, 5_000);
    for (const statement of [
      "update ledger.entries set subject = 'x'",
      "update ledger.entries set data = '{}'",
      'delete from ledger.entries',
      'truncate ledger.entries',
      'update ledger.entries set index = index + 9000',
      'delete from ledger.nodes',
      "update ledger.checkpoints set note = ''",
      "update ledger.waiting set leaf_hash = ''",
      'truncate ledger.waiting',
    ]) {
      await assert.rejects(sql.raw(statement).execute(db), /append-only/, statement);
    }
  });
});

test('what people may send is recorded as the database stores it', async (t) => {
  const { db } = await freshDatabase(t, SOURCES);
  const data = { nul: 'a\u0000b', lone: 'a\ud800b', 'key\udc00': [-0, 1e300, 5e-324, 0.1], at: clock.now() };
  await db
    .transaction()
    .execute((trx) => appendToLedger(trx, clock.now(), { ...entry(1), subject: 'trial/\ud800', data }));
  // Many at once are recorded as one by one.
  const many = [{ ...entry(2), subject: 'trial/\ud800', data }, entry(3)];
  await db.transaction().execute((trx) => appendAllToLedger(trx, clock.now(), many));
  await integratePending(db, signer, clock);
  assert.equal((await verifyDatabase(db, signer)).fault, null);
  assert.equal((await verifyExport(await exported(db))).fault, null);
  assert.deepEqual((await findEntry(db, 1))?.data, (await findEntry(db, 0))?.data);
  assert.equal((await findEntry(db, 2))?.subject, 'trial/thing/3');
  assert.deepEqual((await findEntry(db, 0))?.data, {
    nul: 'a\u0000b',
    lone: 'a\ufffdb',
    'key\ufffd': [0, 1e300, 5e-324, 0.1],
    at: '2026-03-01T10:00:00.123Z',
  });
});

/** What somebody with every right on the database does, what is then said, and of which entry. */
const ATTACKS: [what: string, sentence: RegExp, index: number | null, work: (db: Db) => Promise<unknown>][] =
  [
    ['its content', /content of the entry is not/, 5, onEntry5('data = \'{"n": 99}\'')],
    [
      'its content and the hash of it',
      /kind, subject, author or hash/,
      5,
      onEntry5("data = '{}', data_hash = sha256(salt || '{}')"),
    ],
    ['its subject', /kind, subject, author or hash/, 5, onEntry5("subject = 'other'")],
    ['its author', /kind, subject, author or hash/, 5, onEntry5('actor = \'{"kind":"system","name":"x"}\'')],
    ['its date', /kind, subject, author or hash/, 5, onEntry5("at = at - interval '1 day'")],
    ['its content taken away as if erased', /no entry records/, 5, onEntry5('data = null, salt = null')],
    [
      'its leaf',
      /kind, subject, author or hash/,
      5,
      (db) => sql`update ledger.entries set leaf_hash = sha256('x') where index = 5`.execute(db),
    ],
    [
      'its subject and its leaf',
      /one of the entries 0 to 299 was changed together with its hash/,
      0,
      async (db) => {
        await onEntry5("subject = 'other'")(db);
        const changed = await findEntry(db, 5);
        if (changed)
          await sql`update ledger.entries set leaf_hash = ${leafHashOf({ ...changed, actor: canonicalJson(changed.actor) })} where index = 5`.execute(
            db,
          );
      },
    ],
    [
      'its absence',
      /not in its place/,
      5,
      (db) => sql`delete from ledger.entries where index = 5`.execute(db),
    ],
    [
      'the absence of the last',
      /not in its place/,
      311,
      (db) => sql`delete from ledger.entries where index = 311`.execute(db),
    ],
    [
      'its place',
      /one of the entries 0 to 299/,
      0,
      async (db) => {
        await sql`update ledger.entries set index = 900 where index = 5`.execute(db);
        await sql`update ledger.entries set index = 5 where index = 6`.execute(db);
        await sql`update ledger.entries set index = 6 where index = 900`.execute(db);
      },
    ],
    [
      'a hash of the tree',
      /proofs would be false/,
      0,
      (db) => sql`update ledger.nodes set hash = sha256('x')`.execute(db),
    ],
    [
      'a hash of the tree taken away',
      /proofs would be false/,
      0,
      (db) => sql`delete from ledger.nodes`.execute(db),
    ],
    [
      'a row put in by hand',
      /covered by no signed checkpoint/,
      312,
      (db) =>
        sql`insert into ledger.entries
          select 312, gen_random_uuid(), at, kind, 'forged', actor, data, salt, data_hash, leaf_hash
          from ledger.entries where index = 5`.execute(db),
    ],
    [
      'a signed note',
      /300 entries is not signed/,
      0,
      (db) =>
        sql`update ledger.checkpoints set note = replace(note, 'test', 'tset') where size = 300`.execute(db),
    ],
    [
      'a root beside its note',
      /row of the checkpoint of 300/,
      null,
      (db) => sql`update ledger.checkpoints set root = sha256('x') where size = 300`.execute(db),
    ],
    [
      'the last checkpoint',
      /covered by no signed checkpoint/,
      300,
      (db) => sql`delete from ledger.checkpoints where size = 312`.execute(db),
    ],
  ];

function onEntry5(change: string): (db: Db) => Promise<unknown> {
  return (db) => sql`update ledger.entries set ${sql.raw(change)} where index = 5`.execute(db);
}

describe('what is changed by hand in the database is found', () => {
  for (const [what, sentence, index, work] of ATTACKS) {
    test(what, async (t) => {
      const { db } = await freshDatabase(t, SOURCES);
      await append(db, 300);
      await integratePending(db, signer, clock);
      await append(db, 12, 300);
      await integratePending(db, signer, clock);
      assert.equal((await verifyDatabase(db, signer)).fault, null);
      await byHand(db, work);
      const { fault } = await verifyDatabase(db, signer);
      assert.match(fault?.reason.en ?? 'nothing was found', sentence);
      assert.equal(fault?.index, index);
    });
  }
});

describe('nothing is signed upon what was altered', () => {
  const cases: [what: string, code: RegExp, work: (db: Db) => Promise<unknown>][] = [
    [
      'a hash',
      /ledger-altered/,
      (db) => sql`update ledger.entries set leaf_hash = sha256('x') where index = 299`.execute(db),
    ],
    ['a missing hash', /ledger-altered/, (db) => sql`delete from ledger.nodes`.execute(db)],
    [
      'a whole log written anew by somebody without the key',
      /ledger-key-changed/,
      async (db) => {
        await sql`truncate ledger.entries, ledger.nodes, ledger.checkpoints`.execute(db);
        await append(db, 3, 700);
        await integratePending(db, ledgerSigner(newLedgerKey(), signer.origin), clock);
      },
    ],
  ];
  for (const [what, code, work] of cases) {
    test(what, async (t) => {
      const { db } = await freshDatabase(t, SOURCES);
      await append(db, 300);
      await integratePending(db, signer, clock);
      await byHand(db, work);
      await append(db, 1, 900);
      await assert.rejects(integratePending(db, signer, clock), code);
    });
  }
});

const exportedDatabase = await freshDatabase(undefined, SOURCES);

describe('an export verified offline', () => {
  let lines: string[];
  let kept: string;
  before(async () => {
    const { db } = exportedDatabase;
    await append(db, 7);
    await integratePending(db, signer, clock);
    kept = (await findLatestCheckpoint(db))?.note ?? '';
    await append(db, 6, 7);
    await integratePending(db, signer, clock);
    lines = await exported(db);
  });

  test('fits, with the key and the checkpoint that were kept', async () => {
    const verdict = await verifyExport(lines, { kept, verifierKey: signer.verifierKey });
    assert.deepEqual(verdict, { entries: 13, checkpoints: 2, erased: 0, fault: null });
  });

  test('names the entry whose content was changed', async () => {
    const changed = lines.map((line) => line.replace('"n":9,', '"n":8,'));
    assert.equal((await verifyExport(changed)).fault?.index, 9);
  });

  test('names the entry whose subject was changed, and those among which one was changed with its hash', async () => {
    const changed = lines.map((line) => line.replace('trial/thing/9"', 'trial/thing/8"'));
    assert.equal((await verifyExport(changed)).fault?.index, 9);
    const rehashed = changed.map((text) => {
      const line = JSON.parse(text) as ExportedEntry;
      if (line.index !== 9) return text;
      const hash = leafHashOf({
        ...line,
        actor: canonicalJson(line.actor),
        at: new Date(line.at),
        dataHash: Buffer.from(line.dataHash, 'base64'),
      });
      return JSON.stringify({ ...line, leafHash: hash.toString('base64') });
    });
    const { fault } = await verifyExport(rehashed);
    assert.equal(fault?.index, 7);
    assert.match(fault?.reason.en ?? '', /one of the entries 7 to 12/);
  });

  test('a line that says more than was recorded', async () => {
    for (const more of [',"note":"x"}', ',"kind":"trial.happened"}']) {
      const changed = lines.with(3, (lines[3] as string).replace(/}$/, more));
      const { fault } = await verifyExport(changed);
      assert.equal(fault?.index, 2);
      assert.match(fault?.reason.en ?? '', /not written as an export writes it/);
    }
  });

  test('any line replaced by anything is a fault and never a failure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(lines.length - 1), fc.oneof(fc.json(), fc.string()), async (at, text) => {
        const { fault } = await verifyExport(lines.with(at, text === '' ? 'x' : text));
        assert.ok(fault);
      }),
    );
  });

  test('any byte changed is a fault', async () => {
    const whole = lines.join('\n');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.constantFrom('0', 'a', 'Z', '"', ' '),
        async (at, character) => {
          const changed = whole.slice(0, at) + character + whole.slice(at + 1);
          if (changed === whole) return;
          const { fault } = await verifyExport(changed.split('\n'), { verifierKey: signer.verifierKey });
          assert.ok(fault, changed.slice(at - 40, at + 40));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a missing, doubled or moved entry', async () => {
    assert.equal((await verifyExport(lines.toSpliced(4, 1))).fault?.index, 3);
    assert.equal((await verifyExport(lines.toSpliced(4, 0, lines[4] as string))).fault?.index, 4);
    assert.ok((await verifyExport(lines.with(3, lines[4] as string).with(4, lines[3] as string))).fault);
  });

  test('a cut end', async () => {
    assert.match(
      (await verifyExport(lines.slice(0, -1))).fault?.reason.en ?? '',
      /end of the ledger is missing/,
    );
  });

  test('an end removed together with its checkpoint, against a kept one', async () => {
    const longer = JSON.parse(lines.at(-1) ?? '').note as string;
    const shorter = lines.slice(0, 1 + 7 + 1);
    assert.equal((await verifyExport(shorter)).fault, null);
    assert.match((await verifyExport(shorter, { kept: longer })).fault?.reason.en ?? '', /shorter/);
  });

  test('a log rewritten with the very same key, against a kept checkpoint', async (t) => {
    const { db } = await freshDatabase(t, SOURCES);
    await append(db, 13, 100);
    await integratePending(db, signer, clock);
    const forked = await exported(db);
    assert.equal((await verifyExport(forked)).fault, null);
    assert.match((await verifyExport(forked, { kept })).fault?.reason.en ?? '', /rewritten/);
  });

  test('a checkpoint signed by another key', async () => {
    const forger = ledgerSigner(newLedgerKey(), 'socle.test/ledger');
    const forged = lines.map((line) =>
      line.startsWith('{"type":"ledger"')
        ? JSON.stringify({ ...JSON.parse(line), verifier: forger.verifierKey })
        : line,
    );
    assert.ok((await verifyExport(forged)).fault);
    assert.match(
      (await verifyExport(lines, { verifierKey: forger.verifierKey })).fault?.reason.en ?? '',
      /another key/,
    );
  });

  test('a file that is no export', async () => {
    for (const text of ['', '{}', 'hello', '{"type":"ledger"}', 'null']) {
      assert.match((await verifyExport([text])).fault?.reason.en ?? '', /no export/);
    }
  });
});

test('erased content leaves every proof intact', async (t) => {
  const { db } = await freshDatabase(t, SOURCES);
  await append(db, 5);
  await integratePending(db, signer, clock);
  const before = await getRoot(db, 5);
  const id = (await findEntry(db, 2))?.id ?? '';
  const actor = { kind: 'system', name: 'trial' } as const;
  await db
    .transaction()
    .execute((trx) => eraseEntryData(trx, clock.now(), { id, actor, reason: 'asked for' }));
  await integratePending(db, signer, clock);
  assert.equal((await findEntry(db, 2))?.data, null);
  assert.deepEqual(await getRoot(db, 5), before);
  const verdict = await verifyDatabase(db, signer);
  assert.equal(verdict.fault, null);
  assert.equal(verdict.erased, 1);
  assert.equal((await findEntry(db, 5))?.kind, 'ledger.data-erased');
  await assert.rejects(
    db.transaction().execute((trx) => eraseEntryData(trx, clock.now(), { id, actor, reason: 'again' })),
    /ledger-entry-not-erasable/,
  );
});
