-- Both sides sign an agreement. An exemption that was granted can be withdrawn, and its holder is told before it ends.
alter table support.applications
  -- When the directorate signed the agreement and its instalments as they stand, then when the organisation did.
  add column state_signed_at timestamptz,
  add column state_signed_by uuid references identity.people,
  add column organisation_signed_at timestamptz,
  add column organisation_signed_by uuid references identity.people,
  add check (organisation_signed_at is null or state_signed_at is not null);
-- What a contract, or an organisation, was awarded.
create index applications_by_contract on support.applications (contract_id) where contract_id is not null;
create index applications_in_state on support.applications (state, created_at);
create index instalments_open on support.instalments (due_on, id) where state in ('waiting', 'evidenced', 'verified');

alter table support.exemptions
  add column withdrawn_at timestamptz,
  add column withdrawn_by uuid references identity.people,
  add column withdrawal_reason text check (length(withdrawal_reason) between 1 and 2000),
  -- Of how many days before the end the last reminder was.
  add column reminded_days integer,
  add check (withdrawn_at is null or decision = 'granted'),
  add check ((withdrawn_at is null) = (withdrawal_reason is null));
