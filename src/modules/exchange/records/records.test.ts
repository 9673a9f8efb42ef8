// Records once they are in PostgreSQL: what is public of the logs, a producer's slice and its verification, counts, erasure.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Command } from 'commander';
import fc from 'fast-check';
import { sql } from 'kysely';
import { type LedgerCommandLine, ledgerCommands } from '#app/ledger/ledger.commands.ts';
import { leafHash, verifyInclusion } from '#platform/ledger/merkle.ts';
import { openCheckpoint } from '#platform/ledger/signed-note.ts';
import { startTestApp, TEST_NOW } from '#test/support/app.ts';
import { forgetHistory } from '../demonstration/history.fixture.ts';
import { LogKeeper } from '../gateway/log/keeper.ts';
import { appendAll, inventedCall, newLogFolder, openLog, signerOf } from '../gateway/log/log.fixture.ts';
import { LogShipper } from '../gateway/log/shipper.ts';
import { verifySlices } from '../gateway/log/verify-slice.ts';
import { findRecordProof } from './record-proofs.actions.ts';
import { ensureMonth, insertRecords } from './records.repository.ts';
import { applyRetention, eraseRecord } from './retention.actions.ts';
import { isPastRetention, monthsAhead } from './retention.rules.ts';
import { slicePeriod } from './slices.rules.ts';

const state = await startTestApp();
await forgetHistory(state.kernel);
const { db } = state.kernel;
const nobody = state.client();
const producer = await state.signedInAs('data-producer');
const me = await producer.getJson('/api/v1/identity/me');
const own = me
  .json<{ roles: { role: string; organisationId: string }[] }>()
  .roles.find(({ role }) => role === 'data-producer')?.organisationId as string;

const apiId = crypto.randomUUID();
await sql`
  insert into exchange.apis (id, slug, producer_id, name, summary, description, sensitivity, contact_email, created_at,
    changed_at, search_text)
  values (${apiId}, 'quotient-essai', ${own}, 'Quotient', 'Un quotient familial', 'Un quotient familial, pour essai',
    'personal', 'api@exemple.fr', now(), now(), 'quotient')`.execute(db);

const folder = newLogFolder();
const origin = 'socle.local/gateway/essai';
const signer = signerOf(origin);
const log = await openLog(folder, origin);
const COUNT = 60;
const verdicts = ['allowed', 'allowed', 'upstream-timeout', 'scope-missing', 'answer-not-json'];
await appendAll(
  log,
  Array.from({ length: COUNT }, (_, n) =>
    inventedCall(n, {
      apiId,
      verdict: verdicts[n % verdicts.length] as string,
      ...(n % 2 === 0 && { producerId: own }),
      subjectHash: Buffer.alloc(32, n).toString('base64'),
    }),
  ),
);
const keeper = new LogKeeper({ folder, signer, now: () => TEST_NOW.getTime() });
await keeper.turn();
assert.ok(keeper.published);
const shipper = new LogShipper({
  db,
  folder,
  origin,
  verifierKey: signer.verifierKey,
  now: () => TEST_NOW.getTime(),
});
await shipper.ship(keeper.published);
await log.close();
keeper.close();

const SLICE = '/exchange/producer/slice.jsonl?from=2026-11-24&to=2026-11-24';
const slice = (await producer.get(SLICE)).body;
const lines = slice.trimEnd().split('\n');

test('calls that reached a producer are counted by day, and those that failed by its fault', async () => {
  const { rows } = await sql`
    select day, calls, calls_failed as failed from exchange.api_days where api_id = ${apiId}`.execute(db);
  assert.deepEqual(rows, [{ day: '2026-11-24', calls: (COUNT / 5) * 4, failed: (COUNT / 5) * 2 }]);
});

