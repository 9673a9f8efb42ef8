// Which upstream a call goes to: one for each version's settings, with its circuit; signed where the producer asks for it.
import { LRUCache } from 'lru-cache';
import type { UpstreamPolicy } from '../../policy/policy.types.ts';
import type { Call, Refusal, ResolvedApi, UpstreamAnswer } from '../call.types.ts';
import { Upstream, type UpstreamRequest } from './forward.ts';
import { UpstreamPools } from './upstream-pools.ts';
import type { UpstreamSecret } from './upstream-secret.ts';

const KEPT = 5_000;

/** Sends the requests of a gateway. */
export interface UpstreamSender {
  /** Sends a request to `upstream`, which serves the version of an API that `call` was resolved to. */
  send(call: Call, upstream: UpstreamPolicy, request: UpstreamRequest): Promise<UpstreamAnswer | Refusal>;
  close(): Promise<void>;
}

/** Makes a sender. `unseal` opens what the policy holds sealed; `now` is in milliseconds. */
export function upstreamSender({
  unseal,
  now,
}: {
  unseal: (sealed: Buffer) => string;
  now: () => number;
}): UpstreamSender {
  const secrets = new LRUCache<string, UpstreamSecret>({ max: KEPT });
  const secretOf = (sealed: string): UpstreamSecret => {
    const known =
      secrets.get(sealed) ?? (JSON.parse(unseal(Buffer.from(sealed, 'base64'))) as UpstreamSecret);
    secrets.set(sealed, known);
    return known;
  };
  const pools = new UpstreamPools(secretOf);
  // By the API's version and its host, so that a change of its settings keeps what is known of how it fares.
  const upstreams = new LRUCache<string, { settings: UpstreamPolicy; upstream: Upstream }>({ max: KEPT });

  function upstreamOf({ api, version }: ResolvedApi, settings: UpstreamPolicy): Upstream {
    const name = `${api.id} ${version.policy.name} ${settings.origin}`;
    const known = upstreams.get(name);
    if (known?.settings === settings) return known.upstream;
    const upstream = new Upstream(pools.poolOf(settings), now);
    upstreams.set(name, { settings, upstream });
    return upstream;
  }

  return {
    async send({ resolved }, settings, request) {
      if (resolved === null) return { code: 'unknown-api' };
      const upstream = upstreamOf(resolved, settings);
      const { proof, sealedSecret, origin } = settings;
      if (proof !== 'signature') return upstream.send(request);
      if (sealedSecret === null) throw new Error(`No key to sign requests to ${origin} with.`);
      const { signedRequest } = await import('./sign-request.ts');
      return upstream.send(
        await signedRequest(request, { origin, secret: secretOf(sealedSecret), now: now() }),
      );
    },
    close: () => pools.destroy(),
  };
}
