// The producer's room through the whole application: accesses, what is counted of them, and anomalies.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { startTestApp } from '#test/support/app.ts';
import { forgetHistory } from '../demonstration/history.fixture.ts';
import type { CallRecord } from '../gateway/call-record.types.ts';
import { callOf, makeFlow, organisationWith, takeCalls } from '../stops/stops.fixture.ts';
import { findAnomalies } from './anomalies.actions.ts';

const { client, signedInAs, kernel } = await startTestApp();
await forgetHistory(kernel);
const { db, clock } = kernel;
const producer = await signedInAs('data-producer');
const auditor = await signedInAs('auditor');
const flow = await makeFlow(kernel, {
  slug: 'essai-acces',
  producerId: await organisationWith(kernel, 'data-producer'),
});
const other = await makeFlow(kernel, {
  slug: 'acces-d-un-autre',
  producerId: await organisationWith(kernel, 'auditor'),
  apiName: 'API d’un autre',
});
const PAGES = '/exchange/producer';
const REST = '/api/v1/exchange';
const now = clock.now();
const ago = (ms: number) => new Date(now.getTime() - ms);
const subject = (n: number) => Buffer.alloc(32, n).toString('base64');

interface Listed {
  readonly items: { record: string; index: number; at: string; verdict: string; log: string }[];
  readonly next: string | null;
}

const list = async (query: string, by = producer) =>
  (await by.getJson(`${REST}/accesses?${query}`)).json<Listed>();

describe('accesses', { concurrency: false }, () => {
  test('are read page by page, ties included, each once, and narrowed by each filter', async () => {
    const calls = Array.from({ length: 25 }, (_, n) =>
      callOf(flow, {
        at: ago(60_000 * Math.floor(n / 5)),
        consumer: n % 2,
        subjectHash: subject(n % 7),
        ...(n % 5 === 0 ? { verdict: 'scope-missing', status: 403, scopes: [], fields: [] } : {}),
        ...(n === 3 ? { purpose: '=SUM(A1)', scopes: ['secret'] } : {}),
      }),
    );
    await takeCalls(kernel, calls.slice(0, 12), 'log/a');
    await takeCalls(kernel, calls.slice(12), 'log/b');
    await takeCalls(kernel, [callOf(other, { at: ago(1000) })], 'log/a');
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`limit=7${cursor}`);
      seen.push(...page.items.map(({ log, index }) => `${log} ${index}`));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    assert.equal(seen.length, 25);
    assert.equal(new Set(seen).size, 25);
    const count = async (query: string) => (await list(query)).items.length;
    assert.equal(await count('verdict=denied'), 5);
    assert.equal(await count('verdict=allowed'), 20);
    assert.equal(await count('scope=secret'), 1);
    assert.equal(await count(`consumer=${flow.consumers[1]?.organisationId}`), 12);
    assert.equal(await count(`accreditation=${flow.consumers[0]?.accreditationId}&verdict=denied`), 3);
    assert.equal(await count(`api=${flow.slug}&from=2026-11-25`), 0);
    assert.equal(await count('from=2026-11-24&to=2026-11-24'), 25);
    const page = await producer.get(`${PAGES}/accesses?api=${flow.slug}&live=1`);
    assert.match(page.body, /concernées\u00A0: 7</);
    assert.match(page.body, /http-equiv="refresh"/);
    assert.match(page.body, /Périmètre manquant|Périmètre/);
  });

  test('are counted, and found by scope, without reading the records one by one', async () => {
    const planOf = (query: RawBuilder<unknown>) =>
      db.transaction().execute(async (trx) => {
        // Of few records PostgreSQL would read all, whatever index there is.
        await sql`set local enable_seqscan = off`.execute(trx);
        const { rows } = await sql<{ 'QUERY PLAN': string }>`
          explain select r.subject_hash from exchange.access_records r where ${query}`.execute(trx);
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      });
    const own = sql`r.producer_id = ${flow.producerId} and r.at >= ${ago(7 * 86_400_000)}`;
    const newest = sql`order by r.at desc limit 20`;
    for (const where of [
      sql`${own} ${newest}`,
      sql`${own} and r.api_id = ${flow.apiId} ${newest}`,
      sql`${own} and r.verdict <> 'allowed' and r.organisation_id = ${flow.producerId} ${newest}`,
    ]) {
      const plan = await planOf(where);
      assert.match(plan, /Index Only Scan/);
      assert.doesNotMatch(plan, /Seq Scan|Index Scan/);
    }
    assert.match(await planOf(sql`r.scopes @> array['secret']`), /Index Cond: \(scopes @>/);
  });

  test('leave as CSV that no spreadsheet runs', async () => {
    const csv = await producer.get(`${PAGES}/accesses.csv?verdict=allowed`);
    assert.equal(csv.body.trimEnd().split('\r\n').length, 21);
    assert.match(csv.body, /,'=SUM\(A1\),/);
  });

  test('open on the whole record, and on nobody else’s', async () => {
    const [first] = (await list('verdict=denied')).items;
    const page = await producer.get(`${PAGES}/accesses/${first?.record}`);
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /stops\/new\?api=essai-acces/);
    const whole = await producer.getJson(`${REST}/accesses/${first?.record}`);
    assert.equal(JSON.parse(whole.json<{ entry: string }>().entry).verdict, 'scope-missing');
    const [foreign] = (await list(`api=${other.slug}`, auditor)).items;
    assert.equal((await auditor.get(`${PAGES}/accesses/${foreign?.record}`)).statusCode, 200);
    assert.equal((await producer.get(`${PAGES}/accesses/${foreign?.record}`)).statusCode, 404);
    assert.equal((await producer.get(`${PAGES}/accesses?api=${other.slug}`)).statusCode, 404);
    for (const bad of ['accesses/x', 'accesses?cursor=x', 'accesses?consumer=x', 'anomalies/x']) {
      assert.equal((await producer.get(`${PAGES}/${bad}`)).statusCode, 404, bad);
    }
    assert.equal((await client().getJson(`${REST}/accesses`)).statusCode, 401);
    assert.equal((await (await signedInAs('api-consumer')).getJson(`${REST}/accesses`)).statusCode, 403);
  });

  test('are counted per hour exactly as they are recorded, whatever comes in which batches', async () => {
    const call = fc.record({
      minutes: fc.integer({ min: 0, max: 3 * 24 * 60 }),
      consumer: fc.integer({ min: 0, max: 2 }),
      isAllowed: fc.boolean(),
      isSandbox: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(call, { maxLength: 12 }), { maxLength: 4 }), async (batches) => {
        for (const [n, batch] of batches.entries()) {
          const calls = batch.map(
            ({ minutes, consumer, isAllowed, isSandbox }): CallRecord =>
              callOf(flow, {
                at: ago(minutes * 60_000),
                consumer,
                verdict: isAllowed ? 'allowed' : 'quota-exceeded',
                environment: isSandbox ? 'sandbox' : 'production',
              }),
          );
          await takeCalls(kernel, calls, `log/${n % 2}`);
        }
        const { rows } = await sql`
          (select api_id, accreditation_id, environment, hour, allowed, denied, last_at from exchange.access_hours
           except all
           select api_id, accreditation_id, environment, date_trunc('hour', at, 'UTC'),
             count(*) filter (where verdict = 'allowed'), count(*) filter (where verdict <> 'allowed'), max(at)
           from exchange.access_records group by 1, 2, 3, 4)`.execute(db);
        assert.deepEqual(rows, []);
        const totals = await sql<{ hours: number; records: number }>`
          select (select sum(allowed + denied) from exchange.access_hours)::int8 as hours,
            (select count(*) from exchange.access_records) as records`.execute(db);
        assert.equal(totals.rows[0]?.hours, totals.rows[0]?.records);
      }),
      { numRuns: 15 },
    );
    const { items } = (await producer.getJson(`${REST}/volumes?api=${flow.slug}&by=day`)).json<{
      items: { allowed: number; denied: number }[];
    }>();
    assert.equal(items.length, 30);
    const recorded = await sql<{ n: number }>`
      select count(*) as n from exchange.access_records where api_id = ${flow.apiId}`.execute(db);
    assert.equal(
      items.reduce((sum, { allowed, denied }) => sum + allowed + denied, 0),
      recorded.rows[0]?.n,
    );
  });
});

