-- The history: hash-chained streams, their texts apart, sealed daily.
create table stream (
    kind text not null check (kind in ('case', 'organisation', 'user', 'package', 'import', 'payment_batch', 'system')),
    id blob not null,
    seq bigint not null,
    head blob not null,
    sealed_seq bigint not null,
    primary key (kind, id)
);

create table event (
    stream_kind text not null,
    stream_id blob not null,
    seq bigint not null check (seq >= 1),
    prev blob not null,
    hash blob not null,
    at text not null,
    actor text not null,
    type text not null,
    v bigint not null,
    body blob not null,
    primary key (stream_kind, stream_id, seq)
);

-- Free text and personal data: deleted at disposal, the chain holds only the salted hash.
create table event_text (
    stream_kind text not null,
    stream_id blob not null,
    seq bigint not null,
    name text not null,
    salt blob not null,
    text text not null,
    primary key (stream_kind, stream_id, seq, name)
);

create table seal (
    no bigint primary key,
    day text not null,
    at text not null,
    streams bigint not null,
    prev blob not null,
    hash blob not null
);

create table seal_stream (
    seal_no bigint not null references seal (no),
    stream_kind text not null,
    stream_id blob not null,
    seq bigint not null,
    hash blob not null,
    primary key (seal_no, stream_kind, stream_id)
);

-- Append-only.
create trigger event_no_update before update on event begin select raise(abort, 'event is append-only'); end;
create trigger event_no_delete before delete on event begin select raise(abort, 'event is append-only'); end;
create trigger seal_no_update before update on seal begin select raise(abort, 'seal is append-only'); end;
create trigger seal_no_delete before delete on seal begin select raise(abort, 'seal is append-only'); end;
create trigger seal_stream_no_update before update on seal_stream begin select raise(abort, 'seal_stream is append-only'); end;
create trigger seal_stream_no_delete before delete on seal_stream begin select raise(abort, 'seal_stream is append-only'); end;
create trigger event_text_no_update before update on event_text begin select raise(abort, 'event_text is append-only'); end;
