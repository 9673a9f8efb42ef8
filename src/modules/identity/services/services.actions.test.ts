import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { identityKernel } from '../identity.fixture.ts';
import { addKey, addSecret, revokeKey, revokeSecret } from './credentials.actions.ts';
import { listKeys, listSecrets } from './credentials.repository.ts';
import {
  changeResource,
  grantOwnResource,
  registerOwnResource,
  withdrawOwnResource,
} from './resources.actions.ts';
import { findResource, findResourceById } from './resources.repository.ts';
import { askForProduction, decideReview, withdrawReview } from './reviews.actions.ts';
import { listReviewsOf, listWaitingReviews } from './reviews.repository.ts';
import { secretHash } from './service-secrets.rules.ts';
import {
  changeService,
  closeService,
  registerService,
  resumeService,
  suspendService,
} from './services.actions.ts';
import { servicesDesk } from './services.desk.ts';
import { inputTyped, partners, publicPem } from './services.fixture.ts';
import { findService, findServiceByClientId } from './services.repository.ts';

const kernel = await identityKernel();
const { db, clock } = kernel;
const people = await partners(kernel);
const { team, stranger, producer, auditor, administrator, ours, theirs } = people;

const typed = (more: Parameters<typeof inputTyped>[0] = {}) => inputTyped({ organisationId: ours, ...more });
const register = (more: Parameters<typeof inputTyped>[0] = {}) => registerService(kernel, team, typed(more));
const machine = (more: Parameters<typeof inputTyped>[0] = {}) =>
  register({ realm: 'machines', claims: [], ...more });
const code = (wanted: string) => ({ code: wanted });
const field = (wanted: string) => (error: { fields: { field: string }[] }) =>
  error.fields.some((fault) => fault.field === wanted);

async function ledgerOf(id: string): Promise<{ kind: string; actor: string; data: string }[]> {
  const { rows } = await sql<{ kind: string; actor: string; data: string }>`
    select kind, actor::text as actor, data::text as data from ledger.waiting
    where subject like ${`%/${id}`} order by at, kind`.execute(db);
  return rows;
}

/** A service that lacks nothing for production. */
async function ready(more: Parameters<typeof inputTyped>[0] = {}) {
  const service = await register(more);
  await addKey(kernel, team, service.id, publicPem());
  return (await findService(db, 'all', service.id)) ?? service;
}

async function accept(serviceId: string, more: { reason?: string; actor?: typeof auditor } = {}) {
  const [review] = await listReviewsOf(db, serviceId);
  const service = await findService(db, 'all', serviceId);
  await decideReview(kernel, more.actor ?? auditor, review?.id ?? '', {
    decision: 'accepted',
    reason: more.reason ?? '',
    readAt: service?.changedAt.toISOString() ?? '',
  });
}

