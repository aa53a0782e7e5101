//! Taking in an attendance file: stored as received, read, judged, and written in one short transaction.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Read, Write};

use chrono::{Datelike, NaiveDate, Timelike};
use serde_json::json;

use super::read::facts;
use super::received::{Received, Replaces, displaced, foreign};
use super::{data_key, day_number, half_year, kind_number, span_of};
use crate::app::Tenant;
use crate::app::files::{Stored, Unsynced, Writing};
use crate::app::keys::Secret;
use crate::attendance::codec;
use crate::attendance::dak::{self, Options};
use crate::attendance::file::{AttendanceFile, FileOccasion, FilePerson};
use crate::attendance::identity::person_hmac;
use crate::attendance::report::Report;
use crate::attendance::versions::{self, Change, Current, Sent};
use crate::domain::attendance::{OccasionFacts, PersonNo};
use crate::domain::canonical;
use crate::domain::id::{FileId, ImportId};
use crate::services::actor::{About, Action, authorize};
use crate::services::diary::{Loose, register_loose};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, packages, periods};
use crate::store::attendance::{self as rows, CardRow, ImportRow, NewOccasion, SourceKind};
use crate::store::counters::{self, Counter};
use crate::store::files::FileRow;
use crate::store::organisations::{self, OrganisationRow};
use crate::store::persons::{self, PersonRow, SecretRow};
use crate::store::{Tx, diary, files};

/// What came of a file.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The import.
    pub id: ImportId,
    /// Its watermark.
    pub no: i64,
    /// The report; with the names she sent where the association herself is the sender, the staff sees masked numbers.
    pub report: Report,
    /// Occasion versions written.
    pub written: usize,
    /// Occasions sent as they already were.
    pub unchanged: usize,
    /// Occasions taken away.
    pub withdrawn: usize,
}

/// Takes in a file. A refused file is stored with its report too: it is a public record; nothing else is changed.
///
/// # Errors
/// When disk or database refuse. A bad file is no error: see the report.
pub async fn import(tenant: &Tenant, actor: &Actor, received: Received) -> ServiceResult<Imported> {
    authorize(actor, Action::ActFor(About::Association(received.organisation)))?;
    let mut read = tenant.db.read().await?;
    let organisation = organisations::by_id(&mut read, received.organisation).await?.ok_or(ServiceError::NotFound)?;
    let known_as = organisations::external_ids(&mut read, organisation.id, tenant.clock.today()).await?;
    let reads_health = packages::active(&mut read, tenant).await?.iter().any(|(_, package)| package.rules.reads().attendance);
    drop(read);
    let file_id = FileId(tenant.ids.uuid());
    let file_key = Secret::random();
    let writing = tenant.files.create(file_id.0, &file_key)?;
    let options = Options { municipality: Some(tenant.profile.code.clone()), ..Options::on(tenant.clock.today()) };
    let person_key = *tenant.keys.person.bytes();
    let parsed = tokio::task::spawn_blocking(move || parse(received.bytes, writing, &options, &person_key));
    let mut parsed = parsed.await.map_err(|error| anyhow::anyhow!("the file was not read: {error}"))??;
    // The disk makes the file last while the rows are written; they are committed after it.
    let lasts = tokio::task::spawn_blocking(move || parsed.unsynced.sync());
    if let Some(file) = &parsed.file {
        foreign(file, &organisation, &known_as, &mut parsed.report);
    }
    let mut tx = tenant.db.write().await?;
    // Drawing the watermark makes imports wait for each other: a higher one is always committed later.
    let no = counters::draw(&mut tx, Counter::Import, 1).await?;
    if let (Some(file), Replaces::Only(allowed)) = (&parsed.file, &received.replaces) {
        displaced(&mut tx, file, organisation.id, received.source, allowed, &mut parsed.report).await?;
    }
    if !parsed.report.accepted {
        parsed.file = None;
    }
    let named = received.half.filter(|half| span_of(half).is_some());
    let period = match (parsed.file.as_ref().and_then(last_day), named) {
        (Some(day), _) => half_year(day),
        (None, Some(half)) => half,
        (None, None) => half_year(tenant.clock.today()),
    };
    let (key_id, key) = data_key(&mut tx, tenant, organisation.id, &period).await?;
    let file = FileRow {
        id: file_id,
        name: parsed.stored.name.clone(),
        sha256: parsed.stored.sha256.hex(),
        size: i64::try_from(parsed.stored.size).map_err(anyhow::Error::from)?,
        media_type: "application/xml".to_owned(),
        data_key_id: Some(key_id),
        wrapped_key: key.seal(file_id.0.as_bytes(), file_key.bytes()),
        stored_at: tenant.clock.now(),
    };
    files::insert(&mut tx, &file).await?;
    let mut imported = Imported { id: ImportId(tenant.ids.uuid()), no, report: parsed.report, written: 0, unchanged: 0, withdrawn: 0 };
    let row = ImportRow {
        no,
        id: imported.id,
        organisation_id: organisation.id,
        source: received.source,
        period: period.clone(),
        file_id,
        sha256: file.sha256.clone(),
        accepted: imported.report.accepted,
        report: canonical::to_bytes(&imported.report)?,
        at: tenant.clock.now(),
        actor: actor.code(),
        file_name: received.name,
    };
    rows::insert_import(&mut tx, &row).await?;
    if let Some(mut file) = parsed.file {
        if !reads_health {
            drop_health(&mut file);
        }
        let writer = Writer { organisation: &organisation, source: received.source, import: no, period: &period };
        writer.occasions(&mut tx, &file, &parsed.hmacs, &key, &mut imported).await?;
        periods::attendance_came(&mut tx, tenant, actor, &organisation, &row).await?;
    }
    if diary::documents_of_file(&mut tx, file_id).await?.is_empty() {
        let subject = if row.accepted { "Närvarofil" } else { "Närvarofil som inte kunde tas emot" };
        let loose = Loose { sender: organisation.id, subject, document_type: "narvaro", file: file_id };
        register_loose(&mut tx, tenant, |package| package.form.uses_attendance(), loose).await?;
    }
    let body = json!({
        "import": imported.id, "no": no, "accepted": imported.report.accepted, "sha256": file.sha256, "occasions": imported.written,
        "unchanged": imported.unchanged, "withdrawn": imported.withdrawn, "participant_marks": imported.report.receipt.participant_marks,
    });
    let event = Event { kind: "attendance.imported", body, texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(organisation.id), actor, event).await?;
    lasts.await.map_err(|error| anyhow::anyhow!("the file was not stored: {error}"))??;
    tx.commit().await?;
    if actor.user().is_some() {
        imported.report.forget_names();
    }
    Ok(imported)
}

