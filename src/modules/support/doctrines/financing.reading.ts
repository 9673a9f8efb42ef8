// What the funding windows ask of doctrines: is there anything that stands in the way of public money?
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import { listNewestOfReference, readSaid } from './assessments.repository.ts';
import { findingsOf, obstacleOf } from './assessments.rules.ts';
import type { FinancingObstacle } from './assessments.types.ts';
import { listDoctrines, listVersionsById } from './doctrines.repository.ts';
import { listExemptionsOfReference } from './exemptions.repository.ts';

const NOTHING_SAID = { declarations: [], evidence: [] };

/**
 * The doctrines to which the subject neither conforms nor holds an exemption at `now`: what is financed publicly has none.
 * A subject that nobody assessed has one for each doctrine in force.
 * @param subjectRef such as `portfolio/project/<id>`, `impact/contract/<id>`.
 * @param organisationId when given, only what this organisation had assessed counts: a reference alone proves nothing
 *   about who wrote it down.
 * @param timeZone in which an exemption's last day ends.
 */
export async function financingObstacles(
  db: Db,
  subjectRef: string,
  now: Date,
  organisationId: string | null = null,
  timeZone = 'Europe/Paris',
): Promise<FinancingObstacle[]> {
  const [doctrines, assessments, exemptions] = await Promise.all([
    listDoctrines(db),
    listNewestOfReference(db, subjectRef, organisationId),
    listExemptionsOfReference(db, subjectRef, organisationId),
  ]);
  const [versions, said] = await Promise.all([
    listVersionsById(
      db,
      assessments.map(({ versionId }) => versionId),
    ),
    readSaid(db, assessments),
  ]);
  const day = { now, today: dayIn(now, timeZone) };
  return doctrines.flatMap(({ word, title, inForce }) => {
    if (inForce === null) return [];
    const found = assessments.find((assessment) => assessment.word === word);
    const assessed = found && {
      ...found,
      findings: findingsOf(
        versions.get(found.versionId)?.criteria ?? [],
        (said.get(found.id) ?? NOTHING_SAID).declarations,
        (said.get(found.id) ?? NOTHING_SAID).evidence,
      ),
    };
    const own = exemptions.filter((exemption) => exemption.word === word);
    return obstacleOf({ word, title }, assessed ?? null, own, day) ?? [];
  });
}
