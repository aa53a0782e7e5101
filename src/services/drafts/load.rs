//! Reading a draft with everything its pages show.

use std::collections::BTreeMap;

use super::{Draft, Written, about, files, may, on_file, states, supplement, unseal};
use crate::app::Tenant;
use crate::domain::draft::DraftKind;
use crate::domain::id::{DraftId, UserId};
use crate::domain::inputs::Answer;
use crate::forms::{self, Entry, Facts, Outlook};
use crate::services::actor::Action;
use crate::services::{Actor, ServiceError, ServiceResult, extensions, packages};
use crate::store::drafts::{self, DraftRow};
use crate::store::{Tx, cases, organisations, users};

/// A draft as its pages show it.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or belongs to another association.
pub async fn open(tenant: &Tenant, actor: &Actor, id: DraftId) -> ServiceResult<Draft> {
    let mut tx = tenant.db.read().await?;
    let row = drafts::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    may(actor, &row, Action::Read(row.about()))?;
    assemble(&mut tx, tenant, row).await
}

/// A draft, locked for a change; the caller commits.
pub(super) async fn lock(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: DraftId) -> ServiceResult<Draft> {
    let row = drafts::lock(tx, id).await?.ok_or(ServiceError::NotFound)?;
    may(actor, &row, Action::ActFor(row.about()))?;
    assemble(tx, tenant, row).await
}

pub(super) async fn assemble(tx: &mut Tx, tenant: &Tenant, row: DraftRow) -> ServiceResult<Draft> {
    let (_, package) = packages::governing(tx, tenant, &row.grant_type, &row.period).await?.ok_or(ServiceError::NotFound)?;
    let period = package.form.period(&row.period).ok_or(ServiceError::NotFound)?.clone();
    let before = match (row.kind, row.case_id) {
        (DraftKind::Replacement | DraftKind::Supplement, Some(case)) => Some(handed_in(tx, case).await?),
        (DraftKind::Application, _) | (_, None) => None,
    };
    let requested = match (row.kind, row.case_id) {
        (DraftKind::Supplement, Some(case)) => {
            let case = cases::by_id(tx, case).await?.ok_or(ServiceError::NotFound)?;
            supplement::now(tx, &package, &case).await?
        }
        (DraftKind::Application | DraftKind::Replacement, _) | (_, None) => None,
    };
    let prefilled_from = match row.prefilled_from {
        Some(case) => cases::by_id(tx, case).await?.map(|case| package.form.period_words(&case.period)),
        None => None,
    };
    let last_day = extensions::last_day(tx, &row.grant_type, &period, row.organisation_id).await?;
    let mut draft = Draft {
        id: row.id,
        organisation: row.organisation_id,
        applicant: organisations::name(tx, row.organisation_id, tenant.clock.today()).await?,
        kind: row.kind,
        on_paper: row.on_paper,
        last_day,
        period,
        case: row.case_id,
        prefilled_from,
        touched_at: row.touched_at,
        closed: row.closed_at.is_some(),
        written: written(tx, tenant, row.id).await?,
        answers: BTreeMap::new(),
        unreadable: BTreeMap::new(),
        outlook: Outlook { sections: BTreeMap::new(), fields: BTreeMap::new() },
        sections: Vec::new(),
        requested,
        before,
        files: files::of(tx, tenant, row.id).await?,
        on_file: on_file::papers(tx, tenant, row.organisation_id).await?,
        registered: match organisations::account(tx, row.organisation_id).await? {
            Some(account) => Some(serde_json::from_str(&account.account)?),
            None => None,
        },
        package,
    };
    let seen = drafts::seen_sections(tx, row.id).await?;
    understand(&mut draft);
    draft.sections = states::of(&draft, &seen);
    Ok(draft)
}

/// Reads what was typed as answers, by what the form asks now.
fn understand(draft: &mut Draft) {
    for field in draft.package.form.fields() {
        let Some(written) = draft.written.get(&field.id) else { continue };
        match forms::enter(field, &written.entry) {
            Ok(Some(answer)) => {
                draft.answers.insert(field.id.clone(), answer);
            }
            Ok(None) => {}
            Err(findings) => {
                draft.unreadable.insert(field.id.clone(), findings);
            }
        }
    }
    draft.outlook = forms::outlook(&draft.package.form, &draft.answers, &Facts::new());
}

async fn written(tx: &mut Tx, tenant: &Tenant, draft: DraftId) -> ServiceResult<BTreeMap<String, Written>> {
    let mut names: BTreeMap<UserId, String> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for row in drafts::answers(tx, draft).await? {
        let by = match row.written_by {
            Some(user) => match names.get(&user) {
                Some(name) => name.clone(),
                None => {
                    let name = users::by_id(tx, user).await?.map_or_else(String::new, |user| user.name);
                    names.insert(user, name.clone());
                    name
                }
            },
            None => String::new(),
        };
        let entry: Entry = unseal(tenant, &about(draft, &row.field), &row.content)?;
        found.insert(row.field, Written { version: row.version, source: row.source, entry, by, at: row.written_at });
    }
    Ok(found)
}

/// The answers that were handed in last.
pub(super) async fn handed_in(tx: &mut Tx, case: crate::domain::id::CaseId) -> ServiceResult<BTreeMap<String, Answer>> {
    let application = cases::application(tx, case).await?;
    Ok(serde_json::from_slice(&application.answers)?)
}
