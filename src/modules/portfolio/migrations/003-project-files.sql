-- Project files that ministries keep: facts, cost table, milestones, objectives, estimates, baselines and events.
-- Amounts are in cents, incl. VAT. Baselines that were decided, estimates and events are never rewritten.
create table portfolio.project_files (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references identity.organisations,
  project_id text unique references portfolio.projects (id),
  -- The file that this one was split from.
  parent_id uuid references portfolio.project_files,
  -- The file that this one went into; it is exited then.
  merged_into uuid references portfolio.project_files,
  owner_id uuid not null references identity.people,
  name text not null check (length(name) between 1 and 200),
  description text not null check (length(description) <= 5000),
  objectives text not null check (length(objectives) <= 5000),
  policy_priorities text[] not null default '{}',
  programmes text[] not null default '{}',
  internal_fte numeric(8, 2) not null check (internal_fte between 0 and 100000),
  outsourced_share numeric(5, 4) not null check (outsourced_share between 0 and 1),
  phase text not null check (phase in ('scoping', 'build', 'pilot', 'rollout', 'finished')),
  state text not null default 'draft' check (state in
    ('draft', 'submitted', 'running', 'suspended', 'finished', 'exited')),
  started_on date not null,
  planned_end_on date not null check (planned_end_on >= started_on),
  -- The sum of the cost table, kept with it in one transaction.
  full_cost_cents bigint not null default 0 check (full_cost_cents between 0 and 100000000000000),
  one_time_cents bigint not null default 0 check (one_time_cents >= 0),
  recurring_cents bigint not null default 0 check (recurring_cents >= 0),
  classified boolean not null default false,
  -- When its first baseline was frozen: from then on the public sees it, unless it is classified.
  first_baseline_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_news_at timestamptz not null,
  search_text text not null,
  check (full_cost_cents = one_time_cents + recurring_cents)
);
create index project_files_by_name on portfolio.project_files (search_text collate "C", id);
create index project_files_by_organisation on portfolio.project_files (organisation_id, search_text collate "C", id);
create index project_files_by_parent on portfolio.project_files (parent_id) where parent_id is not null;
create index project_files_without_news on portfolio.project_files (last_news_at)
  where state in ('submitted', 'running', 'suspended');
create index project_files_slipping on portfolio.project_files (first_baseline_at) where first_baseline_at is not null;

create table portfolio.file_costs (
  file_id uuid not null references portfolio.project_files on delete cascade,
  year smallint not null check (year between 2000 and 2100),
  activity text not null check (activity in ('data', 'cloud-hosting', 'other-hosting', 'operations', 'network',
    'administration', 'security', 'deployment', 'support', 'development', 'product', 'design', 'other')),
  resource text not null check (resource in ('staff', 'external-services', 'hardware', 'software', 'overheads', 'other')),
  nature text not null check (nature in ('one-time', 'recurring')),
  commitment_cents bigint not null check (commitment_cents >= 0),
  payment_cents bigint not null check (payment_cents >= 0),
  primary key (file_id, year, activity, resource, nature)
);

create table portfolio.file_milestones (
  id uuid primary key default gen_random_uuid(),
  file_id uuid not null references portfolio.project_files on delete cascade,
  title text not null check (length(title) between 1 and 200),
  planned_on date not null,
  reached_on date,
  weight numeric(8, 2) not null check (weight > 0),
  position integer not null
);
create index file_milestones_by_file on portfolio.file_milestones (file_id, position);

create table portfolio.file_objectives (
  id uuid primary key default gen_random_uuid(),
  file_id uuid not null references portfolio.project_files on delete cascade,
  indicator_id uuid not null references impact.indicators,
  contract_id uuid references impact.contracts,
  baseline_value numeric(20, 6) not null,
  target_value numeric(20, 6) not null,
  due_on date not null,
  unique (file_id, indicator_id)
);
create index file_objectives_by_indicator on portfolio.file_objectives (indicator_id);

