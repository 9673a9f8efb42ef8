// The columns of services, their claims, secrets, keys and reviews, for repositories alone.
import type { Generated } from 'kysely';
import type { Assurance, Realm } from '../hub/realms.ts';
import type { ClientAuthentication, Screen, ServiceState, SignatureAlg } from './services.types.ts';

/** A row of identity.services. */
export interface ServicesTable {
  id: Generated<string>;
  client_id: string;
  realm: Realm;
  name: string;
  purpose: string;
  organisation_id: string;
  contact_email: string;
  home_url: string | null;
  state: ServiceState;
  suspended_from: 'test' | 'production' | null;
  suspension_reason: string | null;
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
  backchannel_logout_uri: string | null;
  client_authentication: ClientAuthentication;
  jwks_uri: string | null;
  tls_subject: string | null;
  id_token_alg: SignatureAlg;
  userinfo_alg: SignatureAlg | null;
  least_assurance: Assurance | null;
  screen: Screen;
  may_refresh: boolean;
  dpop_bound: boolean;
  certificate_bound: boolean;
  created_at: Date;
  changed_at: Date;
  search_text: string;
}

/** A row of identity.service_claims. */
export interface ServiceClaimsTable {
  service_id: string;
  claim: string;
  reason: string;
  granted_at: Date | null;
}

/** A row of identity.service_secrets. */
export interface ServiceSecretsTable {
  id: Generated<string>;
  service_id: string;
  hash: Buffer;
  ending: string;
  created_at: Date;
  revoked_at: Date | null;
}

/** A row of identity.service_keys. */
export interface ServiceKeysTable {
  id: Generated<string>;
  service_id: string;
  kid: string;
  public_jwk: unknown;
  created_at: Date;
  revoked_at: Date | null;
}

/** A row of identity.service_reviews. */
export interface ServiceReviewsTable {
  id: Generated<string>;
  service_id: string;
  asked_by: string;
  asked_at: Date;
  message: string;
  decision: 'accepted' | 'refused' | 'withdrawn' | null;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
}
