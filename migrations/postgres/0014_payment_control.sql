-- What attesters vouched for, what became of payments, and the budgets that grants are held against.

-- The hash of what was shown to whoever gave the attest: amount, payee and account. Another hash needs another attest.
alter table payment_order add column reviewed_hash text;
alter table payment_order add column attested_hash text;
-- A payment that was refused or came back is made again as an order of its own, once.
alter table payment_order add column replaces uuid references payment_order (id);
create unique index payment_order_replaces on payment_order (replaces) where replaces is not null;
create index payment_order_list on payment_order (state, created_at, id);
create index payment_order_organisation on payment_order (organisation_id, created_at);
create index payment_order_case on payment_order (case_id);
create index payment_order_batch on payment_order (batch_id) where batch_id is not null;
create index payment_hold_order on payment_hold (order_id);
create index bank_account_organisation on bank_account (organisation_id, changed_at);

-- A status report of the bank (pain.002) as it came.
create table payment_report (
    id uuid primary key,
    sha256 text not null unique,
    bytes bytea not null,
    received_at timestamptz not null,
    received_by uuid not null references app_user (id)
);

-- What became of a payment, each time something was told: by a report or by hand.
create table payment_outcome (
    id uuid primary key,
    order_id uuid not null references payment_order (id),
    state text not null check (state in ('accepted', 'rejected', 'unknown', 'booked', 'returned')),
    code text,
    reason text not null,
    report_id uuid references payment_report (id),
    at timestamptz not null,
    by_user uuid not null references app_user (id)
);
create index payment_outcome_order on payment_outcome (order_id, at);

-- The budget of a grant type's period. A change is a new row; the newest counts.
create table round_budget (
    id uuid primary key,
    grant_type text not null,
    period text not null,
    amount_ore bigint not null check (amount_ore >= 0),
    reference text not null,
    entered_at timestamptz not null,
    entered_by uuid references app_user (id)
);
create index round_budget_period on round_budget (grant_type, period, entered_at);
create trigger payment_report_no_change before update or delete or truncate on payment_report for each statement execute function refuse_change();
create trigger payment_outcome_no_change before update or delete or truncate on payment_outcome for each statement execute function refuse_change();
create trigger round_budget_no_change before update or delete or truncate on round_budget for each statement execute function refuse_change();
