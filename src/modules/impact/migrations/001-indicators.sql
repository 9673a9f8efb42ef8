-- Indicators with their versioned definitions, the measures of each day, and their totals by month kept as they come in.
create table impact.indicators (
  id uuid primary key,
  title text not null,
  search text not null,
  subject text not null,
  organisation_id uuid not null,
  unit text not null,
  direction text not null check (direction in ('up', 'down')),
  population text not null,
  aggregation text not null check (aggregation in ('sum', 'mean', 'last')),
  cadence text not null check (cadence in ('daily', 'weekly', 'monthly')),
  is_public boolean not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  created_at timestamptz not null,
  closed_at timestamptz
);
create index indicators_by_title on impact.indicators (title, id);
create index indicators_of_organisation on impact.indicators (organisation_id, title, id);

create table impact.indicator_definitions (
  indicator_id uuid not null references impact.indicators (id) on delete cascade,
  version integer not null,
  text text not null,
  from_day date not null,
  reason text not null,
  by_person uuid,
  created_at timestamptz not null,
  primary key (indicator_id, version)
);

create table impact.measures (
  indicator_id uuid not null references impact.indicators (id),
  origin text not null check (origin in ('declared', 'measured')),
  day date not null,
  segment text not null default '',
  value double precision not null check (value > '-Infinity'::float8 and value < 'Infinity'::float8),
  source_id uuid,
  declared_by uuid,
  evidence text not null default '',
  received_at timestamptz not null,
  primary key (indicator_id, origin, day, segment)
);

create table impact.measure_corrections (
  id bigint generated always as identity primary key,
  indicator_id uuid not null references impact.indicators (id),
  origin text not null,
  day date not null,
  segment text not null,
  was double precision not null,
  became double precision not null,
  source_id uuid,
  by_person uuid,
  evidence text not null default '',
  corrected_at timestamptz not null
);
create index measure_corrections_of_indicator on impact.measure_corrections (indicator_id, id desc);

-- last_value is the sum of the segments of last_day.
create table impact.measure_months (
  indicator_id uuid not null references impact.indicators (id),
  origin text not null,
  month date not null,
  count bigint not null,
  sum double precision not null,
  min double precision not null,
  max double precision not null,
  last_day date not null,
  last_value double precision not null,
  primary key (indicator_id, origin, month)
);

-- What stands on an indicator, so that it cannot be deleted under it.
create table impact.indicator_uses (
  indicator_id uuid not null references impact.indicators (id),
  user_name text not null,
  primary key (indicator_id, user_name)
);
