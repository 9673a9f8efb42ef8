// One realm of the hub as an OpenID Connect provider: what the protocol library is told, in the order of a request.
import { timingSafeEqual } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type Provider from 'oidc-provider';
import type { Adapter, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import { clientMetadataOf } from '../services/client-metadata.rules.ts';
import { secretHash } from '../services/service-secrets.rules.ts';
import type { ServiceAsClient } from '../services/services.types.ts';
import { readAccount, subjectRootOf } from './accounts.actions.ts';
import { certificateAsked, certificateSubjectMatches } from './client-certificate.ts';
import { cookiesOf } from './cookies.ts';
import { keepJournal, logRefusals } from './journal.ts';
import { letProtocolFormsLeave } from './leaving-forms.ts';
import { machineResource } from './machine-tokens.ts';
import { claimsAllowed, scopesOf } from './passed-claims.rules.ts';
import { presentedToken, readPresentedTokens } from './presented-token.ts';
import { grantFor, promptsOf } from './prompts.ts';
import { askToSignOut, showNothingThere, showProtocolError, tellSignedOut } from './protocol-pages.ts';
import { ASSURANCES, claimsOf, issuerOf, type PeopleRealm, type Realm } from './realms.ts';
import { keyFor } from './sealed.ts';
import type { RealmServices } from './service-lookup.ts';
import { orderedForSigning, type SigningKey } from './signing-keys.rules.ts';
import { stateAdapter } from './state.adapter.ts';
import { inOneUnit } from './state.unit.ts';
import { pairwiseSubject } from './subjects.rules.ts';
import { reachUpstreamAtSignOut } from './upstream-sign-out.ts';
import { usedOnce } from './used-once.ts';

/** What a realm's provider is made from. */
export interface ProviderParts {
  readonly kernel: Kernel;
  readonly realm: Realm;
  readonly origin: string;
  readonly keys: readonly SigningKey[];
  readonly services: RealmServices;
}

const MINUTES = 60;
const HOURS = 60 * MINUTES;
const DAYS = 24 * HOURS;
/** A service's assertion that ends later is refused (RFC 7523, 3, 4): stolen, it would open the door for years. */
const LONGEST_ASSERTION = HOURS;

/** Makes the provider of `realm` under `origin`. It signs with the key that signs now; another instance follows it. */
export async function makeProvider(parts: ProviderParts): Promise<Provider> {
  const { kernel, realm, origin, keys, services } = parts;
  const library = await import('oidc-provider');
  const provider = new library.Provider(issuerOf(origin, realm), await configurationOf(parts, library));
  // Cookies are secure where people come by TLS; the proxy's word on it is checked before a request gets here.
  provider.proxy = true;
  provider.Client.prototype.compareClientSecret = async function (sent: string) {
    const service = await services.find(this.clientId);
    const sentHash = secretHash(sent);
    return service?.secretHashes.some((known) => timingSafeEqual(known, sentHash)) ?? false;
  };
  rememberClients(provider, services);
  const once = usedOnce(kernel, realm);
  provider.ReplayDetection.unique = (issuer: string, jti: string, expires: number) =>
    once.claim(`${issuer}\n${jti}`, expires - Math.floor(Date.now() / 1000));
  // A machine's token is kept nowhere, so that there is nothing to gather.
  if (realm !== 'machines') provider.use((_ctx, next) => inOneUnit(kernel.db, next));
  logRefusals(kernel, realm, provider);
  if (realm === 'machines') provider.use(readPresentedTokens(provider.issuer, keys));
  else {
    keepJournal(kernel, realm, provider);
    reachUpstreamAtSignOut(kernel, { realm, origin }, provider);
    letProtocolFormsLeave(kernel, provider);
  }
  // What the library's own events do not tell: an answer that broke after it had begun.
  (provider as EventEmitter).on('error', (error: Error) => {
    kernel.log.error({ realm, err: error }, 'the hub could not answer');
  });
  provider.use(async (ctx, next) => {
    await next();
    // The library promises those that it knows, not those that services may use.
    if ((ctx as unknown as KoaContextWithOIDC).oidc?.route === 'discovery') {
      Object.assign(ctx.body as object, { response_modes_supported: ['query'] });
    }
    if (ctx.status === 404 && !ctx.body) showNothingThere(ctx, realm);
  });
  return provider;
}

/**
 * Lets the library find the client of a service that it has just found without reading and comparing its metadata
 * anew: it is remembered for as long as the lookup remembers the service.
 */
function rememberClients({ Client }: Provider, services: RealmServices): void {
  const known = new WeakMap<ServiceAsClient, Awaited<ReturnType<typeof Client.find>>>();
  const find = Client.find.bind(Client);
  Client.find = async (clientId: string) => {
    const service = clientId ? await services.find(clientId) : undefined;
    const client = service && known.get(service);
    if (client) return client;
    const found = await find(clientId);
    if (service && found) known.set(service, found);
    return found;
  };
}

async function configurationOf(
  parts: ProviderParts,
  { errors }: Pick<typeof import('oidc-provider'), 'errors'>,
): Promise<Configuration> {
  const { kernel, realm, keys } = parts;
  const isForPeople = realm !== 'machines';
  return {
    adapter: adapterOf(parts),
    jwks: {
      keys: orderedForSigning(keys, kernel.clock.now()).map(({ jwk }) => jwk),
    } as Configuration['jwks'],
    cookies: cookiesOf(kernel, realm),
    routes: {
      authorization: '/authorize',
      end_session: '/sign-out',
      introspection: '/introspect',
      jwks: '/jwks',
      pushed_authorization_request: '/par',
      revocation: '/revoke',
      token: '/token',
      userinfo: '/userinfo',
    },
    fetch: (url, options) => fetchOutside(kernel, url, options),
    clientAuthMethods: [
      'private_key_jwt',
      'client_secret_basic',
      'client_secret_post',
      'tls_client_auth',
      ...(isForPeople ? (['none'] as const) : []),
    ],
    enabledJWA: {
      clientAuthSigningAlgValues: ['ES256', 'RS256', 'PS256', 'EdDSA'],
      idTokenSigningAlgValues: ['ES256', 'RS256'],
      userinfoSigningAlgValues: ['ES256', 'RS256'],
      dPoPSigningAlgValues: ['ES256', 'EdDSA'],
    },
    // Answers come in the query alone: PKCE protects them there, and no page of ours posts to other sites.
    clientDefaults: { id_token_signed_response_alg: 'ES256', response_modes: ['query'] },
    async assertJwtClientAuthClaimsAndHeader(_ctx, { exp }) {
      if (Number(exp) <= Date.now() / 1000 + LONGEST_ASSERTION) return;
      throw new errors.InvalidClientAuth('exp is too far in the future');
    },
    // OpenID Connect Core, 3.1.2.1: the address is always named.
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => false,
    clockTolerance: 5,
    ttl: {
      AuthorizationCode: MINUTES,
      AccessToken: 10 * MINUTES,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 10 * MINUTES,
      IdToken: 10 * MINUTES,
      Interaction: 30 * MINUTES,
      Session: Math.min(kernel.config.sessionHours, 12) * HOURS,
      Grant: 30 * DAYS,
      RefreshToken: 30 * DAYS,
    },
    renderError: (ctx, out, error) => showProtocolError(ctx, out, error),
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: mayIntrospect(parts) },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      dPoP: { enabled: true, allowReplay: false },
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        tlsClientAuth: true,
        selfSignedTlsClientAuth: false,
        getCertificate: (ctx) => certificateAsked(kernel.config, ctx.req.headers),
        certificateAuthorized: (ctx) => certificateAsked(kernel.config, ctx.req.headers) !== undefined,
        certificateSubjectMatches: (ctx, property, expected) =>
          property === 'tls_client_auth_subject_dn' &&
          certificateSubjectMatches(certificateAsked(kernel.config, ctx.req.headers), expected),
      },
      ...(isForPeople ? {} : { clientCredentials: { enabled: true } }),
      resourceIndicators: isForPeople ? { enabled: false } : machineResource(parts.services, errors),
      rpInitiatedLogout: {
        enabled: isForPeople,
        logoutSource: (ctx, form) => askToSignOut(ctx, form),
        postLogoutSuccessSource: (ctx) => tellSignedOut(ctx),
      },
      backchannelLogout: { enabled: isForPeople },
      claimsParameter: { enabled: isForPeople },
      jwtUserinfo: { enabled: isForPeople },
      userinfo: { enabled: isForPeople },
      pushedAuthorizationRequests: { enabled: isForPeople },
    },
    ...(isForPeople ? await peopleConfiguration(parts, realm) : machineConfiguration()),
  };
}

