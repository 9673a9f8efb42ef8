// What a membership is: a role that a person holds, in an organisation, between two moments.
import type { Role } from '#platform/access.ts';

/** A role held by a person. It counts only from `startsAt` on and before `endsAt`. */
export interface Membership {
  readonly id: string;
  readonly personId: string;
  readonly role: Role;
  /** Null for a citizen, and for an administrator of the whole installation. */
  readonly organisationId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/** A membership with the name of its organisation, for lists. */
export interface NamedMembership extends Membership {
  readonly organisationName: string | null;
}

/** What a form or a command says of a membership, as typed. Days are in UTC, the last one included. */
export interface MembershipInput {
  readonly role: string;
  readonly organisationId: string;
  /** YYYY-MM-DD; empty for now. */
  readonly from: string;
  /** YYYY-MM-DD, the last day; empty for no end. */
  readonly until: string;
}
