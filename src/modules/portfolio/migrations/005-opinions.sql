-- Settings with dates of effect; opinions of article 3 from request to publication; signs of a threshold avoided; audits of
-- article 4. Amounts in cents incl. VAT; days are those of the State's time zone. What was decided is never rewritten.
create table portfolio.settings (
  id bigint generated always as identity primary key,
  key text not null check (length(key) between 1 and 60),
  value jsonb not null,
  effective_on date not null,
  reason text not null check (length(reason) between 1 and 1000),
  decided_by jsonb not null,
  decided_at timestamptz not null
);
create index settings_by_key on portfolio.settings (key, effective_on desc, id desc);
create trigger settings_immutable before update or delete or truncate on portfolio.settings
  for each statement execute function portfolio.refuse_change();

insert into portfolio.settings (key, value, effective_on, reason, decided_by, decided_at)
select key, value, effective_on, reason, '{"kind": "system", "name": "portfolio.settings"}', effective_on
from (values
  ('opinion-threshold-cents', '900000000'::jsonb, '2019-10-25'::date,
    'Décret n° 2019-1088 du 25 octobre 2019, article 3, et son arrêté : 9 M€ TTC.'),
  ('opinion-delay-months', '1', '2019-10-25',
    'Décret n° 2019-1088, article 3 : avis réputé favorable après un mois de silence.'),
  ('consultation-days', '25', '2019-10-25',
    'Procédure de l’article 3 : l’agence de sécurité et la direction du budget ont 25 jours.'),
  ('near-threshold-share', '0.9', '2019-10-25', 'Usage de la direction : entre 90 % et 100 % du seuil.'),
  ('splitting-months', '24', '2019-10-25', 'Usage de la direction : projets commencés en moins de 24 mois.'),
  ('outsourcing-limit', '0.8', '2023-02-07',
    'Circulaire du 7 février 2023 : au-delà de 80 %, un projet est à risque.'),
  ('news-days', '180', '2019-10-25', 'Usage de la direction : le panorama paraît deux fois par an.'),
  ('cost-slippage-limit', '0.2', '2019-10-25', 'Usage de la direction.'),
  ('schedule-slippage-limit', '0.25', '2019-10-25', 'Usage de la direction.'),
  ('overdue-recommendations-limit', '1', '2019-10-25', 'Usage de la direction : une seule suffit.'),
  ('escalation-days', '[1, 15, 45, 90]', '2019-10-25',
    'Usage de la direction : responsable, directeur du numérique, direction, conférence.')
) as shipped (key, value, effective_on, reason);

create table portfolio.opinion_requests (
  id uuid primary key default gen_random_uuid(),
  -- The number that people quote, from 1.
  number bigint generated always as identity unique,
  file_id uuid not null references portfolio.project_files,
  organisation_id uuid not null references identity.organisations,
  state text not null default 'draft' check (state in
    ('draft', 'submitted', 'suspended', 'issued', 'tacit', 'withdrawn')),
  axes jsonb not null,
  conforming boolean not null default false,
  -- The frame that is judged and the delays that hold: as they stood on the day of the submission.
  cost_cents bigint not null check (cost_cents >= 0),
  end_on date not null,
  threshold_cents bigint check (threshold_cents > 0),
  delay_months integer check (delay_months between 1 and 24),
  submitted_on date,
  submitted_at timestamptz,
  -- The last day for an opinion, kept for the job and the lists; null while no clock runs.
  last_day date,
  version integer not null default 1,
  created_by jsonb not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  closed_reason text not null default '' check (length(closed_reason) <= 2000),
  check ((state = 'draft') = (submitted_at is null) or state = 'withdrawn'),
  check ((state = 'submitted') = (last_day is not null)),
  check ((state in ('issued', 'tacit', 'withdrawn')) = (closed_at is not null))
);
create unique index one_open_request on portfolio.opinion_requests (file_id)
  where state in ('draft', 'submitted', 'suspended');
create index opinion_requests_due on portfolio.opinion_requests (last_day) where state = 'submitted';
create index opinion_requests_by_file on portfolio.opinion_requests (file_id, number desc);
create index opinion_requests_by_organisation on portfolio.opinion_requests (organisation_id, number desc);
create index opinion_requests_by_state on portfolio.opinion_requests (state, number desc);

create table portfolio.opinion_waits (
  id bigint generated always as identity primary key,
  request_id uuid not null references portfolio.opinion_requests,
  from_on date not null,
  until_on date check (until_on >= from_on),
  asked text not null check (length(asked) between 1 and 5000),
  asked_by jsonb not null,
  asked_at timestamptz not null,
  answer text not null default '' check (length(answer) <= 10000),
  ended_by jsonb,
  ended_at timestamptz,
  check ((until_on is null) = (ended_at is null))
);
create unique index one_open_wait on portfolio.opinion_waits (request_id) where until_on is null;
create index opinion_waits_by_request on portfolio.opinion_waits (request_id, id);

create table portfolio.opinion_consultations (
  request_id uuid not null references portfolio.opinion_requests,
  body text not null check (body in ('security', 'budget')),
  organisation_id uuid not null references identity.organisations,
  opened_on date not null,
  due_on date not null check (due_on >= opened_on),
  stance text check (stance in ('favourable', 'reserved', 'opposed', 'none')),
  comment text not null default '' check (length(comment) <= 10000),
  answered_by jsonb,
  answered_on date,
  answered_at timestamptz,
  primary key (request_id, body),
  check ((stance is null) = (answered_at is null))
);
create index opinion_consultations_awaited on portfolio.opinion_consultations (organisation_id, due_on)
  where stance is null;

