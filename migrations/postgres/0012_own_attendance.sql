-- What an association does with its own attendance: the name of the file it sent, what it said of rows left out, and
-- attendance cards kept by hand.
alter table attendance_import add column file_name text not null default '';

-- A row of a file whose marks were left out: corrected by a later import, or left out for good. `line` is the file's.
create table attendance_choice (
    import_no bigint not null references attendance_import (no),
    line bigint not null,
    choice text not null check (choice in ('corrected', 'left_out')),
    by_import bigint references attendance_import (no),
    at timestamptz not null,
    actor text not null,
    primary key (import_no, line),
    check ((choice = 'corrected') = (by_import is not null))
);

-- A group whose card is kept by hand; `card` is its number among the association's cards.
create table hand_group (
    id uuid primary key,
    organisation_id uuid not null references organisation (id),
    card bigint not null,
    name text not null,
    activity text not null,
    place text not null,
    created_at timestamptz not null,
    unique (organisation_id, card)
);

-- Somebody on such a card: number and name sealed under a key of the association's own, found again by the keyed hash.
create table hand_person (
    id uuid primary key,
    organisation_id uuid not null references organisation (id),
    hmac bytea not null,
    data_key_id uuid not null references data_key (id),
    ciphertext bytea not null,
    created_at timestamptz not null,
    unique (organisation_id, hmac)
);

-- Who is on which card. Who has left keeps her earlier marks.
create table hand_member (
    group_id uuid not null references hand_group (id),
    person_id uuid not null references hand_person (id),
    role text not null check (role in ('participant', 'leader')),
    added_at timestamptz not null,
    removed_at timestamptz,
    primary key (group_id, person_id)
);
