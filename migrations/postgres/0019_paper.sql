-- What came on paper is written in by an officer in the same form; it is the municipality's draft, not the association's
-- (förvaltningslagen 6 §: whoever cannot use the service is served all the same).
alter table draft add column on_paper boolean not null default false;
drop index draft_one_open;
create unique index draft_one_open on draft (organisation_id, grant_type, period, kind, on_paper) where closed_at is null;
