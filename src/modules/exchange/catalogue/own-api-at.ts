// The API that an address names, as far as whoever asks writes it. Everything else answers that nothing is there.
import type { FastifyRequest } from 'fastify';
import type { Actor } from '#platform/access.ts';
import { notFound } from '#platform/errors.ts';
import { signInRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findApiBySlug } from './apis.repository.ts';
import type { Api } from './catalogue.types.ts';
import { apisManagedBy } from './producers.rules.ts';

/** The actor of a route whose permission asks for one. */
export function producerOf({ actor }: FastifyRequest): Actor {
  if (actor === null) throw signInRequired();
  return actor;
}

/** The API that an address names, as far as the actor writes it. Throws `not-found` otherwise. */
export async function ownApiAt(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  slug: string,
): Promise<Api> {
  const api = await findApiBySlug(db, slug, apisManagedBy(producerOf(request)));
  if (!api) throw notFound();
  return api;
}