/// A file as it was read.
struct Parsed {
    file: Option<AttendanceFile>,
    hmacs: Vec<Vec<u8>>,
    report: Report,
    stored: Stored,
    unsynced: Unsynced,
}

fn parse(bytes: Box<dyn Read + Send>, writing: Writing, options: &Options, person_key: &[u8; 32]) -> io::Result<Parsed> {
    let mut tee = Tee { bytes, writing };
    let outcome = dak::read(&mut tee, options)?;
    // A file that is refused half way is stored whole all the same.
    io::copy(&mut tee, &mut io::sink())?;
    let (stored, unsynced) = tee.writing.close()?;
    let hmacs = match &outcome.file {
        Some(file) => file.persons.iter().map(|person| person_hmac(person_key, person.number).to_vec()).collect(),
        None => Vec::new(),
    };
    Ok(Parsed { file: outcome.file, hmacs, report: outcome.report, stored, unsynced })
}

/// Reads and keeps what was read.
pub(in crate::services) struct Tee {
    pub(in crate::services) bytes: Box<dyn Read + Send>,
    pub(in crate::services) writing: Writing,
}

impl Read for Tee {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(into)?;
        self.writing.write_all(&into[..count])?;
        Ok(count)
    }
}

fn last_day(file: &AttendanceFile) -> Option<NaiveDate> {
    file.occasions().map(|(_, occasion)| occasion.facts.date()).max()
}

/// Health data is kept only where an active grant type reads it (GDPR art. 5.1 c, 9).
fn drop_health(file: &mut AttendanceFile) {
    for association in &mut file.associations {
        for occasion in association.cards.iter_mut().flat_map(|card| &mut card.occasions) {
            for mark in &mut occasion.marks {
                mark.class = mark.class.without_disability();
            }
        }
    }
}

struct Writer<'a> {
    organisation: &'a OrganisationRow,
    source: SourceKind,
    import: i64,
    period: &'a str,
}

