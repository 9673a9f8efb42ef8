-- Services that rely on the hub: what a product team registers, how the service proves itself, what it may be told.
create table identity.services (
  id uuid primary key default gen_random_uuid(),
  client_id text not null unique check (length(client_id) between 8 and 80),
  -- Whose sign-in it asks for; 'machines' are programs that act for themselves.
  realm text not null check (realm in ('agents', 'citizens', 'machines')),
  name text not null check (length(name) between 1 and 120),
  purpose text not null check (length(purpose) between 1 and 1000),
  organisation_id uuid not null references identity.organisations,
  contact_email text not null check (length(contact_email) between 3 and 254),
  home_url text,
  -- test: members of its organisation and test identities only. suspended: nobody signs in until it is resumed.
  state text not null default 'test' check (state in ('test', 'production', 'suspended', 'closed')),
  -- What it is resumed to, and why it was suspended.
  suspended_from text check (suspended_from in ('test', 'production')),
  suspension_reason text check (length(suspension_reason) between 1 and 1000),
  redirect_uris text[] not null default '{}',
  post_logout_redirect_uris text[] not null default '{}',
  backchannel_logout_uri text,
  client_authentication text not null default 'private_key_jwt' check (client_authentication in
    ('private_key_jwt', 'client_secret_basic', 'client_secret_post', 'tls_client_auth', 'none')),
  jwks_uri text,
  -- For tls_client_auth (RFC 8705, 2.1.2): the subject that its certificate must bear.
  tls_subject text,
  id_token_alg text not null default 'ES256' check (id_token_alg in ('ES256', 'RS256')),
  -- Null: userinfo as JSON; else as a JWT signed with this algorithm.
  userinfo_alg text check (userinfo_alg in ('ES256', 'RS256')),
  -- Least level of assurance when a request asks for none.
  least_assurance text check (least_assurance in ('eidas1', 'eidas2', 'eidas3')),
  -- information: the person is told once what is passed on. consent: the person is asked.
  screen text not null default 'information' check (screen in ('information', 'consent')),
  may_refresh boolean not null default false,
  dpop_bound boolean not null default false,
  certificate_bound boolean not null default false,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  search_text text not null,
  check ((state = 'suspended') = (suspended_from is not null)),
  check ((state = 'suspended') = (suspension_reason is not null))
);
create index services_by_name on identity.services (search_text, id);
create index services_by_state on identity.services (state, search_text, id);
create index services_by_organisation on identity.services (organisation_id, search_text, id);

-- Claims that a service asks for, each with its reason. Only those granted are passed on in production.
create table identity.service_claims (
  service_id uuid not null references identity.services on delete cascade,
  claim text not null check (length(claim) between 1 and 60),
  reason text not null check (length(reason) between 1 and 500),
  granted_at timestamptz,
  primary key (service_id, claim)
);

-- Secrets of a service: hashed, since nobody needs to read them again. Two may be valid while one replaces the other.
create table identity.service_secrets (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references identity.services on delete cascade,
  hash bytea not null,
  -- Its last four characters, so that people tell two secrets apart.
  ending text not null check (length(ending) = 4),
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index service_secrets_by_service on identity.service_secrets (service_id);

-- Public keys of a service, for private_key_jwt (RFC 7523).
create table identity.service_keys (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references identity.services on delete cascade,
  kid text not null check (length(kid) between 1 and 100),
  public_jwk jsonb not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create unique index service_keys_by_kid on identity.service_keys (service_id, kid) where revoked_at is null;

-- Asking to go into production, and what was decided.
create table identity.service_reviews (
  id uuid primary key default gen_random_uuid(),
  service_id uuid not null references identity.services on delete cascade,
  asked_by uuid not null references identity.people,
  asked_at timestamptz not null,
  message text not null default '',
  decision text check (decision in ('accepted', 'refused', 'withdrawn')),
  decided_by uuid references identity.people,
  decided_at timestamptz,
  reason text,
  check ((decision is null) = (decided_at is null))
);
create unique index service_reviews_waiting on identity.service_reviews (service_id) where decision is null;
create index service_reviews_by_wait on identity.service_reviews (asked_at, id) where decision is null;
create index service_reviews_by_decision on identity.service_reviews (decided_at) where decision is not null;
create index service_reviews_by_service on identity.service_reviews (service_id, asked_at);

-- Resource servers (RFC 8707): what a machine's token may be for, with its scopes.
create table identity.resources (
  id uuid primary key default gen_random_uuid(),
  identifier text not null unique check (length(identifier) between 8 and 300),
  name text not null check (length(name) between 1 and 120),
  organisation_id uuid not null references identity.organisations,
  scopes text[] not null default '{}',
  token_seconds integer not null default 600 check (token_seconds between 60 and 3600),
  created_at timestamptz not null,
  search_text text not null
);
create index resources_by_name on identity.resources (search_text, id);
create index resources_by_organisation on identity.resources (organisation_id, search_text, id);

-- Which service may ask for a token for which resource, and with which scopes.
create table identity.service_resources (
  service_id uuid not null references identity.services on delete cascade,
  resource_id uuid not null references identity.resources on delete cascade,
  scopes text[] not null,
  granted_at timestamptz not null,
  primary key (service_id, resource_id)
);
create index service_resources_by_resource on identity.service_resources (resource_id);

-- The service that serves a resource: it may ask whether a token for it is still good (RFC 7662).
create table identity.resource_servers (
  resource_id uuid not null references identity.resources on delete cascade,
  service_id uuid not null references identity.services on delete cascade,
  primary key (resource_id, service_id)
);
create index resource_servers_by_service on identity.resource_servers (service_id);
