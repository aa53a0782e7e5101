-- Decisions that take the place of earlier ones (förvaltningslagen 36-39 §§), and appeals (förvaltningslagen 43-47 §§,
-- kommunallagen 13 kap.).

-- The decision this one takes the place of, as what, and on which ground. The earlier one is noted as replaced and stays as it is.
alter table decision add column changes uuid references decision (id);
alter table decision add column change_kind text check (change_kind in ('rattelse', 'andring'));
alter table decision add column change_ground text check (
    (changes is null and change_kind is null and change_ground is null)
    or (changes is not null and change_kind = 'rattelse' and change_ground in ('skrivfel', 'raknefel', 'forbiseende'))
    or (changes is not null and change_kind = 'andring' and change_ground in ('forbehall', 'sakerhet', 'vilselett', 'till_formans', 'omprovning'))
);
alter table decision add column replaced_at timestamptz;
drop index decision_standing;
create unique index decision_standing on decision (case_id) where undone_at is null and replaced_at is null;
create index decision_changes on decision (changes) where changes is not null;
create trigger decision_change before update of changes, change_kind, change_ground on decision for each statement execute function refuse_change();

-- An appeal that came in, to us or to the court. What happens with it is noted step by step; no step is edited.
create table appeal (
    id uuid primary key,
    case_id uuid not null references cases (id),
    decision_id uuid not null references decision (id),
    form text not null check (form in ('laglighetsprovning', 'forvaltningsbesvar')),
    via text not null check (via in ('us', 'court')),
    received_on date not null,
    served_on date,
    appellant text not null,
    claim text not null,
    document_id uuid not null references document (id),
    entered_at timestamptz not null,
    entered_by uuid not null references app_user (id),
    state text not null check (state in ('received', 'to_forward', 'at_court', 'requested', 'closed')),
    steps bigint not null,
    due date,
    outcome text check (outcome in ('rejected', 'changed_as_asked', 'stands', 'changed', 'set_aside', 'withdrawn')),
    closed_at timestamptz,
    -- Under legality review the court tests whether it came in time, and nothing is reconsidered (förvaltningslagen 2 §).
    check (form = 'forvaltningsbesvar' or (state <> 'to_forward' and (outcome is null or outcome in ('stands', 'set_aside', 'withdrawn')))),
    check ((state = 'closed') = (closed_at is not null) and (state = 'closed') = (outcome is not null))
);
create index appeal_case on appeal (case_id, entered_at);
create index appeal_open on appeal (due) where closed_at is null;

create table appeal_step (
    appeal_id uuid not null references appeal (id),
    no bigint not null,
    kind text not null check (kind in ('rejected', 'reconsidered', 'forwarded', 'requested', 'answered', 'judged', 'withdrawn')),
    on_day date not null,
    due date,
    text text not null,
    document_id uuid references document (id),
    at timestamptz not null,
    -- Always a person: no step is the service's own.
    by_user uuid not null references app_user (id),
    primary key (appeal_id, no)
);
create trigger appeal_step_no_change before update or delete or truncate on appeal_step for each statement execute function refuse_change();
create trigger appeal_content before update of case_id, decision_id, form, via, received_on, served_on, appellant, claim, document_id, entered_at, entered_by on appeal for each statement execute function refuse_change();
create trigger appeal_no_delete before delete or truncate on appeal for each statement execute function refuse_change();
