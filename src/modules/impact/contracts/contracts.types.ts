// What a success contract is: its terms, versions, signatures, reviews, judgement and savings. Data alone: no query, no page.
import type { DecisionRule, Method, Proposal } from '../verdicts/verdicts.types.ts';

/** Where a contract stands. `extended` runs on after a judgement that gave it more time, which happens once. */
export const CONTRACT_STATES = [
  'draft',
  'signed',
  'amended',
  'extended',
  'measured',
  'unmeasured',
  'judged',
  'abandoned',
] as const;

/** Where a contract stands. */
export type ContractState = (typeof CONTRACT_STATES)[number];

/** The states in which a contract is public: it was signed by both parties at some time. */
export const PUBLIC_STATES: readonly ContractState[] = [
  'signed',
  'amended',
  'extended',
  'measured',
  'unmeasured',
  'judged',
];

/** What must not get worse while the target is pursued. */
export const GUARDRAILS = ['accessibility', 'ecoDesign', 'security', 'totalCost'] as const;

/** One of them. */
export type Guardrail = (typeof GUARDRAILS)[number];

/** Whether a guardrail holds; unknown until somebody said so with evidence. */
export const GUARDRAIL_STATES = ['unknown', 'kept', 'broken'] as const;

/** What is known of a guardrail, and since when. */
export interface GuardrailState {
  readonly state: (typeof GUARDRAIL_STATES)[number];
  readonly evidence: string;
  readonly at: string;
}

/** What is known of each guardrail; one that is missing is unknown. */
export type GuardrailStates = Partial<Record<Guardrail, GuardrailState>>;

/** A place, office or service whose own indicator is compared. */
export interface ComparedUnit {
  readonly indicatorId: string;
  /** Matched: the indicator of its like outside the project; else null. */
  readonly controlId: string | null;
  /** Staggered: its first day under the project, YYYY-MM-DD; null where it never starts. */
  readonly startsOn: string | null;
}

/** The terms that both parties sign. They never change: an amendment is a new version of them. */
export interface ContractTerms {
  readonly title: string;
  /** The project or product, by its name. */
  readonly subject: string;
  readonly problem: string;
  readonly population: string;
  readonly indicatorId: string;
  /** Which measures of the indicator count: the two are never mixed. */
  readonly origin: 'measured' | 'declared';
  /** In the indicator's unit. */
  readonly baselineValue: number;
  /** YYYY-MM-DD: measures until this day are from before, later ones from after. */
  readonly baselineOn: string;
  readonly baselineEvidence: string;
  /** The value to reach, in the indicator's unit. */
  readonly target: number;
  /** YYYY-MM-DD. */
  readonly deadline: string;
  /** The smallest change that is worth it, in the indicator's unit, above zero whatever the direction. */
  readonly minimumEffect: number;
  readonly counterfactual: Method;
  /** What is compared, where `counterfactual` is staggered or matched; else empty. */
  readonly units: readonly ComparedUnit[];
  /** The threshold of each guardrail, in words. */
  readonly guardrails: Readonly<Record<Guardrail, string>>;
  /** Euros, all costs until the deadline. */
  readonly costEuros: number;
  /** Most euros for one unit of effect. */
  readonly costCeilingEuros: number;
  readonly ownerPersonId: string;
  readonly reviewerPersonId: string;
  readonly rule: DecisionRule;
}

/** What is proposed from a verdict, and what a reviewer decides. */
export type Decision = Proposal['proposal'];

/** A contract as it stands; `terms` are those in force, else (in a draft) those proposed. */
export interface Contract {
  readonly id: string;
  readonly number: number;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly state: ContractState;
  /** The version that `terms` are from; from 1. */
  readonly version: number;
  readonly terms: ContractTerms;
  /** SHA-256 of the terms' canonical JSON, in hexadecimal: what the parties signed, and what the ledger holds. */
  readonly termsHash: string;
  readonly guardrails: GuardrailStates;
  /** YYYY-MM-DD: the terms' deadline, or the one that an extension set. */
  readonly deadline: string;
  readonly wasExtended: boolean;
  /** When the deadline was found to have passed without a measure; it stays, whatever comes later. */
  readonly noMeasureAt: Date | null;
  readonly decision: Decision | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** When both parties had signed for the first time. */
  readonly signedAt: Date | null;
}

/** A contract with names of what it points to. */
export interface NamedContract extends Contract {
  readonly ownerName: string;
  readonly reviewerName: string;
  readonly indicatorTitle: string;
  readonly indicatorUnit: string;
}

/** Which of the two parties signs. */
export type Party = 'owner' | 'state';

/** A version of the terms: proposed until both have signed, then in force until another one is. */
export interface ContractVersion {
  readonly version: number;
  readonly state: 'proposed' | 'in-force' | 'replaced' | 'withdrawn';
  readonly terms: ContractTerms;
  readonly termsHash: string;
  /** Why it amends the one before; empty for the first. */
  readonly reason: string;
  readonly createdAt: Date;
}

/** A signature, which is also an entry of the ledger. */
export interface ContractSignature {
  readonly version: number;
  readonly party: Party;
  readonly personId: string;
  readonly personName: string;
  readonly signedAt: Date;
  readonly termsHash: string;
  /** When the contract was returned for changes before the other party signed. */
  readonly voidAt: Date | null;
}

/** The figures of savings, which are never added together. */
export const SAVING_KINDS = ['declared', 'audited', 'cashed'] as const;

/** One of them. */
export type SavingKind = (typeof SAVING_KINDS)[number];

/** A figure of savings with who gave it; a later one of the same kind replaces it, and both stay readable. */
export interface Saving {
  readonly kind: SavingKind;
  readonly amountEuros: number;
  /** What it covers and what proves it. */
  readonly evidence: string;
  readonly personId: string;
  readonly personName: string;
  readonly at: Date;
}

/** How a contract ended, for lists and counts of other modules. */
export interface ContractOutcome {
  readonly contractId: string;
  readonly number: number;
  readonly organisationId: string;
  readonly title: string;
  readonly state: ContractState;
  readonly hadNoMeasure: boolean;
  readonly proposal: Decision | null;
  readonly decision: Decision | null;
  readonly judgedAt: Date | null;
}

/** The same, with the last figure of each kind of savings in euros; null where nobody gave one. */
export interface ContractResult extends ContractOutcome {
  readonly savings: Readonly<Record<SavingKind, number | null>>;
}
