// The columns of identity.organisations, for its repository alone.
import type { Generated } from 'kysely';
import type { OrganisationKind } from './organisations.types.ts';

/** A row of identity.organisations. */
export interface OrganisationsTable {
  id: Generated<string>;
  kind: OrganisationKind;
  name: string;
  code: string | null;
  siret: string | null;
  parent_id: string | null;
  exists_from: string | null;
  exists_until: string | null;
  search_text: string;
}
