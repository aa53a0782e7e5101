-- Decisions that take the place of earlier ones (förvaltningslagen 36-39 §§), and appeals (förvaltningslagen 43-47 §§,
-- kommunallagen 13 kap.).

-- The decision this one takes the place of, as what, and on which ground. The earlier one is noted as replaced and stays as it is.
alter table decision add column changes blob references decision (id);
alter table decision add column change_kind text check (change_kind in ('rattelse', 'andring'));
alter table decision add column change_ground text check (
    (changes is null and change_kind is null and change_ground is null)
    or (changes is not null and change_kind = 'rattelse' and change_ground in ('skrivfel', 'raknefel', 'forbiseende'))
    or (changes is not null and change_kind = 'andring' and change_ground in ('forbehall', 'sakerhet', 'vilselett', 'till_formans', 'omprovning'))
);
alter table decision add column replaced_at text;
drop index decision_standing;
create unique index decision_standing on decision (case_id) where undone_at is null and replaced_at is null;
create index decision_changes on decision (changes) where changes is not null;
create trigger decision_change before update of changes, change_kind, change_ground on decision begin select raise(abort, 'a decision is never edited'); end;

-- An appeal that came in, to us or to the court. What happens with it is noted step by step; no step is edited.
create table appeal (
    id blob primary key,
    case_id blob not null references cases (id),
    decision_id blob not null references decision (id),
    form text not null check (form in ('laglighetsprovning', 'forvaltningsbesvar')),
    via text not null check (via in ('us', 'court')),
    received_on text not null,
    served_on text,
    appellant text not null,
    claim text not null,
    document_id blob not null references document (id),
    entered_at text not null,
    entered_by blob not null references app_user (id),
    state text not null check (state in ('received', 'to_forward', 'at_court', 'requested', 'closed')),
    steps bigint not null,
    due text,
    outcome text check (outcome in ('rejected', 'changed_as_asked', 'stands', 'changed', 'set_aside', 'withdrawn')),
    closed_at text,
    -- Under legality review the court tests whether it came in time, and nothing is reconsidered (förvaltningslagen 2 §).
    check (form = 'forvaltningsbesvar' or (state <> 'to_forward' and (outcome is null or outcome in ('stands', 'set_aside', 'withdrawn')))),
    check ((state = 'closed') = (closed_at is not null) and (state = 'closed') = (outcome is not null))
);
create index appeal_case on appeal (case_id, entered_at);
create index appeal_open on appeal (due) where closed_at is null;

create table appeal_step (
    appeal_id blob not null references appeal (id),
    no bigint not null,
    kind text not null check (kind in ('rejected', 'reconsidered', 'forwarded', 'requested', 'answered', 'judged', 'withdrawn')),
    on_day text not null,
    due text,
    text text not null,
    document_id blob references document (id),
    at text not null,
    -- Always a person: no step is the service's own.
    by_user blob not null references app_user (id),
    primary key (appeal_id, no)
);
create trigger appeal_step_no_update before update on appeal_step begin select raise(abort, 'appeal_step is append-only'); end;
create trigger appeal_step_no_delete before delete on appeal_step begin select raise(abort, 'appeal_step is append-only'); end;
create trigger appeal_content before update of case_id, decision_id, form, via, received_on, served_on, appellant, claim, document_id, entered_at, entered_by on appeal begin select raise(abort, 'an appeal is never edited'); end;
create trigger appeal_no_delete before delete on appeal begin select raise(abort, 'appeal is append-only'); end;