function machineConfiguration(): Configuration {
  return { responseTypes: [], scopes: [], subjectTypes: ['public'] };
}

async function peopleConfiguration(parts: ProviderParts, realm: PeopleRealm): Promise<Configuration> {
  const { kernel, services } = parts;
  return {
    acrValues: [...ASSURANCES],
    scopes: ['openid', 'offline_access'],
    claims: {
      auth_time: null,
      iss: null,
      sid: null,
      // A service that asks for nothing special is told how surely the person is who they are, and since when.
      openid: ['sub', 'acr', 'amr', 'auth_time'],
      ...scopesOf(realm),
      ...Object.fromEntries(claimsOf(realm).map((claim) => [claim, [claim]])),
      email: ['email', 'email_verified'],
    },
    responseTypes: ['code'],
    subjectTypes: ['pairwise'],
    pkce: { required: () => true },
    pairwiseIdentifier: async (_ctx, accountId, client) =>
      pairwiseSubject(keyFor(kernel.secret, 'hub/subject'), {
        realm,
        clientId: client.clientId,
        subjectRoot: await subjectRootOf(kernel.db, accountId),
      }),
    sectorIdentifierUriValidate: () => false,
    async findAccount(ctx, id) {
      const account = await readAccount(kernel, id);
      if (!account) return undefined;
      return {
        accountId: id,
        async claims() {
          const clientId = ctx.oidc.client?.clientId;
          const service = clientId === undefined ? undefined : await services.find(clientId);
          const allowed = service ? claimsAllowed(service) : new Set<string>();
          const told = Object.entries(account.claims).filter(([name]) => allowed.has(name));
          return { ...Object.fromEntries(told), sub: id };
        },
      };
    },
    // Always a new refresh token, and the old one used again ends the whole grant (RFC 9700, 4.14.2).
    rotateRefreshToken: () => true,
    issueRefreshToken: (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    expiresWithSession: (_ctx, code) => !code.scopes.has('offline_access'),
    loadExistingGrant: (ctx) => grantFor(parts, realm, ctx),
    interactions: {
      policy: await promptsOf(parts, realm),
      url: (_ctx, { uid }) => `/connect/${realm}/interaction/${uid}`,
    },
  };
}

/** The adapter of the realm's state; clients come from the services, and machines' tokens from what was presented. */
function adapterOf({ kernel, realm, services }: ProviderParts): (model: string) => Adapter {
  const stateOf = stateAdapter(kernel, realm);
  return (model) => {
    const state = stateOf(model);
    if (model === 'ClientCredentials') return presentedToken(kernel, realm, services, state);
    if (model !== 'Client') return state;
    return {
      ...state,
      async find(clientId) {
        const service = await services.find(clientId);
        if (!service || service.state === 'suspended' || service.state === 'closed') return undefined;
        const { scope: _, ...metadata } = clientMetadataOf(service);
        return metadata;
      },
    };
  };
}

/** Who may ask whether a token is good (RFC 7662, section 2.1): who got it, and who serves what it is for. */
function mayIntrospect({ services }: ProviderParts) {
  return async (
    _ctx: KoaContextWithOIDC,
    client: { clientId: string },
    token: { clientId?: string | undefined; aud?: string | string[] },
  ): Promise<boolean> => {
    if (token.clientId === client.clientId) return true;
    const service = await services.find(client.clientId);
    return [token.aud ?? []].flat().some((audience) => service?.serves.includes(audience));
  };
}

async function fetchOutside(
  kernel: Kernel,
  input: string | URL | Request,
  options: RequestInit = {},
): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  const { method = 'GET', headers, body, signal } = options;
  return kernel.outgoing.fetch(url, {
    method,
    headers: new Headers(headers),
    body: typeof body === 'string' || body instanceof URLSearchParams ? body : null,
    signal: signal ?? undefined,
  });
}
