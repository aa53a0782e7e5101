//! The history: events in hash-chained streams, texts apart, seals over all streams.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Actor, ServiceResult};
use crate::app::Tenant;
use crate::domain::canonical::{self, Sha};
use crate::domain::id::{CaseId, ImportId, OrganisationId, PackageVersionId, PaymentBatchId, UserId};
use crate::store::counters::{self, Counter};
use crate::store::events::{self, EventRow, EventTextRow, SealRow, StreamRow};
use crate::store::{Result as StoreResult, Tx};

/// Whose history an event belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// A case.
    Case(CaseId),
    /// An organisation.
    Organisation(OrganisationId),
    /// A user.
    User(UserId),
    /// A package version.
    Package(PackageVersionId),
    /// An import.
    Import(ImportId),
    /// A payment batch.
    PaymentBatch(PaymentBatchId),
    /// The installation.
    System,
}

impl Stream {
    /// The stream's kind word and id.
    #[must_use]
    pub const fn key(self) -> (&'static str, Uuid) {
        match self {
            Self::Case(id) => ("case", id.0),
            Self::Organisation(id) => ("organisation", id.0),
            Self::User(id) => ("user", id.0),
            Self::Package(id) => ("package", id.0),
            Self::Import(id) => ("import", id.0),
            Self::PaymentBatch(id) => ("payment_batch", id.0),
            Self::System => ("system", Uuid::nil()),
        }
    }
}

/// An event to be recorded: ids, codes, amounts and hashes in `body`; free text and personal data in `texts`.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// What happened, a stable word such as `case.received`.
    pub kind: &'a str,
    /// An object.
    pub body: Value,
    /// Texts by name.
    pub texts: &'a [(&'a str, &'a str)],
}

/// Records an event in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut Tx, tenant: &Tenant, stream: Stream, actor: &Actor, event: Event<'_>) -> ServiceResult<()> {
    let (kind, id) = stream.key();
    let head = events::lock_stream(tx, kind, id).await?;
    let seq = head.seq + 1;
    let mut body = event.body;
    let mut hashes = BTreeMap::new();
    let mut texts = Vec::with_capacity(event.texts.len());
    for (name, text) in event.texts {
        let salt: [u8; 16] = rand::random();
        hashes.insert((*name).to_owned(), Sha::of_parts(&[&salt, text.as_bytes()]).hex());
        texts.push(EventTextRow {
            stream_kind: kind.to_owned(),
            stream_id: id,
            seq,
            name: (*name).to_owned(),
            salt: salt.to_vec(),
            text: (*text).to_owned(),
        });
    }
    if let (false, Value::Object(object)) = (hashes.is_empty(), &mut body) {
        object.insert("texts".to_owned(), json!(hashes));
    }
    let mut row = EventRow {
        stream_kind: kind.to_owned(),
        stream_id: id,
        seq,
        prev: head.head,
        hash: Vec::new(),
        at: tenant.clock.now(),
        actor: actor.code(),
        kind: event.kind.to_owned(),
        v: 1,
        body: canonical::to_bytes(&body)?,
    };
    row.hash = hash_of(&row).0.to_vec();
    events::append(tx, &row).await?;
    for text in &texts {
        events::insert_text(tx, text).await?;
    }
    Ok(())
}

/// Seals every stream that changed since the last seal; answers the seal's number, or `None` when nothing changed.
///
/// # Errors
/// When the database refuses.
pub async fn seal(tx: &mut Tx, tenant: &Tenant) -> ServiceResult<Option<i64>> {
    // Drawing the number first makes seals wait for each other.
    let no = counters::draw(tx, Counter::Seal, 1).await?;
    let mut streams = events::unsealed(tx).await?;
    if streams.is_empty() {
        return Ok(None);
    }
    sort(&mut streams);
    let prev = events::last_seal(tx).await?.map_or_else(|| vec![0; 32], |seal| seal.hash);
    let at = tenant.clock.now();
    let mut seal =
        SealRow { no, day: tenant.clock.today(), at, streams: i64::try_from(streams.len()).unwrap_or(i64::MAX), prev, hash: Vec::new() };
    let heads: Vec<(&str, Uuid, i64, &[u8])> =
        streams.iter().map(|stream| (stream.kind.as_str(), stream.id, stream.seq, stream.head.as_slice())).collect();
    seal.hash = hash_of_seal(&seal, &heads).0.to_vec();
    events::insert_seal(tx, &seal, &streams).await?;
    Ok(Some(no))
}

/// The first thing found wrong in the history.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Broken {
    /// `stream kind/id` or `seal`.
    pub place: String,
    /// Event or seal number.
    pub no: i64,
    /// What is wrong.
    pub what: &'static str,
}

/// What a check of the history found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct HistoryReport {
    /// Streams checked.
    pub streams: usize,
    /// Events checked.
    pub events: usize,
    /// Texts checked; disposed ones are not there and not wrong.
    pub texts: usize,
    /// Seals checked.
    pub seals: usize,
    /// What is wrong, the first of each stream and seal.
    pub broken: Vec<Broken>,
}

