// The columns of upstream providers, their domains, organisations, checks and days, for their repositories alone.
import type { Generated } from 'kysely';
import type { Assurance, PeopleRealm } from '../hub/realms.ts';
import type { ClientAuthentication, UpstreamState } from './upstreams.types.ts';

/** A row of identity.upstreams. */
export interface UpstreamsTable {
  id: Generated<string>;
  realm: PeopleRealm;
  name: string;
  issuer: string;
  client_id: string;
  sealed_client_secret: Buffer | null;
  sealed_client_key: Buffer | null;
  client_authentication: ClientAuthentication;
  scopes: string;
  vouches_for_organisation: boolean;
  vouches_for_second_factor: boolean;
  best_assurance: Assurance;
  is_enabled: boolean;
  is_demonstration: boolean;
  state: Generated<UpstreamState>;
  state_since: Date | null;
  checked_at: Date | null;
}

/** A row of identity.upstream_domains. */
export interface UpstreamDomainsTable {
  upstream_id: string;
  domain: string;
}

/** A row of identity.upstream_organisations. */
export interface UpstreamOrganisationsTable {
  upstream_id: string;
  organisation_id: string;
}

/** A row of identity.upstream_checks. */
export interface UpstreamChecksTable {
  upstream_id: string;
  checked_at: Date;
  is_up: boolean;
  milliseconds: number | null;
  fault: string | null;
}

/** A row of identity.upstream_days. */
export interface UpstreamDaysTable {
  upstream_id: string;
  day: string;
  checks: number;
  up: number;
}
