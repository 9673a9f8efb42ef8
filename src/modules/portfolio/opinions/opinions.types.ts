// What an opinion on a major project is, from its request to its publication (article 3). No query and no page.
import type { ClockState } from './clock.rules.ts';

/** The axes that a request describes and an opinion judges (decree, article 3). */
export const AXES = ['strategy', 'finance', 'governance', 'delivery', 'planning'] as const;
/** One of them. */
export type Axis = (typeof AXES)[number];
/** A text for each axis. */
export type AxisTexts = Readonly<Record<Axis, string>>;

/** The states of a request. */
export const REQUEST_STATES = ['draft', 'submitted', 'suspended', 'issued', 'tacit', 'withdrawn'] as const;
/** A state of a request. */
export type RequestState = (typeof REQUEST_STATES)[number];

/** The bodies consulted beside the instruction. */
export const BODIES = ['security', 'budget'] as const;
/** One of them. */
export type Body = (typeof BODIES)[number];

/** What a consulted body says of the project. */
export const STANCES = ['favourable', 'reserved', 'opposed', 'none'] as const;
/** One of them; `none`: no observation. */
export type Stance = (typeof STANCES)[number];

/** The kinds of opinions. */
export const OPINION_KINDS = ['favourable', 'recommendations', 'unfavourable'] as const;
/** A kind of opinion. */
export type OpinionKind = (typeof OPINION_KINDS)[number];

/** A wait for complements, as it was asked for and answered. */
export interface Wait {
  readonly from: string;
  readonly until: string | null;
  readonly asked: string;
  readonly answer: string;
}

/** The comments of a consulted body. */
export interface Consultation {
  readonly body: Body;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly openedOn: string;
  readonly dueOn: string;
  /** Null until it answered. */
  readonly stance: Stance | null;
  readonly comment: string;
  readonly answeredOn: string | null;
  readonly answeredBy: string | null;
}

/** A request for an opinion. Amounts in cents incl. VAT, days YYYY-MM-DD in the State's time zone. */
export interface OpinionRequest {
  readonly id: string;
  readonly number: number;
  readonly fileId: string;
  readonly fileName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly organisationParentId: string | null;
  readonly state: RequestState;
  /** Whether the opinion binds; decided at the submission by the kind of organisation. */
  readonly conforming: boolean;
  readonly axes: AxisTexts;
  readonly classified: boolean;
  /** As they stood at the submission: the frame that is judged. */
  readonly costCents: number;
  readonly endOn: string;
  readonly thresholdCents: number | null;
  readonly submittedOn: string | null;
  readonly submittedAt: Date | null;
  readonly delayMonths: number | null;
  /** The last day for an opinion; null for a draft and while complements are awaited. */
  readonly lastDay: string | null;
  readonly waits: readonly Wait[];
  readonly consultations: readonly Consultation[];
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly closedAt: Date | null;
  readonly closedReason: string;
  /** The opinion that closed it; null for an open or withdrawn one. */
  readonly opinionId: string | null;
}

/** A request with where its clock stands; null for a draft and once it is closed. */
export interface ClockedRequest extends OpinionRequest {
  readonly clock: ClockState | null;
}

/** A recommendation of an opinion or audit: what is to be done by when. */
export interface Advice {
  readonly text: string;
  /** YYYY-MM-DD. */
  readonly dueOn: string;
}

/** An opinion, given or deemed given. */
export interface Opinion {
  readonly id: string;
  readonly requestId: string;
  readonly number: number;
  readonly fileId: string;
  readonly fileName: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly organisationParentId: string | null;
  readonly kind: OpinionKind;
  /** Deemed favourable by silence. */
  readonly tacit: boolean;
  readonly conforming: boolean;
  readonly classified: boolean;
  readonly summary: string;
  readonly axes: AxisTexts;
  readonly recommendations: readonly Advice[];
  /** The directorate's dated forecast: P(the project ends within its frame); null where silence spoke. */
  readonly probability: number | null;
  readonly costCents: number;
  readonly endOn: string;
  /** The day on which it takes effect: that of silence, however late it was recorded. */
  readonly effectiveOn: string;
  readonly issuedAt: Date;
  readonly publishedAt: Date | null;
}

/** Grounds for striking a passage out. */
export const GROUNDS = ['none', 'classified', 'under-tender', 'business-secret', 'personal-data'] as const;
/** A ground; `none` where nothing is struck out. */
export type Ground = (typeof GROUNDS)[number];

/** An opinion as the public reads it: nothing of what was struck out is in it. */
export interface PublishedOpinion {
  readonly id: string;
  readonly number: number;
  /** Counts its publications, from 1. */
  readonly edition: number;
  readonly publishedAt: Date;
  readonly project: string;
  readonly organisation: string;
  readonly kind: OpinionKind;
  readonly tacit: boolean;
  readonly conforming: boolean;
  readonly effectiveOn: string;
  readonly costCents: number;
  readonly endOn: string;
  readonly probability: number | null;
  readonly summary: string;
  readonly axes: AxisTexts;
  readonly recommendations: readonly string[];
  readonly ground: Ground;
}

/** A reason of a signal. */
export type SignalReason =
  | { readonly kind: 'total'; readonly share: number }
  | { readonly kind: 'names'; readonly likeness: number }
  | { readonly kind: 'programmes'; readonly programmes: readonly string[] }
  | { readonly kind: 'dates'; readonly from: string; readonly to: string; readonly months: number }
  | { readonly kind: 'near'; readonly shares: readonly number[] };

/** Files that may have been kept under the threshold. */
export interface Signal {
  readonly kind: 'splitting' | 'near-threshold';
  readonly organisationId: string;
  readonly fileIds: readonly string[];
  readonly totalCents: number;
  readonly thresholdCents: number;
  readonly reasons: readonly SignalReason[];
}

/** What a person decided on a signal. */
export const SIGNAL_STATES = ['proposed', 'dismissed', 'grouped'] as const;
/** A state of a signal. */
export type SignalState = (typeof SIGNAL_STATES)[number];

/** A signal as it is kept. */
export interface KeptSignal extends Signal {
  readonly id: string;
  readonly organisationName: string;
  readonly files: readonly { readonly id: string; readonly name: string; readonly costCents: number }[];
  readonly state: SignalState;
  readonly foundAt: Date;
  readonly reason: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}
