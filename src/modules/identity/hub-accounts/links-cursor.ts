// Where a list of links goes on, in an address.
import type { LinksCursor, LinksList, OrganisationLink } from './organisation-links.types.ts';

/** The cursor that an address names; null at the list's start. Its shape was checked. */
export function linksCursorOf(text: string | undefined): LinksCursor | null {
  if (text === undefined) return null;
  const dash = text.indexOf('-');
  return { at: new Date(Number(text.slice(0, dash))), id: text.slice(dash + 1) };
}

/** The page of at most `size` links among those found (one more than shown where the list goes on), and its cursor. */
export function linksPageOf<T extends Pick<OrganisationLink, 'id' | 'askedAt' | 'decidedAt'>>(
  found: readonly T[],
  list: LinksList,
  size: number,
): { items: T[]; next: string | null } {
  const items = found.slice(0, size);
  const last = found.length > size ? items.at(-1) : undefined;
  const at = list === 'waiting' ? last?.askedAt : last?.decidedAt;
  return { items, next: last && at ? `${at.getTime()}-${last.id}` : null };
}
