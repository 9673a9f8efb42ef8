// What a folder of a large module brings to it: each of its nouns says for itself what the application mounts.
import type { Module } from './module.ts';

/** One folder's share of a module. */
export type Part = Pick<
  Module,
  | 'permissions'
  | 'jobs'
  | 'scripts'
  | 'measures'
  | 'routes'
  | 'desk'
  | 'commands'
  | 'demonstration'
  | 'background'
  | 'attach'
>;

const MOST_DESK_ITEMS = 20;

/** The sum of parts, in their order. What runs in the background a module starts by itself: it has one at most. */
export function sumOfParts(parts: readonly Part[]): Omit<Part, 'background'> {
  return {
    permissions: parts.flatMap(({ permissions }) => permissions),
    jobs: parts.flatMap(({ jobs }) => jobs ?? []),
    measures: parts.flatMap(({ measures }) => measures ?? []),
    scripts: Object.assign({}, ...parts.map(({ scripts }) => scripts)),
    attach(kernel) {
      for (const part of parts) part.attach?.(kernel);
    },
    routes(app, kernel) {
      for (const part of parts) part.routes?.(app, kernel);
    },
    async desk(kernel, actor, locale) {
      const items = await Promise.all(parts.map(async (part) => part.desk?.(kernel, actor, locale) ?? []));
      return items.flat().slice(0, MOST_DESK_ITEMS);
    },
    commands(socle, line) {
      for (const part of parts) part.commands?.(socle, line);
    },
    async demonstration(kernel) {
      for (const part of parts) await part.demonstration?.(kernel);
    },
  };
}
