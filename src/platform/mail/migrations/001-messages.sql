-- Outgoing mail: a message is written in the transaction that causes it, and stays here until a mail server took it.
create schema if not exists mail;

create table mail.messages (
  id uuid primary key,
  recipient text not null,
  locale text not null check (locale in ('fr', 'en')),
  subject text not null,
  body text not null,
  state text not null check (state in ('waiting', 'sent', 'abandoned')),
  attempts integer not null default 0,
  -- Not before this moment; a claim moves it on, so that two workers do not send one message.
  next_attempt_at timestamptz not null,
  last_error text,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'waiting') = (ended_at is null))
);

create index messages_due on mail.messages (next_attempt_at) where state = 'waiting';
create index messages_newest on mail.messages (created_at desc, id desc);
create index messages_ended on mail.messages (ended_at) where ended_at is not null;
