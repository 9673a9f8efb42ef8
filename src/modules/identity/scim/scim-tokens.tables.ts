// The columns of identity.scim_tokens, for repositories alone.
import type { Generated } from 'kysely';

/** A row of identity.scim_tokens. */
export interface ScimTokensTable {
  id: Generated<string>;
  organisation_id: string;
  name: string;
  hash: Buffer;
  ending: string;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}
