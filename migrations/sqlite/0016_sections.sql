-- Sections of an association ("Fotboll", "Innebandy"): dated, kept by the association itself.
create table association_section (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    name text not null,
    activity text not null,
    contact text not null,
    valid_from text not null,
    valid_to text,
    entered_by blob references app_user (id),
    entered_at text not null
);
create index association_section_of on association_section (organisation_id, valid_from);
