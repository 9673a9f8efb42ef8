// Accreditations through the whole application: what each action tells the gateways and the hub, and who may do it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listDemonstrationPeople } from '#modules/identity/public.ts';
import type { Role } from '#platform/access.ts';
import { startTestApp } from '#test/support/app.ts';
import { findPolicyEntry } from '../policy/policy.repository.ts';
import type { AccreditationPolicy } from '../policy/policy.types.ts';
import { transferActiveAccreditation } from './accreditation-changes.actions.ts';
import { recordAccreditations, revokeActiveAccreditation } from './accreditations.actions.ts';
import { accreditationDeskItems } from './accreditations.desk.ts';
import { FIXTURE_ACTOR, insertSampleRequest, issueSample, openSampleApi } from './accreditations.fixture.ts';
import { findAccreditation, listEventsOf } from './accreditations.repository.ts';
import { expireAccreditations, remindOfEnds } from './expiry.actions.ts';

const { client, signedInAs, kernel, database } = await startTestApp();
const { db, clock } = kernel;
const { pool } = database;
const [consumer, stranger, producer, distributor, administrator, citizen, nobody] = [
  await signedInAs('api-consumer'),
  await signedInAs('product-team'),
  await signedInAs('data-producer'),
  await signedInAs('auditor'),
  await signedInAs('administrator'),
  await signedInAs('citizen'),
  client(),
];

const people = await listDemonstrationPeople(db, clock.now());
const organisationOf = (role: Role) =>
  people.flatMap(({ roles }) => roles).find((held) => held.role === role)?.organisationId ?? '';
const OURS = organisationOf('api-consumer');
const THEIRS = organisationOf('product-team');
const PRODUCER = organisationOf('data-producer');
const MACHINE = 'demonstration-machine';

const quotients = await openSampleApi(kernel, 'quotients-essai', PRODUCER);
const revenus = await openSampleApi(kernel, 'revenus-essai', THEIRS);
const { quotient = '', enfants = '' } = quotients.scopes;
const REASON = { reason: 'Le marché est terminé.' };

const policyOf = async (id: string) =>
  (await findPolicyEntry(db, 'accreditation', id)) as AccreditationPolicy | null;

async function issued(more: Partial<Parameters<typeof issueSample>[1]> = {}) {
  const requestId = await insertSampleRequest(db, clock.now(), more.organisationId ?? OURS);
  const scopeIds = [quotient, enfants, ...Object.values(revenus.scopes)];
  const { id, number } = await issueSample(kernel, { requestId, organisationId: OURS, scopeIds, ...more });
  return { id, number, requestId, path: `/exchange/accreditations/${number}` };
}

async function hubScopes(slug: string): Promise<string[]> {
  const { rows } = await pool.query<{ scopes: string[] }>(
    `select g.scopes from identity.service_resources g join identity.services s on s.id = g.service_id
     join exchange.apis a on a.resource_id = g.resource_id where s.client_id = $1 and a.slug = $2`,
    [MACHINE, slug],
  );
  return rows[0]?.scopes ?? [];
}

