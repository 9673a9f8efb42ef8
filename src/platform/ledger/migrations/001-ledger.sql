-- The ledger: decisions, and the Merkle tree over them (RFC 9162, section 2.1). Rows are written once; the triggers
-- below refuse the rest, by mistake or by hand. Against whoever can drop a trigger, the signed checkpoints stand.
create schema if not exists ledger;

-- Entries committed and not yet in the tree, in the order of their arrival. The integrator moves them, so that whoever
-- appends writes one row and one index entry, and waits for nobody.
create table ledger.waiting (
  arrival bigint generated always as identity primary key,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  subject text not null,
  -- `json` keeps the very text that was hashed; `jsonb` would not take every string.
  actor json not null,
  data json,
  salt bytea,
  data_hash bytea not null,
  leaf_hash bytea not null
);

-- The log: entries by their place in the tree, without a gap from 0.
create table ledger.entries (
  index bigint primary key,
  id uuid not null unique,
  at timestamptz not null,
  kind text not null,
  subject text not null,
  actor json not null,
  -- Null once erased, both at once: the leaf holds a salted hash of the data and stays verifiable.
  data json,
  salt bytea,
  data_hash bytea not null,
  leaf_hash bytea not null
);

create index entries_subject on ledger.entries (subject);

-- Hashes of complete subtrees of 2^level leaves for levels 8, 16 and so on; those between are computed from at most
-- 128 hashes of the level below. Each is written once, when it is full.
create table ledger.nodes (
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (level, index)
);

create table ledger.checkpoints (
  size bigint primary key,
  root bytea not null,
  at timestamptz not null,
  -- The signed note as it was published (C2SP tlog-checkpoint).
  note text not null
);

create function ledger.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is append-only.' using errcode = 'insufficient_privilege';
end $$;

-- The one change of an entry: its data and salt are erased.
create function ledger.let_erase() returns trigger language plpgsql as $$
begin
  old.data := null;
  old.salt := null;
  if new::text is distinct from old::text then
    raise exception 'The ledger is append-only.' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create trigger erase_only before update on ledger.waiting for each row execute function ledger.let_erase();
create trigger erase_only before update on ledger.entries for each row execute function ledger.let_erase();
create trigger no_truncate before truncate on ledger.waiting execute function ledger.refuse();
create trigger no_delete before delete or truncate on ledger.entries execute function ledger.refuse();
create trigger no_change before update or delete or truncate on ledger.nodes execute function ledger.refuse();
create trigger no_change before update or delete or truncate on ledger.checkpoints execute function ledger.refuse();
