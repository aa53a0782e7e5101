-- The queue is the state. Leases use real time, `run_at` product time.
create table job (
    id uuid primary key,
    kind text not null check (kind in ('step', 'wait', 'outbox', 'dispatch')),
    case_id uuid references cases (id),
    reference uuid,
    entered bigint not null,
    step text not null,
    dedup_key text not null unique,
    run_at timestamptz not null,
    lease_owner text,
    lease_until timestamptz,
    attempts bigint not null,
    last_error text,
    done_at timestamptz,
    dead_at timestamptz,
    closed_reason text
);
create index job_due on job (run_at) where done_at is null and dead_at is null;
create index job_case on job (case_id);

-- Every outside call: request bytes, hash, attempts, answer. Idempotent on its own id.
create table outbox (
    id uuid primary key,
    channel text not null check (channel in ('mail')),
    case_id uuid references cases (id),
    decision_id uuid references decision (id),
    request bytea not null,
    sha256 text not null,
    created_at timestamptz not null,
    attempts bigint not null,
    sent_at timestamptz,
    answer text,
    cancelled_at timestamptz
);

create table search_term (
    term text not null,
    case_id uuid not null references cases (id),
    primary key (term, case_id)
);
