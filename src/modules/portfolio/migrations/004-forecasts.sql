-- Forecasts of projects and dated judgements of the directorate, kept as they were made, and their scores once the
-- outcome is known. Amounts in cents incl. VAT; ratios of final to first approved; nothing is rewritten.
create table portfolio.forecasts (
  id uuid primary key default gen_random_uuid(),
  -- Tells which of two that were made at one moment came later.
  position bigint generated always as identity,
  project_file_id uuid not null references portfolio.project_files,
  made_at timestamptz not null,
  occasion text not null check (occasion in ('schedule', 'opinion', 'recommendation', 'decision')),
  -- What it was made for: the opinion, the recommendation; null for the schedule.
  occasion_id uuid,
  model text not null,
  -- Where the project stood, and what the class was made of.
  inputs jsonb not null,
  frame_cost_cents bigint not null check (frame_cost_cents > 0),
  frame_start_on date not null,
  frame_end_on date not null check (frame_end_on >= frame_start_on),
  -- Equally likely ratios of cost and of duration, ascending.
  quantiles jsonb not null,
  -- The fan by year, the sensitivity of the tail, what would change it.
  details jsonb not null,
  median_cost_cents bigint not null,
  p80_cost_cents bigint not null,
  median_end_on date not null,
  p80_end_on date not null,
  above25 numeric(5, 4) not null check (above25 between 0 and 1),
  above50 numeric(5, 4) not null check (above50 between 0 and 1)
);
create index forecasts_by_file on portfolio.forecasts (project_file_id, made_at desc, position desc);

create table portfolio.forecast_scores (
  forecast_id uuid primary key references portfolio.forecasts,
  scored_at timestamptz not null,
  outcome text not null check (outcome in ('finished', 'exited')),
  final_cost_cents bigint not null check (final_cost_cents > 0),
  final_end_on date not null,
  cost_ratio double precision not null check (cost_ratio > 0),
  duration_ratio double precision not null check (duration_ratio > 0),
  cost_crps double precision not null check (cost_crps >= 0),
  cost_pit double precision not null check (cost_pit between 0 and 1),
  cost_covered boolean not null,
  duration_crps double precision not null check (duration_crps >= 0),
  duration_pit double precision not null check (duration_pit between 0 and 1),
  duration_covered boolean not null
);

-- A judgement of the directorate as a probability: that the project ends within this cost and by this day.
create table portfolio.judgements (
  id uuid primary key default gen_random_uuid(),
  project_file_id uuid not null references portfolio.project_files,
  made_at timestamptz not null,
  kind text not null check (kind in ('opinion', 'audit', 'conference')),
  source_id uuid not null,
  probability numeric(5, 4) not null check (probability between 0 and 1),
  frame_cost_cents bigint not null check (frame_cost_cents > 0),
  frame_end_on date not null,
  actor jsonb not null,
  unique (kind, source_id)
);
create index judgements_by_file on portfolio.judgements (project_file_id, made_at desc);

create table portfolio.judgement_scores (
  judgement_id uuid primary key references portfolio.judgements,
  scored_at timestamptz not null,
  outcome text not null check (outcome in ('finished', 'exited')),
  came boolean not null
);

create trigger forecasts_immutable before update or delete or truncate on portfolio.forecasts
  for each statement execute function portfolio.refuse_change();
create trigger forecast_scores_immutable before update or delete or truncate on portfolio.forecast_scores
  for each statement execute function portfolio.refuse_change();
create trigger judgements_immutable before update or delete or truncate on portfolio.judgements
  for each statement execute function portfolio.refuse_change();
create trigger judgement_scores_immutable before update or delete or truncate on portfolio.judgement_scores
  for each statement execute function portfolio.refuse_change();
