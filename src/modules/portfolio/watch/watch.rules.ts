// The rules of the watch, each a sentence about a file that gives the facts which made it fire, or null. Pure: `today` is
// given. Whoever changes what a rule says gives the set a new version.
import { dayAfter, daysBetween } from '#platform/calendar-days.rules.ts';
import type {
  AlertFacts,
  Firing,
  KnownAlert,
  WatchChanges,
  WatchedFile,
  WatchLimits,
  WatchRule,
} from './watch.types.ts';
import { WATCH_RULES } from './watch.types.ts';

/** The version of the rules, kept with each alert. */
export const WATCH_VERSION = 'watch/1';

/** Days after which a measure of impact is too old to steer by. */
const MEASURE_DAYS = 365;

/** Days for which an alert rests after a decision that is not an accepted risk, so that the decision can take effect. */
export const RESTING_DAYS = 90;

/** Cost or schedule is over its limit against the first baseline: later ones do not hide it. */
export function slipsBeyondTheLimit({ facts }: WatchedFile, limits: WatchLimits): AlertFacts | null {
  const first = facts.slippage?.first;
  if (!first) return null;
  const { costSlippage, scheduleSlippage } = limits;
  const cost = costSlippage !== null && first.costShare > costSlippage;
  const schedule =
    scheduleSlippage !== null && first.scheduleShare !== null && first.scheduleShare > scheduleSlippage;
  if (!cost && !schedule) return null;
  return {
    costShare: first.costShare,
    scheduleShare: first.scheduleShare,
    months: first.months,
    costLimit: costSlippage,
    scheduleLimit: scheduleSlippage,
  };
}

/** As many recommendations as the limit are overdue. */
export function hasOverdueRecommendations({ overdue }: WatchedFile, limits: WatchLimits): AlertFacts | null {
  const { overdueRecommendations: limit } = limits;
  if (overdue === null || limit === null || overdue.count < limit) return null;
  return { count: overdue.count, oldestDueOn: overdue.oldestDueOn, limit };
}

/** More of the work is outsourced than the limit (80 %: circular of 7 February 2023). */
export function isOutsourcedBeyondTheLimit({ facts }: WatchedFile, limits: WatchLimits): AlertFacts | null {
  const { outsourcing: limit } = limits;
  if (limit === null || facts.outsourcedShare <= limit) return null;
  return { share: facts.outsourcedShare, limit };
}

/**
 * Nothing says what the project changes: it has no objective of impact, or it is in use (pilot, roll-out) and none of
 * its objectives was measured for a year. In scoping there is nothing to measure yet.
 */
export function hasNoMeasureOfImpact(
  { facts, lastMeasureOn }: WatchedFile,
  today: string,
): AlertFacts | null {
  if (facts.state === 'submitted' || facts.phase === 'scoping') return null;
  const inUse = facts.phase === 'pilot' || facts.phase === 'rollout';
  const isMeasured = lastMeasureOn !== null && daysBetween(lastMeasureOn, today) <= MEASURE_DAYS;
  if (facts.objectivesCount > 0 && (!inUse || isMeasured)) return null;
  return { objectives: facts.objectivesCount, lastMeasureOn, days: MEASURE_DAYS };
}

/** The ministry has said nothing of the project for longer than the limit. `lastNewsOn` is in the State's time zone. */
export function hasHadNoNewsForLong(
  { facts }: WatchedFile,
  limits: WatchLimits,
  { today, lastNewsOn }: { readonly today: string; readonly lastNewsOn: string },
): AlertFacts | null {
  const { newsDays: limit } = limits;
  const days = daysBetween(lastNewsOn, today);
  // A suspended project has nothing to tell.
  if (limit === null || facts.state === 'suspended' || days <= limit) return null;
  return { lastNewsOn, days, limit };
}

/** The forecast's P80 of cost or of the end is above the frame in force, which is the latest approved baseline. */
export function isForecastAboveItsFrame({ facts, forecast }: WatchedFile): AlertFacts | null {
  const frame = facts.latestBaseline;
  if (!forecast || !frame) return null;
  const { p80CostCents, p80EndOn } = forecast;
  const cost = p80CostCents !== null && p80CostCents > frame.costCents;
  const end = p80EndOn !== null && p80EndOn > frame.endOn;
  if (!cost && !end) return null;
  return {
    p80CostCents,
    frameCostCents: frame.costCents,
    costShare: p80CostCents === null ? null : p80CostCents / frame.costCents - 1,
    p80EndOn,
    frameEndOn: frame.endOn,
  };
}

