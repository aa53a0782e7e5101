-- The dialogue: who opened a message first, a form's key so that one sent twice is written once, attachments, and the
-- templates that staff write from.

alter table message add column read_by text;
alter table message add column form_key text;
create unique index message_form_key on message (case_id, form_key) where form_key is not null;

-- Each attachment is a document in the diary too. Its own name may say more than the public diary should, and is sealed.
create table message_file (
    id blob primary key,
    message_id blob not null references message (id),
    no bigint not null,
    file_id blob not null references file (id),
    document_id blob not null references document (id),
    name blob not null,
    unique (message_id, no)
);

create table message_template (
    id blob primary key,
    title text not null check (title <> ''),
    text text not null check (text <> ''),
    written_by blob not null references app_user (id),
    written_at text not null,
    retired_at text
);
