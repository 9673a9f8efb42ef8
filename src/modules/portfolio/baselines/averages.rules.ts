// The State's averages of slippage, under a named version of their definition. Pure.
import type { FileState } from '../files/files.types.ts';
import { BANDS, type Band, PHASES, type Phase } from '../panorama/editions.types.ts';
import type { Frame } from './baselines.types.ts';
import { slippageOf } from './slippage.rules.ts';

/** The version of the definition by which the averages are computed; a change of method makes a new one. */
export const SLIPPAGE_DEFINITION = 'slippage/1';

/** A project with a first baseline, as the averages count it. Shares: 0.25 is a quarter dearer or later. */
export interface SlippingProject {
  readonly id: string;
  /** The panorama's project; null where the file has none there. */
  readonly projectId: string | null;
  readonly name: string;
  readonly organisationName: string;
  readonly phase: Phase;
  readonly band: Band;
  readonly state: FileState;
  readonly costShare: number;
  readonly months: number;
  readonly scheduleShare: number | null;
  readonly scopeShare: number;
  /** Against the latest baseline. */
  readonly latestCostShare: number;
  readonly latestScheduleShare: number | null;
  readonly rebaselines: number;
}

/** Means, medians and how many projects each stands on. */
export interface SlippageAverages {
  readonly count: number;
  readonly cost: { readonly mean: number | null; readonly median: number | null };
  readonly schedule: { readonly mean: number | null; readonly median: number | null };
}

/** The cost band of an amount in cents, by the bounds of the published table. */
export function bandOf(cents: number): Band {
  const millions = cents / 100_000_000;
  if (millions < 5) return 'under-5';
  if (millions < 9) return '5-9';
  if (millions < 20) return '9-20';
  return millions < 100 ? '20-100' : 'over-100';
}

/** What the averages need of a file with a first baseline and an estimate. */
export interface SlippageFacts
  extends Pick<SlippingProject, 'id' | 'projectId' | 'name' | 'organisationName' | 'phase' | 'state'> {
  readonly first: Frame;
  readonly latest: Frame;
  readonly estimate: Pick<Frame, 'costCents' | 'endOn' | 'scopeShare'>;
  /** How many baselines were approved, the first among them. */
  readonly baselines: number;
}

/** A file as the averages count it. */
export function slippingProject({
  first,
  latest,
  estimate,
  baselines,
  ...file
}: SlippageFacts): SlippingProject {
  const slippage = slippageOf(first, latest, estimate);
  return {
    ...file,
    band: bandOf(first.costCents),
    costShare: slippage.first.costShare,
    months: slippage.first.months,
    scheduleShare: slippage.first.scheduleShare,
    scopeShare: slippage.first.scopeShare,
    latestCostShare: slippage.latest.costShare,
    latestScheduleShare: slippage.latest.scheduleShare,
    rebaselines: baselines - 1,
  };
}

/** The projects that still go on: what a plain mean stands on, as published panoramas do. */
export function stillThere(projects: readonly SlippingProject[]): SlippingProject[] {
  return projects.filter(({ state }) => state !== 'exited' && state !== 'finished');
}

const meanOf = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The middle of the values; of two middles their mean; null of none. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[half - 1], sorted[half]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** Each project counts once, whatever its cost: definition `slippage/1`, as the published averages are made. */
export function averagesOf(projects: readonly SlippingProject[]): SlippageAverages {
  const costs = projects.map(({ costShare }) => costShare);
  const schedules = projects.map(({ scheduleShare }) => scheduleShare).filter((share) => share !== null);
  return {
    count: projects.length,
    cost: { mean: meanOf(costs), median: medianOf(costs) },
    schedule: { mean: meanOf(schedules), median: medianOf(schedules) },
  };
}

/** The averages of one group: plain (who is still there) and corrected for survivorship (who left counts with its last state). */
export interface SlippageGroup<K extends string = string> {
  readonly of: K;
  readonly plain: SlippageAverages;
  readonly corrected: SlippageAverages;
}

function groupOf<K extends string>(of: K, projects: readonly SlippingProject[]): SlippageGroup<K> {
  return { of, plain: averagesOf(stillThere(projects)), corrected: averagesOf(projects) };
}

/** Everything that the page of slippage shows, from the projects with a first baseline. */
export function slippageSummary(projects: readonly SlippingProject[]) {
  const organisations = [...new Set(projects.map(({ organisationName }) => organisationName))].sort((a, b) =>
    a.localeCompare(b, 'fr'),
  );
  const groups = <K extends string>(all: readonly K[], of: (project: SlippingProject) => K) =>
    all
      .map((one) =>
        groupOf(
          one,
          projects.filter((project) => of(project) === one),
        ),
      )
      .filter(({ corrected }) => corrected.count > 0);
  return {
    definition: SLIPPAGE_DEFINITION,
    all: groupOf('all', projects),
    byMinistry: groups(organisations, ({ organisationName }) => organisationName),
    byPhase: groups(PHASES, ({ phase }) => phase),
    byBand: groups(BANDS, ({ band }) => band),
  };
}