describe('what is public of the logs', () => {
  test('is listed, with key and signature', async () => {
    const page = await nobody.get('/exchange/logs');
    assert.match(page.body, /<a href="\/exchange\/logs\/essai">essai<\/a>/);
    const [listed] = (await nobody.getJson('/api/v1/exchange/logs')).json<{
      items: { log: string; signed: number }[];
    }>().items;
    assert.equal(listed?.signed, COUNT);
    assert.match(
      (await nobody.get('/exchange/logs.csv')).body,
      /^log,signed.*\r\nsocle\.local\/gateway\/essai,60/,
    );
    const one = await nobody.get('/exchange/logs/essai');
    assert.ok(
      one.body.includes(signer.verifierKey.replaceAll('+', '&#43;')) || one.body.includes(signer.verifierKey),
    );
    assert.equal((await nobody.get('/exchange/logs/autre')).statusCode, 404);
    assert.equal((await nobody.get('/exchange/logs/essai/key')).body, `${signer.verifierKey}\n`);
    const checkpoint = openCheckpoint(
      (await nobody.get('/exchange/logs/essai/checkpoint')).body,
      signer.verifier,
    );
    assert.equal(checkpoint?.size, COUNT);
  });

  test('are the tiles of hashes, in any width there is, and never the entries', async () => {
    const tile = await nobody.get('/exchange/logs/essai/tile/0/000.p/60');
    assert.deepEqual(tile.rawPayload, readFileSync(join(folder, 'tile/0/000.p/60')));
    const narrow = await nobody.get('/exchange/logs/essai/tile/0/000.p/7');
    assert.deepEqual(narrow.rawPayload, tile.rawPayload.subarray(0, 7 * 32));
    for (const path of ['0/000.p/61', '0/000', '0/001.p/1', '1/000.p/1', '0/0', 'x/000']) {
      assert.equal((await nobody.get(`/exchange/logs/essai/tile/${path}`)).statusCode, 404, path);
    }
    assert.equal((await nobody.get('/exchange/logs/essai/tile/entries/000.p/60')).statusCode, 404);
  });
});

describe('a slice', () => {
  test('holds the producer’s own entries of the period, and verifies', async () => {
    const verdict = await verifySlices(lines, { verifierKey: signer.verifierKey });
    assert.equal(verdict.fault, null, JSON.stringify(verdict));
    const part = { origin, producer: own, entries: 30, first: 1, last: 30, signed: 30 };
    assert.deepEqual(verdict.slices, [part]);
    assert.equal(
      (await producer.get('/exchange/producer/slice.jsonl?from=2026-11-23&to=2026-11-23')).body,
      '',
    );
    for (const query of ['from=x', 'from=2026-02-30', 'from=2026-11-25&to=2026-11-24']) {
      assert.equal((await producer.get(`/exchange/producer/slice.jsonl?${query}`)).statusCode, 400, query);
    }
    assert.match((await producer.get('/exchange/producer/slice')).body, /value="2026-11-24"/);
    const auditor = await state.signedInAs('auditor');
    assert.equal((await auditor.get(SLICE)).statusCode, 403);
  });

  test('is refused with a line less, twice or elsewhere', async () => {
    for (const at of lines.keys()) {
      const less = await verifySlices(lines.filter((_, n) => n !== at));
      assert.ok(less.fault, `without line ${at}`);
      // A proof that is given twice says nothing new.
      if (lines[at]?.startsWith('{"type":"proof"')) continue;
      const twice = await verifySlices(lines.flatMap((line, n) => (n === at ? [line, line] : [line])));
      assert.ok(twice.fault, `line ${at} twice`);
    }
  });

  test('is refused with any byte changed', async () => {
    const bytes = Buffer.from(slice);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 2), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const altered = Buffer.from(bytes);
        altered[at] = (altered[at] as number) ^ change;
        const { fault } = await verifySlices(altered.toString().trimEnd().split('\n'));
        assert.ok(fault, `byte ${at}: ${altered.toString().slice(at - 20, at + 20)}`);
      }),
      { numRuns: 150 },
    );
  });
});

test('`socle log verify` tells a folder and a slice, and fails for what does not fit', async () => {
  const verify = async (...args: string[]) => {
    const printed: { ok: boolean; result: object; sentence: string }[] = [];
    const line: LedgerCommandLine = {
      locale: 'en',
      withLedger: () => assert.fail('No database was to be opened.'),
      print: (result, sentence) => printed.push({ ok: true, result, sentence }),
      fail: (result, sentence) => printed.push({ ok: false, result, sentence }),
    };
    const socle = new Command('socle').exitOverride();
    ledgerCommands(socle, line);
    await socle.parseAsync(['log', 'verify', ...args], { from: 'user' });
    return printed[0] as (typeof printed)[0];
  };
  const file = join(folder, 'slice.jsonl');
  writeFileSync(file, slice);
  const whole = await verify(file);
  assert.equal(
    whole.sentence,
    'The slice of the log socle.local/gateway/essai is intact and without a hole: 30 entries, from number 1 to number 30 of the 30 that the log signs for this producer.',
  );
  assert.equal(whole.ok, true);
  const ofFolder = await verify(
    folder,
    '--key',
    signer.verifierKey,
    '--checkpoint',
    join(folder, 'checkpoint'),
  );
  assert.equal(
    ofFolder.sentence,
    'The log socle.local/gateway/essai is intact: 60 signed entries, 60 of them read again.',
  );
  writeFileSync(file, slice.replace('Tarifs', 'Tarif'));
  const altered = await verify(file);
  assert.deepEqual([altered.ok, altered.sentence.startsWith('The log does not fit')], [false, true]);
  await assert.rejects(verify(join(folder, 'none')), { code: 'ledger-file-unreadable' });
});

