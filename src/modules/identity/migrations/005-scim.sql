-- Provisioning by SCIM 2.0 (RFC 7643, RFC 7644): a ministry's directory says who belongs to it.
create table identity.scim_tokens (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references identity.organisations,
  name text not null check (length(name) between 1 and 120),
  hash bytea not null unique,
  ending text not null check (length(ending) = 4),
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index scim_tokens_by_organisation on identity.scim_tokens (organisation_id);

-- A person as one organisation's directory names them. What a directory deletes stays, without its attributes, so that
-- a later return knows who closed the account.
create table identity.scim_users (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references identity.organisations,
  person_id uuid not null references identity.people,
  user_name text not null check (length(user_name) between 1 and 254),
  external_id text check (length(external_id) between 1 and 254),
  -- The work address that the directory gives; the person's own may be another where this directory may not change it.
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  is_active boolean not null,
  -- The rest of the resource as the directory sent it, within bounds.
  attributes jsonb not null default '{}',
  -- Goes up by one at each change: the resource's ETag.
  version integer not null default 1,
  -- The person was recorded because this directory named them.
  recorded_person boolean not null,
  -- When this directory's word closed the person's account; equal to their closed_at, it may open the account again.
  account_closed_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  deleted_at timestamptz
);
create unique index scim_users_by_person on identity.scim_users (person_id, organisation_id) where deleted_at is null;
create unique index scim_users_by_name on identity.scim_users (organisation_id, lower(user_name)) where deleted_at is null;
create index scim_users_by_external_id on identity.scim_users (organisation_id, external_id) where deleted_at is null;
create index scim_users_by_email on identity.scim_users (organisation_id, email) where deleted_at is null;
create index scim_users_of_person on identity.scim_users (person_id);
create index scim_users_by_change on identity.scim_users (changed_at desc, id);
create index scim_users_by_organisation_and_change on identity.scim_users (organisation_id, changed_at desc, id);
