-- The register of recommendations: from opinions, audits and conferences to what came of each. Steps are never rewritten.
create table portfolio.recommendations (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  file_id uuid not null references portfolio.project_files,
  source_kind text not null check (source_kind in ('opinion', 'audit', 'conference')),
  source_id uuid not null,
  text text not null check (length(text) between 1 and 4000),
  owner_id uuid not null references identity.people,
  due_on date not null,
  state text not null default 'issued' check (state in
    ('issued', 'accepted', 'refused', 'planned', 'evidenced', 'implemented', 'not-implemented')),
  -- What the ministry plans: it does not move the due day.
  planned_on date,
  planned_by uuid references identity.people,
  evidenced_by uuid references identity.people,
  -- The last level of escalation that was told: 0 is none.
  escalated smallint not null default 0 check (escalated between 0 and 4),
  version integer not null default 1,
  issued_at timestamptz not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  -- The project's forecasts when it was issued and after it was closed; null where there was none.
  forecast_before_id uuid references portfolio.forecasts,
  forecast_after_id uuid references portfolio.forecasts,
  check ((state in ('refused', 'implemented', 'not-implemented')) = (closed_at is not null)),
  check (state not in ('planned') or (planned_on is not null and planned_by is not null))
);
create index recommendations_by_file on portfolio.recommendations (file_id, number desc);
create index recommendations_by_source on portfolio.recommendations (source_id);
create index recommendations_open_by_owner on portfolio.recommendations (owner_id, due_on)
  where state in ('issued', 'accepted', 'planned', 'evidenced');
create index recommendations_open_by_due on portfolio.recommendations (due_on, id)
  where state in ('issued', 'accepted', 'planned');

create table portfolio.recommendation_steps (
  id bigint generated always as identity primary key,
  recommendation_id uuid not null references portfolio.recommendations,
  step text not null check (step in ('issue', 'accept', 'refuse', 'plan', 'give-evidence', 'send-back', 'hand-over',
    'close-implemented', 'close-not-implemented', 'escalate')),
  at timestamptz not null,
  actor jsonb not null,
  text text check (length(text) <= 4000),
  -- Of an escalation {level}, of a plan {plannedOn}.
  details jsonb not null default '{}'
);
create index recommendation_steps_by_recommendation on portfolio.recommendation_steps (recommendation_id, id);
create unique index recommendation_escalations on portfolio.recommendation_steps (recommendation_id, (details->>'level'))
  where step = 'escalate';
create trigger recommendation_steps_immutable before update or delete or truncate on portfolio.recommendation_steps
  for each statement execute function portfolio.refuse_change();
