-- Attendance. A mark is not a row: an occasion holds one blob. Times are seconds, days count from 1970-01-01,
-- and references are small numbers, because a city has millions of marks.
create table file (
    id blob primary key,
    name text not null unique,
    sha256 text not null,
    size bigint not null,
    media_type text not null,
    data_key_id blob,
    wrapped_key blob not null,
    stored_at text not null
);

-- A data key per association and period, wrapped by the tenant's key. Disposal destroys it.
create table data_key (
    id blob primary key,
    organisation_id blob not null references organisation (id),
    period text not null,
    wrapped blob,
    destroyed_at text,
    unique (organisation_id, period),
    check (wrapped is not null or destroyed_at is not null)
);

create table person (
    no bigint primary key,
    hmac blob not null unique,
    birth text not null,
    sex text not null check (sex in ('female', 'male'))
);

-- Residence and protection are dated facts with their source.
create table person_fact (
    person_no bigint not null references person (no),
    kind text not null check (kind in ('residence', 'protection')),
    value text not null,
    as_of text not null,
    source text not null,
    fetched_at text not null,
    primary key (person_no, kind, as_of)
);

create table person_secret (
    import_no bigint not null,
    person_no bigint not null,
    ciphertext blob not null,
    primary key (import_no, person_no)
);

-- `no` is the watermark: a calculation says up to which import it has read.
create table attendance_import (
    no bigint primary key,
    id blob not null unique,
    organisation_id blob not null references organisation (id),
    source text not null check (source in ('upload', 'push', 'hand')),
    period text not null,
    file_id blob not null references file (id),
    sha256 text not null,
    accepted boolean not null,
    report blob not null,
    at text not null,
    actor text not null
);
create index attendance_import_organisation on attendance_import (organisation_id, no);

-- One active source per association and period; switching withdraws the old one.
create table attendance_source (
    organisation_id blob not null references organisation (id),
    period text not null,
    source text not null,
    since_import bigint not null,
    primary key (organisation_id, period)
);

create table attendance_card (
    no bigint primary key,
    organisation_no bigint not null references organisation (no),
    source text not null,
    card bigint not null,
    name text not null,
    unique (organisation_no, source, card)
);

-- Who has ever been marked on a card, so that clashes are looked for only among cards that share people.
create table attendance_member (
    card_no bigint not null,
    person_no bigint not null,
    primary key (card_no, person_no)
) without rowid;
create index attendance_member_person on attendance_member (person_no, card_no);

create table attendance_word (
    no bigint primary key,
    word text not null unique
);

-- An occasion version: valid from one import until another replaces it.
create table occasion (
    id integer primary key,
    card_no bigint not null,
    code text not null,
    day integer not null,
    start_second integer not null,
    length_second integer not null,
    kind integer not null,
    activity_word integer not null,
    place_word integer not null,
    team_sport integer,
    marks blob not null,
    from_import bigint not null,
    replaced_by bigint
);
create index occasion_card on occasion (card_no, day);
create index occasion_day on occasion (day);

-- A closed period's locked snapshot: which occasion versions, which marks lost, who was resident.
create table snapshot (
    id blob primary key,
    grant_type text not null,
    period text not null,
    watermark bigint not null,
    sha256 text not null,
    at text not null,
    actor text not null,
    unique (grant_type, period)
);

create table snapshot_part (
    snapshot_id blob not null references snapshot (id),
    organisation_id blob not null references organisation (id),
    body blob not null,
    sha256 text not null,
    primary key (snapshot_id, organisation_id)
);

-- Each club sees its own marks and "en annan registrering", never the other club.
create table clash (
    id blob primary key,
    grant_type text not null,
    period text not null,
    person_no bigint not null,
    occasion_a bigint not null,
    organisation_a blob not null references organisation (id),
    occasion_b bigint not null,
    organisation_b blob not null references organisation (id),
    scope text not null check (scope in ('within', 'across')),
    asked boolean not null,
    found_at text not null,
    answer_by text not null,
    answer_a text check (answer_a in ('keep', 'withdraw')),
    answer_b text check (answer_b in ('keep', 'withdraw')),
    unique (grant_type, period, person_no, occasion_a, occasion_b)
);
create index clash_organisation_a on clash (organisation_a, period);
create index clash_organisation_b on clash (organisation_b, period);

-- The embedded population register: keyed hashes, never readable numbers.
create table population (
    hmac blob not null,
    as_of text not null,
    municipality text,
    protection text check (protection in ('sekretessmarkering', 'skyddad_folkbokforing')),
    deregistered text,
    primary key (hmac, as_of)
);
