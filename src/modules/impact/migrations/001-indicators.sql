-- Indicators and their measures, declared and measured kept apart.
create table impact.indicators (
  id uuid primary key default gen_random_uuid(),
  title text not null check (length(title) between 1 and 200),
  unit text not null check (length(unit) between 1 and 60),
  direction text not null check (direction in ('up', 'down')),
  organisation_id uuid references identity.organisations,
  created_at timestamptz not null
);
create table impact.measures (
  indicator_id uuid not null references impact.indicators,
  origin text not null check (origin in ('measured', 'declared')),
  day date not null,
  value double precision not null,
  primary key (indicator_id, origin, day)
);
create table impact.indicator_uses (
  indicator_id uuid not null references impact.indicators,
  user_name text not null check (length(user_name) between 1 and 200),
  primary key (indicator_id, user_name)
);
