// Socle itself as a service of its own hub: known without being registered, and told what it needs to know its people.
import type { Secret } from '#platform/secret.ts';
import { secretHash } from '../services/service-secrets.rules.ts';
import type { ServiceAsClient } from '../services/services.types.ts';
import { claimsOf, type PeopleRealm } from './realms.ts';

/** The client id of Socle at its own hub. */
export const OWN_CLIENT_ID = 'socle';

/** Where the hub sends people back to Socle. */
export const OWN_CALLBACK = '/sign-in/callback';

/** Where the hub tells Socle that a session has ended. */
export const OWN_LOGOUT_CALLBACK = '/sign-in/ended';

/** Where a person arrives once they have signed out everywhere. */
export const OWN_SIGNED_OUT = '/signed-out';

/** The secret by which Socle proves itself to the hub in `realm`; derived, so it stands nowhere. */
export function ownClientSecret(secret: Secret, realm: PeopleRealm): string {
  return secret.keyFor(`identity/own-client/${realm}`).toString('base64url');
}

/** Socle as a service of `realm` under `origin`. */
export function ownService(secret: Secret, realm: PeopleRealm, origin: string): ServiceAsClient {
  const since = new Date(0);
  return {
    id: '00000000-0000-8000-8000-000000000000',
    clientId: OWN_CLIENT_ID,
    realm,
    name: 'Socle',
    purpose: 'Socle',
    organisationId: '00000000-0000-8000-8000-000000000000',
    contactEmail: 'socle@localhost',
    homeUrl: origin,
    state: 'production',
    suspendedFrom: null,
    suspensionReason: null,
    redirectUris: [`${origin}${OWN_CALLBACK}/${realm}`],
    postLogoutRedirectUris: [`${origin}${OWN_SIGNED_OUT}`],
    backchannelLogoutUri: `${origin}${OWN_LOGOUT_CALLBACK}/${realm}`,
    clientAuthentication: 'client_secret_basic',
    jwksUri: null,
    tlsSubject: null,
    idTokenAlg: 'ES256',
    userinfoAlg: null,
    leastAssurance: null,
    screen: 'information',
    mayRefresh: false,
    dpopBound: false,
    certificateBound: false,
    createdAt: since,
    changedAt: since,
    claims: claimsOf(realm).map((claim) => ({ claim, reason: 'Socle', grantedAt: since })),
    secretHashes: [secretHash(ownClientSecret(secret, realm))],
    keys: [],
    resources: [],
    serves: [],
  };
}

/** Tells whether `clientId` is Socle's own, whose people need no screen about what Socle learns of them. */
export function isOwnClient(clientId: string): boolean {
  return clientId === OWN_CLIENT_ID;
}
