// The two demonstration providers as oidc-provider runs them: what they allow, what they keep, whom they know. No page.

import type { EventEmitter } from 'node:events';
import type Provider from 'oidc-provider';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import { AGENT_CLAIMS, ASSURANCES, type Assurance, CITIZEN_CLAIMS, isAtLeast } from '../hub/realms.ts';
import { stateAdapter } from '../hub/state.adapter.ts';
import { accountsOf } from './accounts.ts';
import { levelsAsked } from './citizens.rules.ts';
import { askToSignOut, showNothingThere, showRefusal, showSignedOut } from './protocol.answers.ts';
import type { DemonstrationProvider } from './providers.types.ts';
import { signingKeyFrom } from './signing-key.rules.ts';
import { demonstrationHubSecret, HUB_CLIENT_ID, prefixOf, realmOf } from './upstreams.ts';

const A_MINUTE = 60;
const AN_HOUR = 60 * A_MINUTE;
/** A working day: the provider remembers who signed in, as ministries' own do. */
const SESSION_SECONDS = 8 * AN_HOUR;

/** Makes a provider under `origin`. The library is loaded when the first one is asked for. */
export async function openDemonstrationProvider(
  kernel: Kernel,
  name: DemonstrationProvider,
  origin: string,
): Promise<Provider> {
  const { default: ProviderOfLibrary, interactionPolicy } = await import('oidc-provider');
  const { Check, base } = interactionPolicy;

  const policy = base();
  // Nobody is asked what the hub may learn: it is the hub that shows this, for each service.
  policy.remove('consent');
  if (name === 'citizen') {
    policy
      .get('login')
      ?.checks.add(
        new Check('level', 'a higher level of assurance is asked for', 'login_required', isBelowLevelAsked),
      );
  }

  const provider = new ProviderOfLibrary(`${origin}${prefixOf(name)}`, {
    ...configurationOf(kernel, name, origin),
    interactions: {
      policy,
      url: (_ctx, interaction) => `${prefixOf(name)}/sign-in/${interaction.uid}`,
    },
  });
  // Cookies are for TLS alone where people come over TLS, as the mount tells from the issuer.
  provider.proxy = true;
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.status === 404 && !ctx.body && ctx.accepts('html')) showNothingThere(name, ctx);
  });
  provider.on('server_error', (_ctx, error) => {
    kernel.log.error({ err: error, provider: name }, 'a demonstration provider failed');
  });
  // What the library's own event does not tell: an answer that broke after it had begun.
  (provider as EventEmitter).on('error', (error: Error) => {
    kernel.log.error({ err: error, provider: name }, 'a demonstration provider could not answer');
  });
  return provider;
}

/** True when somebody is signed in at a level below every one that the request names, and did not just choose it. */
function isBelowLevelAsked({ oidc }: KoaContextWithOIDC): boolean {
  const asked = levelsAsked(oidc.params?.acr_values);
  const { session, result } = oidc;
  if (asked.length === 0 || !session?.accountId || result?.login) return false;
  return !asked.some((level) => isAtLeast((session.acr ?? 'eidas1') as Assurance, level));
}

function configurationOf(kernel: Kernel, name: DemonstrationProvider, origin: string): Configuration {
  const { secret } = kernel;
  const accounts = accountsOf(kernel, name);
  const realm = realmOf(name);
  const claims = realm === 'agents' ? AGENT_CLAIMS.filter((claim) => claim !== 'idp_id') : CITIZEN_CLAIMS;
  const seed = Buffer.concat(
    ['1', '2'].map((part) => secret.keyFor(`demonstration-provider/${name}-signing-${part}`)),
  );
  const hub = `${origin}/connect/${realm}`;
  return {
    adapter: stateAdapter(kernel, `demonstration-${name}`),
    jwks: { keys: [signingKeyFrom(seed)] },
    clients: [
      {
        client_id: HUB_CLIENT_ID,
        client_secret: demonstrationHubSecret(secret),
        client_name: 'Socle',
        token_endpoint_auth_method: 'client_secret_basic',
        redirect_uris: [`${hub}/callback`],
        post_logout_redirect_uris: [`${hub}/signed-out`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientAuthMethods: ['client_secret_basic'],
    clientBasedCORS: () => false,
    responseTypes: ['code'],
    // OpenID Connect Core 1.0, section 3.1.2.1: the address is always given.
    allowOmittingSingleRegisteredRedirectUri: false,
    scopes: ['openid'],
    pkce: { required: () => true },
    acrValues: name === 'ministry' ? ['eidas1'] : [...ASSURANCES],
    claims: {
      acr: null,
      auth_time: null,
      iss: null,
      sid: null,
      // How somebody proved who they are is told without being asked for, as the French hubs ask of providers.
      openid: ['sub', 'acr', 'amr'],
      ...Object.fromEntries(claims.map((claim) => [claim, [claim]])),
      email: realm === 'agents' ? ['email', 'email_verified'] : ['email'],
      profile: claims.filter((claim) => claim !== 'email'),
    },
    async findAccount(_ctx, subject) {
      const told = await accounts.claimsOf(subject);
      return told && { accountId: subject, claims: () => ({ sub: subject, ...told }) };
    },
    loadExistingGrant: grantEverythingAsked,
    cookies: {
      names: {
        session: `demo-${name}-session`,
        interaction: `demo-${name}-interaction`,
        resume: `demo-${name}-resume`,
      },
      keys: [secret.keyFor(`demonstration-provider/${name}-cookies`).toString('base64url')],
      long: { httpOnly: true, sameSite: 'lax', signed: true, path: prefixOf(name) },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl: {
      AccessToken: 10 * A_MINUTE,
      AuthorizationCode: A_MINUTE,
      IdToken: 10 * A_MINUTE,
      Interaction: AN_HOUR,
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: askToSignOut(name),
        postLogoutSuccessSource: showSignedOut(name),
      },
    },
    renderError: showRefusal(name),
  };
}

/** The hub may learn whatever it asks for; the grant grows with what it asks. */
async function grantEverythingAsked({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant =
    known?.accountId === session.accountId
      ? known
      : new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(' '));
  await grant.save();
  return grant;
}
