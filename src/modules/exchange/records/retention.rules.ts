// How long records of calls are kept. Pure.

/**
 * Months for which the record of an access is kept: the directorate's own setting, which no text prescribes. The CNIL's
 * recommendation on logging (deliberation no. 2021-122 of 14 October 2021) recommends six months to one year, and up to
 * three years where that is needed and can be justified. The directorate takes the upper bound, for its reason: these
 * records are there so that a person or a producer can look back on accesses. Whole months go, so that a record may stay
 * for up to one month more.
 */
export const KEPT_MONTHS = 36;
/** Months beyond this one whose partitions are made ahead. */
const AHEAD_MONTHS = 2;
/** Checkpoints of each second are kept for so long; then the last one of each day stays. */
const KEPT_CHECKPOINT_DAYS = 7;

const monthStart = (now: Date, months: number) =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));

/** The months, each by its first moment (UTC), that must have a partition: this one and the next. */
export function monthsAhead(now: Date): Date[] {
  return Array.from({ length: AHEAD_MONTHS + 1 }, (_, ahead) => monthStart(now, ahead));
}

/** Tells whether the records of the month that begins at `month` (UTC) are to be erased. */
export function isPastRetention(month: Date, now: Date): boolean {
  return month < monthStart(now, -KEPT_MONTHS);
}

/** The moment before which one checkpoint a day is enough. */
export function thinnedBefore(now: Date): Date {
  return new Date(now.getTime() - KEPT_CHECKPOINT_DAYS * 24 * 3_600_000);
}
