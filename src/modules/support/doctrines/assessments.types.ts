// What a product is found to do about the criteria of a doctrine: declared, evidenced, exempted.
import type { Translated } from '#platform/i18n/locale.ts';
import type { Criterion } from './doctrines.types.ts';

/** What is found about one criterion. */
export const OUTCOMES = ['conforms', 'does-not', 'not-applicable'] as const;

/** What is found about one criterion. */
export type Outcome = (typeof OUTCOMES)[number];

/** What a whole assessment comes to. */
export const CONFORMITIES = ['conform', 'partly', 'not', 'not-assessed'] as const;

/** What a whole assessment comes to. */
export type Conformity = (typeof CONFORMITIES)[number];

/** Evidence about a subject's criterion, as another module or a person hands it in. */
export interface NewEvidence {
  /** What it is about: `portfolio/project/<id>`, `impact/contract/<id>`, `support/subject/<id>`. */
  readonly subjectRef: string;
  /** The doctrine's word, such as `accessibility`. */
  readonly doctrine: string;
  /** The criterion's code in that doctrine. */
  readonly criterion: string;
  readonly outcome: Outcome;
  /** What found it, such as the name of an automatic audit; 200 characters at most. */
  readonly source: string;
  /** Where it can be read, http or https; null where there is no such page. */
  readonly url: string | null;
  /** When it was found. */
  readonly at: Date;
  /** In a sentence or two, 2,000 characters at most. */
  readonly detail: string;
}

/** Evidence that was handed in; the newest about a criterion counts. */
export interface Evidence extends Omit<NewEvidence, 'subjectRef' | 'doctrine'> {
  readonly id: string;
}

/** What the team says of a criterion; the newest counts. */
export interface Declaration {
  readonly criterion: string;
  readonly outcome: Outcome;
  /** Why the criterion does not apply, or what the team adds. */
  readonly reason: string;
  readonly byName: string | null;
  readonly at: Date;
}

/** One criterion with all that is known of it. */
export interface CriterionFinding {
  readonly criterion: Criterion;
  readonly declaration: Declaration | null;
  readonly evidence: Evidence | null;
  /** What counts: the evidence where there is any, else the declaration; null for neither. */
  readonly outcome: Outcome | null;
  /** True where evidence and declaration say different things. */
  readonly differs: boolean;
}

/** Conforming criteria out of those that apply. */
export interface Rate {
  readonly conforming: number;
  readonly of: number;
}

/** What an assessment comes to, declared and evidenced figures apart. */
export interface Findings {
  readonly criteria: readonly CriterionFinding[];
  readonly declared: Rate;
  readonly evidenced: Rate;
  readonly conformity: Conformity;
  /** Criteria on which nothing is known. */
  readonly open: number;
  /** Essential criteria that ask for evidence and have a declaration alone. */
  readonly lackEvidence: readonly string[];
  /** Criteria where evidence contradicts the declaration. */
  readonly contradicted: readonly string[];
}

/** The states of an exemption; `expired` follows from the date. */
export const EXEMPTION_STATES = ['asked', 'granted', 'refused', 'expired', 'withdrawn'] as const;

/** The state of an exemption at some moment. */
export type ExemptionState = (typeof EXEMPTION_STATES)[number];

/** A dated permission not to conform to one doctrine. */
export interface Exemption {
  readonly id: string;
  readonly subjectId: string;
  readonly word: string;
  readonly reason: string;
  /** The last day asked for, YYYY-MM-DD. */
  readonly askedUntil: string;
  readonly askedBy: string;
  readonly askedByName: string | null;
  readonly askedAt: Date;
  readonly decision: 'granted' | 'refused' | null;
  /** The last day granted, YYYY-MM-DD. */
  readonly until: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  /** When a granted one was taken back before its last day, and why; null for any other. */
  readonly withdrawnAt: Date | null;
  readonly withdrawalReason: string | null;
}

/** A subject against one version of a doctrine, as lists show it. */
export interface ListedAssessment {
  readonly id: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly subjectRef: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly word: string;
  readonly doctrineTitle: Translated;
  readonly versionId: string;
  readonly versionNumber: number;
  readonly versionReplacedAt: Date | null;
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Why a subject may not be financed yet: a doctrine to which it neither conforms nor is exempt. */
export interface FinancingObstacle {
  /** The doctrine's word, such as `accessibility`. */
  readonly doctrine: string;
  readonly title: Translated;
  /** `outdated`: assessed against a version that was replaced too long ago. */
  readonly conformity: Exclude<Conformity, 'conform'> | 'outdated';
  /** The assessment that says so, for a link to `/support/assessments/<id>`; null when there is none. */
  readonly assessmentId: string | null;
  /** The newest exemption, which does not help (any more); null when none was asked for. */
  readonly exemption: { readonly state: Exclude<ExemptionState, 'granted'>; readonly until: string } | null;
}
