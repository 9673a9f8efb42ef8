// What declarations and evidence come to: the rate of conformity and the conformity itself. Pure.
import type {
  Conformity,
  CriterionFinding,
  Declaration,
  Evidence,
  Exemption,
  ExemptionState,
  FinancingObstacle,
  Findings,
  ListedAssessment,
  Outcome,
  Rate,
} from './assessments.types.ts';
import type { Criterion } from './doctrines.types.ts';

const DAY_MS = 86_400_000;

/** Days for which an assessment against a replaced version still counts, so that teams have the time to do it anew. */
export const DAYS_AFTER_REPLACEMENT = 180;

/** Days before its end within which an exemption's organisation is reminded of it. */
export const DAYS_OF_REMINDER = 60;

/** The newest of what was said of each criterion: the later moment, and of the same moment the one told last. */
function newestByCode<T extends { readonly criterion: string; readonly at: Date }>(
  all: readonly T[],
): Map<string, T> {
  const newest = new Map<string, T>();
  for (const one of all) {
    const known = newest.get(one.criterion);
    if (!known || one.at.getTime() >= known.at.getTime()) newest.set(one.criterion, one);
  }
  return newest;
}

function rateOf(outcomes: readonly (Outcome | undefined)[]): Rate {
  const applying = outcomes.filter((outcome) => outcome !== 'not-applicable');
  return { conforming: applying.filter((outcome) => outcome === 'conforms').length, of: applying.length };
}

/**
 * What is known about each criterion and what it comes to. Evidence counts before a declaration. The rate is that of the
 * RGAA 4.1.2 (conforming criteria out of those that apply), for what is declared and what is evidenced apart: a criterion
 * on which nothing is said applies and does not conform. Each list may be in any order; the newest counts.
 */
export function findingsOf(
  criteria: readonly Criterion[],
  declarations: readonly Declaration[],
  evidence: readonly Evidence[],
): Findings {
  const declared = newestByCode(declarations);
  const evidenced = newestByCode(evidence);
  const all = criteria.map((criterion): CriterionFinding => {
    const said = declared.get(criterion.code) ?? null;
    const shown = evidenced.get(criterion.code) ?? null;
    return {
      criterion,
      declaration: said,
      evidence: shown,
      outcome: shown?.outcome ?? said?.outcome ?? null,
      differs: said !== null && shown !== null && said.outcome !== shown.outcome,
    };
  });
  const lackEvidence = all
    .filter(
      ({ criterion, declaration, evidence: shown }) =>
        criterion.weight === 'essential' &&
        criterion.checkedBy === 'evidence' &&
        shown === null &&
        declaration?.outcome === 'conforms',
    )
    .map(({ criterion }) => criterion.code);
  return {
    criteria: all,
    declared: rateOf(all.map(({ declaration }) => declaration?.outcome)),
    // Whether a criterion applies at all is the team's word where no evidence says so.
    evidenced: rateOf(
      all.map(
        ({ evidence: shown, declaration }) =>
          shown?.outcome ?? (declaration?.outcome === 'not-applicable' ? 'not-applicable' : undefined),
      ),
    ),
    conformity: conformityOf(all, lackEvidence.length),
    open: all.filter(({ outcome }) => outcome === null).length,
    lackEvidence,
    contradicted: all.filter(({ differs }) => differs).map(({ criterion }) => criterion.code),
  };
}

/**
 * `conform`: every criterion that applies conforms, the essential ones with the evidence that they ask for. `not`: an
 * essential criterion does not conform, or fewer than half of those that apply do (the threshold of RGAA 4.1.2, décret
 * 2019-768, article 4). `partly`: anything between. `not-assessed`: nothing was said.
 */
function conformityOf(all: readonly CriterionFinding[], lacking: number): Conformity {
  const outcomes = all.map(({ outcome }) => outcome ?? undefined);
  if (outcomes.every((outcome) => outcome === undefined)) return 'not-assessed';
  const failsEssential = all.some(
    ({ criterion, outcome }) => criterion.weight === 'essential' && outcome === 'does-not',
  );
  const { conforming, of } = rateOf(outcomes);
  const isComplete = outcomes.every((outcome) => outcome !== undefined);
  if (failsEssential || (isComplete && conforming * 2 < of)) return 'not';
  return isComplete && conforming === of && lacking === 0 ? 'conform' : 'partly';
}

/** Tells whether an assessment counts at `now`: its version is in force, or was replaced less than 180 days ago. */
export function stillCounts(
  { versionReplacedAt }: Pick<ListedAssessment, 'versionReplacedAt'>,
  now: Date,
): boolean {
  return (
    versionReplacedAt === null ||
    now.getTime() - versionReplacedAt.getTime() < DAYS_AFTER_REPLACEMENT * DAY_MS
  );
}

/** The state of an exemption on `today` (YYYY-MM-DD, in the State's time zone): the last day granted is still covered. */
export function exemptionState(
  { decision, until, withdrawnAt }: Pick<Exemption, 'decision' | 'until' | 'withdrawnAt'>,
  today: string,
): ExemptionState {
  if (withdrawnAt !== null) return 'withdrawn';
  if (decision === null) return 'asked';
  if (decision === 'refused') return 'refused';
  return until !== null && until >= today ? 'granted' : 'expired';
}

/** Days before its end at which an exemption's holder is told by mail, the earliest first. */
const MAIL_DAYS = [DAYS_OF_REMINDER, 15];

/** Of how many days before the end a reminder is due on `today` (YYYY-MM-DD); null when none is, or it was sent. */
export function dueReminder(
  { until, remindedDays }: { readonly until: string; readonly remindedDays: number | null },
  today: string,
): number | null {
  const left = (Date.parse(until) - Date.parse(today)) / DAY_MS;
  const due = MAIL_DAYS.findLast((days) => left <= days);
  if (left < 0 || due === undefined) return null;
  return remindedDays === null || due < remindedDays ? due : null;
}

/** Tells whether one of these exemptions covers `today`. */
export function isExempt(exemptions: readonly Exemption[], today: string): boolean {
  return exemptions.some((exemption) => exemptionState(exemption, today) === 'granted');
}

/** What one doctrine makes of a subject that wants public money; null when it stands in no way. */
export function obstacleOf(
  doctrine: { readonly word: string; readonly title: FinancingObstacle['title'] },
  assessment: (Pick<ListedAssessment, 'id' | 'versionReplacedAt'> & { readonly findings: Findings }) | null,
  exemptions: readonly Exemption[],
  { now, today }: { readonly now: Date; readonly today: string },
): FinancingObstacle | null {
  if (isExempt(exemptions, today)) return null;
  const found = assessment?.findings.conformity ?? 'not-assessed';
  const isOutdated = assessment !== null && !stillCounts(assessment, now);
  if (found === 'conform' && !isOutdated) return null;
  const [newest] = exemptions.toSorted((x, y) => y.askedAt.getTime() - x.askedAt.getTime());
  return {
    doctrine: doctrine.word,
    title: doctrine.title,
    conformity: isOutdated || found === 'conform' ? 'outdated' : found,
    assessmentId: assessment?.id ?? null,
    exemption: newest
      ? {
          state: exemptionState(newest, today) as Exclude<ExemptionState, 'granted'>,
          until: newest.until ?? newest.askedUntil,
        }
      : null,
  };
}
