// Rules of the way through the door. Pure: the session's words and `now` are given.

/** Milliseconds that one may take between the password and the second factor. */
const LONGEST_PENDING_MS = 10 * 60 * 1000;

/** Tells whether somebody who gave a password at `at` (milliseconds since 1970) may still give their second factor. */
export function isStillPending(pending: { at: number }, now: Date): boolean {
  const age = now.getTime() - pending.at;
  return age >= 0 && age < LONGEST_PENDING_MS;
}