impl Writer<'_> {
    /// Writes what changed: persons, cards, words, occasion versions, sealed names.
    async fn occasions(
        &self,
        tx: &mut Tx,
        file: &AttendanceFile,
        hmacs: &[Vec<u8>],
        key: &Secret,
        imported: &mut Imported,
    ) -> ServiceResult<()> {
        let numbers = self.persons(tx, &file.persons, hmacs).await?;
        let cards = self.cards(tx, file).await?;
        let sent = sent(file, &numbers);
        let current = self.current(tx, &cards, &sent).await?;
        let plan = versions::plan(&current, &sent);
        imported.unchanged = plan.unchanged;
        let words = words(tx, &plan.changes).await?;
        rows::insert_members(tx, &members(&cards, &plan.changes)).await?;
        let (mut new, mut replaced) = (Vec::with_capacity(plan.changes.len()), Vec::new());
        for change in plan.changes {
            match change {
                Change::Insert { facts, marks } => new.push(self.row(&cards, &words, &facts, &marks)?),
                Change::Replace { replaced: before, facts, marks } => {
                    replaced.push(before);
                    new.push(self.row(&cards, &words, &facts, &marks)?);
                }
                Change::Withdraw { withdrawn } => {
                    imported.withdrawn += 1;
                    replaced.push(withdrawn);
                }
            }
        }
        imported.written = new.len();
        rows::replace_occasions(tx, &replaced, self.import).await?;
        rows::insert_occasions(tx, &new).await?;
        self.switch_source(tx, file).await?;
        let secrets = self.secrets(&file.persons, &numbers, key)?;
        persons::insert_secrets(tx, &secrets).await?;
        Ok(())
    }

    /// Our numbers of the file's persons, in its order; new persons get theirs.
    async fn persons(&self, tx: &mut Tx, file: &[FilePerson], hmacs: &[Vec<u8>]) -> ServiceResult<Vec<PersonNo>> {
        let mut known: HashMap<Vec<u8>, PersonNo> = persons::by_hmac(tx, hmacs).await?.into_iter().map(|row| (row.hmac, row.no)).collect();
        let missing: Vec<usize> = (0..file.len()).filter(|at| !known.contains_key(&hmacs[*at])).collect();
        if !missing.is_empty() {
            let count = i64::try_from(missing.len()).map_err(anyhow::Error::from)?;
            let first = counters::draw(tx, Counter::Person, count).await?;
            let new: Vec<PersonRow> = (first..)
                .zip(&missing)
                .map(|(no, at)| PersonRow {
                    no: PersonNo(no),
                    hmac: hmacs[*at].clone(),
                    birth: file[*at].number.birth(),
                    sex: file[*at].number.sex(),
                })
                .collect();
            persons::insert(tx, &new).await?;
            known.extend(new.into_iter().map(|row| (row.hmac, row.no)));
        }
        Ok(hmacs.iter().filter_map(|hmac| known.get(hmac).copied()).collect())
    }

    /// Our numbers of the file's cards.
    async fn cards(&self, tx: &mut Tx, file: &AttendanceFile) -> ServiceResult<HashMap<i32, i64>> {
        let mut known: HashMap<i32, i64> = HashMap::new();
        for card in rows::cards(tx, self.organisation.no).await? {
            if card.source == self.source {
                known.insert(i32::try_from(card.card).map_err(anyhow::Error::from)?, card.no);
            }
        }
        let mut missing = file.associations.iter().flat_map(|association| &association.cards).collect::<Vec<_>>();
        let mut seen = BTreeSet::new();
        missing.retain(|card| !known.contains_key(&card.number) && seen.insert(card.number));
        if missing.is_empty() {
            return Ok(known);
        }
        let first = counters::draw(tx, Counter::Card, i64::try_from(missing.len()).map_err(anyhow::Error::from)?).await?;
        known.extend((first..).zip(&missing).map(|(no, card)| (card.number, no)));
        let new: Vec<CardRow> = (first..)
            .zip(missing)
            .map(|(no, card)| CardRow {
                no,
                organisation_no: self.organisation.no,
                source: self.source,
                card: i64::from(card.number),
                name: card.name.clone().unwrap_or_else(|| card.activity.clone()),
            })
            .collect();
        rows::insert_cards(tx, &new).await?;
        Ok(known)
    }

    /// The versions that are valid now on the file's cards and in its years; codes are unique within a year only.
    async fn current(&self, tx: &mut Tx, cards: &HashMap<i32, i64>, sent: &[Sent]) -> ServiceResult<Vec<Current<i64>>> {
        let years = || sent.iter().map(|occasion| occasion.facts.date().year());
        let (Some(first), Some(last)) = (years().min(), years().max()) else { return Ok(Vec::new()) };
        let span = NaiveDate::from_ymd_opt(first, 1, 1).zip(NaiveDate::from_ymd_opt(last, 12, 31));
        let Some((from, to)) = span else { return Ok(Vec::new()) };
        let used: BTreeSet<i64> = sent.iter().filter_map(|occasion| cards.get(&occasion.facts.card).copied()).collect();
        let used: Vec<i64> = used.into_iter().collect();
        let stored = rows::occasions(tx, &used, (day_number(from), day_number(to)), self.import).await?;
        let facts = facts(tx, &stored).await?;
        stored
            .into_iter()
            .zip(facts)
            .map(|(row, facts)| {
                let marks = codec::decode(&row.marks).map_err(|error| anyhow::anyhow!("occasion {}: {error}", row.id))?;
                Ok(Current { id: row.id, facts, marks })
            })
            .collect()
    }

    fn row(
        &self,
        cards: &HashMap<i32, i64>,
        words: &HashMap<String, i32>,
        facts: &OccasionFacts,
        marks: &[versions::PersonMark],
    ) -> ServiceResult<NewOccasion> {
        let word = |text: &str| words.get(text).copied().ok_or_else(|| anyhow::anyhow!("a word has no number"));
        Ok(NewOccasion {
            id: 0,
            card_no: *cards.get(&facts.card).ok_or_else(|| anyhow::anyhow!("a card has no number"))?,
            code: facts.code.clone(),
            day: day_number(facts.date()),
            start_second: i32::try_from(facts.start.num_seconds_from_midnight()).map_err(anyhow::Error::from)?,
            length_second: i32::try_from((facts.stop - facts.start).num_seconds()).map_err(anyhow::Error::from)?,
            kind: kind_number(facts.kind),
            activity_word: word(&facts.activity)?,
            place_word: word(&facts.place)?,
            team_sport: facts.team_sport.map(i32::from),
            marks: codec::encode(marks),
            from_import: self.import,
            replaced_by: None,
        })
    }

    /// One source counts for a half-year; another one withdraws what it had sent, in every half-year the file touches.
    async fn switch_source(&self, tx: &mut Tx, file: &AttendanceFile) -> ServiceResult<()> {
        let mut periods: BTreeSet<String> = file.occasions().map(|(_, occasion)| half_year(occasion.facts.date())).collect();
        periods.insert(self.period.to_owned());
        for period in periods {
            let before = rows::active_source(tx, self.organisation.id, &period).await?;
            if let Some(before) = before.filter(|before| *before != self.source) {
                let cards = rows::cards(tx, self.organisation.no).await?;
                let cards: Vec<i64> = cards.into_iter().filter(|card| card.source == before).map(|card| card.no).collect();
                if let Some(span) = span_of(&period) {
                    let stored = rows::occasions(tx, &cards, (day_number(span.from), day_number(span.to)), self.import).await?;
                    let ids: Vec<i64> = stored.into_iter().map(|row| row.id).collect();
                    rows::replace_occasions(tx, &ids, self.import).await?;
                }
            }
            rows::set_active_source(tx, self.organisation.id, &period, self.source, self.import).await?;
        }
        Ok(())
    }

    /// Numbers and names, sealed: the sender may see again what she sent, until the data key is destroyed.
    fn secrets(&self, file: &[FilePerson], numbers: &[PersonNo], key: &Secret) -> ServiceResult<Vec<SecretRow>> {
        let mut seen = BTreeSet::new();
        let mut sealed = Vec::with_capacity(numbers.len());
        for (person, no) in file.iter().zip(numbers).filter(|(_, no)| seen.insert(**no)) {
            let plain = serde_json::to_vec(&(person.number.expose(), &person.name.given, &person.name.family))?;
            let about = format!("{}/{}", self.import, no.0);
            sealed.push(SecretRow { import_no: self.import, person_no: *no, ciphertext: key.seal(about.as_bytes(), &plain) });
        }
        Ok(sealed)
    }
}

