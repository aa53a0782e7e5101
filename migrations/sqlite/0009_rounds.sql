-- Budgets that cannot be overdrawn, pots that are shared, reference tables.

-- What may be granted of a grant type by a committee in a budget year. What decisions have taken is kept on the row
-- itself, so that the database refuses an öre too much however many decide at once.
create table budget (
    grant_type text not null,
    unit text not null,
    year bigint not null,
    amount_ore bigint not null check (amount_ore >= 0),
    used_ore bigint not null check (used_ore >= 0),
    primary key (grant_type, unit, year),
    check (used_ore <= amount_ore)
);

-- What took from a budget and gave back: decisions and their undoing. The budget's row is their sum.
create table budget_entry (
    grant_type text not null,
    unit text not null,
    year bigint not null,
    decision_id blob not null references decision (id),
    kind text not null check (kind in ('decided', 'undone')),
    amount_ore bigint not null,
    at text not null,
    primary key (decision_id, kind),
    foreign key (grant_type, unit, year) references budget (grant_type, unit, year),
    check ((kind = 'decided' and amount_ore >= 0) or (kind = 'undone' and amount_ore <= 0))
);
create index budget_entry_of on budget_entry (grant_type, unit, year);
create trigger budget_entry_no_update before update on budget_entry begin select raise(abort, 'budget_entry is append-only'); end;
create trigger budget_entry_no_delete before delete on budget_entry begin select raise(abort, 'budget_entry is append-only'); end;

-- A round's pot as it was shared: what went in, what came out. It may be shared again until one sharing is locked.
create table allocation (
    id blob primary key,
    grant_type text not null,
    period text not null,
    seq bigint not null,
    package_version_id blob not null references package_version (id),
    inputs blob not null,
    entries blob not null,
    result blob not null,
    result_hash text not null,
    left_ore bigint not null check (left_ore >= 0),
    at text not null,
    actor text not null,
    locked_at text,
    unique (grant_type, period, seq)
);
create unique index allocation_locked on allocation (grant_type, period) where locked_at is not null;

create table allocation_part (
    allocation_id blob not null references allocation (id),
    case_id blob not null references cases (id),
    own_ore bigint not null,
    part_ore bigint not null,
    primary key (allocation_id, case_id),
    check (own_ore + part_ore >= 0)
);
create index allocation_part_case on allocation_part (case_id);
create trigger allocation_content before update of grant_type, period, seq, package_version_id, inputs, entries, result, result_hash, left_ore, at, actor on allocation begin select raise(abort, 'a shared pot is never edited'); end;
create trigger allocation_unlocked before update of locked_at on allocation when old.locked_at is not null begin select raise(abort, 'a locked pot stays locked'); end;
create trigger allocation_no_delete before delete on allocation begin select raise(abort, 'allocation is append-only'); end;
create trigger allocation_part_no_update before update on allocation_part begin select raise(abort, 'allocation_part is append-only'); end;
create trigger allocation_part_no_delete before delete on allocation_part begin select raise(abort, 'allocation_part is append-only'); end;

-- Tables of outside figures: the sports federation's sums, areas, debts. A version holds from its day until the next.
create table reference_table (
    id text not null,
    version bigint not null,
    valid_from text not null,
    source text not null,
    sha256 text not null,
    entries bigint not null,
    at text not null,
    actor text not null,
    primary key (id, version)
);

create table reference_value (
    table_id text not null,
    version bigint not null,
    key text not null,
    value text not null,
    primary key (table_id, version, key),
    foreign key (table_id, version) references reference_table (id, version)
);
create trigger reference_table_no_update before update on reference_table begin select raise(abort, 'reference_table is append-only'); end;
create trigger reference_table_no_delete before delete on reference_table begin select raise(abort, 'reference_table is append-only'); end;
create trigger reference_value_no_update before update on reference_value begin select raise(abort, 'reference_value is append-only'); end;
create trigger reference_value_no_delete before delete on reference_value begin select raise(abort, 'reference_value is append-only'); end;
