// Stops through the whole application: ordered, told, proved, resumed, ended.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { startTestApp } from '#test/support/app.ts';
import { findPolicyVersion, getPolicySince } from '../policy/policy.repository.ts';
import type { StopPolicy } from '../policy/policy.types.ts';
import { callOf, makeFlow, organisationWith, takeCalls } from './stops.fixture.ts';

const { client, signedInAs, kernel, integrate } = await startTestApp();
const { db, clock } = kernel;
const producer = await signedInAs('data-producer');
const auditor = await signedInAs('auditor');
const producerId = await organisationWith(kernel, 'data-producer');
const flow = await makeFlow(kernel, { slug: 'essai-arrets', producerId });
const other = await makeFlow(kernel, {
  slug: 'api-d-un-autre',
  producerId: await organisationWith(kernel, 'auditor'),
});
const PAGES = '/exchange/producer/stops';
const REST = '/api/v1/exchange/stops';
const [first] = flow.consumers;
const DAY = '2026-11-24';

async function published(id: string): Promise<StopPolicy | null | undefined> {
  const { entries } = await getPolicySince(db, 1);
  const entry = entries.find((one) => one.kind === 'stop' && one.id === id);
  return entry && (entry.body as StopPolicy | null);
}

async function runJob(name: string, input: object = {}) {
  return kernel.jobs.definition(name)?.run(input as never, {
    id: '',
    kernel,
    requestedBy: null,
    progress() {},
    signal: new AbortController().signal,
  });
}

async function order(body: object, by = producer) {
  const answer = await by.postJson(REST, { apiId: flow.apiId, reason: 'Fuite présumée', ...body });
  return {
    status: answer.statusCode,
    ...answer.json<{ id: string; policyVersion: number; code?: string }>(),
  };
}

async function effectOf(id: string) {
  return (await producer.getJson(`${REST}/${id}/effect`)).json<{
    verdict: string;
    recordsRead: number;
    ledgerEntry: number | null;
    breaches: { index: number }[];
    gateways: {
      gateway: string;
      isExact: boolean;
      lastAllowed: { index: number } | null;
      firstDenied: { index: number } | null;
      delayMs: number;
    }[];
  }>();
}

