-- Assessment: what somebody has filled in and not finished, and rounds that are ranked against the budget.

-- Hers alone until she finishes it; then it is a task's result, which is never edited.
create table task_draft (
    case_id blob not null references cases (id),
    entered bigint not null,
    task text not null,
    user_id blob not null references app_user (id),
    filled text not null,
    comment text not null,
    at text not null,
    primary key (case_id, entered, task, user_id)
);

-- A round's ranking as somebody proposed it. It settles what the cases are proposed when another person has agreed.
create table ranking (
    id blob primary key,
    grant_type text not null,
    period text not null,
    seq bigint not null,
    terms blob not null,
    result_hash text not null,
    proposed_by blob not null references app_user (id),
    proposed_at text not null,
    settled_by blob references app_user (id),
    settled_at text,
    turned_down_by blob references app_user (id),
    turned_down_at text,
    turned_down_why text,
    unique (grant_type, period, seq),
    -- Four eyes: who proposed it does not settle it.
    check (settled_by <> proposed_by),
    check ((settled_by is null) = (settled_at is null)),
    check (settled_at is null or turned_down_at is null)
);
create unique index ranking_open on ranking (grant_type, period) where settled_at is null and turned_down_at is null;

create table ranking_line (
    ranking_id blob not null references ranking (id),
    case_id blob not null references cases (id),
    place bigint not null,
    points bigint not null check (points >= 0),
    assessed_ore bigint not null check (assessed_ore >= 0),
    amount_ore bigint not null check (amount_ore >= 0),
    why text not null check (why in ('as_proposed', 'most_percent', 'rest', 'below_least', 'below_line', 'nothing_proposed')),
    primary key (ranking_id, case_id)
);
create index ranking_line_case on ranking_line (case_id);

-- What the assessment gave a case that waits to be ranked, so that a round of thousands is one read.
create table ranking_candidate (
    case_id blob primary key references cases (id),
    entered bigint not null,
    grant_type text not null,
    period text not null,
    points bigint not null check (points >= 0),
    applied_ore bigint not null check (applied_ore >= 0),
    assessed_ore bigint not null check (assessed_ore >= 0),
    category text,
    district text
);
create index ranking_candidate_round on ranking_candidate (grant_type, period);
