// The measures that modules of Socle offer: they are above impact in the graph, so the application hands them over.
import type { Db } from '#platform/database/connection.ts';
import type { MeasureDefinition } from '#platform/module.ts';

// Per database and not for the whole process, which may hold several installations (tests do).
const offered = new WeakMap<Db, readonly MeasureDefinition[]>();

/** Makes the measures of all modules known to the sources of the database `db`, for as long as that is open. */
export function offerMeasures(db: Db, measures: readonly MeasureDefinition[]): void {
  offered.set(db, measures);
}

/** The measures that sources of kind `module` may read. */
export function offeredMeasures(db: Db): readonly MeasureDefinition[] {
  return offered.get(db) ?? [];
}