/// Checks every chain, text and seal.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify(tx: &mut Tx) -> StoreResult<HistoryReport> {
    let mut report = HistoryReport::default();
    let mut hashes: BTreeMap<(String, Uuid, i64), Vec<u8>> = BTreeMap::new();
    let mut streams = events::streams(tx).await?;
    sort(&mut streams);
    for stream in &streams {
        report.streams += 1;
        let rows = events::of_stream(tx, &stream.kind, stream.id).await?;
        report.events += rows.len();
        if let Some((no, what)) = broken_chain(stream, &rows) {
            report.broken.push(Broken { place: format!("{}/{}", stream.kind, stream.id), no, what });
        }
        for text in events::texts_of_stream(tx, &stream.kind, stream.id).await? {
            report.texts += 1;
            let wanted = rows.iter().find(|row| row.seq == text.seq).and_then(|row| text_hash(row, &text.name));
            if wanted != Some(Sha::of_parts(&[&text.salt, text.text.as_bytes()]).hex()) {
                report.broken.push(Broken { place: format!("{}/{}", stream.kind, stream.id), no: text.seq, what: "text_changed" });
            }
        }
        hashes.extend(rows.into_iter().map(|row| ((row.stream_kind, row.stream_id, row.seq), row.hash)));
    }
    let mut prev = vec![0; 32];
    for seal in events::seals(tx).await? {
        report.seals += 1;
        if let Some(what) = broken_seal(tx, &seal, &prev, &hashes).await? {
            report.broken.push(Broken { place: "seal".to_owned(), no: seal.no, what });
        }
        prev = seal.hash;
    }
    Ok(report)
}

fn broken_chain(stream: &StreamRow, rows: &[EventRow]) -> Option<(i64, &'static str)> {
    let mut prev = vec![0; 32];
    for (row, expected) in rows.iter().zip(1_i64..) {
        if row.seq != expected {
            return Some((expected, "event_missing"));
        }
        if row.prev != prev {
            return Some((row.seq, "chain_broken"));
        }
        if row.hash != hash_of(row).0 {
            return Some((row.seq, "event_changed"));
        }
        prev.clone_from(&row.hash);
    }
    let last = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    (stream.seq != last || (last > 0 && stream.head != prev)).then_some((last + 1, "tail_missing"))
}

async fn broken_seal(
    tx: &mut Tx,
    seal: &SealRow,
    prev: &[u8],
    hashes: &BTreeMap<(String, Uuid, i64), Vec<u8>>,
) -> StoreResult<Option<&'static str>> {
    let mut sealed = events::sealed_by(tx, seal.no).await?;
    sealed.sort_by(|a, b| (&a.stream_kind, a.stream_id).cmp(&(&b.stream_kind, b.stream_id)));
    let heads: Vec<(&str, Uuid, i64, &[u8])> =
        sealed.iter().map(|row| (row.stream_kind.as_str(), row.stream_id, row.seq, row.hash.as_slice())).collect();
    if seal.prev != prev {
        return Ok(Some("seal_chain_broken"));
    }
    // The hash binds every head, and so their number; the figure beside it is held to that.
    if seal.hash != hash_of_seal(seal, &heads).0 || i64::try_from(heads.len()) != Ok(seal.streams) {
        return Ok(Some("seal_changed"));
    }
    let all_there =
        sealed.iter().all(|row| hashes.get(&(row.stream_kind.clone(), row.stream_id, row.seq)).is_some_and(|hash| *hash == row.hash));
    Ok((!all_there).then_some("sealed_event_changed"))
}

fn text_hash(row: &EventRow, name: &str) -> Option<String> {
    let body: Value = serde_json::from_slice(&row.body).ok()?;
    body.get("texts")?.get(name)?.as_str().map(str::to_owned)
}

fn hash_of(row: &EventRow) -> Sha {
    Sha::of_parts(&[
        row.stream_kind.as_bytes(),
        row.stream_id.as_bytes(),
        &row.seq.to_be_bytes(),
        &row.prev,
        stamp(row.at).as_bytes(),
        row.actor.as_bytes(),
        row.kind.as_bytes(),
        &row.v.to_be_bytes(),
        &row.body,
    ])
}

fn hash_of_seal(seal: &SealRow, heads: &[(&str, Uuid, i64, &[u8])]) -> Sha {
    let mut parts: Vec<Vec<u8>> =
        vec![seal.no.to_be_bytes().to_vec(), seal.day.to_string().into_bytes(), stamp(seal.at).into_bytes(), seal.prev.clone()];
    for (kind, id, seq, hash) in heads {
        parts.extend([kind.as_bytes().to_vec(), id.as_bytes().to_vec(), seq.to_be_bytes().to_vec(), hash.to_vec()]);
    }
    Sha::of_parts(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// One text for a moment whatever the database made of it: UTC, microseconds.
fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The databases order texts and ids differently; hashes need one order.
fn sort(streams: &mut [StreamRow]) {
    streams.sort_by(|a, b| (&a.kind, a.id).cmp(&(&b.kind, b.id)));
}