describe('a producer', { concurrency: false }, () => {
  let id = '';
  let version = 0;

  test('stops one scope of one accreditation, and gateways know it at that version', async () => {
    const ordered = await order({ accreditationId: first?.accreditationId, scope: 'read' });
    assert.equal(ordered.status, 201, JSON.stringify(ordered));
    ({ id, policyVersion: version } = ordered);
    assert.equal(version, await findPolicyVersion(db));
    assert.deepEqual(await published(id), {
      apiId: flow.apiId,
      organisationId: null,
      accreditationId: first?.accreditationId,
      scope: 'read',
      endsAt: null,
    });
    assert.equal((await order({ accreditationId: first?.accreditationId, scope: 'read' })).status, 409);
  });

  test('is refused what makes no sense, in words and with what was typed', async () => {
    const refused = await producer.post(`${PAGES}/new`, {
      api: flow.slug,
      organisation: first?.organisationId ?? '',
      accreditation: first?.accreditationId ?? '',
      scope: 'nothing',
      reason: 'x',
      duration: 'one-hour',
    });
    assert.equal(refused.statusCode, 422);
    for (const field of ['accreditation', 'scope', 'reason'])
      assert.match(refused.body, new RegExp(`href="#${field}"`));
    assert.match(refused.body, />\nx<\/textarea>/);
    const dated = await producer.post(`${PAGES}/new`, {
      api: flow.slug,
      reason: 'Contrôle',
      duration: 'moment',
      endDay: '2026-02-31',
      endHour: '10:00',
    });
    assert.match(dated.body, /href="#endDay"/);
    const past = await order({ endsAt: '2020-01-01T00:00:00Z' });
    assert.equal(past.status, 400);
    assert.equal((await order({ accreditationId: other.consumers[0]?.accreditationId })).status, 400);
    assert.equal((await order({ organisationId: 'x' })).status, 400);
  });

  test('reads its effect: what was let through under the stop’s version is a breach', async () => {
    await integrate();
    const before = await effectOf(id);
    assert.equal(before.verdict, 'not-yet');
    assert.equal(typeof before.ledgerEntry, 'number');
    const now = clock.now();
    await sql`
      insert into exchange.gateways values
        ('socle.local/gateway/test', 'k', ${now}, ${now}, ${version}, ${new Date(now.getTime() + 3)}, 9)`.execute(
      db,
    );
    await takeCalls(kernel, [
      callOf(flow, { at: new Date(now.getTime() - 5), policyVersion: version - 1 }),
      callOf(flow, { at: new Date(now.getTime() + 2), policyVersion: version - 1 }),
      callOf(flow, { at: new Date(now.getTime() + 4), policyVersion: version, scopes: ['secret'] }),
      callOf(flow, {
        at: new Date(now.getTime() + 5),
        policyVersion: version,
        verdict: 'flow-stopped',
        scopes: [],
      }),
      callOf(flow, { at: new Date(now.getTime() + 6), policyVersion: version, consumer: 1 }),
    ]);
    const held = await effectOf(id);
    assert.equal(held.verdict, 'holds');
    assert.equal(held.recordsRead, 2);
    const [gateway] = held.gateways;
    assert.equal(gateway?.isExact, true);
    assert.equal(gateway?.delayMs, 2);
    assert.deepEqual(gateway?.lastAllowed?.index, 1);
    assert.deepEqual(gateway?.firstDenied?.index, 2);
    const page = await producer.get(`${PAGES}/${id}`);
    assert.match(page.body, /Arrêt tenu/);
    await takeCalls(
      kernel,
      [callOf(flow, { at: new Date(now.getTime() + 9), policyVersion: version })],
      'forged',
    );
    const breached = await effectOf(id);
    assert.equal(breached.verdict, 'breached');
    assert.deepEqual(breached.breaches.length, 1);
    assert.match((await producer.get(`${PAGES}/${id}`)).body, /Arrêt enfreint/);
  });

  test('resumes it with a reason, once', async () => {
    const silent = await producer.post(`${PAGES}/${id}/resume`, { reason: '' });
    assert.equal(silent.statusCode, 422);
    assert.equal(
      (await auditor.postJson(`${REST}/${id}/resume`, { reason: 'Au nom du distributeur' })).statusCode,
      403,
    );
    const resumed = await producer.post(`${PAGES}/${id}/resume`, { reason: 'Contrôle fait' });
    assert.equal(resumed.statusCode, 303);
    assert.equal(await published(id), null);
    assert.equal((await producer.post(`${PAGES}/${id}/resume`, { reason: 'Encore' })).statusCode, 422);
    assert.match((await producer.get(`${PAGES}/${id}`)).body, /Contrôle fait/);
  });

  test('stops the whole API by the form until its end comes', async () => {
    clock.moveTo(new Date(clock.now().getTime() + 1_000));
    const ordered = await producer.post(`${PAGES}/new`, {
      api: flow.slug,
      reason: 'Maintenance',
      duration: 'moment',
      endDay: DAY,
      endHour: '11:10',
    });
    assert.equal(ordered.statusCode, 303, ordered.body);
    const [, stopId = ''] = /stops\/([0-9a-f-]{36})/.exec(String(ordered.headers.location)) ?? [];
    assert.equal((await published(stopId))?.endsAt, '2026-11-24T10:10:00.000Z');
    assert.match((await producer.get(String(ordered.headers.location))).body, /Le flux est arrêté/);
    assert.deepEqual(await runJob('exchange.end-stops'), { ended: 0 });
    clock.moveTo(new Date('2026-11-24T10:10:01Z'));
    // The same flow may be stopped again at once, before the job has come by.
    const again = await order({});
    assert.equal(again.status, 201);
    assert.equal(await published(stopId), null);
    assert.equal((await producer.postJson(`${REST}/${again.id}/resume`, { reason: 'Fini' })).statusCode, 200);
    assert.deepEqual(await runJob('exchange.end-stops'), { ended: 0 });
    const { items } = (await producer.getJson(`${REST}?api=${flow.slug}`)).json<{
      items: { state: string }[];
    }>();
    assert.deepEqual(
      items.map(({ state }) => state),
      ['resumed', 'ended', 'resumed'],
    );
  });
});

