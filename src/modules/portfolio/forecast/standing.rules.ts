// Where a project file stands, as the forecasts take it, and what its forecast is in money and days. Pure.
import { dayAfter, daysBetween } from '#platform/calendar-days.rules.ts';
import type { Baseline } from '../baselines/baselines.types.ts';
import type { Estimate, FileFacts } from '../files/files.types.ts';
import type {
  ForecastFrame,
  KeptForecast,
  NewForecast,
  NewForecastScore,
  ProjectOutcome,
} from './kept-forecasts.types.ts';
import type { ProjectForecast, ProjectStanding } from './outcomes.types.ts';
import { scoreRatios } from './scores.rules.ts';

/** Days in a month of the mean Gregorian year. */
const MONTH_DAYS = 365.2425 / 12;
/** Two centuries: what lies beyond is written as this. */
const LONGEST_DAYS = 73_000;

/** What a forecast takes of a file's facts. */
export interface FileStanding extends Pick<FileFacts, 'startedOn' | 'phase'> {
  readonly firstBaseline: Pick<Baseline, 'costCents' | 'startOn' | 'endOn'> | null;
  readonly latestBaseline: Pick<Baseline, 'number'> | null;
  readonly latestEstimate: Pick<Estimate, 'costCents' | 'endOn' | 'scopeShare'> | null;
}

/** A file's frame and standing on a day; null without an estimate of a cost above zero. */
export function standingOf(
  facts: FileStanding,
  today: string,
): { readonly frame: ForecastFrame; readonly standing: ProjectStanding } | null {
  const { firstBaseline: first, latestBaseline: latest, latestEstimate: estimate } = facts;
  if (!estimate || estimate.costCents <= 0) return null;
  const startOn = first?.startOn ?? facts.startedOn;
  const frame = first
    ? { costCents: first.costCents, startOn, endOn: first.endOn }
    : { costCents: estimate.costCents, startOn, endOn: [startOn, estimate.endOn].toSorted()[1] ?? startOn };
  return {
    frame,
    standing: {
      costRatio: estimate.costCents / frame.costCents,
      durationRatio: durationRatio(frame, estimate.endOn),
      plannedMonths: Math.max(1, daysBetween(frame.startOn, frame.endOn)) / MONTH_DAYS,
      elapsedMonths: Math.max(0, daysBetween(startOn, today) / MONTH_DAYS),
      remainingMonths: daysBetween(today, estimate.endOn) / MONTH_DAYS,
      rebaselines: Math.max(0, (latest?.number ?? 1) - 1),
      scopeShare: estimate.scopeShare,
      phase: facts.phase,
    },
  };
}

/** A duration to `endOn` over the frame's; both are a day at least. */
function durationRatio({ startOn, endOn: frameEndOn }: ForecastFrame, endOn: string): number {
  return Math.max(1, daysBetween(startOn, endOn)) / Math.max(1, daysBetween(startOn, frameEndOn));
}

/** What a forecast says in money and days, against its frame. */
export function inMoneyAndDays(
  frame: ForecastFrame,
  { cost, duration }: ProjectForecast,
): Pick<
  NewForecast,
  'medianCostCents' | 'p80CostCents' | 'medianEndOn' | 'p80EndOn' | 'above25' | 'above50'
> {
  const days = Math.max(1, daysBetween(frame.startOn, frame.endOn));
  const endAt = (ratio: number) => dayAfter(frame.startOn, Math.min(LONGEST_DAYS, Math.round(days * ratio)));
  const cents = (ratio: number) => Math.min(Number.MAX_SAFE_INTEGER, Math.round(frame.costCents * ratio));
  return {
    medianCostCents: cents(cost.median),
    p80CostCents: cents(cost.p80),
    medianEndOn: endAt(duration.median),
    p80EndOn: endAt(duration.p80),
    above25: cost.above25,
    above50: cost.above50,
  };
}

/** The score of a kept forecast for how its project ended. `u` places outcomes among tied values. */
export function scoreForecast(
  forecast: Pick<KeptForecast, 'id' | 'frame' | 'quantiles'>,
  outcome: ProjectOutcome,
  u: number,
): NewForecastScore {
  const costRatio = outcome.costCents / forecast.frame.costCents;
  const durationOf = durationRatio(forecast.frame, outcome.endOn);
  return {
    forecastId: forecast.id,
    ...outcome,
    costRatio,
    durationRatio: durationOf,
    cost: scoreRatios(forecast.quantiles.cost, costRatio, u),
    duration: scoreRatios(forecast.quantiles.duration, durationOf, u),
  };
}

/** Tells whether a project ended within a judgement's frame: what was given up did not. */
export function endedWithin(
  frame: { readonly frameCostCents: number; readonly frameEndOn: string },
  { outcome, costCents, endOn }: ProjectOutcome,
): boolean {
  return outcome === 'finished' && costCents <= frame.frameCostCents && endOn <= frame.frameEndOn;
}
