-- Sources of measures: where they are read, pushed or filed from, and what came of the last runs of each.
create table impact.sources (
  id uuid primary key,
  indicator_id uuid not null references impact.indicators (id),
  kind text not null check (kind in ('module', 'address', 'push', 'file')),
  settings jsonb not null,
  state text not null default 'active' check (state in ('active', 'paused')),
  token_hash bytea unique,
  etag text,
  failures integer not null default 0,
  last_run_at timestamptz,
  next_run_at timestamptz,
  created_at timestamptz not null
);
create index sources_of_indicator on impact.sources (indicator_id, id);
create index sources_due on impact.sources (next_run_at) where state = 'active' and next_run_at is not null;

create table impact.source_runs (
  id bigint generated always as identity primary key,
  source_id uuid not null references impact.sources (id) on delete cascade,
  at timestamptz not null,
  outcome text not null,
  status integer,
  taken integer not null,
  unchanged integer not null,
  corrected integer not null,
  refused integer not null,
  detail text not null
);
create index source_runs_of_source on impact.source_runs (source_id, id desc);
