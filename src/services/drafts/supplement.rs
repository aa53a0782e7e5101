//! Answering a request for a supplement: the sections that were asked for open once more, the rest stands.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::begin::take_up;
use super::send::register_files;
use super::{handed_in, load, own, promised};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::draft::DraftKind;
use crate::domain::id::{CaseId, DraftId};
use crate::domain::inputs::Answer;
use crate::forms;
use crate::packages::Package;
use crate::services::actor::{About, Action};
use crate::services::error::Finding;
use crate::services::tasks::{self, Changed};
use crate::services::{Actor, ServiceError, ServiceResult, packages};
use crate::store::cases::CaseRow;
use crate::store::drafts::{self, ClosedAs};
use crate::store::{Tx, cases, events};
use crate::workflows::{StateKind, Target, WaitFor};

/// What the municipality has asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requested {
    /// What is missing, in the officer's words; one item a line.
    pub missing: String,
    /// What happens otherwise.
    pub consequence: String,
    /// The last day to answer.
    pub last_day: Option<NaiveDate>,
    /// The sections it is aimed at; empty for all.
    pub sections: Vec<String>,
}

impl Requested {
    /// Whether a section is open for changes.
    #[must_use]
    pub fn opens(&self, section: &str) -> bool {
        self.sections.is_empty() || self.sections.iter().any(|open| open == section)
    }
}

/// What a case waits for from its applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing.
    Nothing,
    /// A supplement: answers may be changed.
    Supplement,
    /// Her view of something new (förvaltningslagen 25 §).
    View,
}

/// What a case waits for from its applicant.
pub(super) fn wanted(package: &Package, case: &CaseRow) -> Wanted {
    let Some(state) = package.workflow.state(&case.state) else { return Wanted::Nothing };
    if !matches!(state.kind, StateKind::Wait { until: WaitFor::Applicant, .. }) {
        return Wanted::Nothing;
    }
    if state.next.iter().any(|next| matches!(next.to, Target::Return)) { Wanted::Supplement } else { Wanted::View }
}

/// The newest request of a case, answered or not.
pub(super) async fn requested(tx: &mut Tx, case: CaseId) -> ServiceResult<Option<Requested>> {
    let all = events::of_stream(tx, "case", case.0).await?;
    let Some(event) = all.into_iter().rev().find(|event| event.kind == "supplement.requested") else { return Ok(None) };
    let body: serde_json::Value = serde_json::from_slice(&event.body)?;
    let mut requested = Requested {
        last_day: body.get("last_day").and_then(|day| serde_json::from_value(day.clone()).ok()),
        sections: body.get("sections").and_then(|list| serde_json::from_value(list.clone()).ok()).unwrap_or_default(),
        ..Requested::default()
    };
    for text in events::texts_of_stream(tx, "case", case.0).await?.into_iter().filter(|text| text.seq == event.seq) {
        match text.name.as_str() {
            "missing" => requested.missing = text.text,
            "consequence" => requested.consequence = text.text,
            _ => {}
        }
    }
    Ok(Some(requested))
}

/// What she may answer now: what the municipality asks for, or what she has promised herself.
pub(super) async fn now(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<Requested>> {
    match wanted(package, case) {
        Wanted::Supplement => requested(tx, case.id).await,
        Wanted::View => Ok(None),
        Wanted::Nothing if promised::takes(tx, case).await? => Ok(promised::requested(&package.form, &load::handed_in(tx, case.id).await?)),
        Wanted::Nothing => Ok(None),
    }
}

/// Opens what was asked for; the draft of it that is open already, if any.
///
/// # Errors
/// [`ServiceError::Refused`] when the case waits for no supplement; [`ServiceError::NotFound`] when it is not the actor's.
pub async fn begin(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<DraftId> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    own(actor, Action::ActFor(About::Case(case.about())))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    if now(&mut tx, &package, &case).await?.is_none() {
        return Err(ServiceError::refused(
            "Ärendet väntar inte på någon komplettering från er.",
            "The case does not wait for a supplement from you.",
        ));
    }
    let id = take_up(&mut tx, tenant, actor, &case, DraftKind::Supplement).await?;
    tx.commit().await?;
    Ok(id)
}

/// Sends a supplement: the changed answers, the files, and what she wants to say.
///
/// # Errors
/// [`ServiceError::Invalid`] when nothing is changed and nothing said, or what is changed does not hold together;
/// [`ServiceError::Refused`] when the case does not wait for it any more.
pub async fn send(tenant: &Tenant, actor: &Actor, id: DraftId, text: &str) -> ServiceResult<CaseId> {
    let mut tx = tenant.db.write().await?;
    let draft = load::lock(&mut tx, tenant, actor, id).await?;
    let (DraftKind::Supplement, Some(case)) = (draft.kind, draft.case) else { return Err(ServiceError::NotFound) };
    if draft.closed {
        return if drafts::by_id(&mut tx, id).await?.is_some_and(|row| row.closed_as == Some(ClosedAs::Sent)) {
            Ok(case)
        } else {
            Err(handed_in())
        };
    }
    let open: Vec<&str> = draft.sections.iter().map(|section| section.id.as_str()).collect();
    let findings: Vec<Finding> = open
        .iter()
        .flat_map(|section| draft.findings_of(section))
        .map(|found| Finding { place: found.field, code: found.code.to_owned(), message: found.message })
        .collect();
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let before = draft.before.clone().unwrap_or_default();
    let now = forms::sent_answers(&draft.package.form, &draft.answers, &forms::Facts::new());
    let changed: BTreeMap<String, Answer> = now
        .iter()
        .filter(|(field, answer)| before.get(*field) != Some(answer))
        .map(|(field, answer)| (field.clone(), answer.clone()))
        .collect();
    let cleared: Vec<String> = before.keys().filter(|field| !now.contains_key(*field)).cloned().collect();
    if changed.is_empty() && cleared.is_empty() && text.trim().is_empty() {
        return Err(ServiceError::invalid(
            "svar",
            "nothing",
            Localized::both(
                "Ändra något av det som efterfrågas, eller skriv ett svar.",
                "Change something of what is asked for, or write an answer.",
            ),
        ));
    }
    let row = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    register_files(&mut tx, tenant, &draft, &row, tenant.clock.today()).await?;
    let changed = Changed { answers: &changed, cleared: &cleared };
    match wanted(&draft.package, &row) {
        Wanted::Supplement | Wanted::View => tasks::take_supplement(&mut tx, tenant, actor, case, &changed, text.trim()).await?,
        Wanted::Nothing => promised::deliver(&mut tx, tenant, actor, &draft.package, &row, &changed, text.trim()).await?,
    }
    promised::settle(&mut tx, tenant, &draft.package.form, case).await?;
    drafts::close(&mut tx, id, ClosedAs::Sent, Some(case), tenant.clock.now()).await?;
    tx.commit().await?;
    Ok(case)
}
