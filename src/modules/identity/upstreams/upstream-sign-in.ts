// The protocol with an upstream provider: a person is sent there, comes back, and what is then asserted is verified.
// It signs nobody in and writes nothing: who the person is here, the hub decides.
import type { Configuration } from 'openid-client';
import { isSocleError, type SocleError } from '#platform/errors.ts';
import { CLOCK_TOLERANCE_SECONDS, connectionTo, type UpstreamKernel } from './upstream-connection.ts';
import { DiscoveryError, silenceIn } from './upstream-discovery.ts';
import { errorCodeOf, failedCheckOf } from './upstream-faults.rules.ts';
import { upstreamAnswerWrong, upstreamRefused, upstreamUnavailable } from './upstreams.errors.ts';
import type { Upstream } from './upstreams.types.ts';

/** What one sign-in asks of the provider. All but the hints must be new for each sign-in and kept until its end. */
export interface UpstreamSignInRequest {
  /** Socle's own origin, for demonstration providers. */
  readonly origin: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly loginHint?: string;
  readonly acrValues?: string;
  /** Seconds. */
  readonly maxAge?: number;
  readonly prompt?: string;
}

/** What came back, and what it must agree with. */
export interface UpstreamSignInReturn {
  readonly origin: string;
  /** The address that the browser came back to; only its query is read. */
  readonly callbackUrl: URL;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** As asked, in seconds: the provider's `auth_time` is then held against it. */
  readonly maxAge?: number;
}

/** What a provider asserts of a person, once every check has passed. */
export interface UpstreamAssertion {
  readonly issuer: string;
  readonly subject: string;
  readonly idToken: string;
  readonly acr: string | null;
  readonly amr: readonly string[];
  /** The provider's own session, as its back-channel logout will name it. */
  readonly sid: string | null;
  /** The claims of the ID token, overlaid by those of userinfo. Nothing but their signature is checked. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * Where to send the person. PKCE (S256), state and nonce always go along (RFC 9700, 2.1).
 * @throws `identity.upstream-unavailable`, `identity.upstream-answer-wrong` (its discovery document).
 */
export async function startUpstreamSignIn(
  kernel: UpstreamKernel,
  upstream: Upstream,
  request: UpstreamSignInRequest,
): Promise<URL> {
  return withRefusals(upstream, async () => {
    const client = await import('openid-client');
    const configuration = await connectionInUse(kernel, upstream, request.origin);
    const { loginHint, acrValues, maxAge, prompt } = request;
    return client.buildAuthorizationUrl(configuration, {
      redirect_uri: request.redirectUri,
      scope: upstream.scopes,
      state: request.state,
      nonce: request.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(request.codeVerifier),
      code_challenge_method: 'S256',
      ...(loginHint !== undefined && { login_hint: loginHint }),
      ...(acrValues !== undefined && { acr_values: acrValues }),
      ...(maxAge !== undefined && { max_age: String(maxAge) }),
      ...(prompt !== undefined && { prompt }),
    });
  });
}

/**
 * Redeems what the browser came back with. Verified: state, `iss` of the response (RFC 9207), the ID token's signature
 * by the provider's published keys, issuer, audience, nonce, times; and that userinfo speaks of the same subject.
 * @throws `identity.upstream-refused`, `identity.upstream-answer-wrong`, `identity.upstream-unavailable`.
 */
export async function finishUpstreamSignIn(
  kernel: UpstreamKernel,
  upstream: Upstream,
  back: UpstreamSignInReturn,
): Promise<UpstreamAssertion> {
  return withRefusals(upstream, async () => {
    const client = await import('openid-client');
    const configuration = await connectionInUse(kernel, upstream, back.origin);
    // The redirect address that the code is bound to is ours to say, not the browser's.
    const returned = new URL(back.redirectUri);
    returned.search = back.callbackUrl.search;
    const tokens = await client.authorizationCodeGrant(configuration, returned, {
      expectedState: back.state,
      expectedNonce: back.nonce,
      pkceCodeVerifier: back.codeVerifier,
      idTokenExpected: true,
      ...(back.maxAge !== undefined && { maxAge: back.maxAge }),
    });
    const claims = tokens.claims();
    if (!claims || !tokens.id_token) throw answerWrong(upstream, 'id-token');
    // OpenID Connect Core leaves `iat` to the client (3.1.3.7, 10): a token of tomorrow was made by nobody honest.
    if (claims.iat > Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS) throw answerWrong(upstream, 'iat');
    const asked = configuration.serverMetadata().userinfo_endpoint !== undefined;
    const more = asked ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {};
    return {
      issuer: claims.iss,
      subject: claims.sub,
      idToken: tokens.id_token,
      acr: typeof claims.acr === 'string' ? claims.acr : null,
      amr: Array.isArray(claims.amr) ? claims.amr.filter((method) => typeof method === 'string') : [],
      sid: typeof claims.sid === 'string' ? claims.sid : null,
      claims: { ...claims, ...more },
    };
  });
}

/**
 * Where to send the person so that the provider ends its session too (OpenID Connect RP-Initiated Logout 1.0).
 * Null where it offers that to nobody, or does not answer: a sign-out here never waits for another.
 */
export async function upstreamSignOutUrl(
  kernel: UpstreamKernel,
  upstream: Upstream,
  asked: { origin: string; idToken: string; postLogoutRedirectUri: string; state: string },
): Promise<URL | null> {
  try {
    const client = await import('openid-client');
    const configuration = await connectionTo(kernel, upstream, asked.origin);
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(configuration, {
      id_token_hint: asked.idToken,
      post_logout_redirect_uri: asked.postLogoutRedirectUri,
      state: asked.state,
    });
  } catch (error) {
    kernel.log.warn(
      { err: error, upstream: upstream.id },
      'an upstream provider cannot be told of a sign-out',
    );
    return null;
  }
}

async function connectionInUse(
  kernel: UpstreamKernel,
  upstream: Upstream,
  origin: string,
): Promise<Configuration> {
  if (!upstream.isEnabled) {
    throw upstreamUnavailable({ detail: { upstream: upstream.id, reason: 'disabled' } }, upstream.name);
  }
  return connectionTo(kernel, upstream, origin);
}

/** The refusal of an answer, with the check that it failed. */
export function answerWrong(upstream: Upstream, check: string, cause?: unknown): SocleError {
  return upstreamAnswerWrong({ detail: { upstream: upstream.id, check }, cause }, upstream.name);
}

/** Does `work` and turns what it throws into the refusal that a person can read; faults of our own go on their way. */
export async function withRefusals<T>(upstream: Upstream, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isSocleError(error)) throw error;
    const { id, name } = upstream;
    const silence = silenceIn(error);
    if (silence) {
      throw upstreamUnavailable({ detail: { upstream: id, reason: silence.message }, cause: error }, name);
    }
    if (error instanceof DiscoveryError) throw answerWrong(upstream, `discovery: ${error.fault}`, error);
    const code = errorCodeOf(error);
    if (code !== null) throw upstreamRefused({ detail: { upstream: id, error: code }, cause: error }, name);
    const check = failedCheckOf(error);
    if (check !== null) throw answerWrong(upstream, check, error);
    throw error;
  }
}