/** Every rule that fires on a file. */
export function firingsOn(
  file: WatchedFile,
  limits: WatchLimits,
  at: { readonly today: string; readonly lastNewsOn: string },
): Firing[] {
  const found: Readonly<Record<WatchRule, AlertFacts | null>> = {
    slippage: slipsBeyondTheLimit(file, limits),
    'forecast-above-frame': isForecastAboveItsFrame(file),
    'overdue-recommendations': hasOverdueRecommendations(file, limits),
    outsourcing: isOutsourcedBeyondTheLimit(file, limits),
    'no-impact-measure': hasNoMeasureOfImpact(file, at.today),
    'no-news': hasHadNoNewsForLong(file, limits, at),
  };
  return WATCH_RULES.flatMap((rule) => {
    const facts = found[rule];
    return facts === null ? [] : [{ fileId: file.facts.id, rule, facts }];
  });
}

/**
 * What a look at all files changes: one alert for a file and rule, whatever fires again; nothing is closed; what was
 * decided opens again from the day on which it has rested, while its rule still fires.
 */
export function changesOf(
  firings: readonly Firing[],
  known: readonly KnownAlert[],
  today: string,
): WatchChanges {
  const keyOf = ({ fileId, rule }: Pick<Firing, 'fileId' | 'rule'>) => `${fileId} ${rule}`;
  const byKey = new Map(known.map((alert) => [keyOf(alert), alert]));
  const fired = new Set(firings.map(keyOf));
  const open: Firing[] = [];
  const reopen: (Firing & { id: string })[] = [];
  const refresh: (Firing & { id: string })[] = [];
  for (const firing of firings) {
    const alert = byKey.get(keyOf(firing));
    if (!alert) open.push(firing);
    else if (alert.state === 'open') refresh.push({ ...firing, id: alert.id });
    else if (alert.restsUntil !== null && alert.restsUntil <= today) reopen.push({ ...firing, id: alert.id });
  }
  const quiet = known
    .filter((alert) => alert.state === 'open' && alert.quietSince === null && !fired.has(keyOf(alert)))
    .map(({ id }) => id);
  return { open, reopen, refresh, quiet };
}

/** The first day on which a decided alert may open again: after an accepted risk's last day, else after `RESTING_DAYS`. */
export function restsUntil(until: string | null, today: string): string {
  return until === null ? dayAfter(today, RESTING_DAYS) : dayAfter(until, 1);
}

const WEIGHTS: Readonly<Record<WatchRule, number>> = {
  slippage: 3,
  'forecast-above-frame': 3,
  'overdue-recommendations': 2,
  outsourcing: 2,
  'no-impact-measure': 1,
  'no-news': 1,
};

/** How deep in difficulty the rules that fired say a project is: the sum of their weights. */
export function difficultyOf(rules: readonly WatchRule[]): number {
  return rules.reduce((sum, rule) => sum + WEIGHTS[rule], 0);
}

/** Alerts by project, those deepest in difficulty first, then the dearest, then by name. */
export function byProject<
  A extends {
    readonly fileId: string;
    readonly fileName: string;
    readonly fullCostCents: number;
    readonly rule: WatchRule;
  },
>(
  alerts: readonly A[],
): { readonly fileId: string; readonly difficulty: number; readonly alerts: readonly A[] }[] {
  const groups = [...Map.groupBy(alerts, ({ fileId }) => fileId)].map(([fileId, own]) => ({
    fileId,
    difficulty: difficultyOf(own.map(({ rule }) => rule)),
    alerts: own.toSorted((a, b) => WATCH_RULES.indexOf(a.rule) - WATCH_RULES.indexOf(b.rule)),
  }));
  const first = ({ alerts: [one] }: (typeof groups)[number]) => one as A;
  return groups.sort(
    (a, b) =>
      b.difficulty - a.difficulty ||
      first(b).fullCostCents - first(a).fullCostCents ||
      (first(a).fileName < first(b).fileName ? -1 : 1),
  );
}