describe('registering and changing', () => {
  test('a team registers a service, which works at once in test', async () => {
    const service = await register({ name: '  Portail   des agents ' });
    assert.equal(service.state, 'test');
    assert.equal(service.name, 'Portail des agents');
    assert.match(service.clientId, /^agents-[0-9a-f]{20}$/);
    const client = await findServiceByClientId(db, service.clientId);
    assert.deepEqual(
      client?.claims.map(({ claim }) => claim),
      ['email'],
    );
    const [line] = await ledgerOf(service.id);
    assert.equal(line?.kind, 'identity.service-registered');
    assert.match(line?.actor ?? '', /product-team/);
    assert.doesNotMatch(line?.data ?? '', /team@service/, 'no address of a person');
  });

  test('faults keep everything out, and name their fields', async () => {
    const before = await sql<{ n: number }>`select count(*) as n from identity.services`.execute(db);
    await assert.rejects(register({ name: '', redirectUris: ['http://a.example/'] }), field('redirectUris'));
    await assert.rejects(register({ realm: 'robots' }), field('realm'));
    await assert.rejects(register({ organisationId: theirs }), field('organisationId'));
    await assert.rejects(register({ organisationId: 'x' }), field('organisationId'));
    await assert.rejects(registerService(kernel, auditor, typed()), field('organisationId'));
    const after = await sql<{ n: number }>`select count(*) as n from identity.services`.execute(db);
    assert.deepEqual(after.rows, before.rows);
  });

  test('an administrator registers for any organisation that exists', async () => {
    const service = await registerService(kernel, administrator, typed({ organisationId: theirs }));
    assert.equal(service.organisationId, theirs);
    const nowhere = '99999999-9999-4999-8999-999999999999';
    await assert.rejects(
      registerService(kernel, administrator, typed({ organisationId: nowhere })),
      field('organisationId'),
    );
  });

  test('another organisation’s service is not there; an auditor sees it and may not change it', async () => {
    const { id } = await register();
    await assert.rejects(changeService(kernel, stranger, id, typed()), code('not-found'));
    await assert.rejects(changeService(kernel, auditor, id, typed()), code('role-required'));
    await assert.rejects(addSecret(kernel, stranger, id), code('not-found'));
    await assert.rejects(addKey(kernel, auditor, id, publicPem()), code('role-required'));
    await assert.rejects(closeService(kernel, stranger, id), code('not-found'));
    await assert.rejects(askForProduction(kernel, stranger, id, ''), code('not-found'));
    await assert.rejects(changeService(kernel, team, 'x', typed()), code('not-found'));
  });

  test('a change is written whole, with what was before in the ledger', async () => {
    const { id } = await register();
    const claims = [
      { claim: 'siret', reason: 'Montrer les outils.' },
      { claim: 'email', reason: 'Une autre raison.' },
    ];
    const changed = await changeService(kernel, team, id, typed({ name: 'Autre', claims, dpopBound: true }));
    assert.deepEqual(
      changed.claims.map(({ claim, reason }) => [claim, reason]),
      [
        ['email', 'Une autre raison.'],
        ['siret', 'Montrer les outils.'],
      ],
    );
    assert.equal(changed.dpopBound, true);
    const without = await changeService(kernel, team, id, typed({ claims: [] }));
    assert.deepEqual(without.claims, []);
    const lines = await ledgerOf(id);
    assert.ok(lines.some(({ kind, data }) => kind === 'identity.service-changed' && /"before"/.test(data)));
  });

  test('what a machine is asked for is less', async () => {
    const service = await machine({ redirectUris: ['nonsense'], screen: '', idTokenAlg: '' });
    assert.deepEqual([service.redirectUris, service.claims], [[], []]);
    await assert.rejects(machine({ clientAuthentication: 'none' }), field('clientAuthentication'));
  });
});

