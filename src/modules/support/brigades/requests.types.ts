// What a request for help is: what a project asks of the brigades, and how it stands.
import type { Expertise } from './expertises.data.ts';
import type { TeamMember } from './team.rules.ts';

/** How a request stands. */
export const HELP_STATES = [
  'submitted',
  'examined',
  'proposed',
  'accepted',
  'under-way',
  'ended',
  'refused',
  'withdrawn',
] as const;

/** One of them. */
export type HelpState = (typeof HELP_STATES)[number];

/** All that happens to a request. */
export const HELP_STEPS = [
  'submit',
  'change',
  'attach-contract',
  'examine',
  'propose',
  'decline',
  'accept',
  'refuse',
  'withdraw',
  'start',
  'end',
] as const;

/** One of them. */
export type HelpStep = (typeof HELP_STEPS)[number];

/** Steps that carry nothing but a text. */
export const PLAIN_STEPS = ['examine', 'decline', 'accept', 'refuse', 'withdraw'] as const;

/** One of them. */
export type PlainStep = (typeof PLAIN_STEPS)[number];

/** Days wished of an expertise, in half days. */
export interface Need {
  readonly expertise: Expertise;
  readonly days: number;
}

/** What a requester writes; days are YYYY-MM-DD. */
export interface HelpInput {
  readonly organisationId: string;
  readonly title: string;
  readonly problem: string;
  readonly subject: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly contractId: string | null;
  readonly needs: readonly Need[];
}

/** A request. */
export interface HelpRequest extends HelpInput {
  readonly id: string;
  readonly number: number;
  readonly organisationName: string;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly state: HelpState;
  readonly version: number;
  readonly submittedAt: Date;
  readonly changedAt: Date;
  /** Null while none has started. */
  readonly missionId: string | null;
}

/** Something that happened to a request. */
export interface HelpEvent {
  readonly step: HelpStep;
  readonly at: Date;
  readonly byName: string | null;
  readonly text: string | null;
}

/** A member of a team proposed, by name. */
export interface ProposedMember extends TeamMember {
  readonly name: string;
  /** From when on the days are kept free. */
  readonly firstDay: string;
}

/** Which requests and missions a reader sees: all, those of their organisations, and missions of which they are a member. */
export interface BrigadeReach {
  readonly everything: boolean;
  readonly organisations: readonly string[];
  readonly personId: string;
}

/** How a list goes on: after the record with this id (a UUID), or from the start. */
export interface After {
  readonly after: string | null;
  readonly limit: number;
}