-- What the ministry holds to be true of the project, each time with its why. The latest is what slippage is reckoned on.
create table portfolio.file_estimates (
  id bigint generated always as identity primary key,
  file_id uuid not null references portfolio.project_files,
  at timestamptz not null,
  cost_cents bigint not null check (cost_cents >= 0),
  end_on date not null,
  -- 1 is all of the first scope.
  scope_share numeric(5, 4) not null check (scope_share between 0 and 2),
  -- What was really paid so far; null where the ministry does not say.
  spent_cents bigint check (spent_cents >= 0),
  reason text not null check (length(reason) between 1 and 2000),
  author jsonb not null
);
create index file_estimates_by_file on portfolio.file_estimates (file_id, at desc, id desc);

create table portfolio.baselines (
  id uuid primary key default gen_random_uuid(),
  file_id uuid not null references portfolio.project_files,
  -- 1 is the first; null until it is approved.
  number integer check (number between 1 and 1000),
  cost_cents bigint not null check (cost_cents > 0),
  start_on date not null,
  end_on date not null check (end_on >= start_on),
  scope_share numeric(5, 4) not null check (scope_share between 0 and 2),
  scope_text text not null check (length(scope_text) <= 5000),
  -- Years and milestones as they stood: {years: [{year, oneTimeCents, recurringCents}], milestones: [{title, plannedOn, weight}]}.
  plan jsonb not null,
  reason text not null check (length(reason) between 1 and 2000),
  author jsonb not null,
  proposed_at timestamptz not null,
  state text not null check (state in ('proposed', 'approved', 'refused')),
  decided_by jsonb,
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) <= 2000),
  opinion_id uuid,
  unique (file_id, number),
  check ((state = 'proposed') = (decided_at is null)),
  check ((state = 'approved') = (number is not null))
);
create unique index one_baseline_proposed on portfolio.baselines (file_id) where state = 'proposed';
create index baselines_proposed on portfolio.baselines (proposed_at) where state = 'proposed';
create index baselines_decided on portfolio.baselines (decided_at desc) where state <> 'proposed';

create table portfolio.file_events (
  id bigint generated always as identity primary key,
  file_id uuid not null references portfolio.project_files,
  kind text not null check (kind in ('scope-cut', 'split', 'merge', 'suspension', 'resumption', 'exit', 'finish',
    'reorientation', 'support', 'stop')),
  happened_on date not null,
  recorded_at timestamptz not null,
  reason text not null check (length(reason) between 1 and 2000),
  in_difficulty boolean not null default false,
  -- Among them the last state of what left: {costCents, endOn, scopeShare, costShare, scheduleShare}.
  details jsonb not null default '{}',
  actor jsonb not null
);
create index file_events_by_file on portfolio.file_events (file_id, happened_on desc, id desc);

create trigger file_estimates_immutable before update or delete or truncate on portfolio.file_estimates
  for each statement execute function portfolio.refuse_change();
create trigger file_events_immutable before update or delete or truncate on portfolio.file_events
  for each statement execute function portfolio.refuse_change();

-- A proposed baseline is decided once; what it says never changes, decided or not.
create function portfolio.keep_baseline() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = 'proposed' and new.state <> 'proposed'
    and (to_jsonb(new) - '{state,number,decided_by,decided_at,decision_reason}'::text[])
      = (to_jsonb(old) - '{state,number,decided_by,decided_at,decision_reason}'::text[]) then
    return new;
  end if;
  raise exception 'portfolio.baselines: a baseline is decided once and never rewritten'
    using errcode = 'restrict_violation';
end
$$;
create trigger baselines_kept before update or delete on portfolio.baselines
  for each row execute function portfolio.keep_baseline();
create trigger baselines_not_truncated before truncate on portfolio.baselines
  for each statement execute function portfolio.refuse_change();
