// What a person sees of the accesses to their data, and what they ask about them. It holds no hash of anybody.

/** Where a record stands: its moment, its log and its place there. */
export interface AccessPlace {
  readonly at: Date;
  readonly log: string;
  readonly index: number;
}

/** A call that concerned the person, as its record has it. */
export interface OwnAccess extends AccessPlace {
  readonly apiId: string | null;
  readonly apiSlug: string | null;
  readonly apiName: string | null;
  readonly producerId: string | null;
  readonly producerName: string | null;
  /** Who called; null where no credential was accepted. */
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  readonly purpose: string | null;
  readonly accreditationId: string | null;
  /** `allowed`, or the code of the refusal. */
  readonly verdict: string;
  readonly environment: 'sandbox' | 'production';
}

/** One access with all that the person may know of it. */
export interface WholeAccess extends OwnAccess {
  readonly status: number;
  readonly traceId: string;
  /** Pointer patterns of the fields that left. */
  readonly fields: readonly string[];
  readonly scopes: readonly { readonly name: string; readonly title: string }[];
  readonly legalBasis: string | null;
  readonly accreditationNumber: number | null;
  /** Where to write to: the contact of the calling service, and the one of the API. */
  readonly consumerContact: string | null;
  readonly producerContact: string | null;
}

/** Accesses of one day by one consumer, of one API, for one purpose, with one outcome; the latest first. */
export interface AccessGroup {
  /** YYYY-MM-DD in the State's time zone. */
  readonly day: string;
  readonly first: OwnAccess;
  readonly accesses: readonly OwnAccess[];
}

/** Which accesses a list holds: those that let data out, or attempts that were refused. */
export type AccessOutcome = 'allowed' | 'denied';

/** A question asks; a contestation says that the access should not have been. */
export const QUESTION_KINDS = ['question', 'contest'] as const;

/** One of them. */
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** What a person asked about an access, and the answer. */
export interface Question extends AccessPlace {
  readonly id: string;
  readonly number: number;
  readonly apiId: string;
  readonly apiName: string;
  readonly producerId: string;
  readonly producerName: string;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  readonly purpose: string | null;
  readonly kind: QuestionKind;
  readonly text: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  /** By when it must be answered: a month later (GDPR, article 12(3)). */
  readonly dueAt: Date;
  readonly answeredAt: Date | null;
  readonly answer: string | null;
}

/** Whose questions a query may see: those of one person, of the producers or of the consumers named. */
export type QuestionReach =
  | { readonly askedBy: string }
  | { readonly producers: readonly string[] }
  | { readonly consumers: readonly string[] };
