-- Upstream identity providers: who signs people in for the hub, and for which domains and organisations they may speak.
create table identity.upstreams (
  id uuid primary key default gen_random_uuid(),
  realm text not null check (realm in ('agents', 'citizens')),
  name text not null check (length(name) between 1 and 120),
  -- OpenID Connect issuer; its discovery document says the rest.
  issuer text not null unique check (length(issuer) <= 500),
  client_id text not null check (length(client_id) between 1 and 200),
  -- Sealed under the installation's key; null where the hub proves itself by its own key (private_key_jwt).
  sealed_client_secret bytea,
  -- The private JWK (ES256) by which the hub proves itself where it uses private_key_jwt, sealed as well.
  sealed_client_key bytea,
  client_authentication text not null
    check (client_authentication in ('client_secret_basic', 'client_secret_post', 'private_key_jwt')),
  scopes text not null default 'openid profile email',
  -- Agents: the SIRET that it asserts is believed, so that nobody needs to confirm the organisation link.
  vouches_for_organisation boolean not null default false,
  -- Agents: its acr or amr is believed when it says that a second factor was used.
  vouches_for_second_factor boolean not null default false,
  -- Citizens: the highest level of assurance that is believed of it (eIDAS, article 8).
  best_assurance text not null default 'eidas1' check (best_assurance in ('eidas1', 'eidas2', 'eidas3')),
  is_enabled boolean not null default true,
  is_demonstration boolean not null default false,
  -- As last watched.
  state text not null default 'unknown' check (state in ('unknown', 'up', 'down')),
  state_since timestamptz,
  checked_at timestamptz
);
create index upstreams_by_name on identity.upstreams (realm, name, id);

-- E-mail domains that a provider may assert. Several providers may serve one domain: the person then chooses.
create table identity.upstream_domains (
  upstream_id uuid not null references identity.upstreams on delete cascade,
  domain text not null check (domain = lower(domain) and length(domain) between 3 and 253),
  primary key (domain, upstream_id)
);
create index upstream_domains_by_upstream on identity.upstream_domains (upstream_id);

-- Organisations whose SIRET a provider may assert.
create table identity.upstream_organisations (
  upstream_id uuid not null references identity.upstreams on delete cascade,
  organisation_id uuid not null references identity.organisations,
  primary key (upstream_id, organisation_id)
);
create index upstream_organisations_by_organisation on identity.upstream_organisations (organisation_id);

-- One row each time that a provider was watched; swept after 90 days.
create table identity.upstream_checks (
  upstream_id uuid not null references identity.upstreams on delete cascade,
  checked_at timestamptz not null,
  is_up boolean not null,
  milliseconds integer,
  -- What was wrong, in a word for the log and for administrators.
  fault text,
  primary key (upstream_id, checked_at)
);
create index upstream_checks_by_age on identity.upstream_checks (checked_at);
create index upstream_checks_failed on identity.upstream_checks (upstream_id, checked_at desc) where not is_up;

-- The same, counted by day of the State's time zone, so that ninety days are read without reading every check.
create table identity.upstream_days (
  upstream_id uuid not null references identity.upstreams on delete cascade,
  day date not null,
  checks integer not null check (checks > 0),
  up integer not null check (up between 0 and checks),
  primary key (upstream_id, day)
);
create index upstream_days_by_age on identity.upstream_days (day);
