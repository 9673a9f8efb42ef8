// When another server that fails is asked no more, and when it is tried again. Pure: `now` is given, in milliseconds.

/** So many failures in a row open the circuit. */
export const FAILURES_TO_OPEN = 3;
/** So much waiting in vain, in failures in a row, opens it before that: a time-out costs people more than a refusal. */
export const VAIN_WAIT_MS = 10_000;
/** Once open, nothing is asked for so long; then one request is let through as a trial. */
export const OPEN_FOR_MS = 30_000;
/** A trial that never reports back is given up after so long, and another may be made. */
export const TRIAL_MS = 30_000;

/** What is known of a server’s lately failed requests. */
export interface Circuit {
  /** Failures in a row. */
  readonly failures: number;
  /** Milliseconds waited in them. */
  readonly waitedMs: number;
  /** When it opened; null while it is closed. */
  readonly openedAt: number | null;
  /** When the trial under way began; null when there is none. */
  readonly trialAt: number | null;
}

/** A circuit without failures. */
export const CLOSED: Circuit = { failures: 0, waitedMs: 0, openedAt: null, trialAt: null };

/** Tells whether `moment` lies within the last `span`. A clock that was set back does not keep anything waiting. */
function isWithin(span: number, moment: number, now: number): boolean {
  return now >= moment && now - moment < span;
}

/** Tells whether a request may go out at `now`; it must not when the server failed lately or is being tried. */
export function admits({ openedAt, trialAt }: Circuit, now: number): boolean {
  if (openedAt === null) return true;
  if (isWithin(OPEN_FOR_MS, openedAt, now)) return false;
  return trialAt === null || !isWithin(TRIAL_MS, trialAt, now);
}

/** The circuit once an admitted request has gone out: while open, that request is the trial. */
export function afterSending(circuit: Circuit, now: number): Circuit {
  return circuit.openedAt === null ? circuit : { ...circuit, trialAt: now };
}

/** The circuit after an answer, whatever it said: who answers is there. */
export function afterAnswer(): Circuit {
  return CLOSED;
}

/** The circuit after a request that failed (no connection, time-out, a server's own fault) and took `tookMs`. */
export function afterFailure(circuit: Circuit, now: number, tookMs: number): Circuit {
  const failures = circuit.failures + 1;
  const waitedMs = circuit.waitedMs + Math.max(0, tookMs);
  if (circuit.openedAt === null) {
    const opens = failures >= FAILURES_TO_OPEN || waitedMs >= VAIN_WAIT_MS;
    return { failures, waitedMs, openedAt: opens ? now : null, trialAt: null };
  }
  // Requests that went out before it opened may fail late; only the trial's failure starts the wait anew.
  if (circuit.trialAt === null) return { ...circuit, failures, waitedMs };
  return { failures, waitedMs, openedAt: now, trialAt: null };
}
