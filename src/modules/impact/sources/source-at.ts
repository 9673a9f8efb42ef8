// The source that an address names, and a page of those that whoever asks sees. Everything else answers that nothing is there.
import type { FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { indicatorsSeenBy } from '../indicators/indicator-access.rules.ts';
import { findSource, listSources } from './sources.repository.ts';
import type { Source } from './sources.types.ts';

const PAGE_SIZE = 50;

/** The source with the id in the address. Throws `not-found` where the actor sees none. */
export async function sourceAt(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  id: string,
): Promise<Source> {
  const reach = indicatorsSeenBy(actorOf(request));
  const source = isUuid(id) ? await findSource(db, reach, id) : undefined;
  if (!source) throw notFound();
  return source;
}

/** One page of the sources that the actor sees, and where the next starts. Throws `not-found` for a cursor that is none. */
export async function pageOfSources(
  { db }: Pick<Kernel, 'db'>,
  request: FastifyRequest,
  cursor: string | undefined,
): Promise<{ readonly items: readonly Source[]; readonly next: string | null }> {
  if (cursor !== undefined && !isUuid(cursor)) throw notFound();
  const reach = indicatorsSeenBy(actorOf(request));
  const found = await listSources(db, reach, { after: cursor ?? null, limit: PAGE_SIZE + 1 });
  const items = found.slice(0, PAGE_SIZE);
  return { items, next: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null };
}
