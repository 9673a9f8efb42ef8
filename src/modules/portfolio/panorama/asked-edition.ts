// Which edition an address means. One answer for pages, files and API.

import type { Db } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import type { EditionShelf } from './edition-links.ts';
import type { Edition, Origin } from './editions.types.ts';
import { findDefaultEdition, findEdition, listEditions } from './panorama.repository.ts';

/** What an address says of the edition. */
export interface AskedEdition {
  readonly edition?: string;
  readonly origin?: Origin;
}

/**
 * The edition that an address means: the month asked for, of the origin asked for, else published before fictitious;
 * without a month the latest. Undefined when nothing is held at all.
 * @throws SocleError `not-found` when the edition asked for is not held.
 */
export async function findAskedEdition(
  db: Db,
  { edition: month, origin }: AskedEdition,
): Promise<Edition | undefined> {
  if (month === undefined) return findDefaultEdition(db, origin);
  const origins: readonly Origin[] = origin ? [origin] : ['published', 'demonstration'];
  for (const candidate of origins) {
    const found = await findEdition(db, candidate, month);
    if (found) return found;
  }
  throw notFound();
}

/** The same where there must be one. @throws SocleError `not-found`. */
export async function getAskedEdition(db: Db, asked: AskedEdition): Promise<Edition> {
  const edition = await findAskedEdition(db, asked);
  if (!edition) throw notFound();
  return edition;
}

/** The origin that an address means where no edition is meant: the one asked for, else that of the edition shown first. */
export async function findAskedOrigin(db: Db, { origin }: Pick<AskedEdition, 'origin'>): Promise<Origin> {
  return origin ?? (await findDefaultEdition(db))?.origin ?? 'published';
}

/** The editions round one. */
export async function shelfOf(db: Db, edition: Edition): Promise<EditionShelf> {
  const other = edition.origin === 'published' ? 'demonstration' : 'published';
  const [editions, otherEdition] = await Promise.all([
    listEditions(db, edition.origin),
    findDefaultEdition(db, other),
  ]);
  return { edition, editions, other: otherEdition };
}
