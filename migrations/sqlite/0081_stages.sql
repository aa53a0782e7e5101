-- Meetings of the bodies that prepare a committee's cases, and the papers of a meeting that are made in the background.

-- A table's uniqueness and checks cannot be altered here: each is written again. What refers to a meeting waits for the end.
pragma defer_foreign_keys = on;
create table meeting_before as select * from meeting;
drop table meeting;
create table meeting (
    id blob primary key,
    committee text not null,
    -- The preparing body; null for the committee itself.
    stage text,
    held_on text not null,
    paragraph text,
    announced_on text,
    removed_on text,
    -- The last day a case can be put on the agenda.
    stop_on text
);
create unique index meeting_day on meeting (committee, coalesce(stage, ''), held_on);
insert into meeting (id, committee, stage, held_on, paragraph, announced_on, removed_on, stop_on)
    select id, committee, null, held_on, paragraph, announced_on, removed_on, stop_on from meeting_before;
drop table meeting_before;

create table job_again (
    id blob primary key,
    kind text not null check (kind in ('step', 'wait', 'outbox', 'dispatch', 'bundle')),
    case_id blob references cases (id),
    reference blob,
    entered bigint not null,
    step text not null,
    dedup_key text not null unique,
    run_at text not null,
    lease_owner text,
    lease_until text,
    attempts bigint not null,
    last_error text,
    done_at text,
    dead_at text,
    closed_reason text
);
insert into job_again select id, kind, case_id, reference, entered, step, dedup_key, run_at, lease_owner, lease_until, attempts, last_error, done_at, dead_at, closed_reason from job;
drop table job;
alter table job_again rename to job;
create index job_due on job (run_at) where done_at is null and dead_at is null;
create index job_case on job (case_id);
create index job_failing on job (case_id) where done_at is null and last_error is not null;

-- The papers of a meeting in one packed file.
create table meeting_bundle (
    id blob primary key,
    meeting_id blob not null references meeting (id),
    -- A memo for each grant, or one for each case.
    memos text not null check (memos in ('by_grant', 'by_case')),
    asked_by blob not null references app_user (id),
    asked_at text not null,
    -- How many documents it will have, and how many are made.
    total bigint not null check (total > 0),
    made bigint not null check (made >= 0 and made <= total),
    file_id blob references file (id),
    -- Why it could not be made.
    fault text,
    finished_at text,
    check ((finished_at is null) = (file_id is null and fault is null))
);
create index meeting_bundle_meeting on meeting_bundle (meeting_id, asked_at);
