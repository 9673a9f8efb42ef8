// What an audit of article 4 is: asked for by the head of government or a minister, confidential until it is released.
import type { Advice, Ground } from '../opinions/opinions.types.ts';

/** The states of an audit. */
export const AUDIT_STATES = ['requested', 'running', 'concluded', 'released', 'abandoned'] as const;
/** A state of an audit. */
export type AuditState = (typeof AUDIT_STATES)[number];

/** How grave a finding is. */
export const SEVERITIES = ['minor', 'major', 'critical'] as const;
/** One of them. */
export type Severity = (typeof SEVERITIES)[number];

/** What everyone who knows of an audit may know: that it is, of what, for whom. */
export interface AuditNotice {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly state: AuditState;
  readonly requestedAt: Date;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

/** Somebody of the mission. */
export interface Member {
  readonly personId: string;
  readonly name: string;
  readonly leads: boolean;
}

/** A finding. */
export interface Finding {
  readonly severity: Severity;
  readonly title: string;
  readonly text: string;
  readonly author: string | null;
  /** The day, YYYY-MM-DD. */
  readonly foundOn: string;
}

/** An audit as the mission and the requester read it. */
export interface Audit extends AuditNotice {
  readonly fileId: string | null;
  readonly fileName: string | null;
  readonly classified: boolean;
  readonly organisationParentId: string | null;
  readonly informedIds: readonly string[];
  readonly alertId: string | null;
  readonly scope: string;
  readonly questions: string;
  readonly conclusions: string;
  readonly recommendations: readonly Advice[];
  readonly members: readonly Member[];
  readonly findings: readonly Finding[];
  readonly version: number;
  readonly concludedAt: Date | null;
  readonly endedReason: string;
}

/** A finding as the public reads it. */
export type PublishedFinding = Pick<Finding, 'severity' | 'title' | 'text'>;

/** A released audit as the public reads it: nothing of what was struck out is in it. */
export interface ReleasedAudit {
  readonly id: string;
  readonly number: number;
  readonly edition: number;
  readonly publishedAt: Date;
  readonly subject: string;
  readonly organisation: string;
  readonly requester: string;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly scope: string;
  readonly findings: readonly PublishedFinding[];
  readonly conclusions: string;
  readonly recommendations: readonly string[];
  readonly ground: Ground;
}
