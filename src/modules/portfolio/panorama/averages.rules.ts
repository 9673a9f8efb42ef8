// The figures of an edition, computed from its rows under one versioned definition. Pure: no database, no clock.
import type {
  CountedRow,
  DeclaredFigures,
  Discrepancy,
  EditionChanges,
  GroupFigures,
  Headline,
  MinistryFigures,
  Movement,
} from './averages.types.ts';
import { BANDS, type Band, PHASES, type Phase } from './editions.types.ts';
import type { ChangeSinceFirst } from './projects.types.ts';

/** The version of every definition in this file. A change of method takes a new name, never a silent edit. */
export const DEFINITION = 'panorama/1' as const;

/** Upper bounds of the cost bands in M€, as the published table words them (`entre 5 et 9 M€`, `> 100 M€`). */
const BAND_LIMITS: readonly (readonly [number, Band])[] = [
  [5, 'under-5'],
  [9, '5-9'],
  [20, '9-20'],
  [100, '20-100'],
];

/** The band of a cost in M€. A bound belongs to the band that starts at it; 100 itself is still `20-100`. */
export function bandOfCost(costMeur: number): Band {
  if (costMeur === 100) return '20-100';
  return BAND_LIMITS.find(([limit]) => costMeur < limit)?.[1] ?? 'over-100';
}

/** Sums money without the noise of binary fractions: to the euro (amounts in M€). */
function sumMeur(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + Math.round(amount * 1e6), 0) / 1e6;
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

/** The headline of an edition: how many projects, what they cost in all, how long they last on average. */
export function headlineOf(rows: readonly Pick<CountedRow, 'costMeur' | 'durationYears'>[]): Headline {
  const costs = known(rows.map((row) => row.costMeur));
  const durations = known(rows.map((row) => row.durationYears));
  return {
    definition: DEFINITION,
    projects: rows.length,
    totalMeur: sumMeur(costs),
    unknownCosts: rows.length - costs.length,
    meanDurationYears: durations.length ? sumMeur(durations) / durations.length : null,
    unknownDurations: rows.length - durations.length,
  };
}

function groupFigures<K extends string>(key: K | 'unknown', rows: readonly CountedRow[]): GroupFigures<K> {
  const { projects, totalMeur, unknownCosts } = headlineOf(rows);
  return { key, projects, totalMeur, unknownCosts };
}

/** The figures by phase, in the order of the phases; empty groups of known phases are kept, the unknown one is not. */
export function figuresByPhase(rows: readonly CountedRow[]): GroupFigures<Phase>[] {
  const groups = Map.groupBy(rows, (row) => row.phase ?? 'unknown');
  const keys = [...PHASES.filter((phase) => phase !== 'finished' || groups.has(phase)), ...unknownIn(groups)];
  return keys.map((key) => groupFigures<Phase>(key, groups.get(key) ?? []));
}

/** The figures by cost band, from the lowest; projects without a cost come last as `unknown`. */
export function figuresByBand(rows: readonly CountedRow[]): GroupFigures<Band>[] {
  const groups = Map.groupBy(rows, (row) => row.band ?? 'unknown');
  return [...BANDS, ...unknownIn(groups)].map((key) => groupFigures<Band>(key, groups.get(key) ?? []));
}

/** The figures by functional zone as the table writes it, the zone with most projects first. */
export function figuresByZone(rows: readonly CountedRow[]): GroupFigures<string>[] {
  const groups = Map.groupBy(rows, (row) => row.zone ?? 'unknown');
  return [...groups]
    .map(([key, group]) => groupFigures<string>(key, group))
    .sort((a, b) => b.projects - a.projects || (a.key < b.key ? -1 : 1));
}

