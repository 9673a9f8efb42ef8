-- Ministerial digital conferences: agenda, sheets that the ministry prepares, what the session said, minutes once closed.
create table portfolio.conferences (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  organisation_id uuid not null references identity.organisations,
  -- The Budget directorate, with which it is held; null where none is set.
  budget_organisation_id uuid references identity.organisations,
  held_on date not null,
  -- drafted: the agenda is being made; prepared: the ministry has handed in its sheets; closed: the minutes are frozen.
  state text not null default 'drafted' check (state in ('drafted', 'prepared', 'closed')),
  -- Who took part, a line each, and what is not about one project.
  participants text not null default '' check (length(participants) <= 4000),
  summary text not null default '' check (length(summary) <= 8000),
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  prepared_at timestamptz,
  closed_at timestamptz,
  check ((state = 'closed') = (closed_at is not null))
);
create index conferences_by_day on portfolio.conferences (held_on desc, id);
create index conferences_by_organisation on portfolio.conferences (organisation_id, held_on desc);
create index conferences_by_budget on portfolio.conferences (budget_organisation_id) where budget_organisation_id is not null;

-- A project on the agenda, with the sheet that the ministry prepares and what the session said of it.
create table portfolio.conference_items (
  id uuid primary key default gen_random_uuid(),
  conference_id uuid not null references portfolio.conferences on delete cascade,
  file_id uuid not null references portfolio.project_files,
  position integer not null check (position between 1 and 200),
  -- Why it was proposed: {kind: difficulty|overdue|cost|added, ...}.
  why jsonb not null,
  -- What Socle held of it when the ministry handed the sheet in; null before.
  sheet jsonb,
  comment text not null default '' check (length(comment) <= 8000),
  conclusions text not null default '' check (length(conclusions) <= 8000),
  decision text check (decision in ('support', 'audit', 'reorientation', 'stop', 'accepted-risk')),
  decision_reason text not null default '' check (length(decision_reason) <= 4000),
  decision_until date,
  unique (conference_id, file_id),
  unique (conference_id, position) deferrable initially deferred
);
create index conference_items_by_file on portfolio.conference_items (file_id);

create table portfolio.conference_minutes (
  conference_id uuid primary key references portfolio.conferences,
  content bytea not null check (octet_length(content) between 1 and 20000000),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  closed_at timestamptz not null,
  actor jsonb not null,
  ledger_entry uuid not null
);
alter table portfolio.conference_minutes alter column content set storage external;
create trigger conference_minutes_immutable before update or delete or truncate on portfolio.conference_minutes
  for each statement execute function portfolio.refuse_change();
