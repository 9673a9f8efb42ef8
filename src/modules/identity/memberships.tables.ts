// The columns of identity.memberships, for repositories alone.
import type { Generated } from 'kysely';
import type { Role } from '#platform/access.ts';

/** A row of identity.memberships. */
export interface MembershipsTable {
  id: Generated<string>;
  person_id: string;
  organisation_id: string | null;
  role: Role;
  starts_at: Date;
  ends_at: Date | null;
}