describe('secrets and keys', () => {
  test('a secret is returned once; its hash alone is kept, and neither is in the ledger', async () => {
    const { id, clientId } = await register({ clientAuthentication: 'client_secret_basic' });
    const { plain, secret } = await addSecret(kernel, team, id);
    assert.match(plain, /^[\w-]{43}$/);
    assert.equal(secret.ending, plain.slice(-4));
    const client = await findServiceByClientId(db, clientId);
    assert.deepEqual(client?.secretHashes, [secretHash(plain)]);
    assert.equal(JSON.stringify(await listSecrets(db, id)).includes(plain), false);
    for (const { data } of await ledgerOf(id)) {
      assert.equal(data.includes(plain) || data.includes(secretHash(plain).toString('hex')), false);
    }
  });

  test('two are live at most, and a revoked one is dead at once', async () => {
    const { id, clientId } = await register({ clientAuthentication: 'client_secret_basic' });
    const first = await addSecret(kernel, team, id);
    const second = await addSecret(kernel, team, id);
    await assert.rejects(addSecret(kernel, team, id), code('identity.too-many-secrets'));
    await revokeSecret(kernel, team, { serviceId: id, secretId: first.secret.id });
    const client = await findServiceByClientId(db, clientId);
    assert.deepEqual(client?.secretHashes, [secretHash(second.plain)]);
    await assert.rejects(
      revokeSecret(kernel, team, { serviceId: id, secretId: first.secret.id }),
      code('not-found'),
    );
    await addSecret(kernel, team, id);
  });

  test('two that are made at once do not make three', async () => {
    const { id } = await register();
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => addSecret(kernel, team, id)));
    assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 2);
  });

  test('a secret of one service is not revoked through another', async () => {
    const [one, other] = [await register(), await register()];
    const { secret } = await addSecret(kernel, team, one.id);
    await assert.rejects(
      revokeSecret(kernel, team, { serviceId: other.id, secretId: secret.id }),
      code('not-found'),
    );
  });

  test('a key is kept with its name, once, and never again after it was revoked', async () => {
    const { id, clientId } = await register();
    const pem = publicPem();
    const key = await addKey(kernel, team, id, pem);
    const client = await findServiceByClientId(db, clientId);
    assert.deepEqual(client?.keys, [{ ...key.publicJwk, kid: key.kid }]);
    await assert.rejects(addKey(kernel, team, id, pem), field('key'));
    const other = { ...JSON.parse(JSON.stringify((await addKey(kernel, team, id, publicPem())).publicJwk)) };
    assert.equal((await listKeys(db, id)).length, 2);
    await revokeKey(kernel, team, { serviceId: id, keyId: key.id });
    await assert.rejects(addKey(kernel, team, id, pem), field('key'), 'it was revoked');
    const left = await findServiceByClientId(db, clientId);
    assert.deepEqual(
      left?.keys.map(({ x }) => x),
      [other.x],
    );
    await assert.rejects(revokeKey(kernel, team, { serviceId: id, keyId: key.id }), code('not-found'));
  });

  test('two keys do not bear one name', async () => {
    const { id } = await register();
    const first = await addKey(kernel, team, id, publicPem());
    const second = await addKey(kernel, team, (await register()).id, publicPem());
    const clash = JSON.stringify({ ...second.publicJwk, kid: first.kid });
    await assert.rejects(addKey(kernel, team, id, clash), field('key'));
  });

  test('a private key is refused and stands nowhere', async () => {
    const { id } = await register();
    const secretPart = 'c2VjcmV0LXBhcnQtb2YtYS1rZXk';
    await assert.rejects(
      addKey(kernel, team, id, JSON.stringify({ kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: secretPart })),
      (error: Error) => field('key')(error as never) && !JSON.stringify(error).includes(secretPart),
    );
    assert.deepEqual(await listKeys(db, id), []);
    assert.equal(JSON.stringify(await ledgerOf(id)).includes(secretPart), false);
  });
});

