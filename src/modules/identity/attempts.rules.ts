// How long an account's next sign-in attempt must wait after failures (ASVS 6.3.1). Pure: the count and `now` are given.

/** What is kept of the attempts on one account. */
export interface Attempts {
  readonly failures: number;
  readonly lastAt: Date;
  readonly refusedUntil: Date;
}

/** Failures that cost no wait: people mistype. */
const FREE_FAILURES = 5;
/** The longest wait. It is bounded so that nobody can lock the owner out for good by failing on purpose. */
const LONGEST_WAIT_SECONDS = 15 * 60;
/** After this long without an attempt, earlier failures are forgotten. */
export const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/** Seconds to wait after that many failures: none up to the fifth, then twice as long each time, 15 minutes at most. */
export function waitAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(2 ** (failures - FREE_FAILURES + 1), LONGEST_WAIT_SECONDS);
}

/** Seconds until an attempt is looked at; 0 when it may be made now. */
export function secondsToWait(attempts: Attempts | undefined, now: Date): number {
  if (!attempts) return 0;
  return Math.max(0, Math.ceil((attempts.refusedUntil.getTime() - now.getTime()) / 1000));
}

/**
 * The count with one more attempt at `now`. It is counted as a failure before its secret is looked at, so that a
 * thousand attempts made at once are not all admitted; success forgets them.
 */
export function withAttempt(attempts: Attempts | undefined, now: Date): Attempts {
  const remembered =
    attempts && now.getTime() - attempts.lastAt.getTime() < FORGOTTEN_AFTER_MS ? attempts.failures : 0;
  const failures = remembered + 1;
  return { failures, lastAt: now, refusedUntil: new Date(now.getTime() + waitAfter(failures) * 1000) };
}
