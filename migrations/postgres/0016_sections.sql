-- Sections of an association ("Fotboll", "Innebandy"): dated, kept by the association itself.
create table association_section (
    id uuid primary key,
    organisation_id uuid not null references organisation (id),
    name text not null,
    activity text not null,
    contact text not null,
    valid_from date not null,
    valid_to date,
    entered_by uuid references app_user (id),
    entered_at timestamptz not null
);
create index association_section_of on association_section (organisation_id, valid_from);
