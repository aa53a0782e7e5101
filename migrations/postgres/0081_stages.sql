-- Meetings of the bodies that prepare a committee's cases, and the papers of a meeting that are made in the background.

-- The preparing body; null for the committee itself.
alter table meeting add column stage text;
alter table meeting drop constraint meeting_committee_held_on_key;
create unique index meeting_day on meeting (committee, coalesce(stage, ''), held_on);

alter table job drop constraint job_kind_check;
alter table job add constraint job_kind_check check (kind in ('step', 'wait', 'outbox', 'dispatch', 'bundle'));

-- The papers of a meeting in one packed file.
create table meeting_bundle (
    id uuid primary key,
    meeting_id uuid not null references meeting (id),
    -- A memo for each grant, or one for each case.
    memos text not null check (memos in ('by_grant', 'by_case')),
    asked_by uuid not null references app_user (id),
    asked_at timestamptz not null,
    -- How many documents it will have, and how many are made.
    total bigint not null check (total > 0),
    made bigint not null check (made >= 0 and made <= total),
    file_id uuid references file (id),
    -- Why it could not be made.
    fault text,
    finished_at timestamptz,
    check ((finished_at is null) = (file_id is null and fault is null))
);
create index meeting_bundle_meeting on meeting_bundle (meeting_id, asked_at);