describe('production', () => {
  test('it is asked for once nothing is missing, decided by another, and told to the contact', async () => {
    const service = await register();
    await assert.rejects(
      askForProduction(kernel, team, service.id, ''),
      code('identity.not-ready-for-production'),
    );
    await addKey(kernel, team, service.id, publicPem());
    await askForProduction(kernel, team, service.id, 'Tout est prêt.');
    await assert.rejects(
      askForProduction(kernel, team, service.id, ''),
      code('identity.review-waits-already'),
    );
    assert.equal((await findService(db, 'all', service.id))?.isUnderReview, true);
    await assert.rejects(accept(service.id, { actor: team }), code('role-required'));
    kernel.mail.length = 0;
    await accept(service.id);
    const after = await findService(db, 'all', service.id);
    assert.deepEqual([after?.state, after?.isUnderReview], ['production', false]);
    assert.deepEqual(after?.claims[0]?.grantedAt, clock.now());
    assert.deepEqual(
      kernel.mail.map(({ to }) => to),
      ['team@service.example'],
    );
    assert.match(kernel.mail[0]?.text ?? '', /acceptée/);
    const lines = await ledgerOf(service.id);
    const decided = lines.find(({ kind }) => kind === 'identity.service-review-accepted');
    assert.match(decided?.actor ?? '', /auditor/);
    assert.match(decided?.data ?? '', /email/);
  });

  test('nobody decides on what they asked for', async () => {
    const service = await registerService(kernel, administrator, typed());
    await addKey(kernel, administrator, service.id, publicPem());
    await askForProduction(kernel, administrator, service.id, '');
    await assert.rejects(accept(service.id, { actor: administrator }), code('identity.own-review'));
    await accept(service.id);
  });

  test('a refusal needs a reason, changes nothing else, and may be followed by another request', async () => {
    const { id, changedAt } = await ready();
    const reviewId = await askForProduction(kernel, team, id, '');
    const refuse = (reason: string) =>
      decideReview(kernel, auditor, reviewId, {
        decision: 'refused',
        reason,
        readAt: changedAt.toISOString(),
      });
    await assert.rejects(refuse(' '), field('reason'));
    kernel.mail.length = 0;
    await refuse('La raison de la donnée est trop vague.');
    assert.match(kernel.mail[0]?.text ?? '', /trop vague/);
    assert.equal((await findService(db, 'all', id))?.state, 'test');
    await assert.rejects(refuse('Encore.'), code('identity.review-is-decided'));
    await askForProduction(kernel, team, id, '');
  });

  test('a service that changed after it was read is read again', async () => {
    const { id, changedAt } = await ready();
    const reviewId = await askForProduction(kernel, team, id, '');
    clock.moveTo(new Date(clock.now().getTime() + 1000));
    await changeService(kernel, team, id, typed({ claims: [{ claim: 'phone', reason: 'Appeler.' }] }));
    await assert.rejects(
      decideReview(kernel, auditor, reviewId, {
        decision: 'accepted',
        reason: '',
        readAt: changedAt.toISOString(),
      }),
      code('identity.service-changed-since-read'),
    );
    await accept(id);
  });

  test('what went missing in the meantime keeps it out of production', async () => {
    const { id } = await ready();
    await askForProduction(kernel, team, id, '');
    const [key] = await listKeys(db, id);
    await revokeKey(kernel, team, { serviceId: id, keyId: key?.id ?? '' });
    await assert.rejects(accept(id), code('identity.not-ready-for-production'));
    assert.equal((await findService(db, 'all', id))?.state, 'test');
  });

  test('in production a new claim waits for a new review, and those that stay keep theirs', async () => {
    const { id, clientId } = await ready();
    await askForProduction(kernel, team, id, '');
    await accept(id);
    await assert.rejects(askForProduction(kernel, team, id, ''), code('identity.nothing-to-review'));
    const claims = [
      { claim: 'email', reason: 'La même.' },
      { claim: 'phone', reason: 'Appeler.' },
    ];
    await changeService(kernel, team, id, typed({ claims }));
    const granted = async () =>
      (await findServiceByClientId(db, clientId))?.claims.map(({ claim, grantedAt }) => [
        claim,
        grantedAt !== null,
      ]);
    assert.deepEqual(await granted(), [
      ['email', true],
      ['phone', false],
    ]);
    await askForProduction(kernel, team, id, '');
    await accept(id);
    assert.deepEqual(await granted(), [
      ['email', true],
      ['phone', true],
    ]);
    await changeService(kernel, team, id, typed({ claims: [] }));
    await changeService(kernel, team, id, typed({ claims }));
    assert.deepEqual(
      (await granted())?.map(([, is]) => is),
      [false, false],
      'what was given up is asked anew',
    );
  });

  test('in production there is no loopback, no way without an address, and no proof that cannot be given', async () => {
    const { id } = await ready();
    await askForProduction(kernel, team, id, '');
    await accept(id);
    const change = (more: Parameters<typeof inputTyped>[0]) => changeService(kernel, team, id, typed(more));
    await assert.rejects(change({ redirectUris: ['http://localhost:3000/cb'] }), field('redirectUris'));
    await assert.rejects(change({ redirectUris: [] }), field('redirectUris'));
    await assert.rejects(
      change({ clientAuthentication: 'client_secret_basic' }),
      field('clientAuthentication'),
    );
    await addSecret(kernel, team, id);
    await change({ clientAuthentication: 'client_secret_basic' });
  });

  test('a request is withdrawn by its team', async () => {
    const { id } = await ready();
    await askForProduction(kernel, team, id, '');
    await assert.rejects(withdrawReview(kernel, stranger, id), code('not-found'));
    await withdrawReview(kernel, team, id);
    assert.equal((await listReviewsOf(db, id))[0]?.decision, 'withdrawn');
    await assert.rejects(withdrawReview(kernel, team, id), code('not-found'));
  });

  test('desks say what waits and what was decided', async () => {
    clock.moveTo(new Date(clock.now().getTime() + 1000));
    const { id, name } = await ready({ name: 'Service du bureau' });
    await askForProduction(kernel, team, id, '');
    const waiting = (await listWaitingReviews(db, { limit: 100 })).at(-1);
    assert.equal(waiting?.serviceName, name);
    assert.ok((await servicesDesk(kernel, auditor, 'fr')).some(({ section }) => section === 'waiting'));
    await accept(id);
    const changed = await servicesDesk(kernel, team, 'en');
    assert.ok(changed.some(({ section, text }) => section === 'changed' && text.includes(name)));
    assert.deepEqual(await servicesDesk(kernel, stranger, 'fr'), []);
    clock.moveTo(new Date(clock.now().getTime() + 15 * 86_400_000));
    assert.deepEqual(await servicesDesk(kernel, team, 'fr'), []);
  });
});

