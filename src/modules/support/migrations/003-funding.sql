-- Funding windows, what is applied for, how juries score it, and the money: whole euro cents, never a fraction.
create table support.windows (
  id uuid primary key default gen_random_uuid(),
  title text not null check (length(title) between 1 and 200),
  subject text not null check (length(subject) between 1 and 2000),
  state text not null default 'draft' check (state in ('draft', 'open', 'in-jury', 'ranked', 'awarded', 'closed')),
  opens_on date not null,
  closes_on date not null,
  jury_until date not null,
  budget_cents bigint not null check (budget_cents between 1 and 100000000000000),
  -- Awarded and not yet paid.
  committed_cents bigint not null default 0 check (committed_cents >= 0),
  -- Paid and not clawed back.
  paid_cents bigint not null default 0 check (paid_cents >= 0),
  left_cents bigint generated always as (budget_cents - committed_cents - paid_cents) stored check (left_cents >= 0),
  created_at timestamptz not null,
  check (opens_on <= closes_on and closes_on <= jury_until)
);
create index windows_by_opening on support.windows (opens_on desc, id desc);

create table support.window_criteria (
  window_id uuid not null references support.windows,
  position integer not null check (position between 0 and 9),
  title text not null check (length(title) between 1 and 200),
  weight integer not null check (weight between 1 and 100),
  primary key (window_id, position)
);

create table support.juries (
  id uuid primary key default gen_random_uuid(),
  window_id uuid not null references support.windows,
  name text not null check (length(name) between 1 and 200),
  unique (window_id, name)
);

create table support.jury_members (
  jury_id uuid not null references support.juries,
  person_id uuid not null references identity.people,
  primary key (jury_id, person_id)
);
create index jury_members_by_person on support.jury_members (person_id);

create table support.applications (
  id uuid primary key default gen_random_uuid(),
  window_id uuid not null references support.windows,
  jury_id uuid references support.juries,
  organisation_id uuid not null references identity.organisations,
  applicant_id uuid references identity.people,
  title text not null check (length(title) between 1 and 200),
  subject text not null check (length(subject) between 1 and 2000),
  -- What the doctrines know the subject by, such as portfolio/project/<id>.
  subject_ref text not null check (length(subject_ref) <= 120),
  change text not null check (length(change) <= 4000),
  plan text not null check (length(plan) <= 4000),
  contract_id uuid references impact.contracts,
  asked_cents bigint not null check (asked_cents between 1 and 100000000000000),
  state text not null default 'draft' check (state in
    ('draft', 'submitted', 'eligible', 'ineligible', 'scored', 'awarded', 'not-awarded', 'agreed', 'cancelled', 'closed')),
  reason text not null default '' check (length(reason) <= 2000),
  awarded_cents bigint not null default 0 check (awarded_cents >= 0),
  committed_cents bigint not null default 0 check (committed_cents >= 0),
  paid_cents bigint not null default 0 check (paid_cents >= 0),
  -- What it brought, told when it is closed.
  outcome text not null default '' check (length(outcome) <= 2000),
  created_at timestamptz not null,
  submitted_at timestamptz,
  check (committed_cents + paid_cents <= awarded_cents)
);
create index applications_by_window on support.applications (window_id, created_at desc, id desc);
create index applications_by_organisation on support.applications (organisation_id, created_at desc, id desc);
create index applications_by_creation on support.applications (created_at desc, id desc);
create index applications_by_jury on support.applications (jury_id);

create table support.conflicts (
  application_id uuid not null references support.applications,
  person_id uuid not null references identity.people,
  reason text not null check (length(reason) between 1 and 1000),
  declared_at timestamptz not null,
  primary key (application_id, person_id)
);

create table support.scores (
  application_id uuid not null references support.applications,
  person_id uuid not null references identity.people,
  position integer not null,
  points integer not null check (points between 0 and 5),
  comment text not null check (length(comment) <= 1000),
  scored_at timestamptz not null,
  primary key (application_id, person_id, position)
);

create table support.instalments (
  id uuid primary key default gen_random_uuid(),
  application_id uuid not null references support.applications,
  position integer not null,
  amount_cents bigint not null check (amount_cents > 0),
  condition text not null check (condition in ('milestone', 'verdict', 'measure')),
  -- What a measured indicator must reach, in its unit.
  threshold double precision check (threshold between -1e15 and 1e15),
  text text not null check (length(text) between 1 and 1000),
  due_on date not null,
  state text not null default 'waiting' check (state in ('waiting', 'evidenced', 'verified', 'paid', 'released')),
  evidence text not null default '' check (length(evidence) <= 2000),
  evidenced_by uuid references identity.people,
  verified_by uuid references identity.people,
  verified_at timestamptz,
  paid_at timestamptz,
  unique (application_id, position),
  check (state not in ('verified', 'paid') or verified_at is not null),
  check ((state = 'paid') = (paid_at is not null)),
  check ((condition = 'measure') = (threshold is not null))
);

-- Each movement of money, appended: their sums are the balances of the window and of its applications.
create table support.money_moves (
  id bigint generated always as identity primary key,
  window_id uuid not null references support.windows,
  application_id uuid not null references support.applications,
  kind text not null check (kind in ('awarded', 'paid', 'clawed-back', 'released')),
  committed_cents bigint not null,
  paid_cents bigint not null,
  reason text not null check (length(reason) <= 2000),
  at timestamptz not null
);
create index money_moves_by_application on support.money_moves (application_id, id);
create index money_moves_by_window on support.money_moves (window_id);
