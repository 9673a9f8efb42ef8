-- The hub: its keys, what its protocol keeps between two requests, accounts at upstream providers, and their history.

-- Citizens do not share the mailboxes' rule of agents: one address may serve a household.
alter table identity.people add column is_citizen boolean not null default false;
alter table identity.people drop constraint people_email_key;
create unique index people_email_key on identity.people (email) where not is_citizen;

-- Signing keys of each realm. A key is published before it signs, and after it has signed for the last time.
create table identity.hub_keys (
  kid text primary key,
  realm text not null check (realm in ('agents', 'citizens', 'machines')),
  alg text not null check (alg in ('ES256', 'RS256')),
  -- The private JWK, sealed under the installation's key.
  sealed_jwk bytea not null,
  published_at timestamptz not null,
  signs_from timestamptz not null,
  -- From this moment on it is no longer published; null while it or its successor signs.
  withdrawn_at timestamptz
);
create index hub_keys_by_realm on identity.hub_keys (realm, published_at);

-- Codes, tokens, sessions, grants, interactions. The key is a keyed hash and the content sealed, so that a copy of the
-- table lets nobody in.
create table identity.hub_state (
  key bytea primary key,
  realm text not null,
  model text not null,
  -- Of a session, its own name; of a code or token, that of the session that it hangs on.
  uid text,
  grant_id text,
  -- Key of the grant's own row.
  grant_key bytea,
  account_id uuid,
  client_id text,
  content bytea not null,
  consumed_at timestamptz,
  expires_at timestamptz not null
);
create index hub_state_by_uid on identity.hub_state (uid) where uid is not null;
create index hub_state_by_grant on identity.hub_state (grant_id) where grant_id is not null;
create index hub_state_by_account on identity.hub_state (account_id, model) where account_id is not null;
create index hub_state_by_client on identity.hub_state (client_id) where client_id is not null;
create index hub_state_by_expiry on identity.hub_state (expires_at);

-- Access tokens that are JWTs carry themselves; only those revoked before their end are remembered, by their jti.
create table identity.revoked_tokens (
  realm text not null,
  jti text not null,
  expires_at timestamptz not null,
  primary key (realm, jti)
);
create index revoked_tokens_by_expiry on identity.revoked_tokens (expires_at);

-- An account at an upstream provider: its issuer and subject, and nothing else, say which (OpenID Connect Core, 5.7).
create table identity.accounts (
  id uuid primary key default gen_random_uuid(),
  realm text not null check (realm in ('agents', 'citizens')),
  upstream_id uuid not null references identity.upstreams,
  issuer text not null,
  subject text not null,
  -- What pairwise subjects are made from. Accounts of one verified citizen share it.
  subject_root uuid not null,
  -- Keyed hash of the verified identity (names, birth date and place, sex); null where it is not complete or verified.
  identity_hash bytea,
  person_id uuid references identity.people,
  -- The claims last asserted, sealed.
  sealed_claims bytea not null,
  created_at timestamptz not null,
  last_sign_in_at timestamptz not null,
  closed_at timestamptz,
  unique (issuer, subject)
);
create index accounts_by_person on identity.accounts (person_id) where person_id is not null;
create index accounts_by_root on identity.accounts (subject_root);
create index accounts_by_identity on identity.accounts (identity_hash) where identity_hash is not null;

-- A browser's session at the hub, as its owner sees it in a list, with what the upstream needs to end its own.
create table identity.hub_sessions (
  uid text primary key,
  realm text not null,
  account_id uuid not null references identity.accounts on delete cascade,
  sealed_id_token bytea,
  -- The upstream's own session, as its back-channel logout will name it.
  upstream_sid text,
  user_agent text not null default '',
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz
);
create index hub_sessions_by_account on identity.hub_sessions (account_id, started_at desc);
create index hub_sessions_by_upstream_sid on identity.hub_sessions (upstream_sid) where upstream_sid is not null;
create index hub_sessions_by_age on identity.hub_sessions (started_at);

-- Each sign-in to a service, or refusal of one: the person's history and the service's.
create table identity.connections (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  realm text not null,
  -- The client id: it outlives the service's record, and names Socle itself too.
  client_id text not null,
  -- Null where the refusal came before anyone was known.
  account_id uuid references identity.accounts on delete set null,
  upstream_id uuid references identity.upstreams on delete set null,
  acr text,
  outcome text not null check (outcome in ('signed-in', 'refused')),
  -- Stable code of the refusal.
  refusal text,
  check ((outcome = 'refused') = (refusal is not null))
);
create index connections_by_account on identity.connections (account_id, at desc) where account_id is not null;
create index connections_by_client on identity.connections (client_id, at desc);
create index connections_by_age on identity.connections (at);

-- What a person was told or agreed to that a service receives; and, by its first row, their first sign-in there.
create table identity.acknowledgements (
  subject_root uuid not null,
  client_id text not null,
  claims text[] not null,
  at timestamptz not null,
  primary key (subject_root, client_id)
);

-- Providers that a citizen no longer wants to be signed in by.
create table identity.upstream_blocks (
  subject_root uuid not null,
  upstream_id uuid not null references identity.upstreams on delete cascade,
  at timestamptz not null,
  primary key (subject_root, upstream_id)
);

-- Whether an agent's account belongs to an organisation: at once where the provider vouches, else once it is confirmed.
create table identity.organisation_links (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references identity.accounts on delete cascade,
  organisation_id uuid not null references identity.organisations,
  state text not null check (state in ('waiting', 'accepted', 'refused')),
  asked_at timestamptz not null,
  -- Null where the provider vouched.
  decided_by uuid references identity.people,
  decided_at timestamptz,
  reason text,
  -- When those who decide were reminded of it; null while they were not.
  reminded_at timestamptz,
  unique (account_id, organisation_id)
);
create index organisation_links_waiting on identity.organisation_links (organisation_id, asked_at)
  where state = 'waiting';
create index organisation_links_by_age on identity.organisation_links (asked_at, id) where state = 'waiting';
-- What a provider vouched for is in no list of decisions.
create index organisation_links_decided on identity.organisation_links (decided_at desc, id desc)
  where state = 'refused' or (state = 'accepted' and decided_by is not null);

-- Whom Socle itself knows by which subject of its own hub: Socle is a service like another there.
create table identity.own_subjects (
  realm text not null check (realm in ('agents', 'citizens')),
  subject text not null,
  person_id uuid not null references identity.people,
  created_at timestamptz not null,
  primary key (realm, subject)
);
create index own_subjects_by_person on identity.own_subjects (person_id);
