-- The State's doctrines as versioned criteria, and what products are found to do about them.
create table support.doctrines (
  word text primary key check (word ~ '^[a-z][a-z-]{1,39}$'),
  title_fr text not null,
  title_en text not null,
  summary_fr text not null,
  summary_en text not null,
  steward text not null,
  -- Its place in lists.
  position integer not null
);

create table support.doctrine_versions (
  id uuid primary key default gen_random_uuid(),
  word text not null references support.doctrines,
  number integer not null check (number > 0),
  state text not null check (state in ('draft', 'published', 'replaced')),
  applies_from date not null,
  changes_fr text not null check (length(changes_fr) <= 2000),
  changes_en text not null check (length(changes_en) <= 2000),
  created_at timestamptz not null,
  published_at timestamptz,
  replaced_at timestamptz,
  unique (word, number),
  check ((state = 'draft') = (published_at is null)),
  check ((state = 'replaced') = (replaced_at is not null))
);
create unique index doctrine_versions_in_force on support.doctrine_versions (word) where state = 'published';
create unique index doctrine_versions_draft on support.doctrine_versions (word) where state = 'draft';

create table support.doctrine_criteria (
  version_id uuid not null references support.doctrine_versions,
  code text not null check (code ~ '^[A-Z]{1,3}[0-9]{1,3}$'),
  position integer not null,
  text_fr text not null check (length(text_fr) between 1 and 500),
  text_en text not null check (length(text_en) between 1 and 500),
  weight text not null check (weight in ('essential', 'important')),
  checked_by text not null check (checked_by in ('declaration', 'evidence')),
  source text not null check (length(source) between 1 and 200),
  primary key (version_id, code)
);

create function support.keep_published_criteria() returns trigger language plpgsql as $$
begin
  if (select state from support.doctrine_versions where id = old.version_id) <> 'draft' then
    raise exception 'support.doctrine_criteria: a published version never changes'
      using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end
$$;
create trigger doctrine_criteria_kept before update or delete on support.doctrine_criteria
  for each row execute function support.keep_published_criteria();

-- What is assessed: a product, project or contract of an organisation, under the reference that other modules know it by.
create table support.assessed_subjects (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references identity.organisations,
  name text not null check (length(name) between 2 and 200),
  -- support/subject/<id> for what has no other.
  reference text not null check (length(reference) between 3 and 120),
  created_at timestamptz not null,
  unique (organisation_id, reference)
);
create index assessed_subjects_by_reference on support.assessed_subjects (reference);

create table support.assessments (
  id uuid primary key default gen_random_uuid(),
  subject_id uuid not null references support.assessed_subjects,
  version_id uuid not null references support.doctrine_versions,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Since when everyone reads it; null while it is the organisation's own.
  published_at timestamptz,
  unique (subject_id, version_id)
);
create index assessments_by_change on support.assessments (changed_at desc, id desc);
create index assessments_published on support.assessments (changed_at desc, id desc) where published_at is not null;
create index assessments_by_version on support.assessments (version_id);

-- What the team says of a criterion: appended, the newest counts.
create table support.declarations (
  id bigint generated always as identity primary key,
  assessment_id uuid not null references support.assessments,
  code text not null,
  outcome text not null check (outcome in ('conforms', 'does-not', 'not-applicable')),
  reason text not null check (length(reason) <= 2000),
  declared_by uuid references identity.people,
  declared_at timestamptz not null,
  check (outcome <> 'not-applicable' or length(reason) > 0)
);
create index declarations_by_assessment on support.declarations (assessment_id, code, id desc);

-- Evidence about a criterion: appended, the newest counts. It may come before any assessment.
create table support.evidence (
  id uuid primary key default gen_random_uuid(),
  reference text not null check (length(reference) between 3 and 120),
  word text not null references support.doctrines,
  code text not null,
  -- Whose people handed it in, for their own subject alone; null where a module or an auditor did.
  organisation_id uuid references identity.organisations,
  outcome text not null check (outcome in ('conforms', 'does-not', 'not-applicable')),
  source text not null check (length(source) between 2 and 200),
  url text check (length(url) <= 2000),
  detail text not null check (length(detail) <= 2000),
  found_at timestamptz not null,
  received_at timestamptz not null
);
create index evidence_by_subject on support.evidence (reference, word, code, found_at desc, received_at desc);

create table support.exemptions (
  id uuid primary key default gen_random_uuid(),
  subject_id uuid not null references support.assessed_subjects,
  word text not null references support.doctrines,
  reason text not null check (length(reason) between 1 and 2000),
  asked_until date not null,
  asked_by uuid not null references identity.people,
  asked_at timestamptz not null,
  decision text check (decision in ('granted', 'refused')),
  until date,
  decided_by uuid references identity.people,
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) <= 2000),
  check ((decision is null) = (decided_at is null)),
  check ((decision is not null and decision = 'granted') = (until is not null))
);
create index exemptions_by_subject on support.exemptions (subject_id, word, asked_at desc);
create unique index exemptions_waiting_one on support.exemptions (subject_id, word) where decision is null;
create index exemptions_waiting on support.exemptions (asked_at, id) where decision is null;
create index exemptions_ending on support.exemptions (until) where decision = 'granted';
