-- Records of calls, as the gateways' logs hold them. What stays for proofs (hashes) is apart from what is erased by rule.
create schema if not exists exchange;

create table exchange.access_records (
  -- When the gateway recorded it: the partition. Log and index are the identity.
  at timestamptz not null,
  log text not null,
  index bigint not null,
  -- Null where the request named no API: the entry belongs to the gateway alone.
  producer_id uuid,
  -- Place among the producer's entries of this log, from 0, and hash of the one before it.
  producer_seq bigint not null,
  api_id uuid,
  api_version text,
  accreditation_id uuid,
  organisation_id uuid,
  client_id text,
  purpose text,
  scopes text[] not null default '{}',
  -- Keyed hash of the person or company concerned; never the identifier itself.
  subject_hash bytea,
  fields_hash bytea,
  -- Pointer patterns that left, as the log's dictionary of field sets names them.
  fields text[] not null default '{}',
  -- allowed, or the stable code of the refusal.
  verdict text not null,
  status smallint not null,
  policy_version bigint not null,
  latency_us integer not null,
  trace_id text not null,
  environment text not null check (environment in ('sandbox', 'production')),
  -- The very bytes of the entry, over which its leaf's hash is taken (RFC 9162, 2.1.1); null once its content was erased.
  entry bytea,
  erased_at timestamptz,
  check ((entry is null) = (erased_at is not null)),
  primary key (log, index, at)
) partition by range (at);
create index access_records_by_api on exchange.access_records (api_id, at desc);
create index access_records_by_producer on exchange.access_records (producer_id, at desc);
create index access_records_by_organisation on exchange.access_records (organisation_id, at desc);
create index access_records_by_accreditation on exchange.access_records (accreditation_id, at desc);
create index access_records_by_subject on exchange.access_records (subject_hash, at desc) where subject_hash is not null;
create index access_records_by_chain on exchange.access_records (producer_id, log, producer_seq);
-- Refusals are few, and asked for by themselves.
create index access_records_denied on exchange.access_records (producer_id, at desc) where verdict <> 'allowed';

-- How far each log was taken over: written in the transaction of the records themselves, so that none is lost or doubled.
create table exchange.log_positions (
  log text primary key,
  -- Public key of the log (C2SP signed-note verifier key): another key is another log.
  verifier text not null,
  next_index bigint not null,
  taken_at timestamptz not null
);

-- Signed checkpoints of each log (C2SP tlog-checkpoint).
create table exchange.log_checkpoints (
  log text not null,
  size bigint not null,
  root bytea not null,
  at timestamptz not null,
  note text not null,
  primary key (log, size)
);
create index log_checkpoints_by_time on exchange.log_checkpoints (log, at desc);

-- Tiles of hashes (C2SP tlog-tiles): they outlive the records, so that proofs stay when what was recorded is erased.
create table exchange.log_tiles (
  log text not null,
  level smallint not null,
  index bigint not null,
  -- 1 to 256 hashes of 32 bytes: a partial tile grows until it is whole.
  hashes bytea not null check (length(hashes) between 32 and 8192),
  primary key (log, level, index)
);
-- Hashes do not compress.
alter table exchange.log_tiles alter column hashes set storage external;

-- Where the entries of each producer end in each log, as the gateway signed it last: what makes a slice verifiable.
create table exchange.log_heads (
  log text not null,
  -- Empty: entries that name no producer.
  producer text not null,
  -- Size of the log when it was signed, and how many entries of it are the producer's.
  size bigint not null,
  entries bigint not null,
  note text not null,
  primary key (log, producer)
);