create table portfolio.opinions (
  id uuid primary key default gen_random_uuid(),
  -- A request has one opinion, given or deemed given.
  request_id uuid not null unique references portfolio.opinion_requests,
  file_id uuid not null references portfolio.project_files,
  kind text not null check (kind in ('favourable', 'recommendations', 'unfavourable')),
  tacit boolean not null,
  summary text not null check (length(summary) <= 10000),
  axes jsonb not null,
  recommendations jsonb not null default '[]',
  probability numeric(5, 4) check (probability between 0 and 1),
  effective_on date not null,
  issued_at timestamptz not null,
  issued_by jsonb not null,
  check (not tacit or (kind = 'favourable' and probability is null)),
  check (tacit or probability is not null),
  check ((kind = 'recommendations') = (jsonb_array_length(recommendations) > 0))
);
create index opinions_by_file on portfolio.opinions (file_id, issued_at desc);
create index opinions_by_day on portfolio.opinions (issued_at desc, id);

-- Each publication of an opinion: what was struck out, and the text without it, which alone the public's queries read.
create table portfolio.opinion_publications (
  id bigint generated always as identity primary key,
  opinion_id uuid not null references portfolio.opinions,
  edition integer not null check (edition between 1 and 1000),
  published_at timestamptz not null,
  published_by jsonb not null,
  ground text not null check (ground in ('none', 'classified', 'under-tender', 'business-secret', 'personal-data')),
  redactions jsonb not null,
  published jsonb not null,
  unique (opinion_id, edition)
);

create trigger opinions_immutable before update or delete or truncate on portfolio.opinions
  for each statement execute function portfolio.refuse_change();
create trigger opinion_publications_immutable before update or delete or truncate on portfolio.opinion_publications
  for each statement execute function portfolio.refuse_change();

create table portfolio.threshold_signals (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('splitting', 'near-threshold')),
  organisation_id uuid not null references identity.organisations,
  file_ids uuid[] not null check (cardinality(file_ids) between 1 and 100),
  total_cents bigint not null check (total_cents > 0),
  threshold_cents bigint not null check (threshold_cents > 0),
  reasons jsonb not null,
  state text not null default 'proposed' check (state in ('proposed', 'dismissed', 'grouped')),
  found_at timestamptz not null,
  reason text not null default '' check (length(reason) <= 2000),
  decided_by jsonb,
  decided_at timestamptz,
  -- The same files are proposed once: a decision stands.
  unique (kind, file_ids),
  check ((state = 'proposed') = (decided_at is null))
);
create index threshold_signals_by_state on portfolio.threshold_signals (state, found_at desc, id);
create index threshold_signals_by_file on portfolio.threshold_signals using gin (file_ids);

create table portfolio.audits (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  -- The project; null for a system that has no file, which `subject` names.
  file_id uuid references portfolio.project_files,
  subject text not null check (length(subject) between 1 and 200),
  -- Whose project or system it is.
  organisation_id uuid not null references identity.organisations,
  -- The Prime Minister's office or a ministry.
  requester_id uuid not null references identity.organisations,
  -- Ministries that are told of it, beside the one that it is about.
  informed_ids uuid[] not null default '{}' check (cardinality(informed_ids) <= 20),
  alert_id uuid,
  scope text not null check (length(scope) between 1 and 5000),
  questions text not null check (length(questions) <= 5000),
  state text not null default 'requested' check (state in
    ('requested', 'running', 'concluded', 'released', 'abandoned')),
  starts_on date,
  ends_on date check (ends_on >= starts_on),
  conclusions text not null default '' check (length(conclusions) <= 20000),
  recommendations jsonb not null default '[]',
  version integer not null default 1,
  requested_by jsonb not null,
  requested_at timestamptz not null,
  changed_at timestamptz not null,
  concluded_at timestamptz,
  ended_reason text not null default '' check (length(ended_reason) <= 2000)
);
create index audits_by_state on portfolio.audits (state, number desc);
create index audits_by_file on portfolio.audits (file_id, number desc) where file_id is not null;
create index audits_by_organisation on portfolio.audits (organisation_id, number desc);
create index audits_by_requester on portfolio.audits (requester_id, number desc);

create table portfolio.audit_members (
  audit_id uuid not null references portfolio.audits,
  person_id uuid not null references identity.people,
  leads boolean not null default false,
  primary key (audit_id, person_id)
);
create index audit_members_by_person on portfolio.audit_members (person_id);

create table portfolio.audit_findings (
  id bigint generated always as identity primary key,
  audit_id uuid not null references portfolio.audits,
  severity text not null check (severity in ('minor', 'major', 'critical')),
  title text not null check (length(title) between 1 and 200),
  text text not null check (length(text) between 1 and 5000),
  author jsonb not null,
  found_at timestamptz not null
);
create index audit_findings_by_audit on portfolio.audit_findings (audit_id, id);
create trigger audit_findings_immutable before update or delete or truncate on portfolio.audit_findings
  for each statement execute function portfolio.refuse_change();

create table portfolio.audit_releases (
  id bigint generated always as identity primary key,
  audit_id uuid not null references portfolio.audits,
  edition integer not null check (edition between 1 and 1000),
  published_at timestamptz not null,
  published_by jsonb not null,
  ground text not null check (ground in ('none', 'classified', 'under-tender', 'business-secret', 'personal-data')),
  redactions jsonb not null,
  published jsonb not null,
  unique (audit_id, edition)
);
create trigger audit_releases_immutable before update or delete or truncate on portfolio.audit_releases
  for each statement execute function portfolio.refuse_change();