describe('stopping', () => {
  test('an auditor suspends a service with a reason, and resumes it to the state that it had', async () => {
    const { id, clientId } = await ready();
    await assert.rejects(suspendService(kernel, team, id, 'Non.'), code('role-required'));
    await assert.rejects(suspendService(kernel, auditor, id, ' '), field('reason'));
    await suspendService(kernel, auditor, id, 'Une adresse inquiète.');
    const client = await findServiceByClientId(db, clientId);
    assert.deepEqual(
      [client?.state, client?.suspendedFrom, client?.suspensionReason],
      ['suspended', 'test', 'Une adresse inquiète.'],
    );
    await assert.rejects(
      suspendService(kernel, auditor, id, 'Encore.'),
      code('identity.service-is-in-another-state'),
    );
    await assert.rejects(
      askForProduction(kernel, team, id, ''),
      code('identity.service-is-in-another-state'),
    );
    await changeService(kernel, team, id, typed({ name: 'Corrigé' }));
    await assert.rejects(resumeService(kernel, team, id, 'Corrigé.'), code('role-required'));
    await resumeService(kernel, administrator, id, 'Corrigé.');
    const after = await findServiceByClientId(db, clientId);
    assert.deepEqual([after?.state, after?.suspendedFrom], ['test', null]);
    await assert.rejects(
      resumeService(kernel, auditor, id, 'Encore.'),
      code('identity.service-is-in-another-state'),
    );
  });

  test('a closed service has nothing left, and nothing of it changes any more', async () => {
    const { id, clientId } = await ready();
    await addSecret(kernel, team, id);
    await askForProduction(kernel, team, id, '');
    await closeService(kernel, team, id);
    const client = await findServiceByClientId(db, clientId);
    assert.deepEqual([client?.state, client?.keys, client?.secretHashes], ['closed', [], []]);
    assert.equal((await listReviewsOf(db, id))[0]?.decision, 'withdrawn');
    for (const work of [
      () => changeService(kernel, team, id, typed()),
      () => addSecret(kernel, team, id),
      () => addKey(kernel, team, id, publicPem()),
      () => askForProduction(kernel, team, id, ''),
      () => closeService(kernel, team, id),
    ]) {
      await assert.rejects(work(), code('identity.service-is-closed'));
    }
    await assert.rejects(
      suspendService(kernel, auditor, id, 'Trop tard.'),
      code('identity.service-is-in-another-state'),
    );
  });
});

