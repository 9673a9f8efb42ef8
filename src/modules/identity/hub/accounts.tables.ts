// Accounts at upstream providers and their links to organisations, as the database has them.
import type { Generated } from 'kysely';

/** One account. */
export interface AccountsTable {
  id: Generated<string>;
  realm: string;
  upstream_id: string;
  issuer: string;
  subject: string;
  subject_root: string;
  identity_hash: Buffer | null;
  person_id: string | null;
  sealed_claims: Buffer;
  created_at: Date;
  last_sign_in_at: Date;
  closed_at: Date | null;
}

/** Whether an agent's account belongs to an organisation. */
export interface OrganisationLinksTable {
  id: Generated<string>;
  account_id: string;
  organisation_id: string;
  state: 'waiting' | 'accepted' | 'refused';
  asked_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
}
