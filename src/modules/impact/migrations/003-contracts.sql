-- Success contracts: terms in versions, signatures, reviews with their judgement, savings. Nothing here is rewritten:
-- what changes is a new row.
create table impact.contracts (
  id uuid primary key default gen_random_uuid(),
  -- The number that people quote, from 1.
  number bigint generated always as identity unique,
  organisation_id uuid not null references identity.organisations,
  state text not null default 'draft' check (state in
    ('draft', 'signed', 'amended', 'extended', 'measured', 'unmeasured', 'judged', 'abandoned')),
  -- The version in force, or the proposed one while none is.
  version integer not null default 1,
  -- Of the version in force, for lists: its title, what it counts and until when (an extension moves the deadline).
  title text not null check (length(title) between 1 and 200),
  indicator_id uuid not null references impact.indicators,
  owner_id uuid not null references identity.people,
  reviewer_id uuid not null references identity.people,
  deadline date not null,
  extended_until date,
  guardrails jsonb not null default '{}',
  no_measure_at timestamptz,
  decision text check (decision in ('scale', 'extend-once', 'reorient', 'stop')),
  signed_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  search_text text not null,
  check ((state in ('draft', 'abandoned')) or signed_at is not null)
);
create index contracts_by_number on impact.contracts (state, number desc);
create index contracts_by_organisation on impact.contracts (organisation_id, number desc);
create index contracts_by_reviewer on impact.contracts (reviewer_id, number desc);
create index contracts_by_indicator on impact.contracts (indicator_id);
create index contracts_due on impact.contracts (coalesce(extended_until, deadline))
  where state in ('signed', 'amended', 'extended');

create table impact.contract_versions (
  contract_id uuid not null references impact.contracts,
  version integer not null check (version between 1 and 1000),
  state text not null check (state in ('proposed', 'in-force', 'replaced', 'withdrawn')),
  terms jsonb not null,
  terms_hash text not null check (terms_hash ~ '^[0-9a-f]{64}$'),
  reason text not null default '',
  created_by uuid references identity.people,
  created_at timestamptz not null,
  primary key (contract_id, version)
);
create unique index one_version_in_force on impact.contract_versions (contract_id) where state = 'in-force';
create unique index one_version_proposed on impact.contract_versions (contract_id) where state = 'proposed';

create table impact.contract_signatures (
  id bigint generated always as identity primary key,
  contract_id uuid not null,
  version integer not null,
  party text not null check (party in ('owner', 'state')),
  person_id uuid not null references identity.people,
  terms_hash text not null check (terms_hash ~ '^[0-9a-f]{64}$'),
  signed_at timestamptz not null,
  void_at timestamptz,
  foreign key (contract_id, version) references impact.contract_versions
);
create unique index one_signature_a_party on impact.contract_signatures (contract_id, version, party)
  where void_at is null;

-- A verdict as it was computed one day, and what was decided on it.
create table impact.contract_reviews (
  id uuid primary key default gen_random_uuid(),
  contract_id uuid not null references impact.contracts,
  version integer not null,
  occasion text not null check (occasion in ('deadline', 'interim')),
  at timestamptz not null,
  verdict jsonb not null,
  had_no_measure boolean not null,
  proposal text not null check (proposal in ('scale', 'extend-once', 'reorient', 'stop')),
  because text not null,
  decision text check (decision in ('scale', 'extend-once', 'reorient', 'stop')),
  reason text,
  extended_until date,
  judged_by uuid references identity.people,
  judged_at timestamptz,
  check ((decision is null) = (judged_at is null)),
  check ((decision is null) = (judged_by is null))
);
create index contract_reviews_by_contract on impact.contract_reviews (contract_id, at desc);
-- Time is given once.
create unique index one_extension on impact.contract_reviews (contract_id) where decision = 'extend-once';

-- Declared, audited, cashed: three figures, each with who gave it. They are never added together.
create table impact.contract_savings (
  id bigint generated always as identity primary key,
  contract_id uuid not null references impact.contracts,
  kind text not null check (kind in ('declared', 'audited', 'cashed')),
  amount_euros numeric(18, 2) not null check (amount_euros between 0 and 1e12),
  evidence text not null check (length(evidence) between 1 and 1000),
  person_id uuid not null references identity.people,
  at timestamptz not null
);
create index contract_savings_by_contract on impact.contract_savings (contract_id, kind, id desc);
