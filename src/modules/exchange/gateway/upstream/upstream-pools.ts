// The ways to the producers: one pool of connections for each upstream, to the declared host alone.
import { Pool } from 'undici';
import type { ApiVersionPolicy } from '../../policy/policy.types.ts';
import type { UpstreamSecret } from './upstream-secret.ts';

type Upstream = ApiVersionPolicy['upstream'];

/** Connections to one upstream at the most. */
const CONNECTIONS = 128;
/** With pipelining (RFC 9112, 9.3.2), fewer that carry more. */
const PIPELINED_CONNECTIONS = 8;
const PIPELINED_REQUESTS = 16;
const CONNECT_TIMEOUT_MS = 3_000;
const KEPT_POOLS = 1_000;

/** Gives the pool of an upstream; the same for the same settings. */
export class UpstreamPools {
  readonly #pools = new Map<string, Pool>();
  readonly #secretOf: (sealed: string) => UpstreamSecret;

  constructor(secretOf: (sealed: string) => UpstreamSecret) {
    this.#secretOf = secretOf;
  }

  /** The pool to the upstream's host. */
  poolOf(upstream: Upstream): Pool {
    const name = `${upstream.origin} ${upstream.timeoutMs} ${upstream.pipelining} ${upstream.proof === 'mtls' ? upstream.sealedSecret : ''}`;
    const known = this.#pools.get(name);
    if (known) return known;
    const pool = new Pool(upstream.origin, {
      connections: upstream.pipelining ? PIPELINED_CONNECTIONS : CONNECTIONS,
      pipelining: upstream.pipelining ? PIPELINED_REQUESTS : 1,
      headersTimeout: upstream.timeoutMs,
      bodyTimeout: upstream.timeoutMs,
      connect: { timeout: CONNECT_TIMEOUT_MS, ...this.#certificateOf(upstream) },
    });
    // What happens to a request is told to who made it.
    pool.on('connectionError', () => {});
    if (this.#pools.size >= KEPT_POOLS) this.#forgetOldest();
    this.#pools.set(name, pool);
    return pool;
  }

  #certificateOf({ proof, sealedSecret }: Upstream): { cert: string; key: string } | undefined {
    if (proof !== 'mtls' || sealedSecret === null) return undefined;
    const { certificatePem, privateKeyPem } = this.#secretOf(sealedSecret);
    return certificatePem === undefined ? undefined : { cert: certificatePem, key: privateKeyPem };
  }

  #forgetOldest(): void {
    for (const [name, pool] of this.#pools) {
      this.#pools.delete(name);
      void pool.close();
      return;
    }
  }

  /** Closes every connection; requests under way fail. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
    this.#pools.clear();
  }
}
