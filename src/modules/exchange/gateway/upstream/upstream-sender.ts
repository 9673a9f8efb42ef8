// Which upstream a call goes to: one for each version's settings, with its circuit; signed where the producer asks for it.
import { LRUCache } from 'lru-cache';
import type { ApiVersionPolicy } from '../../policy/policy.types.ts';
import type { Call, Refusal, UpstreamAnswer } from '../call.types.ts';
import { Upstream, type UpstreamRequest } from './forward.ts';
import { UpstreamPools } from './upstream-pools.ts';
import type { UpstreamSecret } from './upstream-secret.ts';

const KEPT = 5_000;

/** Sends the requests of a gateway. */
export interface UpstreamSender {
  send(call: Call, request: UpstreamRequest): Promise<UpstreamAnswer | Refusal>;
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
  const upstreams = new LRUCache<string, { settings: ApiVersionPolicy; upstream: Upstream }>({ max: KEPT });

  function upstreamOf(apiId: string, version: ApiVersionPolicy): Upstream {
    const name = `${apiId} ${version.name} ${version.upstream.origin}`;
    const known = upstreams.get(name);
    if (known?.settings === version) return known.upstream;
    const upstream = new Upstream(pools.poolOf(version.upstream), now);
    upstreams.set(name, { settings: version, upstream });
    return upstream;
  }

  return {
    async send(call, request) {
      const { resolved } = call;
      if (resolved === null) return { code: 'unknown-api' };
      const { policy } = resolved.version;
      const upstream = upstreamOf(resolved.api.id, policy);
      const { proof, sealedSecret, origin } = policy.upstream;
      if (proof !== 'signature' || sealedSecret === null) return upstream.send(request);
      const { signedRequest } = await import('./sign-request.ts');
      return upstream.send(
        await signedRequest(request, { origin, secret: secretOf(sealedSecret), now: now() }),
      );
    },
    close: () => pools.destroy(),
  };
}
