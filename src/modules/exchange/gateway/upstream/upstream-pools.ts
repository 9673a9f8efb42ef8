// The ways to the producers: one pool of connections for each upstream, to the declared host alone.
import type { Socket } from 'node:net';
import { buildConnector, Pool } from 'undici';
import type { UpstreamPolicy } from '../../policy/policy.types.ts';
import type { UpstreamSecret } from './upstream-secret.ts';

/** Connections to one upstream at the most. */
const CONNECTIONS = 128;
/** With pipelining (RFC 9112, 9.3.2), fewer that carry more. */
const PIPELINED_CONNECTIONS = 4;
const PIPELINED_REQUESTS = 32;
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
  poolOf(upstream: UpstreamPolicy): Pool {
    const name = `${upstream.origin} ${upstream.timeoutMs} ${upstream.pipelining} ${upstream.proof === 'mtls' ? upstream.sealedSecret : ''}`;
    const known = this.#pools.get(name);
    if (known) return known;
    const pool = new Pool(upstream.origin, {
      connections: upstream.pipelining ? PIPELINED_CONNECTIONS : CONNECTIONS,
      pipelining: upstream.pipelining ? PIPELINED_REQUESTS : 1,
      headersTimeout: upstream.timeoutMs,
      bodyTimeout: upstream.timeoutMs,
      connect: this.#connectorTo(upstream),
    });
    // What happens to a request is told to who made it.
    pool.on('connectionError', () => {});
    if (this.#pools.size >= KEPT_POOLS) this.#forgetOldest();
    this.#pools.set(name, pool);
    return pool;
  }

  #connectorTo(upstream: UpstreamPolicy): buildConnector.connector {
    const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS, ...this.#certificateOf(upstream) });
    if (!upstream.pipelining) return connect;
    return (options, done) =>
      connect(options, (...[error, socket]: buildConnector.CallbackArgs) => {
        if (socket) writeByTurns(socket);
        done(...([error, socket] as buildConnector.CallbackArgs));
      });
  }

  #certificateOf({ proof, sealedSecret, origin }: UpstreamPolicy): { cert: string; key: string } | undefined {
    if (proof !== 'mtls') return undefined;
    const { certificatePem, privateKeyPem }: Partial<UpstreamSecret> =
      sealedSecret === null ? {} : this.#secretOf(sealedSecret);
    // Never without what the producer asks for: some would serve it all the same, and nobody would notice.
    if (certificatePem === undefined || privateKeyPem === undefined) {
      throw new Error(`No certificate to show to ${origin}.`);
    }
    return { cert: certificatePem, key: privateKeyPem };
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

/** Lets the requests that go out in one turn of the event loop leave in one write: each by itself is a system call. */
function writeByTurns(socket: Socket): void {
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
  let isHeld = false;
  socket.write = (...given: unknown[]) => {
    if (!isHeld) {
      isHeld = true;
      socket.cork();
      setImmediate(() => {
        isHeld = false;
        socket.uncork();
      });
    }
    return write(...given);
  };
}
