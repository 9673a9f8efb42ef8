// Which team fits a request: who has the skill, is there and is free. Pure and deterministic; it proposes, people decide.
import { overlapOf, workingDays, workingDaysPresent } from './calendar.rules.ts';
import { EXPERTISES, type Expertise } from './expertises.data.ts';
import type { BrigadeMember, Period } from './people.types.ts';
import type { Need } from './requests.types.ts';

/** Why somebody is in a team. */
export interface MemberReason {
  readonly level: 1 | 2 | 3;
  /** Days free over the period before this team. */
  readonly freeDays: number;
  /** Days that other missions and teams already take over the period. */
  readonly loadDays: number;
  /** The only one with days left, one who covers several needs, the best skilled, or the one who was left. */
  readonly chosen: 'only-one' | 'several-needs' | 'most-skilled' | 'available';
}

/** Somebody's days for one expertise. */
export interface TeamMember {
  readonly personId: string;
  readonly expertise: Expertise;
  readonly days: number;
  readonly why: MemberReason;
}

/** Days that nobody can give. */
export interface UncoveredNeed {
  readonly expertise: Expertise;
  readonly days: number;
  readonly because: 'nobody-skilled' | 'nobody-free' | 'not-enough-days';
}

/** A team, and what it does not cover. */
export interface ProposedTeam {
  readonly members: readonly TeamMember[];
  readonly uncovered: readonly UncoveredNeed[];
}

/** The most people that one proposal looks at: the cost grows with people times needs. */
export const MOST_PEOPLE = 500;

/** Days that a person still has over a period, in half days rounded down, and what already takes their time. */
export function freeDaysOf(member: BrigadeMember, period: Period): { freeDays: number; loadDays: number } {
  const capacity = (workingDaysPresent(period, member.absences) * member.daysPerWeek) / 5;
  let loadDays = 0;
  for (const load of member.loads) {
    const shared = overlapOf(load, period);
    if (shared === null) continue;
    const all = workingDays(load);
    // A load over a weekend alone has no working day to spread over: it counts whole.
    loadDays += all === 0 ? load.days : (load.days * workingDays(shared)) / all;
  }
  return { freeDays: Math.max(0, Math.floor((capacity - loadDays) * 2 + 1e-9) / 2), loadDays };
}

interface Candidate {
  readonly member: BrigadeMember;
  readonly levels: ReadonlyMap<Expertise, 1 | 2 | 3>;
  readonly freeDays: number;
  readonly loadDays: number;
  /** Half days still to give. */
  left: number;
  /** Half days given, by the need's place. */
  readonly given: Map<number, number>;
}

interface Wish extends Need {
  /** Half days still to find. */
  left: number;
}

/**
 * The team that covers as many of the days asked as can be covered at all: first the best skilled and least busy for each
 * need, the rarest expertise first; then, while a need stays open, days are passed from one member to another along the
 * shortest chain that frees some (augmenting paths: Ford and Fulkerson, 1956; breadth first as Edmonds and Karp, 1972).
 * Nobody gets more than their free days, nor an expertise that they lack. At most `MOST_PEOPLE` people are looked at, in
 * the order of their ids, so that the same input gives the same team.
 */
export function proposeTeam(input: {
  readonly needs: readonly Need[];
  readonly people: readonly BrigadeMember[];
  readonly period: Period;
}): ProposedTeam {
  const candidates = candidatesOf(input.people, input.period);
  const wishes = input.needs
    .filter(({ days }) => days > 0)
    .toSorted((one, other) => EXPERTISES.indexOf(one.expertise) - EXPERTISES.indexOf(other.expertise))
    .map((need): Wish => ({ ...need, left: Math.round(need.days * 2) }));
  for (const at of rarestFirst(wishes, candidates)) fillFromTheBest(at, wishes, candidates);
  for (const at of wishes.keys()) while (passAlong(at, wishes, candidates));
  return { members: membersOf(wishes, candidates), uncovered: uncoveredOf(wishes, candidates) };
}

function candidatesOf(people: readonly BrigadeMember[], period: Period): Candidate[] {
  return people
    .toSorted((one, other) => (one.personId < other.personId ? -1 : 1))
    .slice(0, MOST_PEOPLE)
    .map((member) => {
      const { freeDays, loadDays } = freeDaysOf(member, period);
      const levels = new Map(member.skills.map(({ expertise, level }) => [expertise, level]));
      return { member, levels, freeDays, loadDays, left: Math.round(freeDays * 2), given: new Map() };
    });
}

function rarestFirst(wishes: readonly Wish[], candidates: readonly Candidate[]): number[] {
  const spare = wishes.map(
    ({ expertise, left }) =>
      candidates.reduce((sum, { levels, left: free }) => sum + (levels.has(expertise) ? free : 0), 0) - left,
  );
  return [...wishes.keys()].sort((one, other) => (spare[one] ?? 0) - (spare[other] ?? 0) || one - other);
}

