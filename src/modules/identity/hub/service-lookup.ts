// The services as the protocol finds them: Socle itself, then those that teams registered, kept for a second.
import { LRUCache } from 'lru-cache';
import type { Kernel } from '#platform/kernel.ts';
import { findServiceByClientId } from '../services/services.repository.ts';
import type { ServiceAsClient } from '../services/services.types.ts';
import { isOwnClient, ownService } from './own-service.ts';
import type { PeopleRealm, Realm } from './realms.ts';

/** Finds services by client id. */
export interface ServiceLookup {
  /**
   * The service of this realm, or undefined. A change (a secret revoked, a service suspended) counts at the latest one
   * second later, in every process.
   */
  find(clientId: string, at: { realm: Realm; origin: string }): Promise<ServiceAsClient | undefined>;
}

/** The services of one realm under one origin. */
export interface RealmServices {
  find(clientId: string): Promise<ServiceAsClient | undefined>;
}

/** Long enough to spare the database in a rush, short enough that a stop is a stop. */
const KEPT_MS = 1_000;
const ABSENT = Symbol('absent');

/** Makes the lookup of one process. */
export function serviceLookup({ db, secret }: Pick<Kernel, 'db' | 'secret'>): ServiceLookup {
  const kept = new LRUCache<string, ServiceAsClient | typeof ABSENT>({
    max: 2_000,
    ttl: KEPT_MS,
    fetchMethod: async (clientId) => (await findServiceByClientId(db, clientId)) ?? ABSENT,
  });
  // Its secret is derived, which costs more than all the rest of a lookup.
  const own = new LRUCache<string, ServiceAsClient>({ max: 24 });
  const ownAt = (realm: PeopleRealm, origin: string) => {
    const known = own.get(`${realm} ${origin}`) ?? ownService(secret, realm, origin);
    own.set(`${realm} ${origin}`, known);
    return known;
  };
  return {
    async find(clientId, { realm, origin }) {
      if (isOwnClient(clientId)) return realm === 'machines' ? undefined : ownAt(realm, origin);
      // An id that none of ours can be needs no question to the database, which refuses some.
      if (clientId.length > 80 || clientId.includes('\0')) return undefined;
      const service = kept.get(clientId) ?? (await kept.fetch(clientId));
      return service === undefined || service === ABSENT || service.realm !== realm ? undefined : service;
    },
  };
}
