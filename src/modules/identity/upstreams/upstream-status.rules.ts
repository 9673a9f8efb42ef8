// How available a provider was, from the days on which it was looked at. Pure: `now` is given.
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import type { Upstream, UpstreamDay, UpstreamState } from './upstreams.types.ts';

/** A state that was last looked at longer ago is no longer known: it is looked at every minute. */
const STALE_AFTER_MS = 5 * 60 * 1000;

/** The spans of days that availability is told over. */
export const SPANS = [7, 30, 90] as const;

/** The longest of them: what is shown day by day. */
export const LONGEST_SPAN = 90;

/** Availability over a span of days. */
export interface Uptime {
  readonly days: number;
  /** On how many of them the provider was looked at. */
  readonly measuredDays: number;
  readonly checks: number;
  /** Share of looks at which it answered, from 0 to 1; null when it was never looked at. */
  readonly share: number | null;
}

/** What the public may know of a provider: nothing of its settings, secrets and faults. */
export interface UpstreamStatus {
  readonly id: string;
  readonly realm: Upstream['realm'];
  readonly name: string;
  readonly state: UpstreamState;
  readonly stateSince: Date | null;
  readonly checkedAt: Date | null;
  /** One for each of `SPANS`. */
  readonly uptimes: readonly Uptime[];
  /** The longest span day by day, oldest first; a day without a look has no share. */
  readonly days: readonly { readonly day: string; readonly checks: number; readonly share: number | null }[];
}

/** Availability over the `span` days that end with `today`, that day included. */
export function uptimeOver(days: readonly UpstreamDay[], today: string, span: number): Uptime {
  const first = daysBefore(today, span - 1);
  const within = days.filter(({ day }) => day >= first && day <= today);
  const checks = within.reduce((sum, day) => sum + day.checks, 0);
  const up = within.reduce((sum, day) => sum + day.up, 0);
  return { days: span, measuredDays: within.length, checks, share: checks === 0 ? null : up / checks };
}

/** The state as it may be told at `now`: one that was not looked at lately is not known. */
export function stateAt(
  { state, checkedAt }: Pick<Upstream, 'state' | 'checkedAt'>,
  now: Date,
): UpstreamState {
  return checkedAt === null || now.getTime() - checkedAt.getTime() > STALE_AFTER_MS ? 'unknown' : state;
}

/** What the public may know of a provider. `days` are those of all providers, or its own. */
export function statusOf(
  upstream: Upstream,
  days: readonly UpstreamDay[],
  { now, timeZone }: { now: Date; timeZone: string },
): UpstreamStatus {
  const { id, realm, name, checkedAt } = upstream;
  const own = days.filter(({ upstreamId }) => upstreamId === id);
  const byDay = new Map(own.map((day) => [day.day, day]));
  const today = dayIn(now, timeZone);
  const state = stateAt(upstream, now);
  return {
    id,
    realm,
    name,
    state,
    stateSince: state === 'unknown' ? null : upstream.stateSince,
    checkedAt,
    uptimes: SPANS.map((span) => uptimeOver(own, today, span)),
    days: Array.from({ length: LONGEST_SPAN }, (_, at) => {
      const day = daysBefore(today, LONGEST_SPAN - 1 - at);
      const found = byDay.get(day);
      return { day, checks: found?.checks ?? 0, share: found ? found.up / found.checks : null };
    }),
  };
}

/** A share as it may be written with two decimals of a percent: never rounded up to a better one. */
export function shareAsWritten(share: number): number {
  return Math.floor(share * 10_000 + 1e-9) / 10_000;
}
