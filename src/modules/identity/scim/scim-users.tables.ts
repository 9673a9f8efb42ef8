// The columns of identity.scim_users, for repositories alone.
import type { Generated } from 'kysely';

/** A row of identity.scim_users. */
export interface ScimUsersTable {
  id: Generated<string>;
  organisation_id: string;
  person_id: string;
  user_name: string;
  external_id: string | null;
  email: string;
  is_active: boolean;
  attributes: Record<string, unknown>;
  version: Generated<number>;
  recorded_person: boolean;
  account_closed_at: Date | null;
  created_at: Date;
  changed_at: Date;
  deleted_at: Date | null;
}
