-- The API catalogue: what producers offer, in which versions, and which fields each scope lets out.
create schema if not exists exchange;

create table exchange.apis (
  id uuid primary key default gen_random_uuid(),
  -- Its word in addresses (`/apis/quotient-familial`) and the first segment of its path at the gateway: it never changes.
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9]){2,59}$'),
  producer_id uuid not null references identity.organisations,
  name text not null check (length(name) between 3 and 120),
  summary text not null check (length(summary) between 10 and 300),
  description text not null check (length(description) between 10 and 5000),
  -- draft: seen by its producer alone. open: in the public catalogue. closed: no longer served.
  state text not null default 'draft' check (state in ('draft', 'open', 'closed')),
  -- public data ask for no accreditation; the others do.
  sensitivity text not null check (sensitivity in ('public', 'internal', 'personal', 'sensitive')),
  -- The text of law that a requester must be able to name, in words; null where none is required.
  legal_basis_required text check (length(legal_basis_required) between 3 and 500),
  contact_email text not null check (length(contact_email) between 3 and 254),
  -- Where the person or company concerned stands in a request: 'query', 'path' (a name of the OpenAPI path) or 'header',
  -- with its name (a person is named by several, in the order of the pivot identity, separated by commas); null where
  -- requests concern nobody in particular.
  subject_in text check (subject_in in ('query', 'path', 'header')),
  subject_name text check (length(subject_name) between 1 and 200),
  -- What the subject is: a person's identifier, or a company's SIREN.
  subject_kind text check (subject_kind in ('person', 'company')),
  -- Requests per minute that one accreditation may make unless it says otherwise; the sandbox's quota is fixed.
  default_quota_per_minute integer not null default 600 check (default_quota_per_minute between 1 and 600000),
  -- The resource of the hub (RFC 8707) for which access tokens are issued.
  resource_id uuid references identity.resources,
  -- Its identifier there; both are set when the API is opened for the first time.
  resource text check (length(resource) between 8 and 300),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  search_text text not null,
  check ((subject_in is null) = (subject_name is null)),
  check ((subject_in is null) = (subject_kind is null)),
  check ((resource_id is null) = (resource is null))
);
create index apis_by_name on exchange.apis (search_text, id);
create index apis_by_producer on exchange.apis (producer_id, search_text, id);
create index apis_by_state on exchange.apis (state, search_text, id);

-- Versions; requests name one as the second segment of their path (`/quotient-familial/v1/...`).
create table exchange.api_versions (
  id uuid primary key default gen_random_uuid(),
  api_id uuid not null references exchange.apis,
  name text not null check (name ~ '^v[1-9][0-9]{0,2}$'),
  state text not null default 'current' check (state in ('current', 'deprecated', 'retired')),
  -- The day after which it is no longer served (RFC 8594, Sunset); null: not decided.
  ends_on date,
  -- The OpenAPI document as it was given, at most 2 MB, in the order in which it was written; and where it was fetched.
  openapi json not null,
  openapi_source text,
  -- Recorded examples that the sandbox serves: [{method, path, status, body}].
  sandbox_examples json not null default '[]',
  -- The score of the technical doctrine, 0 to 100, and its findings [{rule, severity, path, message: {fr, en}}].
  doctrine_score smallint check (doctrine_score between 0 and 100),
  doctrine_findings jsonb not null default '[]',
  doctrine_checked_at timestamptz,
  -- Where the gateway forwards to, and how.
  upstream_url text,
  upstream_timeout_ms integer not null default 10000 check (upstream_timeout_ms between 100 and 60000),
  -- The producer allows several GETs at once on one connection (RFC 9112, 9.3.2).
  upstream_pipelining boolean not null default false,
  -- none, or signatures (RFC 9421) with the gateway's key, or a client certificate.
  upstream_proof text not null default 'none' check (upstream_proof in ('none', 'signature', 'mtls')),
  -- Sealed: {privateKeyPem, certificatePem?, keyId?}.
  upstream_secret bytea,
  created_at timestamptz not null,
  unique (api_id, name)
);

-- Scopes; a scope lets out the fields that its JSON Pointer patterns name (`/foyer/quotient`, `/enfants/*/prenom`).
create table exchange.api_scopes (
  id uuid primary key default gen_random_uuid(),
  api_id uuid not null references exchange.apis,
  name text not null check (name ~ '^[a-z][a-z0-9_.:-]{1,79}$'),
  title text not null check (length(title) between 3 and 200),
  fields text[] not null check (cardinality(fields) between 1 and 200),
  is_sensitive boolean not null default false,
  unique (api_id, name)
);

-- Availability as the gateways and the watch measured it, per day.
create table exchange.api_days (
  api_id uuid not null references exchange.apis,
  day date not null,
  checks integer not null default 0,
  checks_up integer not null default 0,
  calls integer not null default 0,
  calls_failed integer not null default 0,
  primary key (api_id, day)
);
