// The demonstration's last weeks: its log is a log like any other, and every room has something to show.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import { leafHash, verifyInclusion } from '#platform/ledger/merkle.ts';
import { openCheckpoint, parseVerifier } from '#platform/ledger/signed-note.ts';
import { startTestApp, TEST_NOW } from '#test/support/app.ts';
import { logOriginOf } from '../gateway/log/log-origin.rules.ts';
import { verifySlices } from '../gateway/log/verify-slice.ts';
import { listLogs } from '../records/logs.repository.ts';
import { findRecordProof } from '../records/record-proofs.actions.ts';
import { findStopEffect } from '../stops/stop-effect.repository.ts';
import { effectVerdict } from '../stops/stop-effect.rules.ts';
import { listStops } from '../stops/stops.repository.ts';
import { stopStateAt } from '../stops/stops.rules.ts';
import { PAST_GATEWAY } from './past-log.demonstration.ts';

const started = await startTestApp();
const { db, config } = started.kernel;
const origin = logOriginOf(config.ledgerOrigin, PAST_GATEWAY);
const [log] = await listLogs(db, origin);
assert.ok(log?.checkpoint);
const { verifier: verifierKey, entries, checkpoint } = log;
const verifier = parseVerifier(verifierKey);
assert.ok(verifier);

test('every call is signed, and any of them has its proof', async () => {
  assert.equal(checkpoint.size, entries);
  for (const index of [0, entries - 1, Math.floor(Math.random() * entries)]) {
    const { rows } = await sql<{ entry: Buffer }>`
      select entry from exchange.access_records where log = ${origin} and index = ${index}`.execute(db);
    const proof = await findRecordProof(db, { log: origin, index });
    const root = proof && openCheckpoint(proof.checkpoint, verifier)?.root;
    assert.ok(proof && root && rows[0], String(index));
    assert.deepEqual(proof.leafHash, leafHash(rows[0].entry));
    assert.ok(verifyInclusion({ index, size: proof.size, leaf: proof.leafHash, root }, proof.path));
  }
});

test('a producer’s slice verifies', async () => {
  const producer = await started.signedInAs('data-producer');
  const slice = (await producer.get('/exchange/producer/slice.jsonl?from=2026-10-01&to=2026-11-24')).body;
  const { fault, slices } = await verifySlices(slice.trimEnd().split('\n'), { verifierKey });
  assert.equal(fault, null);
  const [own] = slices;
  assert.equal(slices.length, 1);
  assert.equal(own?.entries, own?.signed);
  assert.ok((own?.entries ?? 0) > 500);
});

test('hours and days are counted, and calls let something out', async () => {
  const { rows } = await sql`
    select (select sum(allowed + denied)::int from exchange.access_hours) as hours,
      (select count(*)::int from exchange.access_records) as records,
      (select count(*)::int from exchange.access_records where verdict = 'allowed' and fields = '{}') as empty,
      (select count(*)::int from exchange.access_records where at >= ${TEST_NOW}) as ahead`.execute(db);
  assert.deepEqual(rows, [{ hours: entries, records: entries, empty: 0, ahead: 0 }]);
});

test('the stops were obeyed: one resumed, one ended, one in force', async () => {
  const stops = await listStops(db, 'all', {}, { after: null, limit: 10, now: TEST_NOW });
  assert.deepEqual(
    stops.map((stop) => stopStateAt(stop, TEST_NOW)),
    ['in-force', 'ended', 'resumed'],
  );
  for (const stop of stops) {
    assert.equal(effectVerdict(await findStopEffect(db, stop)), 'holds', stop.apiSlug);
    assert.ok(stop.ledgerId);
  }
});

test('anomalies were found, one waits; questions were asked, one waits', async () => {
  const { rows } = await sql`
    select (select json_agg(kind || ' ' || (acknowledged_at is null) order by day) from exchange.anomalies) as anomalies,
      (select json_agg(kind || ' ' || (answered_at is null) order by asked_at) from exchange.questions) as questions,
      (select json_agg(month order by month) from exchange.open_data_editions) as editions`.execute(db);
  assert.deepEqual(rows, [
    {
      anomalies: ['denied false', 'hours true'],
      questions: ['question false', 'contest true'],
      editions: ['2026-09', '2026-10', '2026-11'],
    },
  ]);
});

test('a citizen sees the accesses to their data', async () => {
  const citizen = started.client();
  await citizen.post('/sign-in/demonstration', { personId: inventedId('person', 'Théo Garance') });
  const page = (await citizen.get('/exchange/my-data')).body;
  assert.match(page, /Vérifier le droit à un tarif réduit de transport/);
});
