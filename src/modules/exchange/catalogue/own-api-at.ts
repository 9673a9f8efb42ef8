// The API that an address names, as far as whoever asks writes it. Everything else answers that nothing is there.
import type { FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findApiBySlug } from './apis.repository.ts';
import type { Api } from './catalogue.types.ts';
import { apisManagedBy } from './producers.rules.ts';

/** The API that an address names, as far as the actor writes it. Throws `not-found` otherwise. */
export async function ownApiAt(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  slug: string,
): Promise<Api> {
  const api = await findApiBySlug(db, slug, apisManagedBy(actorOf(request)));
  if (!api) throw notFound();
  return api;
}
