-- What an association says of itself: dated facts; a change ends the old one.
create table association_detail (
    organisation_id blob not null references organisation (id),
    valid_from text not null,
    federation text not null,
    seat_address text not null,
    year_end text not null,
    entered_by blob references app_user (id),
    entered_at text not null,
    primary key (organisation_id, valid_from)
);

-- Board and auditor (styrelse, revisor).
create table association_officer (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    role text not null check (role in ('chair', 'vice_chair', 'treasurer', 'secretary', 'member', 'deputy', 'auditor')),
    name text not null,
    valid_from text not null,
    valid_to text,
    entered_by blob references app_user (id),
    entered_at text not null,
    check (valid_to is null or valid_from <= valid_to)
);
create index association_officer_organisation on association_officer (organisation_id);

-- Who signs for the association together (firmateckning), with the minutes it rests on.
create table association_signing (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    rule text not null check (rule in ('each', 'two_together')),
    paragraph text not null,
    decided_on text not null,
    valid_from text not null,
    valid_to text,
    entered_by blob references app_user (id),
    entered_at text not null,
    check (valid_to is null or valid_from <= valid_to)
);
create index association_signing_organisation on association_signing (organisation_id);

-- Contacts that the association lets the public read.
create table public_contact (
    contact_id blob primary key references organisation_contact (id)
);
