// The service that an address names, as far as whoever asks may see it. Everything else answers that nothing is there.
import type { Actor } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { isUuid } from '#platform/typed-text.ts';
import { servicesSeenBy } from './service-access.rules.ts';
import { findService } from './services.repository.ts';
import type { NamedService } from './services.types.ts';

/** The service with this id. Throws `not-found` when there is none that the actor sees. */
export async function serviceAt(db: Db, actor: Actor, id: string): Promise<NamedService> {
  const service = isUuid(id) ? await findService(db, servicesSeenBy(actor), id) : undefined;
  if (!service) throw notFound();
  return service;
}
