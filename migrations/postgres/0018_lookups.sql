-- What every step of a case looks up, by what it looks it up by.
create index application_case on application (case_id, received_at);
create index organisation_external_id_of on organisation_external_id (organisation_id);
create index organisation_contact_of on organisation_contact (organisation_id);
create index draft_of_organisation on draft (organisation_id);
-- What the next seal is put on: few streams of many.
create index stream_unsealed on stream (kind, id) where seq > sealed_seq;
