-- Requests (what an applicant asks) and accreditations (what was granted, a snapshot): two words for two things.
create schema if not exists exchange;

create table exchange.requests (
  id uuid primary key default gen_random_uuid(),
  -- The number that people quote, from 1.
  number bigint generated always as identity unique,
  template text not null check (length(template) between 2 and 60),
  organisation_id uuid not null references identity.organisations,
  -- Null while an instructor's draft waits to be claimed.
  applicant_id uuid references identity.people,
  -- A draft that an instructor prepared: whose address may claim it, with the hash (SHA-256) of the link's token.
  claimable_by_email text check (length(claimable_by_email) between 3 and 254),
  claim_token_hash bytea unique,
  claim_expires_at timestamptz,
  state text not null default 'draft' check (state in
    ('draft', 'submitted', 'changes-requested', 'validated', 'refused', 'archived', 'revoked')),
  -- A validated request under change is reopened: its fields are a draft again while the accreditation stays in force.
  reopened_at timestamptz,
  -- sandbox, then production.
  stage text not null default 'production' check (stage in ('sandbox', 'production')),
  -- The fields of the form as they stand (see request-form.rules.ts), and their version for lost updates.
  form jsonb not null default '{}',
  version integer not null default 1,
  copied_from uuid references exchange.requests,
  -- A transfer to another organisation waits for an instructor.
  transfer_organisation_id uuid references identity.organisations,
  transfer_person_id uuid references identity.people,
  transfer_asked_at timestamptz,
  -- The last submission, and the last decision.
  submitted_at timestamptz,
  decided_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  search_text text not null,
  check ((transfer_organisation_id is null) = (transfer_asked_at is null)),
  check ((transfer_organisation_id is null) = (transfer_person_id is null))
);
create index requests_by_state on exchange.requests (state, changed_at desc, id);
create index requests_by_change on exchange.requests (changed_at desc, id);
create index requests_by_organisation on exchange.requests (organisation_id, changed_at desc, id);
create index requests_by_applicant on exchange.requests (applicant_id, changed_at desc, id);
create index requests_waiting on exchange.requests (submitted_at, id) where state = 'submitted';
create index requests_decided on exchange.requests (decided_at desc, id) where decided_at is not null;

-- What a request asks for: scopes of APIs.
create table exchange.request_scopes (
  request_id uuid not null references exchange.requests on delete cascade,
  api_id uuid not null references exchange.apis,
  scope_id uuid not null references exchange.api_scopes,
  primary key (request_id, scope_id)
);
create index request_scopes_by_api on exchange.request_scopes (api_id, request_id);
create index request_scopes_by_scope on exchange.request_scopes (scope_id);

-- All that happened to a request (see REQUEST_EVENTS of requests.types.ts). A message's text is here too.
create table exchange.request_events (
  id bigint generated always as identity primary key,
  request_id uuid not null references exchange.requests,
  kind text not null,
  by_person uuid references identity.people,
  at timestamptz not null,
  -- What the applicant or the instructor wrote, or why.
  text text check (length(text) <= 10000),
  -- Of a submission, the form as it was submitted; of a decision, its processing times.
  data jsonb not null default '{}'
);
create index request_events_by_request on exchange.request_events (request_id, id);
create index request_events_decided on exchange.request_events (at) where kind in ('validate', 'refuse');

