//! The history: hash-chained streams and their seals.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, Tx};

/// A stored event. `hash` is over everything else, `prev` included.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EventRow {
    /// What the stream is about.
    pub stream_kind: String,
    /// Which one.
    pub stream_id: Uuid,
    /// Place in the stream, from 1.
    pub seq: i64,
    /// Hash of the event before, zeros for the first.
    pub prev: Vec<u8>,
    /// Hash of this event.
    pub hash: Vec<u8>,
    /// Product time.
    pub at: DateTime<Utc>,
    /// Who: `user:<id>`, `system`, `worker`.
    pub actor: String,
    /// What happened, a stable word.
    #[sqlx(rename = "type")]
    pub kind: String,
    /// Version of the body's shape.
    pub v: i64,
    /// Canonical JSON bytes, hashed as stored.
    pub body: Vec<u8>,
}

/// A stream's last event.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StreamRow {
    /// What the stream is about.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
    /// The last event's place.
    pub seq: i64,
    /// The last event's hash.
    pub head: Vec<u8>,
    /// The place up to which it is sealed.
    pub sealed_seq: i64,
}

/// A text that belongs to an event and may be disposed of.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EventTextRow {
    /// Stream.
    pub stream_kind: String,
    /// Stream.
    pub stream_id: Uuid,
    /// Event.
    pub seq: i64,
    /// The text's name in the body's `texts`.
    pub name: String,
    /// 16 random bytes.
    pub salt: Vec<u8>,
    /// The text.
    pub text: String,
}

/// A seal over all streams that changed since the one before.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SealRow {
    /// Number, from 1.
    pub no: i64,
    /// Swedish date.
    pub day: NaiveDate,
    /// Product time.
    pub at: DateTime<Utc>,
    /// How many streams it covers.
    pub streams: i64,
    /// Hash of the seal before, zeros for the first.
    pub prev: Vec<u8>,
    /// Hash of this seal.
    pub hash: Vec<u8>,
}

/// A stream's head as sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SealStreamRow {
    /// Seal.
    pub seal_no: i64,
    /// Stream.
    pub stream_kind: String,
    /// Stream.
    pub stream_id: Uuid,
    /// The sealed event's place.
    pub seq: i64,
    /// The sealed event's hash.
    pub hash: Vec<u8>,
}

/// The stream's last event, locked for the rest of the transaction.
pub async fn lock_stream(tx: &mut Tx, kind: &str, id: Uuid) -> Result<StreamRow> {
    // The no-op update is what takes the row lock on PostgreSQL; on SQLite the transaction has it already.
    one!(
        tx,
        StreamRow,
        "insert into stream (kind, id, seq, head, sealed_seq) values ($1, $2, 0, $3, 0)
         on conflict (kind, id) do update set seq = stream.seq returning kind, id, seq, head, sealed_seq",
        kind,
        id,
        vec![0_u8; 32]
    )
}

/// Appends an event and moves the stream's head.
pub async fn append(tx: &mut Tx, event: &EventRow) -> Result<()> {
    run!(
        tx,
        "insert into event (stream_kind, stream_id, seq, prev, hash, at, actor, type, v, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &event.stream_kind,
        event.stream_id,
        event.seq,
        &event.prev,
        &event.hash,
        event.at,
        &event.actor,
        &event.kind,
        event.v,
        &event.body
    )?;
    run!(
        tx,
        "update stream set seq = $3, head = $4 where kind = $1 and id = $2",
        &event.stream_kind,
        event.stream_id,
        event.seq,
        &event.hash
    )?;
    Ok(())
}

/// Stores a text apart from its event.
pub async fn insert_text(tx: &mut Tx, text: &EventTextRow) -> Result<()> {
    run!(
        tx,
        "insert into event_text (stream_kind, stream_id, seq, name, salt, text) values ($1, $2, $3, $4, $5, $6)",
        &text.stream_kind,
        text.stream_id,
        text.seq,
        &text.name,
        &text.salt,
        &text.text
    )?;
    Ok(())
}

/// A stream's events, oldest first.
pub async fn of_stream(tx: &mut Tx, kind: &str, id: Uuid) -> Result<Vec<EventRow>> {
    all!(tx, EventRow, "select * from event where stream_kind = $1 and stream_id = $2 order by seq", kind, id)
}

/// A stream's texts.
pub async fn texts_of_stream(tx: &mut Tx, kind: &str, id: Uuid) -> Result<Vec<EventTextRow>> {
    all!(tx, EventTextRow, "select * from event_text where stream_kind = $1 and stream_id = $2 order by seq, name", kind, id)
}

/// When the newest event happened.
pub async fn newest_at(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    optional_scalar!(tx, DateTime<Utc>, "select at from event order by at desc limit 1")
}

/// All streams, in a fixed order.
pub async fn streams(tx: &mut Tx) -> Result<Vec<StreamRow>> {
    all!(tx, StreamRow, "select kind, id, seq, head, sealed_seq from stream order by kind, id")
}

/// The streams with events that no seal covers.
pub async fn unsealed(tx: &mut Tx) -> Result<Vec<StreamRow>> {
    all!(tx, StreamRow, "select kind, id, seq, head, sealed_seq from stream where seq > sealed_seq order by kind, id")
}

/// The newest seal.
pub async fn last_seal(tx: &mut Tx) -> Result<Option<SealRow>> {
    optional!(tx, SealRow, "select * from seal order by no desc limit 1")
}

/// All seals, oldest first.
pub async fn seals(tx: &mut Tx) -> Result<Vec<SealRow>> {
    all!(tx, SealRow, "select * from seal order by no")
}

/// What a seal covers, in a fixed order.
pub async fn sealed_by(tx: &mut Tx, no: i64) -> Result<Vec<SealStreamRow>> {
    all!(tx, SealStreamRow, "select * from seal_stream where seal_no = $1 order by stream_kind, stream_id", no)
}

/// Stores a seal and marks what it covers.
pub async fn insert_seal(tx: &mut Tx, seal: &SealRow, streams: &[StreamRow]) -> Result<()> {
    run!(
        tx,
        "insert into seal (no, day, at, streams, prev, hash) values ($1, $2, $3, $4, $5, $6)",
        seal.no,
        seal.day,
        seal.at,
        seal.streams,
        &seal.prev,
        &seal.hash
    )?;
    for stream in streams {
        run!(
            tx,
            "insert into seal_stream (seal_no, stream_kind, stream_id, seq, hash) values ($1, $2, $3, $4, $5)",
            seal.no,
            &stream.kind,
            stream.id,
            stream.seq,
            &stream.head
        )?;
        run!(tx, "update stream set sealed_seq = $3 where kind = $1 and id = $2", &stream.kind, stream.id, stream.seq)?;
    }
    Ok(())
}
