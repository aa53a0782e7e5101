-- Who gets a case by itself: officers in named groups (units), when they are away and who stands in for them, and what each
-- has been given.

-- The units themselves stand in the municipality's settings, as her committees do; who belongs to one changes more often.
create table unit_member (
    unit text not null,
    user_id uuid not null references app_user (id),
    since timestamptz not null,
    primary key (unit, user_id)
);
create index unit_member_user on unit_member (user_id);

create table absence (
    id uuid primary key,
    user_id uuid not null references app_user (id),
    from_day date not null,
    until_day date not null,
    substitute_id uuid references app_user (id),
    entered_at timestamptz not null,
    ended_at timestamptz,
    check (until_day >= from_day),
    check (substitute_id is null or substitute_id <> user_id)
);
create index absence_user on absence (user_id);
create index absence_substitute on absence (substitute_id) where substitute_id is not null;

create table assignment (
    no bigint primary key,
    case_id uuid not null references cases (id),
    user_id uuid not null references app_user (id),
    unit text,
    at timestamptz not null
);
create index assignment_at on assignment (at);
create index assignment_case on assignment (case_id);
