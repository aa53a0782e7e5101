-- The committee's agenda: which cases a meeting is to decide, and what it did with each.

-- The last day a case can be put on the agenda.
alter table meeting add column stop_on date;

create table meeting_item (
    id uuid primary key,
    meeting_id uuid not null references meeting (id),
    case_id uuid not null references cases (id),
    no bigint not null,
    added_by uuid not null references app_user (id),
    added_at timestamptz not null,
    outcome text check (outcome in ('as_proposed', 'changed', 'refused', 'referred_back', 'tabled')),
    -- The paragraph of the minutes, where it is another than the meeting's.
    paragraph text,
    reason text,
    reservation text,
    decision_id uuid references decision (id),
    settled_by uuid references app_user (id),
    settled_at timestamptz,
    unique (meeting_id, case_id),
    check ((outcome is null) = (settled_at is null))
);
create unique index meeting_item_open on meeting_item (case_id) where outcome is null;

-- What an officer has written under a heading of the meeting's memo (tjänsteskrivelse) for a grant.
create table memo_text (
    meeting_id uuid not null references meeting (id),
    grant_type text not null,
    heading text not null,
    text text not null,
    written_by uuid not null references app_user (id),
    written_at timestamptz not null,
    primary key (meeting_id, grant_type, heading)
);
