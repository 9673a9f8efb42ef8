// Assessments as lines of open data, read by the hundred.
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Cell } from '#platform/http/csv.ts';
import { withFindings } from './assessment-at.ts';
import { type AssessmentFilter, listAssessments, type Readable } from './assessments.repository.ts';
import { exemptionState } from './assessments.rules.ts';

const AT_ONCE = 100;

/** The columns of a list of assessments. */
export const ASSESSMENT_COLUMNS = [
  'id',
  'subject',
  'reference',
  'organisation',
  'doctrine',
  'version',
  'version_replaced',
  'conformity',
  'declared_conforming',
  'declared_of',
  'evidenced_conforming',
  'evidenced_of',
  'exemption',
  'exemption_until',
  'published_at',
  'changed_at',
];

/** A line for each assessment that may be read. */
export async function* assessmentRows(
  db: Db,
  who: Readable,
  filter: AssessmentFilter,
  now: Date,
  timeZone: string,
): AsyncGenerator<Cell[]> {
  const today = dayIn(now, timeZone);
  for (let after: string | null = null; ; ) {
    const listed = await listAssessments(db, who, filter, { after, limit: AT_ONCE });
    for (const one of await withFindings(db, listed)) {
      const { findings, exemptions } = one;
      const [newest] = exemptions;
      yield [
        one.id,
        one.subjectName,
        one.subjectRef,
        one.organisationName,
        one.word,
        one.versionNumber,
        one.versionReplacedAt !== null,
        findings.conformity,
        findings.declared.conforming,
        findings.declared.of,
        findings.evidenced.conforming,
        findings.evidenced.of,
        newest ? exemptionState(newest, today) : null,
        newest ? (newest.until ?? newest.askedUntil) : null,
        one.publishedAt?.toISOString() ?? null,
        one.changedAt.toISOString(),
      ];
    }
    if (listed.length < AT_ONCE) return;
    after = listed.at(-1)?.id ?? null;
  }
}
