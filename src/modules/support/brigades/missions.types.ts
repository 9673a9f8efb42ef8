// What a mission is: people lent for a time and a result, against a signed success contract.
import type { Expertise } from './expertises.data.ts';

/** How a mission stands. */
export const MISSION_STATES = ['under-way', 'ended'] as const;

/** One of them. */
export type MissionState = (typeof MISSION_STATES)[number];

/** A mission as lists show it; days are YYYY-MM-DD, amounts in days of work. */
export interface ListedMission {
  readonly id: string;
  readonly requestId: string;
  readonly requestNumber: number;
  readonly title: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly requesterId: string;
  readonly contractId: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: MissionState;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly daysPlanned: number;
  readonly daysSpent: number;
  readonly mark: number | null;
}

/** A member with what was planned and spent. */
export interface MissionMember {
  readonly personId: string;
  readonly name: string;
  readonly expertises: readonly { readonly expertise: Expertise; readonly days: number }[];
  readonly daysPlanned: number;
  readonly daysSpent: number;
}

/** Days of one member in one week, which its Monday names. */
export interface MissionWeek {
  readonly personId: string;
  readonly name: string;
  readonly week: string;
  readonly days: number;
}

/** Something that the mission hands in. */
export interface Deliverable {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly handedInAt: Date;
  readonly acceptedOn: string | null;
}

/** A mission with all that belongs to it. */
export interface Mission extends ListedMission {
  readonly effect: string | null;
  readonly verdictLink: string | null;
  readonly feedback: string | null;
  readonly members: readonly MissionMember[];
  readonly weeks: readonly MissionWeek[];
  readonly deliverables: readonly Deliverable[];
}

/** What missions amount to for one expertise: what the public page counts. */
export interface MissionFigure {
  readonly expertise: Expertise;
  readonly missions: number;
  readonly ended: number;
  readonly daysPlanned: number;
  /** Days spent, each member's shared between their expertises as planned. */
  readonly daysSpent: number;
  /** Mean mark from 1 to 5; null while nobody gave one. */
  readonly meanMark: number | null;
  readonly marks: number;
}
