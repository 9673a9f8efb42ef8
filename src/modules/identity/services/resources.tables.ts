// The columns of resources, for their repository alone.
import type { Generated } from 'kysely';

/** A row of identity.resources. */
export interface ResourcesTable {
  id: Generated<string>;
  identifier: string;
  name: string;
  organisation_id: string;
  scopes: string[];
  token_seconds: number;
  created_at: Date;
  search_text: string;
}
