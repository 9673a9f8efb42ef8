// The history of sign-ins, what people were told, and their sessions at the hub, as the database has them.
import type { Generated } from 'kysely';

/** One sign-in to a service, or the refusal of one. */
export interface ConnectionsTable {
  id: Generated<string>;
  at: Date;
  realm: string;
  client_id: string;
  account_id: string | null;
  upstream_id: string | null;
  acr: string | null;
  outcome: 'signed-in' | 'refused';
  refusal: string | null;
}

/** What a person knows that a service receives. */
export interface AcknowledgementsTable {
  subject_root: string;
  client_id: string;
  claims: string[];
  at: Date;
}

/** A browser's session at the hub. */
export interface HubSessionsTable {
  uid: string;
  realm: string;
  account_id: string;
  sealed_id_token: Buffer | null;
  upstream_sid: string | null;
  user_agent: string;
  started_at: Date;
  last_seen_at: Date;
  ended_at: Date | null;
}
