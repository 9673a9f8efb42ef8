-- The panorama of major projects: immutable editions, the identity of projects across them, and what the
-- directorate declared with each edition. Amounts are in millions of euros, durations in years.
create schema if not exists portfolio;

create sequence portfolio.edition_ids as bigint;

create table portfolio.editions (
  id bigint primary key,
  origin text not null check (origin in ('published', 'demonstration')),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  published_on date,
  shape text not null check (shape in ('table', 'panel')),
  source_name text not null check (length(source_name) <= 300),
  source_sha256 text not null check (source_sha256 ~ '^[0-9a-f]{64}$'),
  rows_sha256 text not null check (rows_sha256 ~ '^[0-9a-f]{64}$'),
  row_count integer not null check (row_count > 0),
  left_out jsonb not null default '[]',
  headers jsonb not null,
  imported_at timestamptz not null,
  imported_by jsonb not null,
  unique (origin, month)
);

-- The rows are written before their edition (whose counts and hash are known at the end of the file only),
-- so the reference is checked at commit.
create table portfolio.edition_rows (
  id bigint generated always as identity primary key,
  edition_id bigint not null references portfolio.editions (id) deferrable initially deferred,
  line integer not null,
  name text not null check (name <> ''),
  name_key text not null,
  ministry_short text,
  ministry text,
  interministerial boolean,
  description text,
  link text,
  started_on date,
  duration_years numeric(9, 6) check (duration_years between 0 and 100),
  phase text check (phase in ('scoping', 'build', 'pilot', 'rollout', 'finished')),
  cost_meur numeric(14, 6) check (cost_meur >= 0),
  band text check (band in ('under-5', '5-9', '9-20', '20-100', 'over-100')),
  zone text,
  programmes text,
  programme_link text,
  published_on date,
  notes jsonb not null default '[]',
  search text not null,
  -- The cells as they stood in the file; null stands for a cell that is the description.
  raw jsonb not null
);
-- Long texts are kept as they are: compressing each would take half of an import's time.
alter table portfolio.edition_rows
  alter column description set storage external,
  alter column search set storage external,
  alter column raw set storage external;
create index edition_rows_by_edition on portfolio.edition_rows (edition_id, name_key collate "C", id);

create table portfolio.projects (
  id text primary key check (id ~ '^p-[0-9a-z]{8}$'),
  slug text not null unique,
  origin text not null check (origin in ('published', 'demonstration')),
  -- The project that this one was found to be; null for a project that stands by itself.
  merged_into text references portfolio.projects (id),
  founded_month text not null,
  created_at timestamptz not null,
  check (merged_into <> id)
);
create index projects_merged on portfolio.projects (merged_into) where merged_into is not null;

-- Which project a row is. `member_id` never changes; `project_id` is where its merges lead, so that a split is exact.
create table portfolio.row_identity (
  row_id bigint primary key references portfolio.edition_rows (id),
  edition_id bigint not null,
  month text not null,
  member_id text not null references portfolio.projects (id),
  project_id text not null references portfolio.projects (id),
  link text not null check (link in ('founded', 'exact')),
  unique (edition_id, project_id)
);
create index row_identity_by_project on portfolio.row_identity (project_id, month);
create index row_identity_by_member on portfolio.row_identity (member_id);

create table portfolio.match_proposals (
  id bigint generated always as identity primary key,
  origin text not null,
  row_id bigint not null references portfolio.edition_rows (id),
  member_id text not null references portfolio.projects (id),
  candidate_id text not null references portfolio.projects (id),
  candidate_row_id bigint not null references portfolio.edition_rows (id),
  member_key text not null,
  candidate_key text not null,
  score numeric(5, 4) not null check (score between 0 and 1),
  features jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'accepted', 'rejected')),
  created_at timestamptz not null,
  unique (member_id, candidate_id)
);
create index match_proposals_waiting on portfolio.match_proposals (origin, score desc, id) where status = 'waiting';
create index match_proposals_by_candidate on portfolio.match_proposals (candidate_id);
create unique index match_proposals_one_accepted on portfolio.match_proposals (member_id) where status = 'accepted';

create table portfolio.match_decisions (
  id bigint generated always as identity primary key,
  proposal_id bigint not null references portfolio.match_proposals (id),
  decision text not null check (decision in ('accepted', 'rejected', 'undone')),
  decided_at timestamptz not null,
  decided_by jsonb not null,
  ledger_entry text not null
);
create index match_decisions_by_proposal on portfolio.match_decisions (proposal_id, id);

-- Headline figures as the directorate published them with an edition: declared, never computed here.
create table portfolio.declared_figures (
  origin text not null check (origin in ('published', 'demonstration')),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  projects integer check (projects >= 0),
  total_meur numeric(14, 6) check (total_meur >= 0),
  mean_duration_years numeric(9, 6),
  mean_schedule_gap numeric(9, 6),
  mean_budget_gap numeric(9, 6),
  source_name text not null,
  source_sha256 text not null,
  imported_at timestamptz not null,
  primary key (origin, month)
);

-- A file sent through the web page, in pieces of at most 1 MiB, kept until its import has run.
create table portfolio.uploads (
  id uuid primary key,
  file_name text not null check (length(file_name) <= 300),
  uploaded_by text not null,
  uploaded_at timestamptz not null
);

create table portfolio.upload_pieces (
  upload_id uuid not null references portfolio.uploads (id) on delete cascade,
  position integer not null check (position between 0 and 199),
  content bytea not null check (octet_length(content) between 1 and 1048576),
  primary key (upload_id, position)
);
alter table portfolio.upload_pieces alter column content set storage external;

create function portfolio.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'portfolio.% is a snapshot: rows are added, never changed or removed', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

create trigger editions_immutable before update or delete or truncate on portfolio.editions
  for each statement execute function portfolio.refuse_change();
create trigger edition_rows_immutable before update or delete or truncate on portfolio.edition_rows
  for each statement execute function portfolio.refuse_change();
create trigger declared_figures_immutable before update or delete or truncate on portfolio.declared_figures
  for each statement execute function portfolio.refuse_change();
create trigger match_decisions_immutable before update or delete or truncate on portfolio.match_decisions
  for each statement execute function portfolio.refuse_change();
