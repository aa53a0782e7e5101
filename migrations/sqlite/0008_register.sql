-- The register of associations: who entered an account and who confirmed it.

-- Four eyes: whoever entered an account never confirms it, and nobody's entry counts as confirmed by itself. What was
-- taken over from an older system, or came on paper with the registration, was entered by nobody.
alter table bank_account add column entered_by blob references app_user (id);
alter table bank_account add column confirmed_by blob references app_user (id)
    check (entered_by is null or confirmed_at is null or (confirmed_by is not null and confirmed_by <> entered_by));

-- How an association stands, as dated facts with their source. The newest that has begun counts; of several from the
-- same day the one entered last. What was entered stays: a mistake is put right by a new row.
create table organisation_status (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    status text not null check (status in ('active', 'dormant', 'liquidation', 'bankruptcy', 'dissolved')),
    valid_from text not null,
    source text not null,
    entered_at text not null
);
create index organisation_status_of on organisation_status (organisation_id, valid_from);
insert into organisation_status (id, organisation_id, status, valid_from, source, entered_at)
    select id, id, status, substr(created_at, 1, 10), 'Registreringen', created_at from organisation;
alter table organisation drop column status;
create trigger organisation_status_no_update before update on organisation_status begin select raise(abort, 'organisation_status is append-only'); end;
create trigger organisation_status_no_delete before delete on organisation_status begin select raise(abort, 'organisation_status is append-only'); end;

-- A member list as it was sent, with its report. What counts of it are the members by birth year, sex and residence.
create table member_import (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    as_of text not null,
    file_id blob not null references file (id),
    sha256 text not null,
    accepted boolean not null,
    members bigint not null check (members >= 0),
    protected boolean not null,
    report blob not null,
    at text not null,
    actor text not null
);
create index member_import_organisation on member_import (organisation_id, at);
