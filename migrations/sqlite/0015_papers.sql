-- Papers that an association hands in outside any application (statutes, minutes, accounts). Each is a document of the
-- diary; the name of its file is sealed: people put numbers and names in it.
create table association_paper (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    kind text not null,
    year bigint not null,
    file_id blob not null references file (id),
    document_id blob not null references document (id),
    name blob not null,
    handed_in_by blob references app_user (id),
    handed_in_at text not null
);
create index association_paper_of on association_paper (organisation_id, handed_in_at);
create trigger association_paper_no_update before update on association_paper begin select raise(abort, 'association_paper is append-only'); end;
create trigger association_paper_no_delete before delete on association_paper begin select raise(abort, 'association_paper is append-only'); end;
