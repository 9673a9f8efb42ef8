// The demonstration's providers as the hub's registry of upstream providers records them, and the secret that they share
// with the hub. It writes nothing.
import type { Secret } from '#platform/secret.ts';
import { inventedState } from '../demonstration.ts';
import { AGENT_CLAIMS, type Assurance, CITIZEN_CLAIMS, type PeopleRealm } from '../hub/realms.ts';
import type { DemonstrationProvider } from './providers.types.ts';

/** The client id of the hub at both providers. */
export const HUB_CLIENT_ID = 'socle-hub';

/** An upstream provider of the demonstration, as the registry takes it. */
export interface DemonstrationUpstream {
  readonly realm: PeopleRealm;
  readonly name: string;
  /** The path of its issuer under the installation's own origin. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientAuthentication: 'client_secret_basic';
  readonly scopes: string;
  readonly vouchesForOrganisation: boolean;
  readonly vouchesForSecondFactor: boolean;
  readonly bestAssurance: Assurance;
  readonly domains: readonly string[];
  /** Organisations whose SIRET it may assert. */
  readonly organisationIds: readonly string[];
}

/** The path under which a provider stands, which is the path of its issuer. */
export function prefixOf(provider: DemonstrationProvider): string {
  return `/demonstration/${provider}`;
}

/** The realm that a provider signs people in for. */
export function realmOf(provider: DemonstrationProvider): PeopleRealm {
  return provider === 'ministry' ? 'agents' : 'citizens';
}

/** The secret by which the hub proves itself to the demonstration's providers; derived, so it stands nowhere. */
export function demonstrationHubSecret(secret: Secret): string {
  return secret.keyFor('demonstration-provider/hub-client').toString('base64url');
}

/** Both providers. The ministry's speaks for all the organisations and e-mail domains of the demonstration State. */
export function demonstrationUpstreams(secret: Secret): readonly DemonstrationUpstream[] {
  const { organisations, people } = inventedState(new Date(0));
  const domains = people.map(({ email }) => email.split('@')[1] ?? '');
  const hub = {
    clientId: HUB_CLIENT_ID,
    clientSecret: demonstrationHubSecret(secret),
    clientAuthentication: 'client_secret_basic',
    vouchesForOrganisation: false,
    vouchesForSecondFactor: true,
  } as const;
  return [
    {
      ...hub,
      realm: 'agents',
      name: 'Ministères de Valmarie (démonstration)',
      issuer: prefixOf('ministry'),
      scopes: ['openid', ...AGENT_CLAIMS.filter((claim) => claim !== 'idp_id')].join(' '),
      vouchesForOrganisation: true,
      bestAssurance: 'eidas1',
      domains: [...new Set(domains.filter((domain) => domain.endsWith('.valmarie.example')))].sort(),
      organisationIds: organisations.filter(({ existsUntil }) => existsUntil === null).map(({ id }) => id),
    },
    {
      ...hub,
      realm: 'citizens',
      name: 'Identité de Valmarie (démonstration)',
      issuer: prefixOf('citizen'),
      scopes: ['openid', ...CITIZEN_CLAIMS].join(' '),
      bestAssurance: 'eidas3',
      domains: [],
      organisationIds: [],
    },
  ];
}
