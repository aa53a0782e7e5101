//! The report of an import as it may be read: by the association's own people with the names they sent, by others masked.

use std::collections::BTreeMap;

use crate::app::Tenant;
use crate::app::keys::Secret;
use crate::attendance::dak::{self, Options, Outcome};
use crate::attendance::finding::{FindingCode, PersonName};
use crate::attendance::report::Report;
use crate::attendance::response;
use crate::domain::clock;
use crate::domain::id::ImportId;
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::attendance::{self, ImportRow};
use crate::store::own_attendance::{self, ChoiceRow};
use crate::store::{Tx, files};

/// A report with what has become of it.
#[derive(Clone, Debug)]
pub struct OwnReport {
    /// The import.
    pub row: ImportRow,
    /// What was found; with names where the reader may see them.
    pub report: Report,
    /// What she said of rows that were left out, by line.
    pub choices: BTreeMap<u64, ChoiceRow>,
    /// Occasion versions written and taken away.
    pub effect: (i64, i64),
    /// Whether its source counts for the half-year now.
    pub counts: bool,
    /// An earlier import of the same bytes.
    pub same_as: Option<ImportRow>,
    /// Whether the file itself can be opened still; after disposal there are no names and nothing to correct.
    pub openable: bool,
}

impl OwnReport {
    /// The rows about which nothing has been said yet, and their marks.
    #[must_use]
    pub fn undecided(&self) -> (usize, u64) {
        let open = self.report.excluded.iter().filter(|person| person.marks > 0 && !self.choices.contains_key(&person.line));
        open.fold((0, 0), |(rows, marks), person| (rows + 1, marks + person.marks))
    }
}

/// A report. The association's own people see the names they sent of those who were left out; nobody else does.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn report(tenant: &Tenant, actor: &Actor, id: ImportId) -> ServiceResult<OwnReport> {
    let (row, mut report) = super::views::report(tenant, actor, id).await?;
    let mut tx = tenant.db.read().await?;
    let own = match actor {
        Actor::Association { organisation, .. } => *organisation == row.organisation_id,
        Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => false,
    };
    let choices = own_attendance::choices(&mut tx, row.no).await?;
    let effect = own_attendance::effect(&mut tx, row.no).await?;
    let active = attendance::active_source(&mut tx, row.organisation_id, &row.period).await?;
    let earlier = attendance::imports(&mut tx, row.organisation_id).await?;
    let same_as = earlier.into_iter().find(|other| other.no < row.no && other.sha256 == row.sha256 && other.source == row.source);
    let opened = if own { open(&mut tx, tenant, &row).await? } else { None };
    drop(tx);
    let openable = opened.is_some();
    let unnumbered = |code: FindingCode| matches!(code, FindingCode::PersonNumberMissing | FindingCode::PersonNumberInvalid);
    let wants_names = !report.excluded.is_empty() || report.findings.iter().any(|finding| unnumbered(finding.code));
    if let Some((reading, options)) = opened.filter(|_| wants_names) {
        let again = read(reading, options).await?.report;
        // Only those without a valid number: of the others the register may say that they are protected.
        let names: BTreeMap<u64, PersonName> = again.excluded.into_iter().map(|person| (person.line, person.name)).collect();
        for person in &mut report.excluded {
            person.name = names.get(&person.line).cloned().unwrap_or_default();
        }
        for finding in report.findings.iter_mut().filter(|finding| unnumbered(finding.code)) {
            finding.name = names.get(&finding.line).cloned();
        }
    }
    Ok(OwnReport {
        report,
        choices: choices.into_iter().filter_map(|choice| Some((u64::try_from(choice.line).ok()?, choice))).collect(),
        effect,
        counts: row.accepted && active == Some(row.source),
        same_as,
        openable,
        row,
    })
}

/// The answer document of an import, as a system that sends by machine gets it.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn answer_document(tenant: &Tenant, actor: &Actor, id: ImportId) -> ServiceResult<Vec<u8>> {
    let own = report(tenant, actor, id).await?;
    let mut document = Vec::new();
    response::write(&mut document, own.row.source.word(), &response::errors(&own.report))?;
    Ok(document)
}

/// A stored file ready to be read again as it was judged when it came; `None` after disposal.
pub(super) async fn open(tx: &mut Tx, tenant: &Tenant, row: &ImportRow) -> ServiceResult<Option<(crate::app::files::Reading, Options)>> {
    let file = files::by_id(tx, row.file_id).await?.ok_or(ServiceError::NotFound)?;
    let wrapping = match file.data_key_id {
        None => tenant.keys.file.clone(),
        Some(id) => {
            let key = crate::store::persons::data_key_by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
            if key.wrapped.is_none() {
                return Ok(None);
            }
            super::unwrap(tenant, &key)?
        }
    };
    let bytes = wrapping.open(file.id.0.as_bytes(), &file.wrapped_key).map_err(anyhow::Error::from)?;
    let key = Secret::new(bytes.try_into().map_err(|_| anyhow::anyhow!("a file key of the wrong length"))?);
    let options = Options { municipality: Some(tenant.profile.code.clone()), ..Options::on(clock::swedish_date(row.at)) };
    Ok(Some((tenant.files.read(&file.name, &key)?, options)))
}

/// Reads it.
pub(super) async fn read(reading: crate::app::files::Reading, options: Options) -> ServiceResult<Outcome> {
    let read = tokio::task::spawn_blocking(move || dak::read(reading, &options)).await;
    Ok(read.map_err(|error| anyhow::anyhow!("the file was not read: {error}"))??)
}