describe('erasure', () => {
  test('of one record leaves its proof, and the slice without a hole', async () => {
    const [entry] = lines.filter((line) => line.startsWith('{"type":"entry"')).slice(4);
    const { traceId } = JSON.parse(JSON.parse(entry as string).entry as string) as { traceId: string };
    const { rows } = await sql<{ index: number; entry: Buffer }>`
      select index, entry from exchange.access_records where log = ${origin} and trace_id = ${traceId}`.execute(
      db,
    );
    const { index, entry: bytes } = rows[0] as { index: number; entry: Buffer };
    const erase = () =>
      db.transaction().execute((trx) =>
        eraseRecord(trx, TEST_NOW, {
          log: origin,
          index,
          actor: { kind: 'system', name: 'essai' },
          reason: 'Demande',
        }),
      );
    await erase();
    await assert.rejects(erase, { code: 'not-found' });
    const proof = await findRecordProof(db, { log: origin, index });
    const root = proof && openCheckpoint(proof.checkpoint, signer.verifier)?.root;
    assert.ok(proof && root);
    assert.deepEqual(proof.leafHash, leafHash(bytes));
    assert.ok(verifyInclusion({ index, size: proof.size, leaf: proof.leafHash, root }, proof.path));
    const after = (await producer.get(SLICE)).body.trimEnd().split('\n');
    assert.ok(after.some((line) => line.startsWith('{"type":"erased"')));
    assert.ok(!after.join().includes(traceId));
    assert.equal((await verifySlices(after)).fault, null);
    const forged = after.map((line) => line.replace(/"leafHash":"./, '"leafHash":"+'));
    assert.ok((await verifySlices(forged)).fault);
  });

  test('of whole months follows the rule, and is told to the ledger', async () => {
    const now = new Date('2026-11-24T10:00:00Z');
    assert.equal(isPastRetention(new Date('2023-11-01T00:00:00Z'), now), false);
    assert.equal(isPastRetention(new Date('2023-10-01T00:00:00Z'), now), true);
    assert.deepEqual(
      monthsAhead(new Date('2026-12-31T23:00:00Z')).map((month) => month.toISOString().slice(0, 7)),
      ['2026-12', '2027-01', '2027-02'],
    );
    const at = Date.UTC(2023, 9, 31);
    await ensureMonth(db, new Date(at));
    const old = { log: 'socle.local/gateway/ancienne', seq: 0, prev: '', record: inventedCall(0, { at }) };
    await db.transaction().execute((trx) =>
      insertRecords(trx, [
        { ...old, index: 0 },
        { ...old, index: 1 },
      ]),
    );
    assert.deepEqual(await applyRetention(db, now), { months: 1, records: 2 });
    assert.deepEqual(await applyRetention(db, now), { months: 0, records: 0 });
    await state.integrate();
    const { rows } = await sql<{ data: object }>`
      select data from ledger.entries where kind = 'exchange.records-erased'`.execute(db);
    const logs = [{ log: 'socle.local/gateway/ancienne', records: 2, size: 0, root: null }];
    assert.deepEqual(rows, [{ data: { month: '2023-10', keptMonths: 36, logs } }]);
    const { rows: left } = await sql<{ n: number }>`
      select count(*) as n from exchange.access_records where log = ${origin}`.execute(db);
    assert.equal(left[0]?.n, COUNT);
  });

  test('of the signatures of each second leaves the last of each day', async () => {
    const insert = (size: number, at: string) =>
      sql`insert into exchange.log_checkpoints (log, size, root, at, note)
        values ('l', ${size}, ${Buffer.alloc(32)}, ${at}, '')`.execute(db);
    await insert(1, '2026-11-02T10:00:00Z');
    await insert(2, '2026-11-02T23:00:00Z');
    await insert(3, '2026-11-03T10:00:00Z');
    await insert(4, '2026-11-23T10:00:00Z');
    await insert(5, '2026-11-23T11:00:00Z');
    await applyRetention(db, TEST_NOW);
    const { rows } = await sql<{ size: number }>`
      select size from exchange.log_checkpoints where log = 'l' order by size`.execute(db);
    assert.deepEqual(
      rows.map(({ size }) => size),
      [2, 3, 4, 5],
    );
  });
});

test('the period of a slice is whole days, the last thirty unless told', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  const days = ({ from, to }: { from: Date; to: Date }) => [from.toISOString(), to.toISOString()];
  assert.deepEqual(days(slicePeriod({}, now)), ['2026-10-25T00:00:00.000Z', '2026-11-25T00:00:00.000Z']);
  assert.deepEqual(days(slicePeriod({ from: '2026-01-01', to: '2026-01-01' }, now)), [
    '2026-01-01T00:00:00.000Z',
    '2026-01-02T00:00:00.000Z',
  ]);
});
