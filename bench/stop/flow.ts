// The calls of the stop benchmark: a few at a time to each gateway without a pause between rounds, and when each gateway
// last let one through.
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';

const LOOPS = 4;
const PAUSE_MS = 10;

interface GatewayFlow {
  readonly url: string;
  /** `performance.now()` of the last answer that was let through, and of the last one that was not. */
  lastAllowed: number;
  lastRefused: number;
  /** What the last one that was not let through was told. */
  lastWords: string;
  calls: number;
}

/** Calls under way to every gateway. */
export interface Flow {
  /** When the last call was let through, anywhere. */
  lastAllowed(): number;
  /** Waits until every gateway lets calls through (or refuses them), each having said so after `since`. */
  settled(as: 'allowed' | 'refused', since: number): Promise<void>;
  calls(): number;
  stop(): Promise<void>;
}

/** What is called. */
export interface Calls {
  readonly path: string;
  readonly tokens: readonly string[];
  /** Number of the accreditation that each call names. */
  accreditation(): number;
  /** Whether an answer was let through. */
  readonly isAllowed: Allowed;
}

/** Begins to call each gateway. */
export function startFlow(urls: readonly string[], { path, tokens, accreditation, isAllowed }: Calls): Flow {
  let running = true;
  let at = 0;
  const gateways: GatewayFlow[] = urls.map((url) => ({
    url,
    lastAllowed: 0,
    lastRefused: 0,
    lastWords: '',
    calls: 0,
  }));
  const pools = urls.map((url) => new Pool(url, { connections: LOOPS }));

  async function loop(gateway: GatewayFlow, pool: Pool): Promise<void> {
    while (running) {
      at = (at + 1) % tokens.length;
      const { statusCode, body } = await pool.request({
        method: 'GET',
        path,
        headers: { authorization: `Bearer ${tokens[at]}`, accreditation: String(accreditation()) },
      });
      const text = await body.text();
      gateway.calls += 1;
      if (isAllowed(statusCode, text)) gateway.lastAllowed = performance.now();
      else {
        gateway.lastRefused = performance.now();
        gateway.lastWords = `${statusCode} ${text}`;
      }
      await wait(PAUSE_MS);
    }
  }

  const loops = gateways.flatMap((gateway, index) => {
    const pool = pools[index];
    return pool ? Array.from({ length: LOOPS }, () => loop(gateway, pool)) : [];
  });
  // A gateway that ends under a call is told by `stop`, or by a flow that does not settle.
  for (const one of loops) one.catch(() => {});
  return {
    lastAllowed: () => Math.max(...gateways.map(({ lastAllowed }) => lastAllowed)),
    async settled(as, since) {
      const deadline = performance.now() + 10_000;
      const isSettled = ({ lastAllowed, lastRefused }: GatewayFlow) =>
        as === 'allowed' ? lastAllowed > since && lastAllowed > lastRefused : lastRefused > since;
      while (!gateways.every(isSettled)) {
        if (performance.now() > deadline)
          throw new Error(`Not ${as}: ${gateways.map(({ lastWords }) => lastWords).join(' ')}`);
        await wait(5);
      }
    },
    calls: () => gateways.reduce((sum, { calls }) => sum + calls, 0),
    async stop() {
      running = false;
      await Promise.all(loops);
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

/** Whether an answer of a gateway was let through. */
export type Allowed = (status: number, body: string) => boolean;
