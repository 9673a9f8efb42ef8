-- Sessions of browsers. The cookie holds a random id; this table holds its SHA-256 alone,
-- so that whoever reads the database cannot take over a session.
create schema if not exists http;

create table http.sessions (
  id_hash bytea primary key,
  person_id uuid,
  data jsonb not null,
  user_agent text not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);

create index sessions_person on http.sessions (person_id) where person_id is not null;
create index sessions_expiry on http.sessions (expires_at);
