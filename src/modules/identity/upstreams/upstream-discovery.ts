// What a provider says of itself: its discovery document and its key set, read and judged. It keeps nothing.
import type { JSONWebKeySet } from 'jose';
import type { ServerMetadata } from 'openid-client';
import type { Outgoing, OutgoingRequest } from '#platform/http/outgoing.ts';
import { plainFetch, UpstreamSilence } from './circuit.ts';
import type { DiscoveryFault, DiscoveryFindings, DiscoveryLook } from './upstream-discovery.types.ts';

/** A way to send one request. */
export type Send = (url: string, request?: OutgoingRequest) => Promise<Response>;

/** What a provider says of itself cannot serve. The message is for administrators and the log. */
export class DiscoveryError extends Error {
  override readonly name = 'DiscoveryError';
  readonly fault: DiscoveryFault;

  constructor(fault: DiscoveryFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}

/**
 * Algorithms of signatures that are believed: asymmetric ones alone, so that neither `none` nor a secret that is
 * shared ever signs (RFC 8725, 3.1 and 3.2).
 */
export const BELIEVED_ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const;

/** How long one look at what a provider says of itself may take, in seconds. */
const PATIENCE_SECONDS = 5;

/**
 * Reads the discovery document of `issuer` (OpenID Connect Discovery, 4) and leaves of its algorithms those that are
 * believed. @throws DiscoveryError, or UpstreamSilence as `send` does.
 */
export async function readDiscovery(
  send: Send,
  issuer: string,
  { mayBeInsecure }: { mayBeInsecure: boolean },
): Promise<ServerMetadata> {
  const client = await import('openid-client');
  let metadata: ServerMetadata;
  try {
    const found = await client.discovery(new URL(issuer), 'socle', undefined, client.None(), {
      [client.customFetch]: (url, { method, headers, signal }) => send(url, { method, headers, signal }),
      timeout: PATIENCE_SECONDS,
      execute: mayBeInsecure ? [client.allowInsecureRequests] : [],
    });
    metadata = found.serverMetadata();
  } catch (error) {
    throw silenceIn(error) ?? asDiscoveryError(error);
  }
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const address = URL.parse(metadata[name] ?? '');
    if (!address) throw new DiscoveryError('endpoint-missing', `${name} is missing or no address`);
    if (address.protocol !== 'https:' && !(mayBeInsecure && address.protocol === 'http:')) {
      throw new DiscoveryError('insecure', `${name} does not start with https`);
    }
  }
  // OpenID Connect Discovery, 3: without a word of its own, a provider signs with RS256.
  const forIdTokens = believed(metadata.id_token_signing_alg_values_supported ?? ['RS256']);
  if (forIdTokens.length === 0) {
    throw new DiscoveryError(
      'algorithm-unfit',
      `none of ${BELIEVED_ALGORITHMS.join(', ')} signs its ID tokens`,
    );
  }
  return {
    ...metadata,
    id_token_signing_alg_values_supported: forIdTokens,
    userinfo_signing_alg_values_supported: believed(
      metadata.userinfo_signing_alg_values_supported ?? BELIEVED_ALGORITHMS,
    ),
  };
}

/** Reads the provider's key set. @throws DiscoveryError, or UpstreamSilence as `send` does. */
export async function readKeySet(send: Send, address: string): Promise<JSONWebKeySet> {
  const answer = await send(address, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    signal: AbortSignal.timeout(PATIENCE_SECONDS * 1000),
  });
  if (answer.status !== 200) throw new DiscoveryError('keys-missing', `the key set answers ${answer.status}`);
  const said: unknown = await answer.json().catch(() => null);
  const keys = (said as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys)) throw new DiscoveryError('keys-missing', 'the key set holds no list of keys');
  const asymmetric = keys.filter((key) => ['EC', 'RSA', 'OKP'].includes(key?.kty));
  if (asymmetric.length === 0) throw new DiscoveryError('keys-missing', 'the key set holds no public key');
  return { keys: asymmetric };
}

/**
 * Looks once at what the provider at `issuer` says of itself and at its keys, past any circuit and for five seconds at
 * the most. What is wrong is part of what it returns; only faults of our own are thrown.
 */
export async function lookAtProvider(
  outgoing: Outgoing,
  issuer: string,
  { mayBeInsecure }: { mayBeInsecure: boolean },
): Promise<DiscoveryLook> {
  const began = performance.now();
  const milliseconds = () => Math.round(performance.now() - began);
  const send: Send = (url, request) => plainFetch(outgoing, url, request);
  const look = async () => {
    const metadata = await readDiscovery(send, issuer, { mayBeInsecure });
    return findingsOf(metadata, (await readKeySet(send, metadata.jwks_uri as string)).keys.length);
  };
  try {
    const findings = await inTime(look(), PATIENCE_SECONDS * 1000);
    return { milliseconds: milliseconds(), findings, fault: null, detail: null };
  } catch (error) {
    const silence = silenceIn(error);
    const fault = error instanceof DiscoveryError ? error.fault : silence && 'unreachable';
    if (fault === null) throw error;
    const detail = (silence ?? (error as Error)).message;
    return { milliseconds: milliseconds(), findings: null, fault, detail };
  }
}

function findingsOf(metadata: ServerMetadata, keys: number): DiscoveryFindings {
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: metadata.authorization_endpoint ?? '',
    tokenEndpoint: metadata.token_endpoint ?? '',
    userinfoEndpoint: metadata.userinfo_endpoint ?? null,
    endSessionEndpoint: metadata.end_session_endpoint ?? null,
    algorithms: metadata.id_token_signing_alg_values_supported ?? [],
    keys,
    takesPkce: metadata.code_challenge_methods_supported?.includes('S256') ?? null,
    namesItself: metadata.authorization_response_iss_parameter_supported === true,
    tellsOfLogout: metadata.backchannel_logout_supported === true,
  };
}

/** Waits for `work` no longer than told; what answers in process knows no time-out of its own. */
async function inTime<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new UpstreamSilence('the time is over')), patienceMs);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** The silence among the causes of `error`; null when the provider did answer. */
export function silenceIn(error: unknown): UpstreamSilence | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof UpstreamSilence) return cause;
    if (['TimeoutError', 'AbortError'].includes(cause.name)) return new UpstreamSilence('the time is over');
  }
  return null;
}

function believed(algorithms: readonly string[]): string[] {
  return BELIEVED_ALGORITHMS.filter((algorithm) => algorithms.includes(algorithm));
}

function asDiscoveryError(error: unknown): DiscoveryError {
  const { code, cause } = error as { code?: string; cause?: unknown };
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') {
    const status = cause instanceof Response ? cause.status : 'wrongly';
    return new DiscoveryError('not-found', `the discovery document answers ${status}`, error);
  }
  if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
    const said = (cause as { body?: { issuer?: unknown } } | undefined)?.body?.issuer;
    return new DiscoveryError('issuer-differs', `it calls itself ${String(said)}`, error);
  }
  if (code === 'OAUTH_HTTP_REQUEST_FORBIDDEN') {
    return new DiscoveryError('insecure', 'the issuer does not start with https', error);
  }
  return new DiscoveryError('not-readable', error instanceof Error ? error.message : String(error), error);
}
