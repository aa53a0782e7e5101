//! Is everything stored whole, and does it agree with itself? One read transaction, so one moment.
//!
//! The history's chains bind what the tables say: a calculation, decision or snapshot that was changed together with
//! its own hash still differs from what its event recorded. Data keys destroyed at disposal are not wrong.

use std::collections::HashSet;

use serde::Serialize;

use super::history::{self, HistoryReport};
use super::{ServiceError, ServiceResult, diary};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::canonical::Sha;
use crate::store::{Tx, files, outbox, persons};

mod calculations;
mod cases;
mod numbers;
mod payments;

/// What a check of everything found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Chains, texts and seals.
    pub history: HistoryReport,
    /// Stored files that were read and hashed.
    pub files: usize,
    /// Files whose data key was destroyed at disposal.
    pub files_disposed: usize,
    /// Files on disk that nothing names: an import or letter that was interrupted. The sweep removes them.
    pub files_orphaned: usize,
    /// Calculations.
    pub calculations: usize,
    /// Calculations whose attendance was disposed of.
    pub calculations_disposed: usize,
    /// Decisions, undone ones too.
    pub decisions: usize,
    /// Locked snapshots.
    pub snapshots: usize,
    /// Payment orders.
    pub orders: usize,
    /// Payment batches that were made again and compared.
    pub batches: usize,
    /// Diary documents.
    pub documents: usize,
    /// Cases.
    pub cases: usize,
    /// Messages to send.
    pub messages: usize,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// Stable code.
    pub code: &'static str,
    /// Which thing: a diary number, a batch number, an id.
    pub place: String,
    /// What is wrong with it.
    pub message: Localized,
}

/// What is being checked, for those who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Chains, texts and seals.
    History,
    /// Stored files.
    Files,
    /// Snapshots, calculations and decisions.
    Decisions,
    /// Orders, batches and their files.
    Payments,
    /// The diary's series.
    Diary,
    /// Where cases stand.
    Cases,
}

impl Stage {
    /// In Swedish.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::History => "Kontrollerar historiken",
            Self::Files => "Kontrollerar filerna",
            Self::Decisions => "Kontrollerar beräkningar och beslut",
            Self::Payments => "Kontrollerar utbetalningarna",
            Self::Diary => "Kontrollerar diariet",
            Self::Cases => "Kontrollerar ärendena",
        }
    }
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn sound(&self) -> bool {
        self.wrong.is_empty()
    }

    fn add(&mut self, code: &'static str, place: impl Into<String>, sv: &str, en: &str) {
        self.wrong.push(Wrong { code, place: place.into(), message: Localized::both(sv, en) });
    }
}

/// Checks everything; `told` hears what is being checked.
///
/// # Errors
/// When the database cannot be read. What is wrong with what is stored is in the report.
pub async fn verify(tenant: &Tenant, told: &(dyn Fn(Stage) + Sync)) -> ServiceResult<Report> {
    let mut tx = tenant.db.read().await?;
    let mut report = Report::default();
    told(Stage::History);
    report.history = history::verify(&mut tx).await?;
    for broken in report.history.broken.clone() {
        let place = format!("{} nr {}", broken.place, broken.no);
        report.add(broken.what, place, "Historiken är ändrad i efterhand eller ofullständig.", "The history was changed or is not whole.");
    }
    told(Stage::Files);
    stored_files(&mut tx, tenant, &mut report).await?;
    told(Stage::Decisions);
    calculations::snapshots(&mut tx, &mut report).await?;
    calculations::all(&mut tx, tenant, &mut report).await?;
    told(Stage::Payments);
    payments::orders(&mut tx, &mut report).await?;
    payments::batches(&mut tx, tenant, &mut report).await?;
    payments::debts(&mut tx, &mut report).await?;
    told(Stage::Diary);
    numbers::series(&mut tx, &mut report).await?;
    numbers::sent_files(&mut tx, &mut report).await?;
    told(Stage::Cases);
    cases::all(&mut tx, tenant, &mut report).await?;
    messages(&mut tx, &mut report).await?;
    Ok(report)
}

/// Every stored file opens and is what was stored.
async fn stored_files(tx: &mut Tx, tenant: &Tenant, report: &mut Report) -> ServiceResult<()> {
    let rows = files::all(tx).await?;
    let known: HashSet<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    report.files_orphaned = tenant.files.names()?.iter().filter(|name| !known.contains(name.as_str())).count();
    for row in &rows {
        let key = match row.data_key_id {
            Some(key) => persons::data_key_by_id(tx, key).await?,
            None => None,
        };
        if key.is_some_and(|key| key.destroyed_at.is_some()) {
            report.files_disposed += 1;
            continue;
        }
        report.files += 1;
        match diary::read_file(tx, tenant, row.id).await {
            Ok(bytes) if i64::try_from(bytes.len()).is_ok_and(|size| size == row.size) => {}
            Ok(_) => {
                report.add("file_size", row.id.to_string(), "Filen har en annan storlek än när den togs emot.", "The file's size differs.")
            }
            Err(ServiceError::Store(error)) => return Err(error.into()),
            Err(_) => report.add(
                "file_unreadable",
                row.id.to_string(),
                "Filen saknas, går inte att öppna eller är inte den som togs emot.",
                "The file is missing, does not open, or is not the one that was stored.",
            ),
        }
    }
    Ok(())
}

/// Every message is whole, and one that is not sent has a job that will send it.
async fn messages(tx: &mut Tx, report: &mut Report) -> ServiceResult<()> {
    let rows = outbox::newest(tx, i64::MAX).await?;
    report.messages = rows.len();
    for row in rows {
        if Sha::of(&row.request).hex() != row.sha256 {
            report.add("message_changed", row.id.to_string(), "Meddelandet är ändrat.", "The message was changed.");
        }
        let (None, None, Some(case)) = (row.sent_at, row.cancelled_at, row.case_id) else { continue };
        let jobs = crate::store::jobs::of_case(tx, case).await?;
        if !jobs.iter().any(|job| job.reference == Some(row.id.0) && job.done_at.is_none()) {
            report.add(
                "message_stuck",
                row.id.to_string(),
                "Meddelandet är inte skickat och inget skickar det.",
                "Nothing will send the message.",
            );
        }
    }
    Ok(())
}
