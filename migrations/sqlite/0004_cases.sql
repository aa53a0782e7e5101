-- Cases, their states, tasks and clocks, the diary, calculations and decisions.
create table diary_series (
    committee text not null,
    year bigint not null,
    last bigint not null,
    primary key (committee, year)
);

-- A diary case (OSL 5:2). A round may share one; voided numbers keep their reason.
create table diary_case (
    id blob primary key,
    committee text not null,
    year bigint not null,
    number bigint not null,
    subject text not null,
    classification text not null,
    opened_on text not null,
    closed_on text,
    void_reason text,
    round_key text unique,
    documents bigint not null,
    unique (committee, year, number)
);

create table cases (
    id blob primary key,
    diary_case_id blob not null references diary_case (id),
    number text not null unique,
    committee text not null,
    organisation_id blob not null references organisation (id),
    grant_type text not null,
    period text not null,
    package_version_id blob not null references package_version (id),
    state text not null,
    entered bigint not null,
    came_from text not null,
    due text not null,
    received_at text not null,
    complete_on text,
    amount_ore bigint,
    outcome text check (outcome in ('bifall', 'delvis_bifall', 'avslag', 'avvisning', 'avskrivning')),
    protected boolean not null,
    remark boolean not null,
    closed_at text
);
create index cases_list on cases (grant_type, period, state);
create index cases_organisation on cases (organisation_id, grant_type, period);
create unique index cases_one_open on cases (organisation_id, grant_type, period) where closed_at is null;

create table application (
    id blob primary key,
    case_id blob not null references cases (id),
    answers blob not null,
    sha256 text not null,
    received_at text not null,
    signed_by text not null,
    document_id blob,
    idempotency_key text not null unique,
    watermark bigint not null,
    replaced_at text
);
create unique index application_current on application (case_id) where replaced_at is null;

create table case_state (
    case_id blob not null references cases (id),
    entered bigint not null,
    state text not null,
    entered_at text not null,
    left_at text,
    reason text,
    primary key (case_id, entered)
);

create table task (
    id blob primary key,
    case_id blob not null references cases (id),
    entered bigint not null,
    task text not null,
    role text not null,
    reason text not null,
    opened_at text not null,
    due text,
    closed_at text
);
create index task_case on task (case_id);
create index task_open on task (role, opened_at) where closed_at is null;

create table task_result (
    id blob primary key,
    task_id blob not null references task (id),
    user_id blob not null references app_user (id),
    action text not null,
    checklist text not null,
    comment text not null,
    at text not null,
    unique (task_id, user_id)
);

create table case_clock (
    case_id blob not null references cases (id),
    clock text not null,
    started_on text not null,
    limit_days bigint not null,
    pauses text not null,
    stopped_on text,
    primary key (case_id, clock)
);

create table document (
    id blob primary key,
    diary_case_id blob not null references diary_case (id),
    no bigint not null,
    case_id blob references cases (id),
    direction text not null check (direction in ('in', 'out', 'internal')),
    dated text not null,
    registered_at text not null,
    party text,
    subject text not null,
    masked boolean not null,
    document_type text not null,
    retention text not null,
    file_id blob references file (id),
    unique (diary_case_id, no)
);
create index document_case on document (case_id);

create table calculation (
    id blob primary key,
    case_id blob not null references cases (id),
    seq bigint not null,
    kind text not null check (kind in ('provisional', 'final')),
    package_version_id blob not null references package_version (id),
    inputs blob not null,
    input_hash text not null,
    watermark bigint,
    snapshot_id blob references snapshot (id),
    result blob not null,
    result_hash text not null,
    used blob not null,
    trace blob not null,
    total_ore bigint not null,
    at text not null,
    unique (case_id, seq)
);

create table checkpoint (
    case_id blob not null references cases (id),
    entered bigint not null,
    no bigint not null,
    kind text not null check (kind in ('rule', 'risk', 'sample', 'unseen')),
    code text not null,
    reason text not null,
    primary key (case_id, entered, no)
);

create table decision (
    id blob primary key,
    case_id blob not null references cases (id),
    version bigint not null,
    outcome text not null check (outcome in ('bifall', 'delvis_bifall', 'avslag', 'avvisning', 'avskrivning')),
    amount_ore bigint not null check (amount_ore >= 0),
    calculation_id blob not null references calculation (id),
    mode text not null check (mode in ('batch_delegate', 'automatic', 'officer', 'committee')),
    appeal text not null check (appeal in ('laglighetsprovning', 'forvaltningsbesvar')),
    decided_by blob references app_user (id),
    delegation text,
    decided_at text not null,
    dispatch_at text not null,
    dispatched_at text,
    undone_at text,
    letter blob not null,
    letter_hash text not null,
    document_id blob,
    meeting_id blob,
    unique (case_id, version),
    -- kommunallagen 6 kap. 38 §: no automatic decision where legality review is the appeal.
    check (not (appeal = 'laglighetsprovning' and decided_by is null)),
    check (mode <> 'automatic' or decided_by is null),
    check (amount_ore = 0 or outcome in ('bifall', 'delvis_bifall'))
);
create unique index decision_standing on decision (case_id) where undone_at is null;

-- A meeting at which delegated decisions are reported (kommunallagen 6 kap. 40 §).
create table meeting (
    id blob primary key,
    committee text not null,
    held_on text not null,
    paragraph text,
    announced_on text,
    removed_on text,
    unique (committee, held_on)
);

-- Calculations, decisions' content, snapshots and payment lines are written once.
create trigger calculation_no_update before update on calculation begin select raise(abort, 'calculation is append-only'); end;
create trigger calculation_no_delete before delete on calculation begin select raise(abort, 'calculation is append-only'); end;
create trigger decision_no_delete before delete on decision begin select raise(abort, 'decision is append-only'); end;
create trigger decision_content before update of outcome, amount_ore, calculation_id, mode, appeal, decided_by, delegation, decided_at, letter, letter_hash on decision begin select raise(abort, 'a decision is never edited'); end;