describe('anomalies', { concurrency: false }, () => {
  test('are found once a day, told, shown with a way to stop, and acknowledged with a note', async () => {
    await takeCalls(
      kernel,
      Array.from({ length: 250 }, (_, n) => callOf(flow, { at: ago(1000 + n), consumer: 1 })),
    );
    const first = await findAnomalies(kernel);
    assert.ok(first >= 1);
    assert.equal(await findAnomalies(kernel), 0);
    const { items } = (await producer.getJson(`${REST}/anomalies`)).json<{
      items: { id: string; kind: string; expected: number; accreditationId: string }[];
    }>();
    const volume = items.find(
      ({ kind, accreditationId }) =>
        kind === 'volume' && accreditationId === flow.consumers[1]?.accreditationId,
    );
    assert.equal(volume?.expected, 100);
    const overview = await producer.get(PAGES);
    assert.match(overview.body, /stops\/new\?api=essai-acces&amp;accreditation=/);
    assert.match((await producer.get('/desk')).body, /Anomalie à examiner/);
    const here = `${PAGES}/anomalies/${volume?.id}`;
    assert.equal((await producer.post(`${here}/acknowledge`, { note: '' })).statusCode, 422);
    assert.equal(
      (await producer.post(`${here}/acknowledge`, { note: 'Rattrapage convenu' })).statusCode,
      303,
    );
    assert.equal((await producer.post(`${here}/acknowledge`, { note: 'Encore' })).statusCode, 422);
    assert.match((await producer.get(`${PAGES}/anomalies`)).body, /Rattrapage convenu/);
    assert.equal((await producer.get(here)).statusCode, 200);
    const answer = await producer.postJson(`${REST}/anomalies/${volume?.id}/acknowledge`, { note: 'Encore' });
    assert.equal(answer.statusCode, 409);
  });

  test('are those of one’s own APIs; the distributor chooses a producer', async () => {
    await sql`update exchange.anomalies set producer_id = ${other.producerId}`.execute(db);
    assert.equal((await producer.getJson(`${REST}/anomalies`)).json<Listed>().items.length, 0);
    const chosen = await auditor.get(`${PAGES}?producer=${other.producerId}`);
    assert.match(chosen.body, /API d’un autre/);
    assert.doesNotMatch(chosen.body, /accesses\?api=essai-acces/);
    for (const path of ['', '/accesses', '/volumes?by=hour', '/anomalies']) {
      assert.equal((await auditor.get(`${PAGES}${path}`)).statusCode, 200, path);
    }
  });
});
