// What the addresses of lists of projects take: one schema for the page, the CSV and the API.
import { type Static, Type } from 'typebox';
import { BANDS, ORIGINS, PHASES } from './editions.types.ts';
import { PROJECT_SORTS, type ProjectFilter } from './projects.types.ts';

/** A month of an edition, YYYY-MM. */
export const EditionMonth = Type.String({
  pattern: '^(19|20)\\d{2}-(0[1-9]|1[0-2])$',
  description: 'YYYY-MM',
});

/** Which editions: really published, or of the demonstration State. */
export const OriginName = Type.Enum([...ORIGINS], {
  description: 'published unless told, where any is held',
});

// An empty choice of a form means no filter.
const choice = (values: readonly string[]) => Type.Enum(['', ...values]);

/** The filters and order of a list of projects. */
export const projectListQuery = Type.Object({
  edition: Type.Optional(EditionMonth),
  origin: Type.Optional(OriginName),
  q: Type.Optional(
    Type.String({ maxLength: 200, description: 'Words to find; accents and case do not count' }),
  ),
  ministry: Type.Optional(
    Type.String({ maxLength: 300, description: 'Full or short name, as the edition writes it' }),
  ),
  phase: Type.Optional(choice([...PHASES, 'unknown'])),
  zone: Type.Optional(Type.String({ maxLength: 300 })),
  band: Type.Optional(choice([...BANDS, 'unknown'])),
  interministerial: Type.Optional(choice(['yes', 'no'])),
  sort: Type.Optional(Type.Enum([...PROJECT_SORTS])),
  direction: Type.Optional(Type.Enum(['asc', 'desc'])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** The same, read. */
export type ProjectListQuery = Static<typeof projectListQuery>;

/** The filter that a query asks for. */
export function filterOf(query: ProjectListQuery): ProjectFilter {
  const { q, ministry, phase, zone, band, interministerial } = query;
  return {
    ...(q && { search: q }),
    ...(ministry && { ministry }),
    ...(phase && { phase: phase as NonNullable<ProjectFilter['phase']> }),
    ...(zone && { zone }),
    ...(band && { band: band as NonNullable<ProjectFilter['band']> }),
    ...(interministerial && { interministerial: interministerial === 'yes' }),
  };
}

/** The order that a query asks for. */
export function orderOf({ sort, direction }: ProjectListQuery) {
  return { ...(sort && { sort }), ...(direction && { direction }) };
}
