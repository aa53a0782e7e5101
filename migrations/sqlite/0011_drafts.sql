-- Applications that are being written. They belong to the association and are not handed in: nobody in the
-- municipality reads them, and what was typed is sealed.
create table draft (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    kind text not null check (kind in ('application', 'replacement', 'supplement')),
    grant_type text not null,
    period text not null,
    -- The case that is replaced or supplemented; of an application: the case it became.
    case_id blob references cases (id),
    -- The earlier case its first answers came from.
    prefilled_from blob references cases (id),
    begun_by blob references app_user (id),
    begun_at text not null,
    touched_at text not null,
    closed_at text,
    closed_as text check (closed_as in ('sent', 'thrown_away')),
    check ((closed_at is null) = (closed_as is null)),
    check (kind = 'application' or case_id is not null)
);
-- One open draft of a kind for a grant's period: the guard against two.
create unique index draft_one_open on draft (organisation_id, grant_type, period, kind) where closed_at is null;
create index draft_of_case on draft (case_id);

-- One row an answer, with its version, who wrote it last and when.
create table draft_answer (
    draft_id blob not null references draft (id),
    field text not null,
    version bigint not null,
    source text not null check (source in ('typed', 'earlier', 'register')),
    content blob not null,
    written_by blob references app_user (id),
    written_at text not null,
    primary key (draft_id, field)
);

-- Sections somebody has gone through, also such that ask nothing that must be answered.
create table draft_section (
    draft_id blob not null references draft (id),
    section text not null,
    seen_at text not null,
    primary key (draft_id, section)
);

-- Files chosen for an answer. The name is sealed: people put numbers and names in it.
create table draft_file (
    id blob primary key,
    draft_id blob not null references draft (id),
    field text not null,
    file_id blob not null references file (id),
    name blob not null,
    uploaded_by blob references app_user (id),
    uploaded_at text not null
);
create index draft_file_of on draft_file (draft_id, field);

-- A second signature that the association's rule for signing asks for (firmateckning); the application is received all the same.
create table cosignature (
    id blob primary key,
    case_id blob not null references cases (id),
    application_id blob not null references application (id),
    first_signer blob references app_user (id),
    asked_at text not null,
    last_day text not null,
    signed_by blob references app_user (id),
    signed_at text,
    -- Called off by a replacement or a withdrawal, or its time ran out.
    ended_at text,
    check (signed_at is null or ended_at is null)
);
create unique index cosignature_open on cosignature (case_id) where signed_at is null and ended_at is null;
create index cosignature_case on cosignature (case_id);
