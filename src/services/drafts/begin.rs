//! Beginning an application, going on with one, beginning anew, and taking up one that was handed in.

use std::collections::BTreeMap;

use super::{about, handed_in, load, may, own, seal};
use crate::app::Tenant;
use crate::domain::draft::{AnswerSource, DraftKind};
use crate::domain::id::{CaseId, DraftId, OrganisationId};
use crate::domain::inputs::Answer;
use crate::forms::{self, Entry, Field, FieldKind};
use crate::packages::Package;
use crate::services::actor::{About, Action};
use crate::services::reports::claiming;
use crate::services::{Actor, Claim, ServiceError, ServiceResult, packages, reports};
use crate::store::cases::CaseRow;
use crate::store::drafts::{self, AnswerRow, ClosedAs, DraftFileRow, DraftRow};
use crate::store::{StoreError, Tx, cases, decisions, organisations};

/// What to do with a draft that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Go on with it.
    GoOn,
    /// Throw it away and begin anew.
    Anew,
}

/// Begins an application for a grant's period, with what is known from the register and from the last application.
///
/// # Errors
/// [`ServiceError::NotFound`] for a grant or period that is not there; [`ServiceError::Refused`] before it opens, when
/// an application was handed in already, or when the actor may only read.
pub async fn begin(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    grant_type: &str,
    period: &str,
    start: Start,
) -> ServiceResult<DraftId> {
    own(actor, Action::ActFor(About::Association(organisation)))?;
    let mut tx = tenant.db.write().await?;
    // Two who begin at once wait for each other here and get the same draft.
    organisations::lock(&mut tx, organisation).await?;
    let (_, package) = packages::governing(&mut tx, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    let opens = package.form.period(period).ok_or(ServiceError::NotFound)?.opens;
    if tenant.clock.today() < opens {
        return Err(ServiceError::refused(
            format!("Ansökan öppnar {opens}. Kom tillbaka då."),
            format!("Applications open on {opens}. Come back then."),
        ));
    }
    let claim = Claim { organisation, grant_type, period };
    let open = cases::open_of(&mut tx, organisation, grant_type, period).await?;
    let into_claim = into_claim(&mut tx, &package, open.as_ref()).await?;
    if let Some(case) = open.filter(|_| !into_claim) {
        return Err(ServiceError::refused(
            format!("Ni har redan lämnat in en ansökan för perioden ({}). Öppna den på Mina sidor för att ändra den.", case.number),
            format!("You have already handed in an application for the period ({}). Open it on My pages to change it.", case.number),
        ));
    }
    if let Some(open) = drafts::open_of(&mut tx, organisation, grant_type, period, DraftKind::Application).await? {
        match start {
            Start::GoOn => return Ok(open.id),
            Start::Anew => discard(&mut tx, tenant, &open).await?,
        }
    }
    if !into_claim {
        reports::to_meet(&mut tx, &package, claim).await?;
    }
    let earlier = newest_other(&mut tx, organisation, grant_type, period).await?;
    let id = insert(&mut tx, tenant, actor, DraftKind::Application, organisation, (grant_type, period), None, earlier.as_ref()).await?;
    for (field, source, entry) in prefill(&mut tx, &package, organisation, earlier.as_ref()).await? {
        put(&mut tx, tenant, actor, id, field, source, &entry).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Whether what is begun would come into a claim that the municipality opened because no report came.
pub(super) async fn into_claim(tx: &mut Tx, package: &Package, open: Option<&CaseRow>) -> ServiceResult<bool> {
    let Some(case) = open else { return Ok(false) };
    if claiming::without_report(tx, package, case.id).await? && decisions::standing(tx, case.id).await?.is_some() {
        return Err(claiming::decided(case));
    }
    claiming::takes_report(tx, package, case).await
}

/// Takes up an application that was handed in, to send another in its place; the one that is taken up already, if any.
///
/// # Errors
/// [`ServiceError::Refused`] after the last day or when it is decided: then it is changed by a supplement.
pub async fn replace(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<DraftId> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    own(actor, Action::ActFor(About::Case(case.about())))?;
    if !may_replace(&mut tx, tenant, &case).await? {
        return Err(ServiceError::refused(
            "Sista ansökningsdag har passerat eller så är ansökan beslutad. Hör av er till föreningsservice om något behöver ändras.",
            "The last day has passed or the application is decided. Contact the municipality if something must be changed.",
        ));
    }
    let id = take_up(&mut tx, tenant, actor, &case, DraftKind::Replacement).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whether an application may still be replaced: until the last day, as long as nothing is decided.
pub(super) async fn may_replace(tx: &mut Tx, tenant: &Tenant, case: &CaseRow) -> ServiceResult<bool> {
    let decided = decisions::standing(tx, case.id).await?.is_some();
    Ok(case.closed_at.is_none() && !decided && tenant.clock.today() <= case.due)
}

/// A draft that holds what was handed in, files too.
pub(super) async fn take_up(tx: &mut Tx, tenant: &Tenant, actor: &Actor, case: &CaseRow, kind: DraftKind) -> ServiceResult<DraftId> {
    if let Some(open) = drafts::open_of(tx, case.organisation_id, &case.grant_type, &case.period, kind).await? {
        if open.case_id == Some(case.id) {
            return Ok(open.id);
        }
        discard(tx, tenant, &open).await?;
    }
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let claim = (case.grant_type.as_str(), case.period.as_str());
    let id = insert(tx, tenant, actor, kind, case.organisation_id, claim, Some(case.id), None).await?;
    for (field, answer) in load::handed_in(tx, case.id).await? {
        let Some(field) = package.form.field(&field) else { continue };
        put(tx, tenant, actor, id, field, AnswerSource::Typed, &forms::echo(field, &answer)).await?;
    }
    for before in drafts::of_case(tx, case.id).await?.iter().filter(|before| before.id != id) {
        for file in drafts::files(tx, before.id).await? {
            let choice = tenant.ids.uuid();
            let name: String = super::unseal(tenant, &super::files::about_name(file.id), &file.name)?;
            let row = DraftFileRow {
                id: choice,
                draft_id: id,
                field: file.field,
                file_id: file.file_id,
                name: seal(tenant, &super::files::about_name(choice), &name)?,
                uploaded_by: None,
                uploaded_at: file.uploaded_at,
            };
            drafts::insert_file(tx, &row).await?;
        }
    }
    Ok(id)
}

/// Throws a draft away, with everything that was typed.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not the actor's; [`ServiceError::Refused`] when it was handed in.
pub async fn throw_away(tenant: &Tenant, actor: &Actor, id: DraftId) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let row = drafts::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    may(actor, &row, Action::ActFor(row.about()))?;
    match row.closed_as {
        Some(ClosedAs::Sent) => return Err(handed_in()),
        Some(ClosedAs::ThrownAway) => return Ok(()),
        None => discard(&mut tx, tenant, &row).await?,
    }
    tx.commit().await?;
    Ok(())
}

async fn discard(tx: &mut Tx, tenant: &Tenant, row: &DraftRow) -> ServiceResult<()> {
    drafts::forget(tx, row.id).await?;
    drafts::close(tx, row.id, ClosedAs::ThrownAway, None, tenant.clock.now()).await?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "a draft's row, field by field")]
pub(super) async fn insert(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    kind: DraftKind,
    organisation: OrganisationId,
    (grant_type, period): (&str, &str),
    case: Option<CaseId>,
    earlier: Option<&CaseRow>,
) -> ServiceResult<DraftId> {
    let now = tenant.clock.now();
    let row = DraftRow {
        id: DraftId(tenant.ids.uuid()),
        organisation_id: organisation,
        kind,
        grant_type: grant_type.to_owned(),
        period: period.to_owned(),
        case_id: case,
        prefilled_from: earlier.map(|case| case.id),
        begun_by: actor.person(),
        begun_at: now,
        touched_at: now,
        closed_at: None,
        closed_as: None,
        // Of the staff only officers come here, and they write in what came on paper.
        on_paper: actor.user().is_some(),
    };
    drafts::insert(tx, &row).await.map_err(|error| match error {
        StoreError::Conflict => ServiceError::Stale,
        other => other.into(),
    })?;
    Ok(row.id)
}

pub(super) async fn put(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    draft: DraftId,
    field: &Field,
    source: AnswerSource,
    entry: &Entry,
) -> ServiceResult<()> {
    let row = AnswerRow {
        draft_id: draft,
        field: field.id.clone(),
        version: 1,
        source,
        content: seal(tenant, &about(draft, &field.id), entry)?,
        written_by: actor.person(),
        written_at: tenant.clock.now(),
    };
    drafts::put_answer(tx, &row).await?;
    Ok(())
}

/// The newest application for the same grant in another period.
async fn newest_other(tx: &mut Tx, organisation: OrganisationId, grant_type: &str, period: &str) -> ServiceResult<Option<CaseRow>> {
    let all = cases::of_organisation(tx, organisation).await?;
    Ok(all.into_iter().find(|case| case.grant_type == grant_type && case.period != period))
}

type Filled<'f> = Vec<(&'f Field, AnswerSource, Entry)>;

/// What can be filled in beforehand. What must be affirmed, counted or attached anew is never taken over.
pub(super) async fn prefill<'f>(
    tx: &mut Tx,
    package: &'f Package,
    organisation: OrganisationId,
    earlier: Option<&CaseRow>,
) -> ServiceResult<Filled<'f>> {
    let before: BTreeMap<String, Answer> = match earlier {
        Some(case) => load::handed_in(tx, case.id).await?,
        None => BTreeMap::new(),
    };
    let account = match organisations::account(tx, organisation).await? {
        Some(row) => Some(forms::answer_of_account(&serde_json::from_str(&row.account)?)),
        None => None,
    };
    let mut filled = Vec::new();
    for field in package.form.fields() {
        let known = match &field.kind {
            FieldKind::BankAccount(_) => account.clone().map(|answer| (AnswerSource::Register, answer)),
            FieldKind::Declaration | FieldKind::AttendancePeriod | FieldKind::Attachment(_) | FieldKind::PersonalNumber { .. } => continue,
            _ => None,
        };
        let known = known.or_else(|| before.get(&field.id).map(|answer| (AnswerSource::Earlier, answer.clone())));
        let Some((source, answer)) = known else { continue };
        let entry = forms::echo(field, &answer);
        // A question that has changed its kind since takes nothing over.
        if forms::enter(field, &entry).is_ok_and(|read| read.as_ref() == Some(&answer)) {
            filled.push((field, source, entry));
        }
    }
    Ok(filled)
}