describe('accreditations', { concurrency: false }, () => {
  test('who sees what: the distributor all, a consumer its own, a producer its own APIs of them', async () => {
    const own = await issued();
    const foreign = await issued({ organisationId: THEIRS, scopeIds: Object.values(revenus.scopes) });
    const page = await consumer.get(own.path);
    assert.equal(page.statusCode, 200);
    for (const text of ['/quotient', '/enfants/*/prenom', 'API revenus-essai', 'Calculer le tarif social']) {
      assert.ok(page.body.includes(text), text);
    }
    const seen = await producer.get(own.path);
    assert.ok(seen.body.includes('API quotients-essai') && !seen.body.includes('API revenus-essai'));
    for (const [who, status] of [
      [consumer, 404],
      [producer, 404],
      [stranger, 200],
      [distributor, 200],
      [nobody, 303],
      [citizen, 403],
    ] as const) {
      assert.equal((await who.get(foreign.path)).statusCode, status);
    }
    for (const number of ['0', 'x', '999999', '1e3', '99999999999999999999']) {
      assert.equal((await consumer.get(`/exchange/accreditations/${number}`)).statusCode, 404, number);
    }
    const list = await consumer.get('/exchange/accreditations?state=active&stage=production');
    assert.ok(list.body.includes(own.path) && !list.body.includes(`${foreign.path}"`));
    const narrowed = await distributor.get(`/exchange/accreditations?api=${quotients.id}`);
    assert.ok(narrowed.body.includes(own.path) && !narrowed.body.includes(`${foreign.path}"`));
    const json = await producer.getJson('/api/v1/exchange/accreditations?limit=100');
    const shown = json.json<{ items: { number: number; apiNames: string[] }[] }>().items;
    assert.deepEqual(shown.find(({ number }) => number === own.number)?.apiNames, ['API quotients-essai']);
    assert.ok(!shown.some(({ number }) => number === foreign.number));
    const csv = await consumer.get('/exchange/accreditations.csv');
    assert.match(csv.body, new RegExp(`\n${own.number},`));
    assert.equal((await consumer.get('/exchange/accreditations?state=none')).statusCode, 400);
  });

  test('a client of the same organisation may call, and the hub grants it what it needs', async () => {
    const own = await issued();
    assert.deepEqual((await policyOf(own.id))?.clients, []);
    for (const clientId of ['', 'nobody', 'demonstration-quotients', 'demonstration-agents-portal']) {
      const refused = await consumer.post(`${own.path}/clients/new`, { clientId });
      assert.equal(refused.statusCode, 422, clientId);
    }
    const rest = `/api/v1${own.path}/clients`;
    for (const clientId of ['\u0000', '\ud800', 'a'.repeat(300)]) {
      assert.equal((await consumer.postJson(rest, { clientId })).statusCode, 400);
    }
    const headers = { accept: 'application/json', 'x-csrf-token': await consumer.csrfToken() };
    assert.equal((await consumer.send('DELETE', `${rest}/%00`, { headers })).statusCode, 404);
    assert.equal((await stranger.post(`${own.path}/clients/new`, { clientId: MACHINE })).statusCode, 404);
    assert.equal((await producer.post(`${own.path}/clients/new`, { clientId: MACHINE })).statusCode, 403);
    assert.match((await consumer.get(`${own.path}/clients/new`)).body, new RegExp(MACHINE));
    assert.equal((await consumer.post(`${own.path}/clients/new`, { clientId: MACHINE })).statusCode, 303);
    assert.deepEqual((await policyOf(own.id))?.clients, [MACHINE]);
    assert.deepEqual((await hubScopes('quotients-essai')).toSorted(), ['enfants', 'quotient']);
    assert.equal((await consumer.post(`${own.path}/clients/new`, { clientId: MACHINE })).statusCode, 422);

    assert.equal((await consumer.post(`${own.path}/clients/${MACHINE}/remove`)).statusCode, 303);
    assert.deepEqual((await policyOf(own.id))?.clients, []);
    assert.deepEqual(await hubScopes('quotients-essai'), []);
    assert.equal((await consumer.post(`${own.path}/clients/${MACHINE}/remove`)).statusCode, 404);
  });

  test('a lowered scope leaves the policy and the hub, and comes back', async () => {
    const own = await issued();
    await consumer.post(`${own.path}/clients/new`, { clientId: MACHINE });
    const at = (what: string) => `${own.path}/scopes/${enfants}/${what}`;
    assert.equal((await consumer.post(at('withdraw'), REASON)).statusCode, 403);
    const empty = await distributor.post(at('withdraw'), { reason: ' ' });
    assert.equal(empty.statusCode, 422);
    assert.match(empty.body, /href="#reason"/);
    assert.equal((await distributor.post(at('withdraw'), REASON)).statusCode, 303);
    assert.deepEqual((await policyOf(own.id))?.grants[quotients.id], ['quotient']);
    assert.deepEqual(await hubScopes('quotients-essai'), ['quotient']);
    assert.ok((await consumer.get(own.path)).body.includes('Retiré le'));
    assert.equal((await distributor.post(at('withdraw'), REASON)).statusCode, 422, 'not twice');
    assert.equal((await distributor.post(at('restore'), REASON)).statusCode, 303);
    assert.deepEqual((await policyOf(own.id))?.grants[quotients.id], ['enfants', 'quotient']);
    assert.deepEqual((await hubScopes('quotients-essai')).toSorted(), ['enfants', 'quotient']);
    const lost = `${own.path}/scopes/${quotients.id}/withdraw`;
    assert.equal((await distributor.post(lost, REASON)).statusCode, 404);
  });

  test('a new snapshot replaces the one in force and takes its clients over', async () => {
    const first = await issued();
    await consumer.post(`${first.path}/clients/new`, { clientId: MACHINE });
    const { requestId } = first;
    const second = await issueSample(kernel, { requestId, organisationId: OURS, scopeIds: [quotient] });
    assert.equal(await policyOf(first.id), null);
    assert.deepEqual((await policyOf(second.id))?.clients, [MACHINE]);
    assert.deepEqual((await policyOf(second.id))?.grants, { [quotients.id]: ['quotient'] });
    assert.equal((await findAccreditation(db, 'all', first.id))?.state, 'obsolete');
    assert.match(
      (await consumer.get(first.path)).body,
      new RegExp(`Par l’habilitation n°\u00A0${second.number}`),
    );
    const frozen = await consumer.post(`${first.path}/clients/new`, { clientId: MACHINE });
    assert.equal(frozen.statusCode, 422, 'an obsolete one does not change');

    const organisationId = THEIRS;
    const active = await db
      .transaction()
      .execute((trx) =>
        transferActiveAccreditation(trx, clock.now(), requestId, { organisationId, by: FIXTURE_ACTOR }),
      );
    assert.equal(active?.id, second.id);
    const moved = await policyOf(second.id);
    assert.deepEqual([moved?.organisationId, moved?.clients], [THEIRS, []]);
    const third = await issueSample(kernel, { requestId, organisationId: OURS, scopeIds: [quotient] });
    assert.deepEqual((await policyOf(third.id))?.clients, [], 'clients of another organisation stay behind');
    const scopeIds = ['00000000-0000-0000-0000-000000000000'];
    await assert.rejects(issueSample(kernel, { requestId, organisationId: OURS, scopeIds }), /scope-is-gone/);
  });

  test('the distributor revokes, by the page, by REST or with the request', async () => {
    const own = await issued();
    await consumer.post(`${own.path}/clients/new`, { clientId: MACHINE });
    assert.equal((await consumer.post(`${own.path}/revoke`, REASON)).statusCode, 403);
    assert.equal((await distributor.post(`${own.path}/revoke`, { reason: '' })).statusCode, 422);
    assert.equal((await distributor.post(`${own.path}/revoke`, REASON)).statusCode, 303);
    assert.equal(await policyOf(own.id), null);
    assert.match((await consumer.get(own.path)).body, /Le marché est terminé/);
    const rest = `/api/v1${own.path}`;
    assert.equal((await distributor.postJson(`${rest}/revocation`, REASON)).statusCode, 409);
    const other = await issued();
    const otherRest = `/api/v1${other.path}`;
    assert.equal((await distributor.postJson(`${otherRest}/revocation`, {})).statusCode, 400);
    assert.equal((await distributor.postJson(`${otherRest}/revocation`, REASON)).statusCode, 204);
    const shown = (await consumer.getJson(otherRest)).json();
    assert.deepEqual(
      [shown.state, shown.endReason, shown.events[0].kind],
      ['revoked', REASON.reason, 'revoked'],
    );
    const third = await issued();
    const undo = { ...REASON, by: FIXTURE_ACTOR };
    await db.transaction().execute(async (trx) => {
      assert.equal((await revokeActiveAccreditation(trx, clock.now(), third.requestId, undo))?.id, third.id);
      assert.equal(await revokeActiveAccreditation(trx, clock.now(), third.requestId, undo), null);
    });
    assert.equal(await policyOf(third.id), null);
  });

  test('a revoked client is refused until it is restored: the hub’s resuming does not do it', async () => {
    const own = await issued();
    await consumer.post(`${own.path}/clients/new`, { clientId: MACHINE });
    const at = (what: string) => `${own.path}/clients/${MACHINE}/${what}`;
    const entry = () => findPolicyEntry(db, 'client', MACHINE);
    assert.equal((await consumer.post(at('revoke'), REASON)).statusCode, 303);
    assert.deepEqual(await entry(), { reason: 'revoked' });
    const { rows } = await pool.query('select id from identity.services where client_id = $1', [MACHINE]);
    const service = `/services/${rows[0].id}`;
    assert.equal(
      (await administrator.post(`${service}/suspend`, { reason: 'Vérification.' })).statusCode,
      303,
    );
    assert.equal((await administrator.post(`${service}/resume`, { reason: 'Vérifié.' })).statusCode, 303);
    assert.deepEqual(await entry(), { reason: 'revoked' });
    assert.equal((await consumer.post(at('restore'), REASON)).statusCode, 303);
    assert.equal(await entry(), null);

    assert.equal((await producer.post(at('revoke'), REASON)).statusCode, 403);
    assert.equal((await stranger.post(at('revoke'), REASON)).statusCode, 404);
    assert.equal((await distributor.post(at('revoke'), REASON)).statusCode, 303);
    assert.equal((await consumer.post(at('restore'), REASON)).statusCode, 422, 'not the distributor’s');
    assert.deepEqual(await entry(), { reason: 'revoked' });
    assert.equal((await distributor.post(at('restore'), REASON)).statusCode, 303);
    assert.equal(await entry(), null);
    const kinds = (await listEventsOf(db, own.id)).map(({ kind }) => kind);
    assert.deepEqual(kinds.filter((kind) => kind === 'client-revoked').length, 2);
  });

  test('contacts are reminded twice, then it expires', async () => {
    const start = clock.now();
    const validUntil = new Date(start.getTime() + 70 * 86_400_000);
    const own = await issued({ validUntil });
    const mails = async () => {
      const { rows } = await pool.query(
        `select count(*)::int as n from mail.messages where body like '%/${own.number}'`,
      );
      return rows[0].n as number;
    };
    for (const [left, mailed] of [
      [65, 0],
      [59, 2],
      [58, 2],
      [14, 4],
      [13, 4],
    ] as const) {
      clock.moveTo(new Date(validUntil.getTime() - left * 86_400_000));
      await remindOfEnds(kernel);
      assert.equal(await mails(), mailed, `${left} days left`);
    }
    const roles = [{ role: 'api-consumer', organisationId: OURS }] as const;
    const desk = await accreditationDeskItems(kernel, { personId: '', name: '', roles }, 'fr');
    assert.deepEqual([desk[0]?.section, desk[0]?.href], ['late', own.path]);
    assert.equal(await expireAccreditations(kernel), 0);
    assert.notEqual(await policyOf(own.id), null);
    clock.moveTo(validUntil);
    assert.equal(await expireAccreditations(kernel), 1);
    assert.equal(await policyOf(own.id), null);
    assert.equal(await mails(), 6);
    clock.moveTo(start);
    assert.match((await consumer.get(own.path)).body, /Expirée/);
  });

  test('those of the past are recorded in one go, with what became of them', async () => {
    const requestId = await insertSampleRequest(db, clock.now(), OURS);
    const one = {
      requestId,
      organisationId: OURS,
      template: 'sample',
      stage: 'sandbox' as const,
      purpose: 'Essayer',
      legalBasis: null,
      form: {},
      declaredCallsPerDay: null,
      declaredFromHour: 0,
      declaredToHour: 23,
      quotaPerMinute: null,
      validUntil: null,
      decidedBy: null,
      scopeIds: [quotient],
      validFrom: new Date('2026-01-05T09:00:00Z'),
      clientIds: [MACHINE],
    };
    const ended = { endedAt: new Date('2026-06-01T09:00:00Z'), endReason: null };
    const [old, now] = await db.transaction().execute((trx) =>
      recordAccreditations(
        trx,
        clock.now(),
        [
          { ...one, state: 'obsolete', ...ended },
          { ...one, state: 'active', validFrom: ended.endedAt, endedAt: null, endReason: null },
        ],
        { by: FIXTURE_ACTOR },
      ),
    );
    assert.equal(await policyOf(old?.id ?? ''), null);
    const policy = await policyOf(now?.id ?? '');
    assert.deepEqual([policy?.stage, policy?.clients], ['sandbox', [MACHINE]]);
    assert.deepEqual(
      (await listEventsOf(db, old?.id ?? '')).map(({ kind }) => kind),
      ['replaced', 'issued'],
    );
  });
});
