// What this process keeps of each provider for ten minutes: its discovery document, keys, and the client made of them.
import { LRUCache } from 'lru-cache';
import type { Configuration } from 'openid-client';
import type { Outgoing } from '#platform/http/outgoing.ts';
import type { Kernel } from '#platform/kernel.ts';
import { guardedFetch, isCircuitClosed } from './circuit.ts';
import {
  type ClientKey,
  privateClientKey,
  unsealedClientKey,
  unsealedClientSecret,
} from './client-credentials.ts';
import { readDiscovery, type Send } from './upstream-discovery.ts';
import { sealedCredentialsOf } from './upstreams.repository.ts';
import { effectiveIssuer } from './upstreams.rules.ts';
import type { SealedCredentials, Upstream } from './upstreams.types.ts';

/** What the protocol with upstream providers stands on. */
export type UpstreamKernel = Pick<Kernel, 'db' | 'clock' | 'secret' | 'outgoing' | 'config' | 'log'>;

const KEPT_FOR_MS = 10 * 60 * 1000;
const KEPT_AT_MOST = 500;
const PATIENCE_SECONDS = 5;
/** How far the clocks of two machines may lie apart, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 30;

interface Kept {
  /** Everything that it was made from: another value, and it is made anew. */
  readonly madeFrom: string;
  readonly configuration: Promise<Configuration>;
  /** True while it is being made. */
  isUnderWay: boolean;
}

// By the way out, so that installations in one process (tests) share nothing.
const kept = new WeakMap<Outgoing, LRUCache<string, Kept>>();

function keptBy(outgoing: Outgoing): LRUCache<string, Kept> {
  let cache = kept.get(outgoing);
  if (!cache) {
    cache = new LRUCache({ max: KEPT_AT_MOST, ttl: KEPT_FOR_MS });
    kept.set(outgoing, cache);
  }
  return cache;
}

/** A way to send requests to this provider, through its circuit. @see guardedFetch for what it throws. */
export function sendTo(
  kernel: Pick<UpstreamKernel, 'outgoing' | 'clock'>,
  { id }: Pick<Upstream, 'id'>,
): Send {
  return (url, request) => guardedFetch(kernel, id, url, request);
}

/** The client for this provider, discovered unless it was within ten minutes. @throws as `readDiscovery` does. */
export async function connectionTo(
  kernel: UpstreamKernel,
  upstream: Upstream,
  origin: string,
): Promise<Configuration> {
  const cache = keptBy(kernel.outgoing);
  // A provider that failed is asked again before anybody is sent there: that request is the circuit's trial, and who
  // comes while it is on its way waits for it.
  if (!isCircuitClosed(kernel, upstream.id) && !cache.peek(upstream.id)?.isUnderWay)
    cache.delete(upstream.id);
  const madeFrom = fingerprint(upstream, origin);
  const before = cache.get(upstream.id);
  if (before?.madeFrom === madeFrom) return before.configuration;
  const made: Kept = {
    madeFrom,
    configuration: makeConnection(kernel, upstream, origin),
    isUnderWay: true,
  };
  cache.set(upstream.id, made);
  try {
    return await made.configuration;
  } catch (error) {
    if (cache.peek(upstream.id) === made) cache.delete(upstream.id);
    throw error;
  } finally {
    made.isUnderWay = false;
  }
}

function fingerprint(upstream: Upstream, origin: string): string {
  const { clientId, clientAuthentication, credentialsMark } = upstream;
  return JSON.stringify([effectiveIssuer(upstream, origin), clientId, clientAuthentication, credentialsMark]);
}

async function makeConnection(
  kernel: UpstreamKernel,
  upstream: Upstream,
  origin: string,
): Promise<Configuration> {
  const client = await import('openid-client');
  const credentials = await sealedCredentialsOf(kernel.db, upstream.id);
  const send = sendTo(kernel, upstream);
  const mayBeInsecure = kernel.config.demo;
  const metadata = await readDiscovery(send, effectiveIssuer(upstream, origin), { mayBeInsecure });
  const authentication = async () => {
    if (upstream.clientAuthentication === 'private_key_jwt') {
      return client.PrivateKeyJwt(await privateClientKey(clientKeyOf(kernel, upstream, credentials)));
    }
    const secret = unsealedClientSecret(kernel.secret, upstream.id, credentials?.sealedClientSecret ?? null);
    return upstream.clientAuthentication === 'client_secret_basic'
      ? client.ClientSecretBasic(secret)
      : client.ClientSecretPost(secret);
  };
  const configuration = new client.Configuration(
    metadata,
    upstream.clientId,
    { [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
    await authentication(),
  );
  configuration.timeout = PATIENCE_SECONDS;
  configuration[client.customFetch] = (url, { method, headers, body, signal }) =>
    send(url, { method, headers, body: body as string | URLSearchParams | null, signal });
  if (mayBeInsecure) client.allowInsecureRequests(configuration);
  // Without this a signature that came over TLS would be believed unread (OpenID Connect Core, 3.1.3.7, 6).
  client.enableNonRepudiationChecks(configuration);
  return configuration;
}

function clientKeyOf(
  { secret }: Pick<UpstreamKernel, 'secret'>,
  { id }: Upstream,
  credentials: SealedCredentials | undefined,
): ClientKey {
  const key = unsealedClientKey(secret, id, credentials?.sealedClientKey ?? null);
  if (!key) throw new Error(`The upstream ${id} proves the hub by a key and has none.`);
  return key;
}
