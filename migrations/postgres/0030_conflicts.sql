-- Conflict of interest (jäv, förvaltningslagen 16-18 §§): what ties are, what is declared in a case, who lets whom take part
-- all the same, and who has gone through her ties.

alter table conflict_of_interest add column kind text not null default 'other'
    check (kind in ('board', 'member', 'employed', 'relative', 'other'));
-- When it was entered: an override covers what was known when it was given. Ties from before were always known.
alter table conflict_of_interest add column entered_at timestamptz;

-- What somebody has declared in a case. Her own words lie with the event; here is only what holds her away.
create table conflict_declaration (
    id uuid primary key,
    case_id uuid not null references cases (id),
    user_id uuid not null references app_user (id),
    ground text not null check (ground in ('concerned', 'close', 'represents', 'earlier_instance', 'other')),
    declared_at timestamptz not null
);
create index conflict_declaration_user on conflict_declaration (user_id);
create index conflict_declaration_case on conflict_declaration (case_id);
create trigger conflict_declaration_no_change before update or delete or truncate on conflict_declaration
    for each statement execute function refuse_change();

-- An override: somebody else says that the conflict is obviously without importance (16 § 2 st.), or that nobody else can do it
-- without considerable delay (17 §).
create table conflict_override (
    id uuid primary key,
    case_id uuid not null references cases (id),
    user_id uuid not null references app_user (id),
    why text not null check (why in ('no_importance', 'nobody_else')),
    given_by uuid not null references app_user (id),
    given_at timestamptz not null,
    ended_at timestamptz,
    ended_by uuid references app_user (id),
    check (given_by <> user_id),
    check ((ended_at is null) = (ended_by is null))
);
create unique index conflict_override_one on conflict_override (case_id, user_id) where ended_at is null;
create index conflict_override_user on conflict_override (user_id);

-- Who has gone through her ties for a year.
create table tie_review (
    user_id uuid not null references app_user (id),
    year bigint not null,
    reviewed_at timestamptz not null,
    primary key (user_id, year)
);

-- "Is it you?", answered no: the hint of that name in that association is not given again.
create table tie_hint_answer (
    user_id uuid not null references app_user (id),
    organisation_id uuid not null references organisation (id),
    name_key text not null,
    answered_at timestamptz not null,
    primary key (user_id, organisation_id, name_key)
);

-- The last wall: whatever the service believes, nobody decides a case in which she has declared a conflict that nobody has lifted.
create function refuse_conflicted() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from conflict_declaration d
        where d.case_id = new.case_id and d.user_id = new.decided_by and not exists (
            select 1 from conflict_override o
            where o.case_id = d.case_id and o.user_id = d.user_id and o.ended_at is null and o.given_at >= d.declared_at
        )
    ) then
        raise exception 'who has declared a conflict of interest does not decide';
    end if;
    return new;
end
$$;
create trigger decision_conflicted before insert on decision for each row execute function refuse_conflicted();
