-- What people ask or contest about an access to their data.
create schema if not exists exchange;

create table exchange.questions (
  id uuid primary key default gen_random_uuid(),
  -- The number that people quote, from 1.
  number bigint generated always as identity unique,
  -- The record that it is about. It may be erased by rule before the question is, so what names it stands here as well.
  at timestamptz not null,
  log text not null,
  index bigint not null,
  api_id uuid not null references exchange.apis,
  producer_id uuid not null references identity.organisations,
  -- The consumer, as the record named it; null where the call had none.
  organisation_id uuid references identity.organisations,
  purpose text,
  kind text not null check (kind in ('question', 'contest')),
  text text not null check (length(text) between 3 and 4000),
  asked_by uuid not null references identity.people,
  asked_at timestamptz not null,
  -- A month later (GDPR, article 12(3)).
  due_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid references identity.people,
  answer text check (length(answer) between 3 and 4000),
  check ((answered_at is null) = (answer is null)),
  check ((answered_at is null) = (answered_by is null))
);
create index questions_by_person on exchange.questions (asked_by, asked_at desc, id);
create index questions_by_producer on exchange.questions (producer_id, asked_at desc, id);
create index questions_by_consumer on exchange.questions (organisation_id, asked_at desc, id);
create index questions_waiting on exchange.questions (producer_id, due_at, id) where answered_at is null;
-- Of one access a person asks one thing at a time.
create unique index questions_one_at_a_time on exchange.questions (asked_by, log, index) where answered_at is null;

-- A consumer's own usage (table of 004-stops.sql).
create index access_hours_by_organisation on exchange.access_hours (organisation_id, hour);
