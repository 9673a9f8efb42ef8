// Draws the demonstration's project files from the drawn panorama: the same ones each time. Pure.
import { createHash } from 'node:crypto';
import { dayAfter, daysBetween } from '#platform/calendar-days.rules.ts';
import type { BaselinePlan } from '../baselines/baselines.types.ts';
import { sumsByYear, totalsOf } from '../costs/costs.rules.ts';
import type { Activity, CostLine, Nature, Resource } from '../costs/costs.types.ts';
import { DEMONSTRATION_MONTHS, type DrawnState, drawEditions } from '../panorama/demonstration.rules.ts';
import { MILESTONES, REASONS } from './files.demonstration-data.ts';
import type { Estimate, FileState } from './files.types.ts';

/** A number from 0 to 1 that follows from a name alone. */
export function drawn(name: string): number {
  return createHash('sha256').update(`portfolio/files/${name}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** One of `all`, that follows from a name alone. */
export function pickedFrom<T>(all: readonly [T, ...T[]] | readonly T[], name: string): T {
  return all[Math.floor(drawn(name) * all.length)] as T;
}

/** The life of one project: its state in each edition that has it, in order, and whether it is still there at the end. */
export interface DrawnLife {
  readonly name: string;
  /** The last edition that has it, and its name there. */
  readonly lastMonth: string;
  readonly ministry: string;
  readonly states: readonly (DrawnState & { readonly month: string })[];
  readonly isStillThere: boolean;
}

/** The life of every invented project. */
export function drawLives(): DrawnLife[] {
  const lives = new Map<unknown, (DrawnState & { month: string })[]>();
  for (const { month, states } of drawEditions()) {
    for (const state of states) {
      const life = lives.get(state.project) ?? [];
      life.push({ ...state, month });
      lives.set(state.project, life);
    }
  }
  return [...lives.values()].map((states) => {
    const last = states.at(-1) as DrawnState & { month: string };
    return {
      name: last.name,
      lastMonth: last.month,
      ministry: last.project.ministry,
      states,
      isStillThere: last.month === DEMONSTRATION_MONTHS.at(-1),
    };
  });
}

/** The end of a project that starts on a day and lasts so many years. */
export function endAfter(startOn: string, years: number): string {
  return dayAfter(startOn, Math.round(years * 365.2425));
}

/** What a project costs is spread over these: activity, resource, nature, share of the whole. */
const SPREAD: readonly (readonly [Activity, Resource, Nature, number])[] = [
  ['development', 'external-services', 'one-time', 0.34],
  ['development', 'staff', 'one-time', 0.14],
  ['product', 'staff', 'one-time', 0.08],
  ['design', 'external-services', 'one-time', 0.04],
  ['security', 'external-services', 'one-time', 0.04],
  ['data', 'external-services', 'one-time', 0.06],
  ['deployment', 'external-services', 'one-time', 0.05],
  ['cloud-hosting', 'external-services', 'recurring', 0.1],
  ['support', 'staff', 'recurring', 0.08],
  ['operations', 'staff', 'recurring', 0.07],
];
/** The part of a year's commitments that is paid in the next year. */
const PAID_LATER = 0.2;

/** A cost table of exactly this sum: build over the years of the plan, run in the last of them and the two after. */
export function drawCosts(costCents: number, startOn: string, endOn: string): CostLine[] {
  const first = Number(startOn.slice(0, 4));
  const last = Number(endOn.slice(0, 4));
  const between = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const lines: CostLine[] = [];
  let left = costCents;
  for (const [at, [activity, resource, nature, share]] of SPREAD.entries()) {
    const years = nature === 'one-time' ? between(first, last) : between(last, last + 2);
    // Thousands of euros are what such tables are written in; the last line takes what rounding leaves.
    const whole = at === SPREAD.length - 1 ? left : Math.round((costCents * share) / 100_000) * 100_000;
    left -= whole;
    const each = Math.floor(whole / years.length / 100_000) * 100_000;
    let carried = 0;
    for (const [place, year] of years.entries()) {
      const isLast = place === years.length - 1;
      const commitmentCents = isLast ? whole - each * (years.length - 1) : each;
      const later = isLast ? 0 : Math.floor((commitmentCents * PAID_LATER) / 100) * 100;
      lines.push({
        year,
        activity,
        resource,
        nature,
        commitmentCents,
        paymentCents: commitmentCents - later + carried,
      });
      carried = later;
    }
  }
  return lines;
}

/** Milestones of a plan, and which are reached by a day: those whose place has passed, at the pace of the present plan. */
export function drawMilestones(startOn: string, endOn: string, today: string) {
  const length = daysBetween(startOn, endOn);
  return MILESTONES.map(({ title, at, weight }, position) => {
    const plannedOn = dayAfter(startOn, Math.round(length * at));
    return { title, plannedOn, weight, position, reachedOn: plannedOn < today ? plannedOn : null };
  });
}

/** The plan that is kept with a baseline. */
export function drawPlan(costCents: number, startOn: string, endOn: string): BaselinePlan {
  return {
    years: sumsByYear(drawCosts(costCents, startOn, endOn)).map(
      ({ of, oneTimePaidCents, recurringPaidCents }) => ({
        year: of,
        oneTimeCents: oneTimePaidCents,
        recurringCents: recurringPaidCents,
      }),
    ),
    milestones: drawMilestones(startOn, endOn, startOn).map(({ title, plannedOn, weight }) => ({
      title,
      plannedOn,
      weight,
    })),
  };
}

/** The sums of a drawn table, as a file keeps them. */
export function drawSums(lines: readonly CostLine[]) {
  const { commitmentCents, oneTimeCents, recurringCents } = totalsOf(lines);
  return { fullCostCents: commitmentCents, oneTimeCents, recurringCents };
}

const centsOf = (meur: number) => Math.round(meur * 10) * 10_000_000;

/** What a project was first approved at, as the draw hides it from the published table; null while it is in scoping. */
export function firstPlanOf({
  name,
  states,
  isStillThere,
}: DrawnLife): { costCents: number; startOn: string; endOn: string } | null {
  const known = states.find((state) => state.costMeur !== null && state.budgetGap !== null);
  if (!known || known.costMeur === null || known.durationYears === null) return null;
  // As in earnest, many of those that left were far above what they were first approved at.
  const left = !isStillThere && drawn(`${name}/left`) < 0.6 ? 0.68 : 1;
  const cost = (left * known.costMeur) / (1 + (known.budgetGap ?? 0));
  const years = known.durationYears / (1 + (known.scheduleGap ?? 0));
  return {
    costCents: Math.max(centsOf(0.1), centsOf(cost)),
    startOn: known.startedOn,
    endOn: endAfter(known.startedOn, years),
  };
}

/** The estimates of a project after its first: one for each edition that moved its cost or its end. */
export function drawEstimates(life: DrawnLife, first: { costCents: number; endOn: string }): Estimate[] {
  const estimates: Estimate[] = [];
  let before = first;
  for (const state of life.states) {
    if (state.costMeur === null || state.durationYears === null) continue;
    const now = { costCents: centsOf(state.costMeur), endOn: endAfter(state.startedOn, state.durationYears) };
    if (now.costCents === before.costCents && now.endOn === before.endOn) continue;
    const kind =
      now.costCents > before.costCents * 1.02 ? 'dearer' : now.endOn > before.endOn ? 'later' : 'cheaper';
    estimates.push({
      ...now,
      at: new Date(`${state.month}-10T09:00:00Z`),
      scopeShare: 1,
      spentCents: null,
      reason: pickedFrom(REASONS[kind], `${life.name}/${state.month}`),
    });
    before = now;
  }
  return estimates;
}

/** The state of a file: by what the draw says of its project, the rest by its name. */
export function drawState(life: DrawnLife, hasPlan: boolean): FileState {
  const last = life.states.at(-1);
  if (!life.isStillThere)
    return last?.phase === 'rollout' && drawn(`${life.name}/end`) < 0.7 ? 'finished' : 'exited';
  if (!hasPlan || last?.phase === 'scoping') return drawn(`${life.name}/draft`) < 0.4 ? 'draft' : 'submitted';
  const share = drawn(`${life.name}/state`);
  if (share < 0.14) return 'submitted';
  return share < 0.19 ? 'suspended' : 'running';
}
