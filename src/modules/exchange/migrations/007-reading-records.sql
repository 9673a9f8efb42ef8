-- Lists of records and the count of the people whom they concern, read from indexes alone.
-- The count reads hashes of the newest records: with the hash in the index no record is opened for it.
drop index exchange.access_records_by_producer;
create index access_records_by_producer on exchange.access_records (producer_id, at desc) include (subject_hash);
drop index exchange.access_records_by_api;
create index access_records_by_api on exchange.access_records (api_id, at desc) include (producer_id, subject_hash);
drop index exchange.access_records_denied;
-- Refusals are few: what they are narrowed by stands in their index as well.
create index access_records_denied on exchange.access_records (producer_id, at desc)
  include (api_id, organisation_id, accreditation_id, subject_hash) where verdict <> 'allowed';
-- Scopes are few words, repeated: the index is small, and finds the one that is seldom called.
create index access_records_by_scope on exchange.access_records using gin (scopes);
