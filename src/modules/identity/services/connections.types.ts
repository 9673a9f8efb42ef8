// What a service's team sees of the sign-ins to it: numbers and codes, never who signed in.

/** One day of a service. */
export interface ConnectionDay {
  /** YYYY-MM-DD in the State's time zone. */
  readonly day: string;
  readonly signedIn: number;
  readonly refused: number;
}

/** How often a refusal happened. */
export interface RefusalCount {
  readonly code: string;
  readonly count: number;
  readonly lastAt: Date;
}

/** One sign-in or refusal, without the person. */
export interface ConnectionLine {
  readonly id: number;
  readonly at: Date;
  readonly outcome: 'signed-in' | 'refused';
  readonly refusal: string | null;
  readonly acr: string | null;
  readonly upstreamName: string | null;
}
