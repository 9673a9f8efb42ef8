-- The watch: an alert for each file and rule that fired, open until a decision is recorded. Decisions are never rewritten.
create table portfolio.alerts (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  file_id uuid not null references portfolio.project_files,
  rule text not null check (rule in
    ('slippage', 'overdue-recommendations', 'outsourcing', 'no-impact-measure', 'no-news', 'forecast-above-frame')),
  -- The version of the rule that fired last.
  rule_version text not null,
  facts jsonb not null,
  state text not null default 'open' check (state in ('open', 'decided')),
  opened_at timestamptz not null,
  -- When the rule last fired, and since when it has not: null while it does.
  fired_at timestamptz not null,
  quiet_since timestamptz,
  decided_at timestamptz,
  -- The first day on which the rule may open the alert again.
  rests_until date,
  reopened integer not null default 0,
  version integer not null default 1,
  unique (file_id, rule),
  check ((state = 'decided') = (rests_until is not null))
);
create index alerts_open on portfolio.alerts (opened_at, id) where state = 'open';
create index alerts_decided on portfolio.alerts (decided_at desc, id) where state = 'decided';

create table portfolio.alert_decisions (
  id bigint generated always as identity primary key,
  alert_id uuid not null references portfolio.alerts,
  decision text not null check (decision in ('support', 'audit', 'reorientation', 'stop', 'accepted-risk')),
  reason text not null check (length(reason) between 1 and 4000),
  -- The last day of an accepted risk.
  until date,
  -- The facts on which it was decided.
  facts jsonb not null,
  decided_at timestamptz not null,
  actor jsonb not null,
  -- The conference that decided, where one did.
  conference_id uuid,
  -- The audit asked for, where one was.
  audit_id uuid references portfolio.audits,
  ledger_entry uuid not null,
  check ((decision = 'accepted-risk') = (until is not null))
);
create index alert_decisions_by_alert on portfolio.alert_decisions (alert_id, id desc);
create trigger alert_decisions_immutable before update or delete or truncate on portfolio.alert_decisions
  for each statement execute function portfolio.refuse_change();
