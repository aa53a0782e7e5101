-- The officers' queue: how a case stands to those who work, in one row, written with every move of the case.
-- `verify` compares it with what the workflow says.
create table case_queue (
    case_id blob primary key references cases (id),
    organisation_id blob not null references organisation (id),
    committee text not null,
    grant_type text not null,
    period text not null,
    state text not null,
    waits text not null check (waits in ('service', 'failed', 'officer', 'decision', 'dispatch', 'applicant', 'close', 'time', 'nothing')),
    why text,
    rank bigint not null,
    received_at text not null,
    due text,
    calculation_id blob references calculation (id),
    outcome text,
    marks bigint,
    remarks bigint not null,
    routed boolean not null,
    -- What people set on it: who handles it, until when it is put away, messages that nobody has answered.
    officer_id blob references app_user (id),
    snoozed_until text,
    unread bigint not null check (unread >= 0)
);
create index case_queue_order on case_queue (rank, received_at, case_id);
create index case_queue_grant on case_queue (grant_type, period);
create index case_queue_organisation on case_queue (organisation_id);
create index case_queue_officer on case_queue (officer_id) where officer_id is not null;
create index job_failing on job (case_id) where done_at is null and last_error is not null;
create index search_term_case on search_term (case_id);

-- A filter of the queue that somebody wants back.
create table saved_view (
    id blob primary key,
    user_id blob not null references app_user (id),
    name text not null,
    query text not null,
    saved_at text not null,
    unique (user_id, name)
);

-- What officers write for each other. Working material: no document, never shown to the applicant.
create table case_note (
    id blob primary key,
    case_id blob not null references cases (id),
    user_id blob not null references app_user (id),
    at text not null,
    text text not null
);
create index case_note_case on case_note (case_id, at);

-- The dialogue of a case. Each message is a document in the diary too (OSL 5 kap. 1 §).
create table message (
    id blob primary key,
    case_id blob not null references cases (id),
    side text not null check (side in ('applicant', 'municipality')),
    user_id blob references app_user (id),
    sender text not null,
    at text not null,
    text text not null,
    document_id blob not null references document (id),
    read_at text
);
create index message_case on message (case_id, at);

-- More time to apply (anstånd): for one, or for all where no association is named. The latest day counts.
create table extension (
    id blob primary key,
    grant_type text not null,
    period text not null,
    organisation_id blob references organisation (id),
    until text not null,
    reason text not null,
    user_id blob not null references app_user (id),
    at text not null
);
create index extension_of on extension (grant_type, period);

-- An officer's change of an amount, with her reason. A later one counts before an earlier; none is edited.
create table case_override (
    id blob primary key,
    case_id blob not null references cases (id),
    no bigint not null,
    amount_ore bigint check (amount_ore >= 0),
    reason text not null check (reason <> ''),
    user_id blob not null references app_user (id),
    at text not null,
    unique (case_id, no)
);

-- What a delegate was shown when she decided: the rows as they stood on her page, and their hash.
create table decision_list (
    id blob primary key,
    user_id blob not null references app_user (id),
    at text not null,
    sha256 text not null,
    body blob not null
);
create trigger extension_no_update before update on extension begin select raise(abort, 'extension is append-only'); end;
create trigger extension_no_delete before delete on extension begin select raise(abort, 'extension is append-only'); end;
create trigger case_override_no_update before update on case_override begin select raise(abort, 'case_override is append-only'); end;
create trigger case_override_no_delete before delete on case_override begin select raise(abort, 'case_override is append-only'); end;
create trigger decision_list_no_update before update on decision_list begin select raise(abort, 'decision_list is append-only'); end;
create trigger decision_list_no_delete before delete on decision_list begin select raise(abort, 'decision_list is append-only'); end;
