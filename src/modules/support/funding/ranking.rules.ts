// How a jury's points become a ranking. It reads nothing: points, conflicts and weights are given.
import type { Conflict, Score, WindowCriterion } from './funding.types.ts';

/** The place of one application. Equal means share a place and are told as tied; an application without points has none. */
export interface Rank {
  readonly applicationId: string;
  /** Weighted mean from 0 to 5; null while no member without a conflict scored every criterion. */
  readonly mean: number | null;
  readonly place: number | null;
  readonly isTied: boolean;
  /** How many members count. */
  readonly members: number;
}

/** The mean as an exact fraction, so that ties never depend on rounding. */
interface Fraction {
  readonly over: number;
  readonly under: number;
}

function meanOf(
  scores: readonly Score[],
  criteria: readonly WindowCriterion[],
  conflicted: ReadonlySet<string>,
): { mean: Fraction; members: number } | null {
  const byPerson = Map.groupBy(
    scores.filter(({ personId }) => !conflicted.has(personId)),
    ({ personId }) => personId,
  );
  let sum = 0;
  let members = 0;
  for (const own of byPerson.values()) {
    const points = new Map(own.map((score) => [score.position, score.points]));
    if (!criteria.every(({ position }) => points.has(position))) continue;
    members += 1;
    for (const { position, weight } of criteria) sum += weight * (points.get(position) ?? 0);
  }
  const weights = criteria.reduce((total, { weight }) => total + weight, 0);
  return members === 0 || weights === 0 ? null : { mean: { over: sum, under: members * weights }, members };
}

const compare = (a: Fraction, b: Fraction) => b.over * a.under - a.over * b.under;

/**
 * Ranks applications by the weighted mean of the members who scored every criterion and declared no conflict, best
 * first; those without a mean come last. Ties share the best place (standard competition ranking: 1, 2, 2, 4).
 */
export function rankingOf(
  applicationIds: readonly string[],
  criteria: readonly WindowCriterion[],
  scores: readonly Score[],
  conflicts: readonly Conflict[],
): Rank[] {
  const scoresOf = Map.groupBy(scores, ({ applicationId }) => applicationId);
  const conflictsOf = Map.groupBy(conflicts, ({ applicationId }) => applicationId);
  const all = applicationIds.map((applicationId) => {
    const conflicted = new Set((conflictsOf.get(applicationId) ?? []).map(({ personId }) => personId));
    return { applicationId, found: meanOf(scoresOf.get(applicationId) ?? [], criteria, conflicted) };
  });
  const ranked = all
    .flatMap(({ applicationId, found }) => (found ? [{ applicationId, ...found }] : []))
    .sort((a, b) => compare(a.mean, b.mean) || (a.applicationId < b.applicationId ? -1 : 1));
  const placed = ranked.map(({ applicationId, mean, members }) => ({
    applicationId,
    mean: mean.over / mean.under,
    place: 1 + ranked.findIndex((other) => compare(other.mean, mean) === 0),
    isTied: ranked.filter((other) => compare(other.mean, mean) === 0).length > 1,
    members,
  }));
  const rest = all.flatMap(({ applicationId, found }) =>
    found ? [] : [{ applicationId, mean: null, place: null, isTied: false, members: 0 }],
  );
  return [...placed, ...rest];
}