/** The figures by ministry, each with its projects by phase; the ministry with most projects first. */
export function figuresByMinistry(rows: readonly CountedRow[]): MinistryFigures[] {
  const groups = Map.groupBy(rows, (row) => row.ministry ?? 'unknown');
  return [...groups]
    .map(([ministry, group]) => {
      const byPhase = { scoping: 0, build: 0, pilot: 0, rollout: 0, finished: 0, unknown: 0 };
      for (const row of group) byPhase[row.phase ?? 'unknown'] += 1;
      const { projects, totalMeur, unknownCosts } = headlineOf(group);
      const short = group.find((row) => row.ministryShort !== null)?.ministryShort ?? null;
      return { ministry, short, projects, totalMeur, unknownCosts, byPhase };
    })
    .sort((a, b) => b.projects - a.projects || (a.ministry < b.ministry ? -1 : 1));
}

function unknownIn(groups: ReadonlyMap<string, unknown>): 'unknown'[] {
  return groups.has('unknown') ? ['unknown'] : [];
}

/**
 * What changed from `previous` to `latest`, two editions of the same origin.
 * @param earlier projects held by an edition before `previous`: an entry among them is a return.
 */
export function changesBetween(
  previousMonth: string,
  previous: readonly CountedRow[],
  latest: readonly CountedRow[],
  earlier: ReadonlySet<string> = new Set(),
): EditionChanges {
  const before = new Map(previous.map((row) => [row.projectId, row]));
  const after = new Set(latest.map((row) => row.projectId));
  const movement = (row: CountedRow): Movement => ({ lastState: row, returned: earlier.has(row.projectId) });
  let largestRise: EditionChanges['largestRise'] = null;
  let changedCosts = 0;
  let changedPhases = 0;
  let unchanged = 0;
  for (const row of latest) {
    const was = before.get(row.projectId);
    if (!was) continue;
    if (was.costMeur !== row.costMeur) changedCosts += 1;
    if (was.phase !== row.phase) changedPhases += 1;
    if (
      was.costMeur === row.costMeur &&
      was.phase === row.phase &&
      isSameDuration(was.durationYears, row.durationYears)
    ) {
      unchanged += 1;
    }
    const rise = was.costMeur === null || row.costMeur === null ? 0 : row.costMeur - was.costMeur;
    if (rise > (largestRise ? largestRise.toMeur - largestRise.fromMeur : 0)) {
      largestRise = { row, fromMeur: was.costMeur ?? 0, toMeur: row.costMeur ?? 0 };
    }
  }
  return {
    previousMonth,
    entries: latest.filter((row) => !before.has(row.projectId)).map(movement),
    exits: previous
      .filter((row) => !after.has(row.projectId))
      .map((row) => ({ lastState: row, returned: false })),
    largestRise,
    changedCosts,
    changedPhases,
    unchanged,
  };
}

/** Two durations are the same when they round to the same tenth: editions publish 6.7562 and then 6.8. */
function isSameDuration(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) < 0.051;
}

/**
 * The change of a value since it was first known, from a project's states oldest first; null when fewer than two
 * editions give it. "Since first publication" is not the official slip: the first approved budget is never published.
 */
export function changeSinceFirst(
  states: readonly { readonly month: string; readonly value: number | null }[],
): ChangeSinceFirst | null {
  const given = states.filter((state) => state.value !== null);
  const first = given[0];
  const latest = given.at(-1);
  if (!first || !latest || first === latest || first.value === null || latest.value === null) return null;
  return {
    month: first.month,
    first: first.value,
    latest: latest.value,
    share: first.value === 0 ? null : latest.value / first.value - 1,
  };
}

/** How far a declared figure may be from the computed one and still be the same, by its published rounding. */
const TOLERANCES = { projects: 0, totalMeur: 10, meanDurationYears: 0.0501 } as const;

/** The declared headline figures that the table does not give, beyond the rounding with which they are published. */
export function discrepanciesOf(computed: Headline, declared: DeclaredFigures | null): Discrepancy[] {
  if (declared === null) return [];
  const found: Discrepancy[] = [];
  for (const figure of ['projects', 'totalMeur', 'meanDurationYears'] as const) {
    const said = declared[figure];
    const given = computed[figure];
    if (said === null || given === null) continue;
    const difference = Math.round((given - said) * 1e6) / 1e6;
    if (Math.abs(difference) > TOLERANCES[figure]) {
      found.push({ figure, declared: said, computed: given, difference });
    }
  }
  return found;
}