-- A snapshot taken at validation. One request yields several over time; one at most is active.
create table exchange.accreditations (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  request_id uuid not null references exchange.requests,
  organisation_id uuid not null references identity.organisations,
  template text not null,
  stage text not null check (stage in ('sandbox', 'production')),
  state text not null default 'active' check (state in ('active', 'obsolete', 'revoked', 'expired')),
  -- What calls say that they are for: one short sentence, recorded with each call.
  purpose text not null check (length(purpose) between 3 and 300),
  legal_basis text,
  -- The whole form as it was validated.
  form jsonb not null,
  -- Declared volume: calls per day at most, and the hours (0 to 23, the State's time zone) in which they are made.
  declared_calls_per_day integer check (declared_calls_per_day > 0),
  declared_from_hour smallint not null default 0 check (declared_from_hour between 0 and 23),
  declared_to_hour smallint not null default 23 check (declared_to_hour between 0 and 23),
  quota_per_minute integer check (quota_per_minute > 0),
  valid_from timestamptz not null,
  -- Null: without end.
  valid_until timestamptz,
  decided_by uuid references identity.people,
  ended_at timestamptz,
  end_reason text check (length(end_reason) <= 2000),
  -- How many days before the end the last reminder was sent: 60, then 15.
  reminded_days smallint,
  check ((state = 'active') = (ended_at is null))
);
create unique index accreditations_active on exchange.accreditations (request_id) where state = 'active';
create index accreditations_by_request on exchange.accreditations (request_id, valid_from desc);
create index accreditations_by_time on exchange.accreditations (valid_from desc, id);
create index accreditations_by_organisation on exchange.accreditations (organisation_id, valid_from desc, id);
create index accreditations_by_state on exchange.accreditations (state, valid_from desc, id);
create index accreditations_ending on exchange.accreditations (valid_until) where state = 'active';

-- What an accreditation grants: scopes of APIs. A scope may be lowered (withdrawn) without revoking the whole.
create table exchange.grants (
  accreditation_id uuid not null references exchange.accreditations,
  api_id uuid not null references exchange.apis,
  scope_id uuid not null references exchange.api_scopes,
  withdrawn_at timestamptz,
  withdrawal_reason text check (length(withdrawal_reason) <= 2000),
  primary key (accreditation_id, scope_id)
);
create index grants_by_api on exchange.grants (api_id, accreditation_id);

-- The machine services (client ids of the hub) that call under an accreditation.
create table exchange.accreditation_clients (
  accreditation_id uuid not null references exchange.accreditations,
  client_id text not null references identity.services (client_id),
  added_at timestamptz not null,
  primary key (accreditation_id, client_id)
);
create index accreditation_clients_by_client on exchange.accreditation_clients (client_id);

-- Clients whose every call is refused, whatever they hold, until they are restored: a resumption in the hub is not enough.
create table exchange.revoked_clients (
  client_id text primary key references identity.services (client_id),
  reason text not null check (length(reason) between 3 and 2000),
  revoked_by uuid references identity.people,
  -- By whom it may be restored: its organisation may lift its own revocation, never the distributor's.
  revoked_as text not null check (revoked_as in ('consumer', 'distributor')),
  revoked_at timestamptz not null
);

-- What happened to an accreditation, for its page; the ledger holds the same for proof.
create table exchange.accreditation_events (
  id bigint generated always as identity primary key,
  accreditation_id uuid not null references exchange.accreditations,
  kind text not null,
  at timestamptz not null,
  by_person uuid references identity.people,
  -- A scope's name, a client id, a reason.
  data jsonb not null default '{}'
);
create index accreditation_events_by_accreditation on exchange.accreditation_events (accreditation_id, id desc);
create index accreditation_events_by_time on exchange.accreditation_events (at desc, id desc);

-- Webhooks of an organisation on its requests; the secret is sealed (deliveries are signed with HMAC-SHA-256).
create table exchange.webhooks (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references identity.organisations,
  url text not null check (length(url) between 10 and 500),
  sealed_secret bytea not null,
  -- While one secret replaces the other, messages are signed with both until this moment.
  sealed_secret_before bytea,
  secret_before_until timestamptz,
  is_enabled boolean not null default true,
  created_at timestamptz not null,
  check ((sealed_secret_before is null) = (secret_before_until is null))
);
create index webhooks_by_organisation on exchange.webhooks (organisation_id, created_at);
create table exchange.webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references exchange.webhooks on delete cascade,
  event text not null,
  payload jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given-up')),
  attempts smallint not null default 0,
  next_attempt_at timestamptz not null,
  last_status smallint,
  last_error text,
  created_at timestamptz not null,
  delivered_at timestamptz
);
create index webhook_deliveries_waiting on exchange.webhook_deliveries (next_attempt_at) where state = 'waiting';
create index webhook_deliveries_by_webhook on exchange.webhook_deliveries (webhook_id, created_at desc, id);
create index webhook_deliveries_old on exchange.webhook_deliveries (created_at) where state <> 'waiting';

-- The active accreditations as open data: an edition a month, frozen, in pieces so that none is held in memory whole.
create table exchange.open_data_editions (
  -- YYYY-MM.
  month text primary key check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  frozen_at timestamptz not null,
  accreditations integer not null check (accreditations >= 0)
);
create table exchange.open_data_files (
  month text not null references exchange.open_data_editions,
  format text not null check (format in ('csv', 'json')),
  bytes bigint not null,
  sha256 bytea not null check (length(sha256) = 32),
  primary key (month, format)
);
create table exchange.open_data_pieces (
  month text not null references exchange.open_data_editions,
  format text not null check (format in ('csv', 'json')),
  place integer not null,
  content bytea not null,
  primary key (month, format, place)
);
