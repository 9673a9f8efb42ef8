// What a funding window, an application, a jury's scores and an agreement are. Amounts are whole euro cents.

/** The states of a window, in their order. */
export const WINDOW_STATES = ['draft', 'open', 'in-jury', 'ranked', 'awarded', 'closed'] as const;

/** The state of a window. */
export type WindowState = (typeof WINDOW_STATES)[number];

/** The states of an application. */
export const APPLICATION_STATES = [
  'draft',
  'submitted',
  'eligible',
  'ineligible',
  'scored',
  'awarded',
  'not-awarded',
  'agreed',
  'cancelled',
  'closed',
] as const;

/** The state of an application. */
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** What is committed and paid, in cents. */
export interface Balance {
  readonly committedCents: number;
  readonly paidCents: number;
}

/** A criterion of a window; `weight` from 1 to 100. */
export interface WindowCriterion {
  readonly position: number;
  readonly title: string;
  readonly weight: number;
}

/** A window with its balance: committed, paid and left add up to the budget. */
export interface FundingWindow extends Balance {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly state: WindowState;
  /** YYYY-MM-DD, as the two that follow. */
  readonly opensOn: string;
  readonly closesOn: string;
  readonly juryUntil: string;
  readonly budgetCents: number;
  readonly leftCents: number;
  readonly applications: number;
  readonly financed: number;
}

/** A jury of a window, with its people. */
export interface Jury {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly id: string; readonly name: string }[];
}

/** An application with what was decided on it. */
export interface Application extends Balance {
  readonly id: string;
  readonly windowId: string;
  readonly windowTitle: string;
  readonly windowState: WindowState;
  readonly juryId: string | null;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly applicantId: string | null;
  readonly title: string;
  readonly subject: string;
  readonly subjectRef: string;
  readonly change: string;
  readonly plan: string;
  readonly contractId: string | null;
  readonly askedCents: number;
  readonly awardedCents: number;
  readonly state: ApplicationState;
  readonly reason: string;
  readonly outcome: string;
  readonly createdAt: Date;
  /** The signatures of the agreement: the directorate's first, with the instalments, then the organisation's. */
  readonly stateSigned: Signature | null;
  readonly organisationSigned: Signature | null;
}

/** A signature under an agreement. */
export interface Signature {
  readonly name: string;
  readonly at: Date;
}

/** One member's points on one criterion. */
export interface Score {
  readonly applicationId: string;
  readonly personId: string;
  readonly position: number;
  /** 0 to 5. */
  readonly points: number;
  readonly comment: string;
}

/** A member's conflict of interest on an application. */
export interface Conflict {
  readonly applicationId: string;
  readonly personId: string;
}

/** A conflict as those who run windows read it. */
export interface DeclaredConflict extends Conflict {
  readonly name: string;
  readonly reason: string;
  readonly declaredAt: Date;
}

/**
 * What an instalment waits for: a milestone that an auditor accepts, a success contract judged to be scaled, or the
 * contract's indicator, as it is measured, at a value.
 */
export const CONDITIONS = ['milestone', 'verdict', 'measure'] as const;

/** One of them. */
export type Condition = (typeof CONDITIONS)[number];

/** The states of an instalment; `released` is never paid. */
export type InstalmentState = 'waiting' | 'evidenced' | 'verified' | 'paid' | 'released';

/** One instalment of an agreement. */
export interface Instalment {
  readonly id: string;
  readonly position: number;
  readonly amountCents: number;
  readonly condition: Condition;
  /** What the indicator must reach, in its unit; null for any other condition. */
  readonly threshold: number | null;
  readonly text: string;
  /** YYYY-MM-DD. */
  readonly dueOn: string;
  readonly state: InstalmentState;
  readonly evidence: string;
  readonly evidencedBy: string | null;
  readonly verifiedAt: Date | null;
  readonly paidAt: Date | null;
}

/** A movement of money as it was appended. */
export interface MoneyMove extends Balance {
  readonly kind: MoveKind;
  readonly reason: string;
  readonly at: Date;
}

/** What moves money. */
export type MoveKind = 'awarded' | 'paid' | 'clawed-back' | 'released';

/** What an application says, as it was checked. */
export interface ApplicationText {
  readonly title: string;
  readonly subject: string;
  readonly subjectRef: string;
  readonly change: string;
  readonly plan: string;
  readonly contractId: string | null;
  readonly askedCents: number;
}

/** An instalment, as it was agreed on. */
export type NewInstalment = Pick<Instalment, 'amountCents' | 'condition' | 'threshold' | 'text' | 'dueOn'>;

/** A new window, as it was checked. */
export interface NewWindow {
  readonly title: string;
  readonly subject: string;
  readonly budgetCents: number;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly juryUntil: string;
  readonly criteria: readonly Omit<WindowCriterion, 'position'>[];
  readonly juries: readonly { readonly name: string; readonly memberIds: readonly string[] }[];
}
