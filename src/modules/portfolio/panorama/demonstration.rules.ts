// Draws the editions of the demonstration State: the same ones each time, in the proportions of real portfolios. Pure.
// Proportions: about 40 % of projects do not move between editions; costs have a fat tail (Pareto exponent 1.378 above
// half as much again); most projects are in design and build; a few are still in scoping, without a published cost.
import { FIRST_PROJECTS, INVENTED_PROJECTS, type InventedProject } from './demonstration.data.ts';
import type { Phase } from './editions.types.ts';

/** The months of the demonstration's editions, oldest first. */
export const DEMONSTRATION_MONTHS = [
  '2022-12',
  '2023-06',
  '2023-12',
  '2024-06',
  '2024-12',
  '2025-06',
  '2025-12',
  '2026-06',
] as const;

/** A project as it stands in one edition. */
export interface DrawnState {
  readonly project: InventedProject;
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly startedOn: string;
  readonly durationYears: number | null;
  readonly costMeur: number | null;
  readonly phase: Phase;
  /** Against the first plan, hidden from the table as in real life; null in scoping. */
  readonly budgetGap: number | null;
  readonly scheduleGap: number | null;
}

/** One edition drawn. */
export interface DrawnEdition {
  readonly month: string;
  readonly states: readonly DrawnState[];
}

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Life {
  readonly project: InventedProject;
  readonly draw: () => number;
  readonly enters: number;
  /** First edition without it. */
  readonly leaves: number;
  readonly startMonth: number;
  firstCost: number;
  cost: number;
  firstDuration: number;
  duration: number;
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** How many leave before each edition from the second on, and how many enter, so that the latest holds 60. */
const EXITS = [3, 4, 2, 4, 3, 4, 3] as const;
const ENTRIES = [4, 4, 5, 3, 4, 3, 5] as const;

function lives(): Life[] {
  const order = drawing(2026);
  const leaving = new Map<InventedProject, number>();
  const standing = INVENTED_PROJECTS.slice(0, FIRST_PROJECTS);
  const entering = new Map<InventedProject, number>();
  let nextEntry = FIRST_PROJECTS;
  for (const [index, exits] of EXITS.entries()) {
    const edition = index + 1;
    for (let exit = 0; exit < exits; exit += 1) {
      // A project whose name changes stays to the end, so that the demonstration can show its history.
      const free = standing.filter((project) => !project.renamed && project.name !== 'GREFFE 2');
      const gone = free[Math.floor(order() * free.length)] as InventedProject;
      standing.splice(standing.indexOf(gone), 1);
      leaving.set(gone, edition);
    }
    for (let entry = 0; entry < (ENTRIES[index] ?? 0); entry += 1) {
      const project = INVENTED_PROJECTS[nextEntry];
      nextEntry += 1;
      if (!project) break;
      standing.push(project);
      entering.set(project, edition);
    }
  }
  // GREFFE 2 makes way for GREFFE 3, its successor and not its new name.
  const successor = INVENTED_PROJECTS.find(({ name }) => name === 'GREFFE 3');
  return INVENTED_PROJECTS.slice(0, nextEntry).map((project, index) => {
    const draw = drawing(7_919 * (index + 1));
    const enters = entering.get(project) ?? 0;
    const predecessor = project.name === 'GREFFE 2' && successor ? entering.get(successor) : undefined;
    const leaves = leaving.get(project) ?? predecessor ?? DEMONSTRATION_MONTHS.length;
    const age = enters === 0 ? 6 + Math.floor(draw() * 54) : Math.floor(draw() * 12);
    const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    const firstCost = Math.max(0.8, Math.exp(Math.log(21) + 1.15 * normal));
    const firstDuration = 2.5 + draw() * 3 + Math.log10(firstCost) * 0.8;
    return {
      project,
      draw,
      enters,
      leaves,
      startMonth: monthNumber(DEMONSTRATION_MONTHS[enters] as string) - age,
      firstCost,
      cost: firstCost * (enters === 0 ? 1 + draw() * draw() * 0.5 : 1),
      firstDuration,
      duration: firstDuration * (enters === 0 ? 1 + draw() * 0.45 : 1),
    };
  });
}

/** Moves a project by half a year: half do not (fewer in the table, since phases go on), and one mover in six leaves the body for the tail. */
function moveOn(life: Life): void {
  const { draw } = life;
  const [moves, kind, size, stretch] = [draw(), draw(), draw(), draw()];
  if (moves < 0.55) return;
  const tail = Math.min(2.2, (1 - size) ** (-1 / 1.378)) - 1;
  life.cost *= kind < 0.17 ? 1 + Math.min(0.6, tail * 0.35) : 0.97 + size * 0.09;
  if (stretch > 0.45) life.duration += (stretch - 0.45) * 1.1;
}

function phaseOf(progress: number, unsettled: number): Phase {
  if (progress < 0.12 + unsettled * 0.1) return 'scoping';
  if (progress < 0.74) return 'build';
  if (progress < 0.84) return 'pilot';
  return 'rollout';
}

/** Draws the eight editions. The same call gives the same editions, whatever the day. */
export function drawEditions(): DrawnEdition[] {
  const all = lives();
  return DEMONSTRATION_MONTHS.map((month, edition) => {
    const states: DrawnState[] = [];
    for (const life of all) {
      if (edition < life.enters || edition >= life.leaves) continue;
      if (edition > life.enters) moveOn(life);
      const unsettled = life.draw();
      const elapsed = (monthNumber(month) - life.startMonth) / 12;
      // A project past its date is replanned: what is left is at least a quarter of a year.
      if (elapsed > life.duration - 0.25) life.duration = elapsed + 0.25;
      const phase = phaseOf(
        elapsed / life.duration,
        edition === life.enters && life.enters > 0 ? unsettled : 0,
      );
      const isScoping = phase === 'scoping';
      const start = new Date(Date.UTC(Math.floor(life.startMonth / 12), life.startMonth % 12, 1));
      const { renamed, name } = life.project;
      states.push({
        project: life.project,
        name: renamed && edition >= renamed.from ? renamed.to : name,
        startedOn: start.toISOString().slice(0, 10),
        durationYears: isScoping ? null : round(life.duration, 1),
        costMeur: isScoping ? null : round(life.cost, 1),
        phase,
        budgetGap: isScoping ? null : life.cost / life.firstCost - 1,
        scheduleGap: isScoping ? null : life.duration / life.firstDuration - 1,
      });
    }
    return { month, states };
  });
}

/** The headline that the demonstration's directorate declares with an edition, rounded as such headlines are. */
export function declaredOf(edition: DrawnEdition) {
  const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const costs = known(edition.states.map((state) => state.costMeur));
  return {
    projects: edition.states.length,
    totalBillions: round(costs.reduce((sum, cost) => sum + cost, 0) / 1_000, 2),
    meanDurationYears: round(mean(known(edition.states.map((state) => state.durationYears))), 1),
    scheduleGapPercent: round(mean(known(edition.states.map((state) => state.scheduleGap))) * 100, 1),
    budgetGapPercent: round(mean(known(edition.states.map((state) => state.budgetGap))) * 100, 1),
  };
}
