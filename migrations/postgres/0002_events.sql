-- The history: hash-chained streams, their texts apart, sealed daily.
create table stream (
    kind text not null check (kind in ('case', 'organisation', 'user', 'package', 'import', 'payment_batch', 'system')),
    id uuid not null,
    seq bigint not null,
    head bytea not null,
    sealed_seq bigint not null,
    primary key (kind, id)
);

create table event (
    stream_kind text not null,
    stream_id uuid not null,
    seq bigint not null check (seq >= 1),
    prev bytea not null,
    hash bytea not null,
    at timestamptz not null,
    actor text not null,
    type text not null,
    v bigint not null,
    body bytea not null,
    primary key (stream_kind, stream_id, seq)
);

-- Free text and personal data: deleted at disposal, the chain holds only the salted hash.
create table event_text (
    stream_kind text not null,
    stream_id uuid not null,
    seq bigint not null,
    name text not null,
    salt bytea not null,
    text text not null,
    primary key (stream_kind, stream_id, seq, name)
);

create table seal (
    no bigint primary key,
    day date not null,
    at timestamptz not null,
    streams bigint not null,
    prev bytea not null,
    hash bytea not null
);

create table seal_stream (
    seal_no bigint not null references seal (no),
    stream_kind text not null,
    stream_id uuid not null,
    seq bigint not null,
    hash bytea not null,
    primary key (seal_no, stream_kind, stream_id)
);

-- Append-only.
create function refuse_change() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$;
create trigger event_no_change before update or delete or truncate on event for each statement execute function refuse_change();
create trigger seal_no_change before update or delete or truncate on seal for each statement execute function refuse_change();
create trigger seal_stream_no_change before update or delete or truncate on seal_stream for each statement execute function refuse_change();
create trigger event_text_no_update before update or truncate on event_text for each statement execute function refuse_change();
