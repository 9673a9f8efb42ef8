// The clock: what time it is, as an argument. Nothing else in Socle reads the system's time for a decision.

/** Tells the present moment; a test moves it by hand. */
export interface Clock {
  /** The present moment. */
  now(): Date;
}

/** The system's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that is moved by hand, for tests. */
export interface MovableClock extends Clock {
  /** Sets the moment that `now()` tells from here on. */
  moveTo(moment: Date): void;
}

/** Makes a clock that stands at `start` until it is moved. */
export function clockStandingAt(start: Date): MovableClock {
  let moment = start;
  return {
    now: () => new Date(moment),
    moveTo: (next) => {
      moment = next;
    },
  };
}

/** Makes a clock that runs on from `start`, and from wherever it is moved to. */
export function clockRunningFrom(start: Date): MovableClock {
  let ahead = start.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + ahead),
    moveTo: (next) => {
      ahead = next.getTime() - Date.now();
    },
  };
}
