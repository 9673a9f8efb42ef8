-- The policy that gateways enforce, as entries that they read whole once and then by what changed (see policy.types.ts).
create schema if not exists exchange;

create table exchange.policy (
  id boolean primary key default true check (id),
  -- Grows by one with each transaction that changes the policy. Its row is locked by that transaction, so that versions
  -- become visible in their order.
  version bigint not null default 0
);
insert into exchange.policy default values;
create table exchange.policy_entries (
  kind text not null check (kind in ('keys', 'api', 'accreditation', 'client', 'stop')),
  id text not null,
  version bigint not null,
  -- Null: no longer there.
  body jsonb,
  primary key (kind, id)
);
create index policy_entries_by_version on exchange.policy_entries (version);

-- Gateways as they report themselves each second or so.
create table exchange.gateways (
  -- Its log's origin (C2SP tlog-checkpoint), such as socle.local/gateway/one.
  origin text primary key,
  -- Public key of its log (C2SP signed-note verifier key): another key is another log.
  verifier text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  policy_version bigint not null,
  -- When it applied that version.
  policy_applied_at timestamptz not null,
  log_size bigint not null
);
