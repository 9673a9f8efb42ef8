// What the history of a request says: its snapshots, what changed between them, how long its decision took. Pure.
import { changesBetween, type FormChange } from './request-form.rules.ts';
import type { DecisionTimes, RequestEvent, RequestSnapshot } from './requests.types.ts';

const DAY_MS = 86_400_000;

/** What the times and the snapshots need of an event. */
export type Happening = Pick<RequestEvent, 'kind' | 'at' | 'data'>;

/** The last form that was submitted; null when none was. */
export function lastSubmitted(events: readonly Happening[]): RequestSnapshot | null {
  return events.findLast(({ kind }) => kind === 'submit')?.data.snapshot ?? null;
}

/** The form of the version in force, with when it was validated: the last one submitted before the last validation. */
export function lastValidated(events: readonly Happening[]): { snapshot: RequestSnapshot; at: Date } | null {
  const validation = events.findLastIndex(({ kind }) => kind === 'validate');
  if (validation < 0) return null;
  const snapshot = lastSubmitted(events.slice(0, validation));
  return snapshot && { snapshot, at: (events[validation] as Happening).at };
}

/** What changed since a moment that counts to whoever decides. */
export interface Comparison {
  readonly since: 'submission' | 'validation';
  readonly at: Date;
  readonly changes: readonly FormChange[];
}

/** What changed in the last submission: since the one before in the same round, and since the version in force. */
export function comparisonsOf(events: readonly Happening[]): Comparison[] {
  const last = events.findLastIndex(({ kind }) => kind === 'submit');
  const now = events[last]?.data.snapshot;
  if (!now) return [];
  const earlier = events.slice(0, last);
  const round = earlier.findLastIndex(({ kind }) => kind === 'validate');
  const before = earlier.slice(round + 1).findLast(({ kind }) => kind === 'submit');
  const validated = lastValidated(earlier);
  return [
    ...(before?.data.snapshot
      ? [{ since: 'submission' as const, at: before.at, changes: changesBetween(before.data.snapshot, now) }]
      : []),
    ...(validated
      ? [
          {
            since: 'validation' as const,
            at: validated.at,
            changes: changesBetween(validated.snapshot, now),
          },
        ]
      : []),
  ];
}

/**
 * How long the decision at `decidedAt` took, from the first submission of its round: the time under way is the
 * distributor's from each submission to what it answered, the applicant's from changes requested to the next submission.
 * Null when nothing was submitted.
 */
export function timesOfDecision(events: readonly Happening[], decidedAt: Date): DecisionTimes | null {
  const start = events.findLastIndex(
    ({ kind }) => kind === 'reopen' || kind === 'validate' || kind === 'refuse',
  );
  const round = events.slice(start + 1).filter(({ kind }) => kind === 'submit' || kind === 'request-changes');
  const first = round.findIndex(({ kind }) => kind === 'submit');
  if (first < 0) return null;
  let distributor = 0;
  let applicant = 0;
  for (let at = first; at < round.length; at++) {
    const from = round[at] as Happening;
    const until = round[at + 1]?.at ?? decidedAt;
    const spent = until.getTime() - from.at.getTime();
    if (from.kind === 'submit') distributor += spent;
    else applicant += spent;
  }
  const inDays = (ms: number) => Math.round((ms / DAY_MS) * 1000) / 1000;
  return {
    days: inDays(distributor + applicant),
    distributorDays: inDays(distributor),
    applicantDays: inDays(applicant),
  };
}
