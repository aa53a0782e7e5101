-- Payment. Lines never go below zero together; corrections are new lines.
create table payment_order (
    id uuid primary key,
    case_id uuid not null references cases (id),
    decision_id uuid not null references decision (id),
    instalment bigint not null,
    organisation_id uuid not null references organisation (id),
    amount_ore bigint not null check (amount_ore >= 0),
    state text not null check (state in ('draft', 'reviewed', 'attested', 'exported', 'accepted', 'rejected', 'unknown', 'booked', 'returned', 'cancelled')),
    end_to_end_id text not null unique,
    decided_by uuid references app_user (id),
    reviewed_by uuid references app_user (id),
    reviewed_at timestamptz,
    attested_by uuid references app_user (id),
    attested_at timestamptz,
    account text,
    batch_id uuid,
    created_at timestamptz not null,
    unique (decision_id, instalment),
    -- No one attests what he decided, and two different persons attest.
    check (reviewed_by is null or decided_by is null or reviewed_by <> decided_by),
    check (attested_by is null or decided_by is null or attested_by <> decided_by),
    check (attested_by is null or reviewed_by is null or attested_by <> reviewed_by),
    check (state not in ('attested', 'exported', 'accepted', 'rejected', 'unknown', 'booked', 'returned') or (reviewed_by is not null and attested_by is not null)),
    check (state not in ('exported', 'accepted', 'rejected', 'unknown', 'booked', 'returned') or (batch_id is not null and account is not null))
);
create index payment_order_state on payment_order (state);

create table payment_line (
    order_id uuid not null references payment_order (id),
    no bigint not null,
    kind text not null check (kind in ('grant', 'instalment', 'set_off', 'recovery')),
    amount_ore bigint not null,
    text text not null,
    account text not null,
    cost_centre text not null,
    activity text not null,
    project text not null,
    counterpart text not null,
    primary key (order_id, no)
);

create table payment_hold (
    id uuid primary key,
    order_id uuid not null references payment_order (id),
    reason text not null,
    note text not null,
    placed_at timestamptz not null,
    until date,
    released_at timestamptz,
    released_by uuid references app_user (id),
    unique (order_id, reason, placed_at)
);

create table payment_batch (
    id uuid primary key,
    number text not null unique,
    channel text not null check (channel in ('bank', 'ledger', 'manual')),
    execution_on date not null,
    created_at timestamptz not null,
    created_by uuid not null references app_user (id),
    orders bigint not null,
    total_ore bigint not null
);

create table payment_file (
    batch_id uuid not null references payment_batch (id),
    kind text not null check (kind in ('pain001', 'sie4i', 'ledger', 'manual')),
    name text not null,
    bytes bytea not null,
    sha256 text not null,
    primary key (batch_id, kind)
);

create table debt (
    id uuid primary key,
    organisation_id uuid not null references organisation (id),
    reason text not null,
    amount_ore bigint not null check (amount_ore > 0),
    remaining_ore bigint not null check (remaining_ore >= 0),
    created_at timestamptz not null
);

create trigger payment_line_no_change before update or delete or truncate on payment_line for each statement execute function refuse_change();
create trigger payment_file_no_change before update or truncate on payment_file for each statement execute function refuse_change();