describe('resources', () => {
  const resource = (more: object = {}) => ({
    identifier: `https://api.example/${Math.random()}`,
    name: 'Quotients',
    organisationId: theirs,
    scopes: ['read', 'write'],
    tokenSeconds: '300',
    servedBy: '',
    ...more,
  });

  test('a producer registers one of their organisation; whoever serves it may introspect', async () => {
    const server = await registerService(
      kernel,
      producer,
      typed({ realm: 'machines', organisationId: theirs, claims: [] }),
    );
    const made = await registerOwnResource(kernel, producer, resource({ servedBy: server.clientId }));
    assert.deepEqual(await findResource(db, made.identifier), made);
    assert.deepEqual((await findServiceByClientId(db, server.clientId))?.serves, [made.identifier]);
    const refused = [
      [resource({ identifier: made.identifier }), 'identifier'],
      [resource({ identifier: 'http://api.example/' }), 'identifier'],
      [resource({ identifier: 'https://api.example/?a=b' }), 'identifier'],
      [resource({ scopes: [] }), 'scopes'],
      [resource({ scopes: ['a b'] }), 'scopes'],
      [resource({ scopes: ['openid'] }), 'scopes'],
      [resource({ tokenSeconds: '5' }), 'tokenSeconds'],
      [resource({ tokenSeconds: 'long' }), 'tokenSeconds'],
      [resource({ organisationId: ours }), 'organisationId'],
      [resource({ servedBy: (await machine()).clientId }), 'servedBy'],
      [resource({ servedBy: 'nobody' }), 'servedBy'],
    ] as const;
    for (const [input, wrong] of refused) {
      await assert.rejects(registerOwnResource(kernel, producer, input), field(wrong), wrong);
    }
  });

  test('it is granted and withdrawn by its organisation, and its scopes bound the grant', async () => {
    const { id, identifier } = await registerOwnResource(kernel, producer, resource());
    const { clientId } = await machine();
    const grant = (actor: typeof team, scopes: string[], to = clientId) =>
      grantOwnResource(kernel, actor, id, { clientId: to, scopes });
    await assert.rejects(grant(team, ['read']), code('not-found'), 'the machine’s own team does not');
    await assert.rejects(grant(producer, ['delete']), field('scopes'));
    await assert.rejects(grant(producer, []), field('scopes'));
    await assert.rejects(grant(producer, ['read'], (await register()).clientId), field('clientId'));
    await grant(stranger, ['read', 'write', 'read']);
    const granted = async () => (await findServiceByClientId(db, clientId))?.resources;
    assert.deepEqual(await granted(), [{ identifier, scopes: ['read', 'write'], tokenSeconds: 300 }]);
    await grant(administrator, ['write']);
    assert.deepEqual((await granted())?.[0]?.scopes, ['write']);
    await changeResource(kernel, producer, id, { ...resource(), scopes: ['write', 'admin'] });
    assert.deepEqual((await granted())?.[0]?.scopes, ['write']);
    await changeResource(kernel, producer, id, { ...resource(), scopes: ['admin'] });
    assert.deepEqual(await granted(), [], 'no scope is left of it');
    await assert.rejects(changeResource(kernel, team, id, resource()), code('not-found'));
    await grant(producer, ['admin']);
    await assert.rejects(withdrawOwnResource(kernel, team, id, clientId), code('not-found'));
    await withdrawOwnResource(kernel, producer, id, clientId);
    assert.deepEqual(await granted(), []);
    await assert.rejects(
      withdrawOwnResource(kernel, producer, id, clientId),
      code('identity.resource-not-granted'),
    );
    assert.equal((await findResourceById(db, id))?.organisationName, 'La leur');
    const kinds = (await ledgerOf(id)).map(({ kind }) => kind);
    assert.ok(kinds.includes('identity.resource-granted') && kinds.includes('identity.resource-withdrawn'));
  });

  test('a closed service loses what it was granted', async () => {
    const { id } = await registerOwnResource(kernel, producer, resource());
    const { id: serviceId, clientId } = await machine();
    await grantOwnResource(kernel, producer, id, { clientId, scopes: ['read'] });
    await closeService(kernel, team, serviceId);
    assert.deepEqual((await findServiceByClientId(db, clientId))?.resources, []);
    await assert.rejects(
      grantOwnResource(kernel, producer, id, { clientId, scopes: ['read'] }),
      field('clientId'),
    );
  });
});
