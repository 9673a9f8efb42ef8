-- Runs of jobs: who asked, how far, what came of it. pg-boss keeps its own queue in the schema pgboss.
create schema if not exists jobs;

create table jobs.runs (
  id uuid primary key,
  name text not null,
  requested_by text,
  state text not null check (state in ('queued', 'running', 'succeeded', 'refused', 'failed')),
  -- Each start of the work raises it; a process that lost its claim saves under an old number, which does nothing.
  starts integer not null default 0,
  faults integer not null default 0,
  stops integer not null default 0,
  done bigint not null default 0,
  total bigint,
  result jsonb,
  error_code text,
  error_fr text,
  error_en text,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  check ((state in ('succeeded', 'refused', 'failed')) = (finished_at is not null)),
  check ((state in ('refused', 'failed')) = (error_code is not null))
);

create index runs_of_a_person on jobs.runs (requested_by, requested_at desc, id desc);
create index runs_newest on jobs.runs (requested_at desc, id desc);
create index runs_finished on jobs.runs (finished_at) where finished_at is not null;
create index runs_by_state on jobs.runs (state);