test('everyone concerned is told, once', async () => {
  for (const organisationId of [first?.organisationId, flow.consumers[1]?.organisationId, producerId]) {
    await sql`
      insert into exchange.webhooks (organisation_id, url, sealed_secret, created_at)
      values (${organisationId}, 'https://logiciel.example/', '\\x00', ${clock.now()})`.execute(db);
  }
  const person = await sql<{ id: string }>`
    insert into identity.people (name, email, locale, created_at, search_text)
    values ('Vraie Personne', 'vraie@producteur.example', 'fr', ${clock.now()}, 'vraie') returning id`.execute(
    db,
  );
  await sql`
    insert into identity.memberships (person_id, organisation_id, role, starts_at)
    values (${person.rows[0]?.id}, ${producerId}, 'data-producer', ${new Date(0)})`.execute(db);
  const { id } = await order({ organisationId: first?.organisationId });
  const told = await runJob('exchange.tell-stop', { stopId: id, news: 'ordered' });
  assert.deepEqual(told, { told: 3 });
  assert.deepEqual(await runJob('exchange.tell-stop', { stopId: id, news: 'ordered' }), { told: 0 });
  const { rows } = await sql<{ to: string; text: string }>`
    select recipient as to, body as text from mail.messages where subject like 'Socle%arrêté' order by 1`.execute(
    db,
  );
  assert.deepEqual(
    rows.map(({ to }) => to),
    ['api@cnf.valmarie.example', 'technique0@consommateur.example', 'vraie@producteur.example'],
  );
  assert.match(rows[2]?.text ?? '', new RegExp(`${PAGES}/${id}`));
  assert.doesNotMatch(rows[1]?.text ?? '', /producer\/stops/);
  const sent = async () =>
    (
      await sql<{ to: string; event: string; payload: { data: Record<string, unknown> } }>`
        select w.organisation_id as to, d.event, d.payload from exchange.webhook_deliveries d
        join exchange.webhooks w on w.id = d.webhook_id order by d.created_at, 1`.execute(db)
    ).rows;
  const placed = await sent();
  assert.deepEqual(
    placed.map(({ to, event }) => [to, event]),
    [first?.organisationId, producerId].sort().map((to) => [to, 'stop.placed']),
  );
  const { stop, ...which } = placed[0]?.payload.data ?? {};
  assert.deepEqual(which, {
    api: flow.slug,
    scope: null,
    organisationId: first?.organisationId,
    accreditationNumber: null,
  });
  assert.deepEqual(
    [(stop as { id: string }).id, (stop as { reason: string }).reason],
    [id, 'Fuite présumée'],
  );
  await producer.postJson(`${REST}/${id}/resume`, { reason: 'Contrôle fait' });
  await runJob('exchange.tell-stop', { stopId: id, news: 'over' });
  assert.equal((await sent()).filter(({ event }) => event === 'stop.lifted').length, 2);
});

test('the distributor stops any flow in its own name, and nobody else may', async () => {
  const ordered = await order({ apiId: other.apiId }, auditor);
  assert.equal(ordered.status, 201);
  assert.equal((await producer.get(`${PAGES}/${ordered.id}`)).statusCode, 404);
  assert.equal((await producer.postJson(`${REST}/${ordered.id}/resume`, { reason: 'Non' })).statusCode, 404);
  assert.equal((await order({ apiId: other.apiId })).status, 404);
  assert.equal((await producer.get(`${PAGES}/new?api=${other.slug}`)).statusCode, 404);
  assert.equal((await order({ apiId: '\u0000' })).status, 404);
  assert.equal((await client().postJson(REST, { apiId: flow.apiId, reason: 'Non' })).statusCode, 401);
  const consumer = await signedInAs('api-consumer');
  assert.equal((await consumer.postJson(REST, { apiId: flow.apiId, reason: 'Non' })).statusCode, 403);
  for (const path of [PAGES, `${PAGES}/new`, `${PAGES}/${ordered.id}`, `${PAGES}?state=in-force`]) {
    assert.equal((await auditor.get(path)).statusCode, 200, path);
  }
});
