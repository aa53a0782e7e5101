-- Reports on grants: what is to be reported and when, how a report settled its grant, and plans for paying back.

-- A duty to report on a granted case, or to requisition a part of it, born with the decision.
create table report_duty (
    id uuid primary key,
    -- The granted case and the decision that grants.
    case_id uuid not null references cases (id),
    decision_id uuid not null references decision (id),
    -- The grant type of the report.
    grant_type text not null,
    period text not null,
    organisation_id uuid not null references organisation (id),
    due date not null,
    created_at timestamptz not null,
    -- The case of the report, once it has come.
    report_case_id uuid references cases (id),
    -- When it was accepted, or claimed back without one.
    done_at timestamptz,
    unique (case_id, grant_type)
);
create index report_duty_organisation on report_duty (organisation_id, grant_type, period) where done_at is null;
create index report_duty_report on report_duty (report_case_id) where report_case_id is not null;
create index report_duty_open on report_duty (due) where done_at is null;

-- How an accepted report settled its grant (slutavräkning).
create table final_settlement (
    report_case_id uuid primary key references cases (id),
    case_id uuid not null unique references cases (id),
    decision_id uuid not null references decision (id),
    granted_ore bigint not null check (granted_ore >= 0),
    -- What of the grant had left before.
    paid_ore bigint not null check (paid_ore >= 0),
    -- What the grant came to be.
    final_ore bigint not null check (final_ore >= 0 and final_ore <= granted_ore),
    -- What is still paid, or claimed back as a debt with a last day.
    rest_ore bigint not null check (rest_ore >= 0),
    claimed_ore bigint not null check (claimed_ore >= 0),
    debt_id uuid references debt (id),
    due date,
    at timestamptz not null,
    check (paid_ore + rest_ore - claimed_ore = final_ore),
    check (rest_ore = 0 or claimed_ore = 0),
    check ((claimed_ore > 0) = (debt_id is not null)),
    check ((claimed_ore > 0) = (due is not null))
);
create index final_settlement_debt on final_settlement (debt_id) where debt_id is not null;

-- A plan for paying back in parts; a new version takes the place of the one before.
create table recovery_part (
    report_case_id uuid not null references final_settlement (report_case_id),
    version bigint not null,
    no bigint not null,
    due date not null,
    amount_ore bigint not null check (amount_ore > 0),
    set_at timestamptz not null,
    set_by uuid not null references app_user (id),
    primary key (report_case_id, version, no)
);

create trigger final_settlement_no_change before update or delete or truncate on final_settlement for each statement execute function refuse_change();
create trigger recovery_part_no_change before update or delete or truncate on recovery_part for each statement execute function refuse_change();

-- Another reason to stop on the way: a report would claim something back, and the applicant is heard first.
alter table checkpoint drop constraint checkpoint_kind_check;
alter table checkpoint add constraint checkpoint_kind_check check (kind in ('rule', 'risk', 'sample', 'unseen', 'claims_back'));
