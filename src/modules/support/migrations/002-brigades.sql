-- Digital brigades: requests for help, the brigade's people, missions with their days, deliverables and feedback.

create table support.requests (
  id uuid primary key default gen_random_uuid(),
  -- The number that people quote.
  number bigint generated always as identity unique,
  organisation_id uuid not null references identity.organisations,
  requester_id uuid not null references identity.people,
  title text not null check (length(title) between 5 and 150),
  problem text not null check (length(problem) between 20 and 4000),
  -- The product or project that it is about.
  subject text not null check (length(subject) between 2 and 200),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  -- A success contract of the impact module; a mission cannot start without a signed one.
  contract_id uuid references impact.contracts,
  state text not null check (state in
    ('submitted', 'examined', 'proposed', 'accepted', 'under-way', 'ended', 'refused', 'withdrawn')),
  -- Grows with each change: whoever writes names the one that they read.
  version integer not null default 1,
  submitted_at timestamptz not null,
  changed_at timestamptz not null
);
create index requests_by_change on support.requests (changed_at desc, id desc);
create index requests_by_organisation on support.requests (organisation_id, changed_at desc, id desc);
create index requests_by_state on support.requests (state, submitted_at, id);

create table support.request_needs (
  request_id uuid not null references support.requests,
  expertise text not null check (expertise in ('accessibility', 'cloud', 'ux', 'devops', 'eco-design', 'security',
    'data', 'product', 'agile-coaching')),
  days numeric(5, 1) not null check (days between 0.5 and 400),
  primary key (request_id, expertise)
);

create table support.request_steps (
  id bigint generated always as identity primary key,
  request_id uuid not null references support.requests,
  step text not null,
  at timestamptz not null,
  person_id uuid references identity.people,
  -- The reason of a refusal, of a declined team.
  text text check (length(text) <= 4000)
);
create index request_steps_by_request on support.request_steps (request_id, id);

create table support.brigade_people (
  person_id uuid primary key references identity.people,
  days_per_week numeric(2, 1) not null check (days_per_week between 0.5 and 5),
  added_at timestamptz not null,
  -- From this moment on nobody proposes the person; past missions keep them.
  left_at timestamptz
);

create table support.brigade_skills (
  person_id uuid not null references support.brigade_people,
  expertise text not null,
  -- 1 contributes, 2 autonomous, 3 refers to others.
  level smallint not null check (level between 1 and 3),
  primary key (person_id, expertise)
);

create table support.brigade_absences (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references support.brigade_people,
  first_day date not null,
  last_day date not null check (last_day >= first_day)
);
create index brigade_absences_by_person on support.brigade_absences (person_id, last_day);

-- The team proposed for a request; while it is proposed or accepted its days are kept free for it.
create table support.proposed_members (
  request_id uuid not null references support.requests,
  person_id uuid not null references support.brigade_people,
  expertise text not null,
  days numeric(5, 1) not null check (days >= 0.5),
  -- From when on the days are kept free: the wished start, or the day of the proposal where that is later.
  first_day date not null,
  -- Why this person: what the rule knew when it chose.
  why jsonb not null,
  primary key (request_id, person_id, expertise)
);
create index proposed_members_by_person on support.proposed_members (person_id);

create table support.missions (
  id uuid primary key default gen_random_uuid(),
  request_id uuid not null unique references support.requests,
  organisation_id uuid not null references identity.organisations,
  contract_id uuid not null references impact.contracts,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  state text not null check (state in ('under-way', 'ended')),
  started_at timestamptz not null,
  ended_at timestamptz,
  -- What the mission changed in what the contract measures, and where the verdict is.
  effect text check (length(effect) <= 4000),
  verdict_link text check (length(verdict_link) <= 500),
  mark smallint check (mark between 1 and 5),
  feedback text check (length(feedback) <= 4000),
  feedback_at timestamptz,
  feedback_by uuid references identity.people,
  check ((state = 'ended') = (ended_at is not null))
);
create index missions_by_start on support.missions (started_at desc, id desc);
create index missions_by_organisation on support.missions (organisation_id, started_at desc, id desc);
create index missions_by_contract on support.missions (contract_id);

create table support.mission_members (
  mission_id uuid not null references support.missions,
  person_id uuid not null references support.brigade_people,
  expertise text not null,
  days_planned numeric(5, 1) not null check (days_planned >= 0.5),
  primary key (mission_id, person_id, expertise)
);
create index mission_members_by_person on support.mission_members (person_id);

-- Days spent, entered by the member, one line a week.
create table support.mission_weeks (
  mission_id uuid not null references support.missions,
  person_id uuid not null references support.brigade_people,
  -- Its Monday.
  week date not null check (extract(isodow from week) = 1),
  days numeric(2, 1) not null check (days between 0.5 and 5),
  changed_at timestamptz not null,
  primary key (mission_id, person_id, week)
);
create index mission_weeks_by_person on support.mission_weeks (person_id, week);

create table support.deliverables (
  id uuid primary key default gen_random_uuid(),
  mission_id uuid not null references support.missions,
  title text not null check (length(title) between 3 and 150),
  link text not null check (length(link) between 8 and 500),
  handed_in_at timestamptz not null,
  handed_in_by uuid not null references identity.people,
  accepted_on date,
  accepted_by uuid references identity.people,
  check ((accepted_on is null) = (accepted_by is null))
);
create index deliverables_by_mission on support.deliverables (mission_id, handed_in_at, id);
