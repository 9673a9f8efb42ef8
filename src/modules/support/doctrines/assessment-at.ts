// The assessment that an address names, as far as whoever asks may read it, with all that its page shows.
import type { Actor } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { isUuid } from '#platform/typed-text.ts';
import { assessmentsSeenBy } from './assessment-access.rules.ts';
import { findAssessment, type Readable, readSaid } from './assessments.repository.ts';
import { findingsOf } from './assessments.rules.ts';
import type { Exemption, Findings, ListedAssessment } from './assessments.types.ts';
import { listVersionsById } from './doctrines.repository.ts';
import type { DoctrineVersion } from './doctrines.types.ts';
import { listExemptions } from './exemptions.repository.ts';

/** An assessment with what it comes to. */
export interface SeenAssessment extends ListedAssessment {
  readonly findings: Findings;
  /** Those of its subject and doctrine, newest first. */
  readonly exemptions: readonly Exemption[];
}

/** One assessment with its version. */
export interface WholeAssessment extends SeenAssessment {
  readonly version: DoctrineVersion;
}

/** These assessments with what each comes to: four queries, however many there are. */
export async function withFindings(db: Db, listed: readonly ListedAssessment[]): Promise<WholeAssessment[]> {
  if (listed.length === 0) return [];
  const [versions, said, exemptions] = await Promise.all([
    listVersionsById(
      db,
      listed.map(({ versionId }) => versionId),
    ),
    readSaid(db, listed),
    listExemptions(db, [...new Set(listed.map(({ subjectId }) => subjectId))]),
  ]);
  return listed.map((one) => {
    const version = versions.get(one.versionId) as DoctrineVersion;
    const { declarations = [], evidence = [] } = said.get(one.id) ?? {};
    return {
      ...one,
      version,
      findings: findingsOf(version.criteria, declarations, evidence),
      exemptions: exemptions.filter(
        ({ subjectId, word }) => subjectId === one.subjectId && word === one.word,
      ),
    };
  });
}

/** Whose assessments the actor (null for nobody) reads. */
export function readableBy(actor: Actor | null): Readable {
  return actor === null ? 'published' : { reach: assessmentsSeenBy(actor) };
}

/** The assessment with this id. Throws `not-found` when there is none that may be read. */
export async function assessmentAt(db: Db, who: Readable, id: string): Promise<WholeAssessment> {
  const found = isUuid(id) ? await findAssessment(db, who, id) : undefined;
  const [whole] = found ? await withFindings(db, [found]) : [];
  if (!whole) throw notFound();
  return whole;
}

/**
 * The assessment with this id as `actor` (null for nobody) reads it: from the inside where it is within their reach, else
 * as everyone does when it was published. Throws `not-found`.
 */
export async function seenAssessment(
  db: Db,
  actor: Actor | null,
  id: string,
): Promise<{ assessment: WholeAssessment; isInside: boolean }> {
  const inside = actor && isUuid(id) ? await findAssessment(db, readableBy(actor), id) : undefined;
  if (inside === undefined) return { assessment: await assessmentAt(db, 'published', id), isInside: false };
  const [assessment] = await withFindings(db, [inside]);
  return { assessment: assessment as WholeAssessment, isInside: true };
}
