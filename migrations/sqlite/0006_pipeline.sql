-- The queue is the state. Leases use real time, `run_at` product time.
create table job (
    id blob primary key,
    kind text not null check (kind in ('step', 'wait', 'outbox', 'dispatch')),
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
create index job_due on job (run_at) where done_at is null and dead_at is null;
create index job_case on job (case_id);

-- Every outside call: request bytes, hash, attempts, answer. Idempotent on its own id.
create table outbox (
    id blob primary key,
    channel text not null check (channel in ('mail')),
    case_id blob references cases (id),
    decision_id blob references decision (id),
    request blob not null,
    sha256 text not null,
    created_at text not null,
    attempts bigint not null,
    sent_at text,
    answer text,
    cancelled_at text
);

create table search_term (
    term text not null,
    case_id blob not null references cases (id),
    primary key (term, case_id)
);
