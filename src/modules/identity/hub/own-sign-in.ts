// Socle as a relying party of its own hub: the protocol's two halves, by the same library and checks as any service's.
import type { JSONWebKeySet } from 'jose';
import type { Configuration, ServerMetadata } from 'openid-client';
import type { Kernel } from '#platform/kernel.ts';
import { OWN_CALLBACK, OWN_CLIENT_ID, OWN_SIGNED_OUT, ownClientSecret } from './own-service.ts';
import { issuerOf, type PeopleRealm } from './realms.ts';

type Needs = Pick<Kernel, 'secret' | 'outgoing'>;

/** What a sign-in under way must be answered with; kept in the browser's session, and used once. */
export interface OwnSignIn {
  readonly realm: PeopleRealm;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Who signed in, as the hub told it. */
export interface OwnSignInResult {
  readonly subject: string;
  /** The hub's session, as its back-channel logout will name it. */
  readonly sid: string | null;
  readonly idToken: string;
  /** True when a second factor stands behind the sign-in. */
  readonly secondFactor: boolean;
  readonly claims: Readonly<Record<string, unknown>>;
}

const SCOPES: Readonly<Record<PeopleRealm, string>> = {
  agents: 'openid profile email organization',
  citizens: 'openid profile email',
};

async function configurationFor(
  { secret, outgoing }: Needs,
  realm: PeopleRealm,
  origin: string,
): Promise<Configuration> {
  const client = await import('openid-client');
  const answer = await outgoing.fetch(`${issuerOf(origin, realm)}/.well-known/openid-configuration`);
  const configuration = new client.Configuration(
    (await answer.json()) as ServerMetadata,
    OWN_CLIENT_ID,
    { id_token_signed_response_alg: 'ES256' },
    client.ClientSecretBasic(ownClientSecret(secret, realm)),
  );
  configuration[client.customFetch] = (url, { method, headers, body, signal }) =>
    outgoing.fetch(url, { method, headers, body: body as string | URLSearchParams | null, signal });
  // The hub is this very process: no network lies between.
  if (origin.startsWith('http:')) client.allowInsecureRequests(configuration);
  client.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** Begins a sign-in. @returns where the browser goes, and what its session must keep. */
export async function startOwnSignIn(
  needs: Needs,
  realm: PeopleRealm,
  origin: string,
): Promise<{ url: URL; kept: OwnSignIn }> {
  const client = await import('openid-client');
  const configuration = await configurationFor(needs, realm, origin);
  const kept: OwnSignIn = {
    realm,
    state: client.randomState(),
    nonce: client.randomNonce(),
    codeVerifier: client.randomPKCECodeVerifier(),
  };
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${origin}${OWN_CALLBACK}/${realm}`,
    scope: SCOPES[realm],
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(kept.codeVerifier),
    code_challenge_method: 'S256',
  });
  return { url, kept };
}

/** Takes the hub's answer. Throws openid-client's errors when a check fails or the person turned back. */
export async function finishOwnSignIn(
  needs: Needs,
  kept: OwnSignIn,
  { origin, callbackUrl }: { origin: string; callbackUrl: URL },
): Promise<OwnSignInResult> {
  const client = await import('openid-client');
  const configuration = await configurationFor(needs, kept.realm, origin);
  const tokens = await client.authorizationCodeGrant(configuration, callbackUrl, {
    expectedState: kept.state,
    expectedNonce: kept.nonce,
    pkceCodeVerifier: kept.codeVerifier,
    idTokenExpected: true,
  });
  const idClaims = tokens.claims();
  if (!idClaims || !tokens.id_token) throw new Error('The hub sent no ID token.');
  const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, idClaims.sub);
  const amr = Array.isArray(idClaims.amr) ? idClaims.amr : [];
  return {
    subject: idClaims.sub,
    sid: typeof idClaims.sid === 'string' ? idClaims.sid : null,
    idToken: tokens.id_token,
    secondFactor: amr.includes('mfa') || idClaims.acr === 'eidas2' || idClaims.acr === 'eidas3',
    claims: userinfo,
  };
}

/** Where the browser goes to sign out of the hub too. */
export async function ownSignOutUrl(
  needs: Needs,
  { realm, origin, idToken }: { realm: PeopleRealm; origin: string; idToken: string },
): Promise<URL> {
  const { buildEndSessionUrl } = await import('openid-client');
  return buildEndSessionUrl(await configurationFor(needs, realm, origin), {
    id_token_hint: idToken,
    post_logout_redirect_uri: `${origin}${OWN_SIGNED_OUT}`,
  });
}

/** Whose session a logout token of the hub ends (Back-Channel Logout 1.0, 2.6); null when it is not good. */
export async function readOwnLogoutToken(
  needs: Needs,
  { realm, origin, token }: { realm: PeopleRealm; origin: string; token: string },
): Promise<{ sid: string; jti: string } | null> {
  const { createLocalJWKSet, jwtVerify } = await import('jose');
  const metadata = (await configurationFor(needs, realm, origin)).serverMetadata();
  const keys = (await (await needs.outgoing.fetch(String(metadata.jwks_uri))).json()) as JSONWebKeySet;
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer: metadata.issuer,
      audience: OWN_CLIENT_ID,
      algorithms: ['ES256'],
      maxTokenAge: 300,
      requiredClaims: ['sid', 'jti', 'events'],
    });
    const { sid, jti, events, nonce } = payload;
    const isLogout = Object.hasOwn(
      (events ?? {}) as object,
      'http://schemas.openid.net/event/backchannel-logout',
    );
    if (!isLogout || nonce !== undefined || typeof sid !== 'string' || typeof jti !== 'string') return null;
    return { sid, jti };
  } catch {
    return null;
  }
}
