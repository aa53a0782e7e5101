-- Papers that an association hands in outside any application (statutes, minutes, accounts). Each is a document of the
-- diary; the name of its file is sealed: people put numbers and names in it.
create table association_paper (
    id uuid primary key,
    organisation_id uuid not null references organisation (id),
    kind text not null,
    year bigint not null,
    file_id uuid not null references file (id),
    document_id uuid not null references document (id),
    name bytea not null,
    handed_in_by uuid references app_user (id),
    handed_in_at timestamptz not null
);
create index association_paper_of on association_paper (organisation_id, handed_in_at);
create trigger association_paper_no_change before update or delete or truncate on association_paper for each statement execute function refuse_change();
