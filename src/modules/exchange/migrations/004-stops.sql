-- Stops: a flow closed by its producer or the distributor, narrowed by what is not null. And what the producer's room
-- counts: calls per hour, anomalies.
create schema if not exists exchange;

create table exchange.stops (
  id uuid primary key default gen_random_uuid(),
  api_id uuid not null references exchange.apis,
  producer_id uuid not null references identity.organisations,
  -- A consumer organisation, one accreditation, one scope; all null: the whole API.
  organisation_id uuid references identity.organisations,
  accreditation_id uuid references exchange.accreditations,
  scope_id uuid references exchange.api_scopes,
  reason text not null check (length(reason) between 3 and 2000),
  -- In whose name: who resumes it acts in the same one.
  ordered_as text not null check (ordered_as in ('producer', 'distributor')),
  ordered_by uuid references identity.people,
  ordered_at timestamptz not null,
  -- Null: until it is resumed by hand.
  ends_at timestamptz,
  resumed_at timestamptz,
  resumed_by uuid references identity.people,
  resume_reason text check (length(resume_reason) between 3 and 2000),
  -- The versions of the policy that brought it to the gateways and took it away; null within the order's own transaction.
  policy_version bigint,
  resume_policy_version bigint,
  -- The entry of the ledger.
  ledger_id uuid,
  check (num_nonnulls(organisation_id, accreditation_id) <= 1),
  check (ends_at is null or ends_at > ordered_at)
);
-- A flow is stopped once: a second order of the same would leave it stopped after the first is resumed.
create unique index stops_once on exchange.stops (api_id, organisation_id, accreditation_id, scope_id)
  nulls not distinct where resumed_at is null;
create index stops_by_api on exchange.stops (api_id, ordered_at desc, id);
create index stops_by_producer on exchange.stops (producer_id, ordered_at desc, id);
create index stops_by_time on exchange.stops (ordered_at desc, id);
create index stops_by_end on exchange.stops (ends_at) where resumed_at is null;

-- When each gateway said that its policy holds a stop.
create table exchange.stop_applications (
  stop_id uuid not null references exchange.stops,
  gateway text not null,
  applied_at timestamptz not null,
  -- False: a later version of the policy came before it could say so, and this is when it applied that one.
  is_exact boolean not null,
  primary key (stop_id, gateway)
);

-- What was told of a stop, once each: its order, and that it is over.
create table exchange.stop_notices (
  stop_id uuid not null references exchange.stops,
  news text not null check (news in ('ordered', 'over')),
  told_at timestamptz not null,
  primary key (stop_id, news)
);

-- Calls per hour, counted in the very statement that puts records in: what rooms show of millions of records.
create table exchange.access_hours (
  producer_id uuid not null,
  api_id uuid not null,
  -- Null where no accreditation was asked or accepted.
  accreditation_id uuid,
  organisation_id uuid,
  environment text not null check (environment in ('sandbox', 'production')),
  -- Its beginning, UTC.
  hour timestamptz not null,
  allowed bigint not null,
  denied bigint not null,
  last_at timestamptz not null,
  -- How many different people or companies its calls concerned, once the hour is over and it was measured.
  subjects integer
);
create unique index access_hours_once on exchange.access_hours
  (api_id, accreditation_id, organisation_id, environment, hour, producer_id) nulls not distinct;
create index access_hours_by_producer on exchange.access_hours (producer_id, hour);
create index access_hours_by_hour on exchange.access_hours (hour);

-- A consumer that departs from what it declared or from its habit: once a day for each API, accreditation and kind.
create table exchange.anomalies (
  id uuid primary key default gen_random_uuid(),
  producer_id uuid not null references identity.organisations,
  api_id uuid not null references exchange.apis,
  accreditation_id uuid not null references exchange.accreditations,
  organisation_id uuid not null references identity.organisations,
  kind text not null check (kind in ('volume', 'hours', 'denied', 'enumeration')),
  -- The State's day.
  day date not null,
  found_at timestamptz not null,
  -- What was counted, and what was expected.
  observed bigint not null,
  expected bigint not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid references identity.people,
  note text check (length(note) between 3 and 2000),
  unique (api_id, accreditation_id, kind, day)
);
create index anomalies_by_producer on exchange.anomalies (producer_id, found_at desc, id);
create index anomalies_by_time on exchange.anomalies (found_at desc, id);
create index anomalies_waiting on exchange.anomalies (producer_id, found_at desc) where acknowledged_at is null;
