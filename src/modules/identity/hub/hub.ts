// The hub of one process: its realms' providers, made when first asked and made anew when their keys change.
import { LRUCache } from 'lru-cache';
import type Provider from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import { makeProvider } from './provider.ts';
import type { Realm } from './realms.ts';
import { type ServiceLookup, serviceLookup } from './service-lookup.ts';
import { ensureSigningKeys } from './signing-keys.actions.ts';
import { orderedForSigning } from './signing-keys.rules.ts';

/** The hub of one process. */
export interface Hub {
  readonly services: ServiceLookup;
  /** The provider of `realm` for people who reach Socle at `origin`. */
  provider(realm: Realm, origin: string): Promise<Provider>;
}

/** How old the knowledge of the keys may be: far less than a key is published before it signs. */
const KEYS_READ_EVERY_MS = 30_000;

interface Made {
  readonly provider: Provider;
  /** Names the keys in their order: it changes when another key signs, comes or goes. */
  readonly keys: string;
  checkedAt: number;
}

// Pages and protocol are mounted apart, and stand on the same providers.
const hubs = new WeakMap<Kernel, Hub>();

/** The hub of this process. It opens nothing until it is asked. */
export function openHub(kernel: Kernel): Hub {
  const known = hubs.get(kernel);
  if (known) return known;
  const hub = makeHub(kernel);
  hubs.set(kernel, hub);
  return hub;
}

function makeHub(kernel: Kernel): Hub {
  const services = serviceLookup(kernel);
  // One address in production; a few in a demonstration, which answers at each name of loopback.
  const made = new LRUCache<string, Made>({ max: 24 });
  const making = new Map<string, Promise<Made>>();

  async function make(realm: Realm, origin: string, before: Made | undefined): Promise<Made> {
    const keys = await ensureSigningKeys(kernel, realm);
    const now = kernel.clock.now();
    const names = orderedForSigning(keys, now)
      .map(({ kid }) => kid)
      .join();
    if (before?.keys === names) return Object.assign(before, { checkedAt: now.getTime() });
    const own = { find: (clientId: string) => services.find(clientId, { realm, origin }) };
    const provider = await makeProvider({ kernel, realm, origin, keys, services: own });
    return { provider, keys: names, checkedAt: now.getTime() };
  }

  return {
    services,
    async provider(realm, origin) {
      const name = `${realm} ${origin}`;
      const known = made.get(name);
      const age = known ? Math.abs(kernel.clock.now().getTime() - known.checkedAt) : Number.POSITIVE_INFINITY;
      if (known && age < KEYS_READ_EVERY_MS) return known.provider;
      let work = making.get(name);
      if (!work) {
        work = make(realm, origin, known).finally(() => making.delete(name));
        making.set(name, work);
      }
      const result = await work;
      made.set(name, result);
      return result.provider;
    },
  };
}
