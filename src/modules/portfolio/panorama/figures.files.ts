// The portfolio's figures and projects as rows of files. Column names are English words and stay as they are.
import type { Cell } from '#platform/http/csv.ts';
import type { EvolutionPoint, Panorama } from './averages.types.ts';
import type { HistoryRow, Project, ProjectInEdition } from './projects.types.ts';

/** Columns of an edition's figures: one row for each figure of each group. Amounts in M€. */
export const FIGURE_COLUMNS = [
  'edition',
  'origin',
  'group',
  'key',
  'projects',
  'total_meur',
  'unknown_costs',
  'mean_duration_years',
] as const;

/** The figures of an edition. `group` is headline, declared, ministry, phase, band, zone, entry or exit. */
export function* figureRows(panorama: Panorama): Generator<readonly Cell[]> {
  const { edition, headline, declared, changes } = panorama;
  const row = (group: string, key: string, ...cells: Cell[]) => [
    edition.month,
    edition.origin,
    group,
    key,
    ...cells,
  ];
  yield row(
    'headline',
    headline.definition,
    headline.projects,
    headline.totalMeur,
    headline.unknownCosts,
    headline.meanDurationYears,
  );
  if (declared) {
    yield row(
      'declared',
      declared.sourceName,
      declared.projects,
      declared.totalMeur,
      null,
      declared.meanDurationYears,
    );
  }
  for (const group of panorama.byMinistry)
    yield row('ministry', group.ministry, group.projects, group.totalMeur, group.unknownCosts, null);
  for (const group of panorama.byPhase)
    yield row('phase', group.key, group.projects, group.totalMeur, group.unknownCosts, null);
  for (const group of panorama.byBand)
    yield row('band', group.key, group.projects, group.totalMeur, group.unknownCosts, null);
  for (const group of panorama.byZone)
    yield row('zone', group.key, group.projects, group.totalMeur, group.unknownCosts, null);
  const moved = (group: string, list: NonNullable<Panorama['changes']>['entries']) =>
    list.map(({ lastState }) =>
      row(
        group,
        lastState.slug,
        1,
        lastState.costMeur,
        lastState.costMeur === null ? 1 : 0,
        lastState.durationYears,
      ),
    );
  yield* moved('entry', changes?.entries ?? []);
  yield* moved('exit', changes?.exits ?? []);
}

/** Columns of the evolution. Amounts in M€, gaps as shares. */
export const EVOLUTION_COLUMNS = [
  'edition',
  'origin',
  'projects',
  'declared_projects',
  'entries',
  'exits',
  'total_meur',
  'declared_total_meur',
  'unknown_costs',
  'mean_duration_years',
  'declared_mean_duration_years',
  'declared_mean_budget_gap',
  'declared_mean_schedule_gap',
] as const;

/** The evolution, oldest first. */
export function evolutionRows(points: readonly EvolutionPoint[]): Cell[][] {
  return points.map(({ month, origin, computed, declared, entries, exits }) => [
    month,
    origin,
    computed?.projects ?? null,
    declared?.projects ?? null,
    entries,
    exits,
    computed?.totalMeur ?? null,
    declared?.totalMeur ?? null,
    computed?.unknownCosts ?? null,
    computed?.meanDurationYears ?? null,
    declared?.meanDurationYears ?? null,
    declared?.meanBudgetGap ?? null,
    declared?.meanScheduleGap ?? null,
  ]);
}

/** Columns of a list of projects. Amounts in M€, durations in years. */
export const PROJECT_COLUMNS = [
  'id',
  'slug',
  'name',
  'ministry_short',
  'ministry',
  'interministerial',
  'description',
  'start',
  'duration_years',
  'phase',
  'cost_meur',
  'band',
  'zone',
  'programmes',
  'first_cost_edition',
  'first_cost_meur',
  'cost_change_since_first_publication',
] as const;

/** One project of a list. */
export function projectRow(project: ProjectInEdition): Cell[] {
  return [
    project.id,
    project.slug,
    project.name,
    project.ministryShort,
    project.ministry,
    project.interministerial,
    project.description,
    project.startedOn,
    project.durationYears,
    project.phase,
    project.costMeur,
    project.band,
    project.zone,
    project.programmes,
    project.costChange?.month ?? null,
    project.costChange?.first ?? null,
    project.costChange?.share ?? null,
  ];
}

/** Columns of one project's history. */
export const HISTORY_COLUMNS = [
  'edition',
  'id',
  'name',
  'ministry_short',
  'ministry',
  'phase',
  'start',
  'duration_years',
  'cost_meur',
  'band',
  'zone',
  'programmes',
] as const;

/** A project's states, oldest first. */
export function historyRows({ id, states }: Project): Cell[][] {
  return states.map((state) => [
    state.month,
    id,
    state.name,
    state.ministryShort,
    state.ministry,
    state.phase,
    state.startedOn,
    state.durationYears,
    state.costMeur,
    state.band,
    state.zone,
    state.programmes,
  ]);
}

/** Columns of the panel: one row for each project in each edition that holds it. */
export const PANEL_COLUMNS = [
  'id',
  'slug',
  'edition',
  'name',
  'ministry',
  'phase',
  'start',
  'duration_years',
  'cost_meur',
  'zone',
] as const;

/** The states of all projects, as they are read: the panel never stands whole in memory. */
export async function* panelRows(states: AsyncIterable<HistoryRow>): AsyncGenerator<Cell[]> {
  for await (const state of states) {
    const { projectId, slug, month, name, ministry, phase, startedOn, durationYears, costMeur, zone } = state;
    yield [projectId, slug, month, name, ministry, phase, startedOn, durationYears, costMeur, zone];
  }
}
