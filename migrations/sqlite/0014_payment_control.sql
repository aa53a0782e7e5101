-- What attesters vouched for, what became of payments, and the budgets that grants are held against.

-- The hash of what was shown to whoever gave the attest: amount, payee and account. Another hash needs another attest.
alter table payment_order add column reviewed_hash text;
alter table payment_order add column attested_hash text;
-- A payment that was refused or came back is made again as an order of its own, once.
alter table payment_order add column replaces blob references payment_order (id);
create unique index payment_order_replaces on payment_order (replaces) where replaces is not null;
create index payment_order_list on payment_order (state, created_at, id);
create index payment_order_organisation on payment_order (organisation_id, created_at);
create index payment_order_case on payment_order (case_id);
create index payment_order_batch on payment_order (batch_id) where batch_id is not null;
create index payment_hold_order on payment_hold (order_id);
create index bank_account_organisation on bank_account (organisation_id, changed_at);

-- A status report of the bank (pain.002) as it came.
create table payment_report (
    id blob primary key,
    sha256 text not null unique,
    bytes blob not null,
    received_at text not null,
    received_by blob not null references app_user (id)
);

-- What became of a payment, each time something was told: by a report or by hand.
create table payment_outcome (
    id blob primary key,
    order_id blob not null references payment_order (id),
    state text not null check (state in ('accepted', 'rejected', 'unknown', 'booked', 'returned')),
    code text,
    reason text not null,
    report_id blob references payment_report (id),
    at text not null,
    by_user blob not null references app_user (id)
);
create index payment_outcome_order on payment_outcome (order_id, at);
create trigger payment_report_no_update before update on payment_report begin select raise(abort, 'payment_report is append-only'); end;
create trigger payment_report_no_delete before delete on payment_report begin select raise(abort, 'payment_report is append-only'); end;
create trigger payment_outcome_no_update before update on payment_outcome begin select raise(abort, 'payment_outcome is append-only'); end;
create trigger payment_outcome_no_delete before delete on payment_outcome begin select raise(abort, 'payment_outcome is append-only'); end;

-- The budget of a grant type's period. A change is a new row; the newest counts.
create table round_budget (
    id blob primary key,
    grant_type text not null,
    period text not null,
    amount_ore bigint not null check (amount_ore >= 0),
    reference text not null,
    entered_at text not null,
    entered_by blob references app_user (id)
);
create index round_budget_period on round_budget (grant_type, period, entered_at);
create trigger round_budget_no_update before update on round_budget begin select raise(abort, 'budget is append-only'); end;
create trigger round_budget_no_delete before delete on round_budget begin select raise(abort, 'budget is append-only'); end;
