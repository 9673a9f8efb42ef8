-- Organisations, people, memberships, and how a person proves who they are. Secrets stand here hashed or sealed only.
create schema if not exists identity;

create table identity.organisations (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in
    ('state', 'ministry', 'directorate', 'public-body', 'local-authority', 'company', 'association')),
  name text not null check (length(name) between 1 and 200),
  -- A short stable word by which files and commands name it, such as MEF.
  code text unique check (code ~ '^[A-Z0-9][A-Z0-9-]{0,19}$'),
  siret text unique check (siret ~ '^[0-9]{14}$'),
  parent_id uuid references identity.organisations,
  exists_from date,
  -- The last day that it existed.
  exists_until date check (exists_until >= exists_from),
  -- Name and code without accents or capitals, for search.
  search_text text not null,
  check (parent_id <> id)
);
create index organisations_by_name on identity.organisations (search_text, id);
create index organisations_by_kind on identity.organisations (kind, search_text, id);
create index organisations_by_parent on identity.organisations (parent_id);

create table identity.people (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  email text not null unique check (email = lower(email) and length(email) between 3 and 254),
  locale text not null check (locale in ('fr', 'en')),
  created_at timestamptz not null,
  closed_at timestamptz,
  -- Made up for the demonstration State: one click enters as this person.
  is_fictitious boolean not null default false,
  search_text text not null
);
create index people_by_name on identity.people (search_text, id);

create table identity.memberships (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references identity.people,
  organisation_id uuid references identity.organisations,
  role text not null check (role in ('citizen', 'agent', 'product-team', 'digital-director', 'auditor',
    'data-producer', 'api-consumer', 'hr-officer', 'administrator')),
  starts_at timestamptz not null,
  -- From this moment on the role is no longer held.
  ends_at timestamptz check (ends_at >= starts_at),
  -- A citizen acts for nobody but themselves; an administrator may serve the installation as a whole.
  check ((role = 'citizen' and organisation_id is null) or role = 'administrator'
    or (role <> 'citizen' and organisation_id is not null))
);
create index memberships_by_person on identity.memberships (person_id);
create index memberships_by_organisation on identity.memberships (organisation_id);
create index memberships_by_role on identity.memberships (role);

create table identity.passwords (
  person_id uuid primary key references identity.people,
  hash text not null,
  changed_at timestamptz not null
);

create table identity.totp_secrets (
  person_id uuid primary key references identity.people,
  sealed_secret bytea not null,
  -- Null until a first code proved that the person's application holds the secret.
  confirmed_at timestamptz,
  -- The 30-second step of the last code that was accepted; no code of it or before it is accepted again.
  last_step bigint
);

create table identity.recovery_codes (
  person_id uuid not null references identity.people,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);

create table identity.passkeys (
  id uuid primary key default gen_random_uuid(),
  credential_id text not null unique check (length(credential_id) <= 1400),
  person_id uuid not null references identity.people,
  name text not null check (length(name) between 1 and 60),
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_by_person on identity.passkeys (person_id);

create table identity.invitations (
  token_hash bytea primary key,
  person_id uuid not null references identity.people,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitations_by_person on identity.invitations (person_id);

-- Attempts by account, known or not: the key is a keyed hash, so the table tells nobody who has an account.
create table identity.sign_in_attempts (
  account_key bytea primary key,
  failures integer not null,
  last_at timestamptz not null,
  refused_until timestamptz not null
);
create index sign_in_attempts_by_age on identity.sign_in_attempts (last_at);

-- One row where the fictitious State was loaded; none in a real installation.
create table identity.demonstration (
  only_one boolean primary key default true check (only_one),
  loaded_at timestamptz not null
);
