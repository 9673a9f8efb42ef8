// Addresses of the portfolio's pages and data. They are stable: others link to them.
import { listAddress } from '#platform/list-address.ts';
import type { Origin } from './editions.types.ts';

/** The parameter that names an origin; published data need none. */
function originParameter(origin: Origin): { origin?: Origin } {
  return origin === 'published' ? {} : { origin };
}

/** An edition's page. */
export function editionAddress(edition: { origin: Origin; month: string }): string {
  return listAddress(`/panorama/${edition.month}`, originParameter(edition.origin));
}

/** The list of an edition's projects, narrowed by `filter`. */
export function projectsAddress(
  edition: { origin: Origin; month: string },
  filter: Readonly<Record<string, string | number | undefined>> = {},
): string {
  return listAddress('/projects', { edition: edition.month, ...originParameter(edition.origin), ...filter });
}

/** A project's page. */
export function projectAddress(slug: string): string {
  return `/projects/${slug}`;
}

/** The page of the evolution of an origin. */
export function evolutionAddress(origin: Origin): string {
  return listAddress('/panorama/evolution', originParameter(origin));
}
