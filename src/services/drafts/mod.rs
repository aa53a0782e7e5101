//! Applications that are being written: begun, filled in by several people, handed in.
//!
//! A draft belongs to its association. Nobody in the municipality reads it, whatever her role, until it is handed in;
//! what was typed lies sealed. It follows the version that governs its period, so a new version moves it along with
//! every answer kept.

pub(in crate::services) mod affirmed;
mod begin;
pub mod changes;
pub mod cosign;
mod files;
mod load;
pub mod my;
pub(in crate::services) mod on_file;
pub mod on_paper;
mod precheck;
mod promised;
mod save;
mod send;
mod states;
pub mod supplement;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

pub use begin::{Start, begin, replace, throw_away};
pub use files::{Chosen, Upload, attach, read as read_file};
pub use load::open;
pub use on_file::OnFile;
pub use precheck::period_now;
pub use precheck::{Earlier, Needed, Other, Precheck, precheck};
pub use save::{Change, Conflict, Saved, save};
pub use send::send;

use super::actor::{Action, authorize};
use super::{Actor, ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::account_number::AccountNumber;
use crate::domain::draft::{AnswerSource, DraftKind, SectionState};
use crate::domain::id::{CaseId, DraftId, OrganisationId};
use crate::domain::inputs::Answer;
use crate::domain::period::ActivityPeriod;
use crate::forms::{Entry, Finding, Outlook};
use crate::packages::Package;
use crate::store::drafts::DraftRow;

/// A draft with everything its pages show.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Identity.
    pub id: DraftId,
    /// Whose.
    pub organisation: OrganisationId,
    /// Her name.
    pub applicant: String,
    /// What it will become.
    pub kind: DraftKind,
    /// Whether an officer writes in what came on paper.
    pub on_paper: bool,
    /// The grant type, in the version that governs the period.
    pub package: Arc<Package>,
    /// The period.
    pub period: ActivityPeriod,
    /// The last day to be in time.
    pub last_day: NaiveDate,
    /// The case it replaces or supplements, or became.
    pub case: Option<CaseId>,
    /// The period of the earlier application its first answers came from, in words.
    pub prefilled_from: Option<Localized>,
    /// When somebody last changed something.
    pub touched_at: DateTime<Utc>,
    /// Whether it was handed in or thrown away.
    pub closed: bool,
    /// What was typed, by field.
    pub written: BTreeMap<String, Written>,
    /// What was typed and can be read, by field; hidden ones too.
    pub answers: BTreeMap<String, Answer>,
    /// What cannot be read as it was typed, by field.
    pub unreadable: BTreeMap<String, Vec<Finding>>,
    /// What is asked with these answers.
    pub outlook: Outlook,
    /// The sections that are shown in the list, in order.
    pub sections: Vec<SectionOf>,
    /// What the municipality has asked for, in a supplement.
    pub requested: Option<supplement::Requested>,
    /// The answers as they were handed in, in a replacement or supplement.
    pub before: Option<BTreeMap<String, Answer>>,
    /// The files chosen, the newest last.
    pub files: Vec<Chosen>,
    /// Documents handed in before that may serve again.
    pub on_file: Vec<OnFile>,
    /// The account that stands in the association's register.
    pub registered: Option<AccountNumber>,
}

/// An answer as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Counts up with each change.
    pub version: i64,
    /// Where it came from.
    pub source: AnswerSource,
    /// What was typed.
    pub entry: Entry,
    /// Who wrote it, by name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A section in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionOf {
    /// Its id.
    pub id: String,
    /// How far it has come.
    pub state: SectionState,
    /// The label of the question it waits for, where it cannot be started yet.
    pub waits_for: Option<crate::domain::Localized>,
}

impl Draft {
    /// Whether everything is in place for handing it in.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.sections.iter().all(|section| section.state.is_settled())
    }

    /// How many sections are done, of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.sections.iter().filter(|section| section.state.is_settled()).count(), self.sections.len())
    }

    /// Everything to correct before it can be handed in, in the order of the form.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        states::findings(self)
    }

    /// What is to be corrected in one section.
    #[must_use]
    pub fn findings_of(&self, section: &str) -> Vec<Finding> {
        let own = self.package.form.sections.iter().find(|known| known.id == section);
        let ids: Vec<&str> = own.map(|section| section.fields.iter().map(|field| field.id.as_str()).collect()).unwrap_or_default();
        let within = |place: &str| ids.contains(&place.split('.').next().unwrap_or(place));
        self.findings().into_iter().filter(|finding| within(&finding.field)).collect()
    }

    /// Questions that are answered but will not be sent, since other answers have hidden them.
    #[must_use]
    pub fn not_sent(&self) -> Vec<&crate::forms::Field> {
        let form = &self.package.form;
        form.fields()
            .filter(|field| field.kind.is_question() && self.answers.contains_key(&field.id) && !self.outlook.shows(&field.id))
            .collect()
    }

    /// The answers that would be sent.
    #[must_use]
    pub fn to_send(&self) -> BTreeMap<String, Answer> {
        crate::forms::sent_answers(&self.package.form, &self.answers, &crate::forms::Facts::new())
    }
}

/// A draft is for those who act for its association alone: not for staff, who may otherwise read and act for all.
fn own(actor: &Actor, action: Action<'_>) -> ServiceResult<()> {
    match actor {
        Actor::Association { .. } => authorize(actor, action).map(drop),
        Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => Err(ServiceError::NotFound),
    }
}

/// Who may use a draft: those who act for its association, or the officers where they write in what came on paper.
fn may(actor: &Actor, row: &DraftRow, action: Action<'_>) -> ServiceResult<()> {
    if !row.on_paper {
        return own(actor, action);
    }
    match actor {
        Actor::Staff { .. } => authorize(actor, Action::ActFor(row.about())).map(drop),
        Actor::Association { .. } | Actor::Person { .. } | Actor::Service => Err(ServiceError::NotFound),
    }
}

/// What an answer's text is sealed with: it opens for that draft and that field alone.
fn about(draft: DraftId, field: &str) -> Vec<u8> {
    format!("draft/{draft}/{field}").into_bytes()
}

fn seal<T: serde::Serialize>(tenant: &Tenant, about: &[u8], value: &T) -> ServiceResult<Vec<u8>> {
    Ok(tenant.keys.file.seal(about, &serde_json::to_vec(value)?))
}

fn unseal<T: serde::de::DeserializeOwned>(tenant: &Tenant, about: &[u8], sealed: &[u8]) -> ServiceResult<T> {
    let bytes = tenant.keys.file.open(about, sealed).map_err(anyhow::Error::from)?;
    Ok(serde_json::from_slice(&bytes)?)
}

fn handed_in() -> ServiceError {
    ServiceError::refused(
        "Ansökan är redan inlämnad eller bortkastad, så utkastet går inte att ändra. Gå till Mina sidor för att se den.",
        "The application was handed in or thrown away already, so the draft cannot be changed. Go to My pages to see it.",
    )
}
