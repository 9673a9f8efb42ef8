// What tests of the partners' space stand on: a service, what its team types, people of teams and those who decide.
import { generateKeyPairSync } from 'node:crypto';
import type { Actor, Role } from '#platform/access.ts';
import { SOMEBODY, type TestKernel } from '../identity.fixture.ts';
import { recordOrganisation } from '../organisations.actions.ts';
import { recordPerson } from '../people.actions.ts';
import type { NamedService, NewServiceInput, ServiceAsClient } from './services.types.ts';

const SINCE = new Date('2026-11-01T08:00:00Z');

/** A service of the agents' realm in test, in order but for its key. */
export function aService(more: Partial<NamedService> = {}): NamedService {
  return {
    id: '11111111-1111-4111-8111-111111111111',
    clientId: 'agents-0123456789abcdef',
    realm: 'agents',
    name: 'Portail',
    purpose: 'Essai',
    organisationId: '22222222-2222-4222-8222-222222222222',
    organisationName: 'Direction',
    isUnderReview: false,
    contactEmail: 'team@service.example',
    homeUrl: 'https://service.example/',
    state: 'test',
    suspendedFrom: null,
    suspensionReason: null,
    redirectUris: ['https://service.example/callback'],
    postLogoutRedirectUris: ['https://service.example/bye'],
    backchannelLogoutUri: 'https://service.example/ended',
    clientAuthentication: 'private_key_jwt',
    jwksUri: null,
    tlsSubject: null,
    idTokenAlg: 'ES256',
    userinfoAlg: null,
    leastAssurance: null,
    screen: 'information',
    mayRefresh: false,
    dpopBound: false,
    certificateBound: false,
    createdAt: SINCE,
    changedAt: SINCE,
    claims: [{ claim: 'email', reason: 'Écrire à la personne.', grantedAt: null }],
    ...more,
  };
}

/** The same with what the protocol needs of it. */
export function aClient(more: Partial<ServiceAsClient> = {}): ServiceAsClient {
  return { ...aService(), secretHashes: [], keys: [], resources: [], serves: [], ...more };
}

/** A service as typed: it has no fault. */
export function inputTyped(more: Partial<NewServiceInput> = {}): NewServiceInput {
  return {
    realm: 'agents',
    organisationId: '',
    name: 'Portail',
    purpose: 'Un point d’entrée.',
    contactEmail: 'team@service.example',
    homeUrl: '',
    redirectUris: ['https://service.example/callback'],
    postLogoutRedirectUris: [],
    backchannelLogoutUri: '',
    clientAuthentication: 'private_key_jwt',
    jwksUri: '',
    tlsSubject: '',
    idTokenAlg: 'ES256',
    userinfoAlg: '',
    leastAssurance: '',
    screen: 'information',
    mayRefresh: false,
    dpopBound: false,
    certificateBound: false,
    claims: [{ claim: 'email', reason: 'Écrire à la personne.' }],
    ...more,
  };
}

/** A fresh public key on P-256 as PEM. */
export function publicPem(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/** Two organisations and people of them, with roles as an actor holds them. */
export async function partners(kernel: TestKernel) {
  const organisation = (name: string) =>
    recordOrganisation(kernel, SOMEBODY, {
      kind: 'directorate',
      name,
      code: '',
      siret: '',
      parentId: '',
      existsFrom: '',
      existsUntil: '',
    });
  const [ours, theirs] = [await organisation('La nôtre'), await organisation('La leur')];
  let count = 0;
  const actor = async (...roles: readonly [Role, string | null][]): Promise<Actor> => {
    count += 1;
    const person = { name: `Personne ${count}`, email: `p${count}@example.org`, locale: 'fr' };
    const { id, name } = await recordPerson(kernel, SOMEBODY, person);
    return {
      personId: id,
      name,
      roles: roles.map(([role, organisationId]) => ({ role, organisationId })),
    };
  };
  return {
    ours: ours.id,
    theirs: theirs.id,
    team: await actor(['product-team', ours.id]),
    stranger: await actor(['product-team', theirs.id]),
    producer: await actor(['data-producer', theirs.id]),
    auditor: await actor(['auditor', ours.id]),
    administrator: await actor(['administrator', null]),
  };
}
