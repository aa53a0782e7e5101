-- Cases, their states, tasks and clocks, the diary, calculations and decisions.
create table diary_series (
    committee text not null,
    year bigint not null,
    last bigint not null,
    primary key (committee, year)
);

-- A diary case (OSL 5:2). A round may share one; voided numbers keep their reason.
create table diary_case (
    id uuid primary key,
    committee text not null,
    year bigint not null,
    number bigint not null,
    subject text not null,
    classification text not null,
    opened_on date not null,
    closed_on date,
    void_reason text,
    round_key text unique,
    documents bigint not null,
    unique (committee, year, number)
);

create table cases (
    id uuid primary key,
    diary_case_id uuid not null references diary_case (id),
    number text not null unique,
    committee text not null,
    organisation_id uuid not null references organisation (id),
    grant_type text not null,
    period text not null,
    package_version_id uuid not null references package_version (id),
    state text not null,
    entered bigint not null,
    came_from text not null,
    due date not null,
    received_at timestamptz not null,
    complete_on date,
    amount_ore bigint,
    outcome text check (outcome in ('bifall', 'delvis_bifall', 'avslag', 'avvisning', 'avskrivning')),
    protected boolean not null,
    remark boolean not null,
    closed_at timestamptz
);
create index cases_list on cases (grant_type, period, state);
create index cases_organisation on cases (organisation_id, grant_type, period);
create unique index cases_one_open on cases (organisation_id, grant_type, period) where closed_at is null;

create table application (
    id uuid primary key,
    case_id uuid not null references cases (id),
    answers bytea not null,
    sha256 text not null,
    received_at timestamptz not null,
    signed_by text not null,
    document_id uuid,
    idempotency_key text not null unique,
    watermark bigint not null,
    replaced_at timestamptz
);
create unique index application_current on application (case_id) where replaced_at is null;

create table case_state (
    case_id uuid not null references cases (id),
    entered bigint not null,
    state text not null,
    entered_at timestamptz not null,
    left_at timestamptz,
    reason text,
    primary key (case_id, entered)
);

create table task (
    id uuid primary key,
    case_id uuid not null references cases (id),
    entered bigint not null,
    task text not null,
    role text not null,
    reason text not null,
    opened_at timestamptz not null,
    due date,
    closed_at timestamptz
);
create index task_case on task (case_id);
create index task_open on task (role, opened_at) where closed_at is null;

create table task_result (
    id uuid primary key,
    task_id uuid not null references task (id),
    user_id uuid not null references app_user (id),
    action text not null,
    checklist text not null,
    comment text not null,
    at timestamptz not null,
    unique (task_id, user_id)
);

create table case_clock (
    case_id uuid not null references cases (id),
    clock text not null,
    started_on date not null,
    limit_days bigint not null,
    pauses text not null,
    stopped_on date,
    primary key (case_id, clock)
);

create table document (
    id uuid primary key,
    diary_case_id uuid not null references diary_case (id),
    no bigint not null,
    case_id uuid references cases (id),
    direction text not null check (direction in ('in', 'out', 'internal')),
    dated date not null,
    registered_at timestamptz not null,
    party text,
    subject text not null,
    masked boolean not null,
    document_type text not null,
    retention text not null,
    file_id uuid references file (id),
    unique (diary_case_id, no)
);
create index document_case on document (case_id);

create table calculation (
    id uuid primary key,
    case_id uuid not null references cases (id),
    seq bigint not null,
    kind text not null check (kind in ('provisional', 'final')),
    package_version_id uuid not null references package_version (id),
    inputs bytea not null,
    input_hash text not null,
    watermark bigint,
    snapshot_id uuid references snapshot (id),
    result bytea not null,
    result_hash text not null,
    used bytea not null,
    trace bytea not null,
    total_ore bigint not null,
    at timestamptz not null,
    unique (case_id, seq)
);

create table checkpoint (
    case_id uuid not null references cases (id),
    entered bigint not null,
    no bigint not null,
    kind text not null check (kind in ('rule', 'risk', 'sample', 'unseen')),
    code text not null,
    reason text not null,
    primary key (case_id, entered, no)
);

create table decision (
    id uuid primary key,
    case_id uuid not null references cases (id),
    version bigint not null,
    outcome text not null check (outcome in ('bifall', 'delvis_bifall', 'avslag', 'avvisning', 'avskrivning')),
    amount_ore bigint not null check (amount_ore >= 0),
    calculation_id uuid not null references calculation (id),
    mode text not null check (mode in ('batch_delegate', 'automatic', 'officer', 'committee')),
    appeal text not null check (appeal in ('laglighetsprovning', 'forvaltningsbesvar')),
    decided_by uuid references app_user (id),
    delegation text,
    decided_at timestamptz not null,
    dispatch_at timestamptz not null,
    dispatched_at timestamptz,
    undone_at timestamptz,
    letter bytea not null,
    letter_hash text not null,
    document_id uuid,
    meeting_id uuid,
    unique (case_id, version),
    -- kommunallagen 6 kap. 38 §: no automatic decision where legality review is the appeal.
    check (not (appeal = 'laglighetsprovning' and decided_by is null)),
    check (mode <> 'automatic' or decided_by is null),
    check (amount_ore = 0 or outcome in ('bifall', 'delvis_bifall'))
);
create unique index decision_standing on decision (case_id) where undone_at is null;

-- A meeting at which delegated decisions are reported (kommunallagen 6 kap. 40 §).
create table meeting (
    id uuid primary key,
    committee text not null,
    held_on date not null,
    paragraph text,
    announced_on date,
    removed_on date,
    unique (committee, held_on)
);

-- Calculations, decisions' content, snapshots and payment lines are written once.
create trigger calculation_no_change before update or delete or truncate on calculation for each statement execute function refuse_change();
create trigger decision_no_delete before delete or truncate on decision for each statement execute function refuse_change();
create trigger decision_content before update of outcome, amount_ore, calculation_id, mode, appeal, decided_by, delegation, decided_at, letter, letter_hash on decision for each statement execute function refuse_change();