function give(candidate: Candidate, at: number, amount: number): void {
  candidate.given.set(at, (candidate.given.get(at) ?? 0) + amount);
}

function fillFromTheBest(at: number, wishes: readonly Wish[], candidates: readonly Candidate[]): void {
  const wish = wishes[at] as Wish;
  const level = ({ levels }: Candidate) => levels.get(wish.expertise) ?? 0;
  const share = ({ left, freeDays, loadDays }: Candidate) => left / Math.max(1, freeDays + loadDays);
  const ranked = candidates
    .filter((candidate) => level(candidate) > 0 && candidate.left > 0)
    // A smaller team is easier to welcome: among equals, one who is in it already.
    .sort(
      (one, other) =>
        level(other) - level(one) ||
        Number(other.given.size > 0) - Number(one.given.size > 0) ||
        share(other) - share(one),
    );
  for (const candidate of ranked) {
    if (wish.left === 0) return;
    const amount = Math.min(candidate.left, wish.left);
    give(candidate, at, amount);
    candidate.left -= amount;
    wish.left -= amount;
  }
}

/** One step back of a chain: this candidate takes from the need `to`'s side, which another gave before. */
interface Link {
  readonly candidate: Candidate;
  readonly to: number;
}

/** Finds days for the open need `start` along the shortest chain. @returns false when there is none. */
function passAlong(start: number, wishes: readonly Wish[], candidates: readonly Candidate[]): boolean {
  const open = wishes[start] as Wish;
  if (open.left === 0) return false;
  const cameTo = new Map<number, Link>();
  const seen = new Set<Candidate>();
  const queue = [start];
  for (const need of queue) {
    const { expertise } = wishes[need] as Wish;
    for (const candidate of candidates) {
      if (seen.has(candidate) || !candidate.levels.has(expertise)) continue;
      seen.add(candidate);
      if (candidate.left > 0) {
        passDays({ candidate, to: need }, start, open, cameTo);
        return true;
      }
      for (const [other, amount] of candidate.given) {
        if (amount === 0 || other === start || cameTo.has(other)) continue;
        cameTo.set(other, { candidate, to: need });
        queue.push(other);
      }
    }
  }
  return false;
}

function passDays(last: Link, start: number, open: Wish, cameTo: ReadonlyMap<number, Link>): void {
  const chain: { candidate: Candidate; from: number; to: number }[] = [];
  for (let need = last.to; need !== start; ) {
    const { candidate, to } = cameTo.get(need) as Link;
    chain.push({ candidate, from: need, to });
    need = to;
  }
  const amount = chain.reduce(
    (least, { candidate, from }) => Math.min(least, candidate.given.get(from) ?? 0),
    Math.min(last.candidate.left, open.left),
  );
  give(last.candidate, last.to, amount);
  last.candidate.left -= amount;
  for (const { candidate, from, to } of chain) {
    give(candidate, from, -amount);
    give(candidate, to, amount);
  }
  open.left -= amount;
}

function membersOf(wishes: readonly Wish[], candidates: readonly Candidate[]): TeamMember[] {
  const members: TeamMember[] = [];
  for (const [at, { expertise }] of wishes.entries()) {
    const able = candidates.filter(({ levels, freeDays }) => levels.has(expertise) && freeDays > 0);
    const best = Math.max(...able.map(({ levels }) => levels.get(expertise) ?? 0));
    for (const { member, levels, freeDays, loadDays, given } of candidates) {
      const amount = given.get(at) ?? 0;
      const level = levels.get(expertise);
      if (amount === 0 || level === undefined) continue;
      const needs = [...given.values()].filter((some) => some > 0).length;
      const chosen =
        able.length === 1
          ? 'only-one'
          : level === best
            ? 'most-skilled'
            : needs > 1
              ? 'several-needs'
              : 'available';
      const why = { level, freeDays, loadDays: Math.round(loadDays * 10) / 10, chosen } as const;
      members.push({ personId: member.personId, expertise, days: amount / 2, why });
    }
  }
  return members;
}

function uncoveredOf(wishes: readonly Wish[], candidates: readonly Candidate[]): UncoveredNeed[] {
  return wishes
    .filter(({ left }) => left > 0)
    .map(({ expertise, left }) => {
      const skilled = candidates.filter(({ levels }) => levels.has(expertise));
      const because =
        skilled.length === 0
          ? 'nobody-skilled'
          : skilled.every(({ freeDays }) => freeDays === 0)
            ? 'nobody-free'
            : 'not-enough-days';
      return { expertise, days: left / 2, because };
    });
}
