-- People, organisations, packages. Dated facts are never overwritten: a new fact ends the old one.
create table setting (
    key text primary key,
    value text not null
);

-- Numbers handed out one after another in the order of commits: the row's lock orders the transactions.
create table counter (
    name text primary key,
    value bigint not null
);

create table app_user (
    id blob primary key,
    name text not null,
    email text,
    hide_name boolean not null
);

-- Roles are data with dates. `max_ore` bounds what a delegate or attester may handle in one case.
create table user_role (
    id blob primary key,
    user_id blob not null references app_user (id),
    role text not null check (role in ('officer', 'delegate', 'reviewer', 'attester', 'administrator', 'auditor', 'protected_identities')),
    committee text not null,
    grant_type text,
    max_ore bigint check (max_ore >= 0),
    reference text,
    valid_from text not null,
    valid_to text,
    check (valid_to is null or valid_from <= valid_to)
);
create index user_role_user on user_role (user_id);

create table organisation (
    id blob primary key,
    no bigint not null unique,
    number text not null unique,
    kind text not null check (kind in ('association', 'company', 'person')),
    category text,
    founded text,
    seat text,
    town text not null,
    status text not null check (status in ('active', 'dormant', 'liquidation', 'bankruptcy', 'dissolved')),
    created_at text not null
);

create table organisation_name (
    organisation_id blob not null references organisation (id),
    name text not null,
    sort_key text not null,
    valid_from text not null,
    valid_to text,
    primary key (organisation_id, valid_from)
);

create table organisation_external_id (
    organisation_id blob not null references organisation (id),
    sender text not null,
    external_id text not null,
    valid_from text not null,
    valid_to text,
    primary key (sender, external_id, valid_from)
);

create table organisation_contact (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    name text not null,
    email text not null,
    role text not null,
    valid_from text not null,
    valid_to text
);

create table organisation_members (
    organisation_id blob not null references organisation (id),
    as_of text not null,
    body text not null,
    primary key (organisation_id, as_of)
);

-- A new account holds the payment, never the application or the decision.
create table bank_account (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    account text not null,
    changed_at text not null,
    hold_until text,
    confirmed_at text,
    replaced_at text
);
create unique index bank_account_current on bank_account (organisation_id) where replaced_at is null;

create table approval (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    grant_type text not null,
    valid_from text not null,
    valid_to text not null,
    decision_id blob,
    check (valid_from <= valid_to)
);
create index approval_organisation on approval (organisation_id, grant_type);

-- Facts from elsewhere that rules may read: debts, earlier grants from older systems, outcomes of reports.
create table organisation_fact (
    organisation_id blob not null references organisation (id),
    fact text not null,
    value text not null,
    source text not null,
    valid_from text not null,
    primary key (organisation_id, fact, valid_from)
);

create table earlier_grant (
    organisation_id blob not null references organisation (id),
    grant_type text not null,
    period text not null,
    amount_ore bigint not null check (amount_ore >= 0),
    source text not null,
    primary key (organisation_id, grant_type, period)
);

-- A grant type's versions. The archive's bytes are what the hash is of; the database is the only source at run time.
create table package_version (
    id blob primary key,
    package_id text not null,
    version bigint not null,
    status text not null check (status in ('draft', 'finalised', 'active', 'closed')),
    sha256 text not null,
    host bigint not null,
    archive blob not null,
    imported_at text not null,
    unique (package_id, version),
    unique (package_id, sha256)
);

-- The version that governs a period; an application follows the version of its period.
create table package_period (
    package_id text not null,
    period text not null,
    package_version_id blob not null references package_version (id),
    from_at text not null,
    primary key (package_id, period)
);
