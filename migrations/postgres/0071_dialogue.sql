-- The dialogue: who opened a message first, a form's key so that one sent twice is written once, attachments, and the
-- templates that staff write from.

alter table message add column read_by text;
alter table message add column form_key text;
create unique index message_form_key on message (case_id, form_key) where form_key is not null;

-- Each attachment is a document in the diary too. Its own name may say more than the public diary should, and is sealed.
create table message_file (
    id uuid primary key,
    message_id uuid not null references message (id),
    no bigint not null,
    file_id uuid not null references file (id),
    document_id uuid not null references document (id),
    name bytea not null,
    unique (message_id, no)
);

create table message_template (
    id uuid primary key,
    title text not null check (title <> ''),
    text text not null check (text <> ''),
    written_by uuid not null references app_user (id),
    written_at timestamptz not null,
    retired_at timestamptz
);