fn sent(file: &AttendanceFile, numbers: &[PersonNo]) -> Vec<Sent> {
    let number = |person: u32| usize::try_from(person).ok().and_then(|at| numbers.get(at).copied());
    let one = |occasion: &FileOccasion| Sent {
        method: occasion.method,
        facts: occasion.facts.clone(),
        marks: occasion.marks.iter().filter_map(|mark| number(mark.person).map(|person| (person, mark.class))).collect(),
    };
    file.occasions().map(|(_, occasion)| one(occasion)).collect()
}

/// Who is marked on which card, each once.
fn members(cards: &HashMap<i32, i64>, changes: &[Change<i64>]) -> Vec<(i64, PersonNo)> {
    let mut members: BTreeSet<(i64, PersonNo)> = BTreeSet::new();
    for change in changes {
        if let Change::Insert { facts, marks } | Change::Replace { facts, marks, .. } = change
            && let Some(card) = cards.get(&facts.card)
        {
            members.extend(marks.iter().map(|(person, _)| (*card, *person)));
        }
    }
    members.into_iter().collect()
}

async fn words(tx: &mut Tx, changes: &[Change<i64>]) -> ServiceResult<HashMap<String, i32>> {
    let facts = changes.iter().filter_map(|change| match change {
        Change::Insert { facts, .. } | Change::Replace { facts, .. } => Some(facts),
        Change::Withdraw { .. } => None,
    });
    let words: BTreeSet<String> = facts.flat_map(|facts| [facts.activity.clone(), facts.place.clone()]).collect();
    Ok(rows::words(tx, &words.into_iter().collect::<Vec<_>>()).await?)
}
