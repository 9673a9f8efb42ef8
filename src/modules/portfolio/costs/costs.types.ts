// The cost table that all digital products of the State share: years x activities x resources x nature.

/** The thirteen activities of a digital product's budget. */
export const ACTIVITIES = [
  'data',
  'cloud-hosting',
  'other-hosting',
  'operations',
  'network',
  'administration',
  'security',
  'deployment',
  'support',
  'development',
  'product',
  'design',
  'other',
] as const;
/** An activity. */
export type Activity = (typeof ACTIVITIES)[number];

/** The six resources. */
export const RESOURCES = [
  'staff',
  'external-services',
  'hardware',
  'software',
  'overheads',
  'other',
] as const;
/** A resource. */
export type Resource = (typeof RESOURCES)[number];

/** One-time costs build; recurring ones run (the first 24 months count). */
export const NATURES = ['one-time', 'recurring'] as const;
/** A nature of cost. */
export type Nature = (typeof NATURES)[number];

/** A line of the table, in cents incl. VAT. The key is year, activity, resource, nature. */
export interface CostLine {
  readonly year: number;
  readonly activity: Activity;
  readonly resource: Resource;
  readonly nature: Nature;
  /** Commitment appropriations (autorisations d’engagement). */
  readonly commitmentCents: number;
  /** Payment appropriations (crédits de paiement). */
  readonly paymentCents: number;
}

/** A line as typed; `at` names it for faults. */
export interface TypedCostLine {
  readonly year: string;
  readonly activity: string;
  readonly resource: string;
  readonly nature: string;
  readonly commitment: string;
  readonly payment: string;
}

/** The sums of a table. */
export interface CostTotals {
  readonly commitmentCents: number;
  readonly paymentCents: number;
  /** Commitments. */
  readonly oneTimeCents: number;
  readonly recurringCents: number;
  /** The same as payments: they differ within a year, never over the whole table. */
  readonly oneTimePaidCents: number;
  readonly recurringPaidCents: number;
}
