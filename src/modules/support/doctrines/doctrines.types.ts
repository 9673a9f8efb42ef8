// What a doctrine of the State is: versioned criteria. What a subject is judged by against them is in assessments.types.ts.
import type { Translated } from '#platform/i18n/locale.ts';

/** The states of a version: a published one never changes again, until the next replaces it. */
export const VERSION_STATES = ['draft', 'published', 'replaced'] as const;

/** The state of a version. */
export type VersionState = (typeof VERSION_STATES)[number];

/** How much a criterion weighs: failing an essential one makes the whole non-conforming. */
export const WEIGHTS = ['essential', 'important'] as const;

/** How much a criterion weighs. */
export type Weight = (typeof WEIGHTS)[number];

/** How a criterion is checked: the team's word is enough, or evidence is asked for. */
export const CHECKS = ['declaration', 'evidence'] as const;

/** How a criterion is checked. */
export type Check = (typeof CHECKS)[number];

/** One criterion of a version. */
export interface Criterion {
  /** Its name within the doctrine, such as `A1`; the same from one version to the next. */
  readonly code: string;
  readonly text: Translated;
  readonly weight: Weight;
  readonly checkedBy: Check;
  /** The norm, law or circular that it comes from. */
  readonly source: string;
}

/** A doctrine, without its versions. */
export interface Doctrine {
  /** Its name in addresses, such as `eco-design`. */
  readonly word: string;
  readonly title: Translated;
  readonly summary: Translated;
  /** Who keeps it. */
  readonly steward: string;
}

/** A version with its criteria. */
export interface DoctrineVersion {
  readonly id: string;
  readonly word: string;
  readonly number: number;
  readonly state: VersionState;
  /** The day from which it applies, YYYY-MM-DD. */
  readonly from: string;
  readonly changes: Translated;
  readonly publishedAt: Date | null;
  /** When the next version took its place; null while it is in force. */
  readonly replacedAt: Date | null;
  readonly criteria: readonly Criterion[];
}

/** A version as the shipped data or an auditor's draft writes it. */
export type WrittenVersion = Pick<DoctrineVersion, 'from' | 'changes' | 'criteria'>;
