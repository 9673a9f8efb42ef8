// What a request to go into production is, and what was decided on it. No query and no page.
import type { ServiceState } from './services.types.ts';

/** How a request ended. */
export type ReviewDecision = 'accepted' | 'refused' | 'withdrawn';

/** A request to go into production, or there to be passed on more claims. */
export interface Review {
  readonly id: string;
  readonly serviceId: string;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: Date;
  /** What the team adds to it; may be empty. */
  readonly message: string;
  /** Null while it waits. */
  readonly decision: ReviewDecision | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

/** A request with its service, for lists of those who decide and for desks. */
export interface ReviewOfService extends Review {
  readonly serviceName: string;
  readonly serviceState: ServiceState;
  readonly organisationName: string;
}
