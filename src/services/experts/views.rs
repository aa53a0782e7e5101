//! Reads for an expert's own pages, and for the officers who have invited her.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Admitted, Locked, admitted, hers, onward, rows, scored, scoring};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, InvitationId};
use crate::domain::inputs::{Answer, Attachment};
use crate::domain::period::ActivityPeriod;
use crate::forms::{Field, FieldKind, Form};
use crate::packages::Package;
use crate::services::actor::{About, Action, authorize};
use crate::services::assessments::views::{SheetView, assessors, scale_views};
use crate::services::cases::views::Way;
use crate::services::documents::{Document, ending};
use crate::services::tasks::{self as work, Filled, who};
use crate::services::{Actor, ServiceError, ServiceResult, diary, packages, paper};
use crate::store::cases::{self, CaseRow};
use crate::store::experts::{Declared, InvitationRow};
use crate::store::{Tx, diary as diary_rows, files, organisations, tasks, users};
use crate::workflows::TaskFieldKind;

/// How an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// She has not said yet whether she has a conflict of interest.
    Asked,
    /// She may read and score.
    Scores,
    /// She has handed in her sheet.
    Done(DateTime<Utc>),
    /// She has a conflict of interest.
    Tied,
    /// It was taken back.
    Revoked,
    /// Its last day has passed, or the case went on without her.
    Over,
}

fn standing(row: &InvitationRow, case: &CaseRow, today: NaiveDate) -> Standing {
    match (row.done_at, row.declared) {
        (Some(at), _) => Standing::Done(at),
        (None, Some(Declared::Tie)) => Standing::Tied,
        (None, _) if row.revoked_at.is_some() => Standing::Revoked,
        (None, _) if row.entered != case.entered || today > row.last_day => Standing::Over,
        (None, None) => Standing::Asked,
        (None, Some(Declared::NoTie)) => Standing::Scores,
    }
}

/// A line of an expert's own list: nothing of the application.
#[derive(Clone, Debug)]
pub struct Mine {
    /// Which.
    pub id: InvitationId,
    /// The grant.
    pub grant: Localized,
    /// The case's diary number.
    pub number: String,
    /// The last day to finish.
    pub last_day: NaiveDate,
    /// How it stands.
    pub standing: Standing,
}

/// The actor's own invitations, newest first: what she is asked to do and what she has done. What was taken back, lapsed or
/// answered with a conflict of interest is not there any more.
///
/// # Errors
/// [`ServiceError::NotFound`] for nobody.
pub async fn mine(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<Mine>> {
    let user = actor.person().ok_or(ServiceError::NotFound)?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for row in rows::of_user(&mut tx, user).await? {
        let case = cases::by_id(&mut tx, row.case_id).await?.ok_or(ServiceError::NotFound)?;
        let standing = standing(&row, &case, tenant.clock.today());
        let shown = match standing {
            Standing::Done(_) => true,
            // What keeps her away meanwhile is asked where it always is.
            Standing::Asked | Standing::Scores => admitted(&mut tx, tenant, actor, row.id, Locked::No).await.is_ok(),
            Standing::Tied | Standing::Revoked | Standing::Over => false,
        };
        if shown {
            let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
            let grant = package.form.title.clone();
            found.push(Mine { id: row.id, grant, number: case.number, last_day: row.last_day, standing });
        }
    }
    Ok(found)
}

/// An invitation as its expert sees it.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The line of her list.
    pub line: Mine,
    /// Who applies: what she must know to say whether she has a conflict of interest.
    pub applicant: String,
    /// The period applied for.
    pub period: Option<ActivityPeriod>,
    /// What she may read and fill in, once she has said that she has none.
    pub scoring: Option<Box<Scoring>>,
}

/// What an expert may read, and her sheet.
#[derive(Clone, Debug)]
pub struct Scoring {
    /// The sections that the form lists, with what is answered in them.
    pub sections: Vec<Readable>,
    /// Her sheet.
    pub sheet: SheetView,
}

/// A section that an expert may read.
#[derive(Clone, Debug)]
pub struct Readable {
    /// Its heading.
    pub title: Localized,
    /// Question and answer.
    pub answers: Vec<(Localized, String)>,
    /// Files: the question's id, and the question.
    pub files: Vec<(String, Localized)>,
}

/// An invitation, for its expert.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not hers or over.
pub async fn invitation(tenant: &Tenant, actor: &Actor, id: InvitationId) -> ServiceResult<Invitation> {
    let mut tx = tenant.db.read().await?;
    let user = actor.person().ok_or(ServiceError::NotFound)?;
    let row = rows::by_id(&mut tx, id).await?.filter(|row| row.user_id == user).ok_or(ServiceError::NotFound)?;
    if row.done_at.is_some() {
        let case = cases::by_id(&mut tx, row.case_id).await?.ok_or(ServiceError::NotFound)?;
        let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
        return Ok(of(tenant, &package, &row, &case, String::new()));
    }
    let admitted = admitted(&mut tx, tenant, actor, id, Locked::No).await?;
    let Admitted { row, case, package, .. } = &admitted;
    let applicant = organisations::name(&mut tx, case.organisation_id, tenant.clock.today()).await?;
    let mut found = of(tenant, package, row, case, applicant);
    if row.declared == Some(Declared::NoTie) {
        let sections = readable(&mut tx, &package.form, case).await?;
        let sheet = sheet(&mut tx, &admitted).await?;
        found.scoring = Some(Box::new(Scoring { sections, sheet }));
    }
    Ok(found)
}

fn of(tenant: &Tenant, package: &Package, row: &InvitationRow, case: &CaseRow, applicant: String) -> Invitation {
    let line = Mine {
        id: row.id,
        grant: package.form.title.clone(),
        number: case.number.clone(),
        last_day: row.last_day,
        standing: standing(row, case, tenant.clock.today()),
    };
    Invitation { line, applicant, period: package.form.period(&case.period).cloned(), scoring: None }
}

/// A file of a listed section, for an expert who scores.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not hers to read.
pub async fn file(tenant: &Tenant, actor: &Actor, id: InvitationId, field: &str) -> ServiceResult<Document> {
    let mut tx = tenant.db.read().await?;
    let Admitted { case, package, .. } = scoring(&mut tx, tenant, actor, id, Locked::No).await?;
    let listed = listed(&package.form).any(|(_, known)| known.id == field && matches!(known.kind, FieldKind::Attachment(_)));
    let answers: BTreeMap<String, Answer> = serde_json::from_slice(&cases::application(&mut tx, case.id).await?.answers)?;
    let Some(sha) = answers.get(field).filter(|_| listed).and_then(sent) else { return Err(ServiceError::NotFound) };
    let (no, file) = document(&mut tx, &case, sha).await?.ok_or(ServiceError::NotFound)?;
    let bytes = diary::read_file(&mut tx, tenant, file.id).await?;
    Ok(Document { no, ending: ending(&file.media_type), media_type: file.media_type, bytes })
}

/// The case's document of a file, by the hash that the answer names.
async fn document(tx: &mut Tx, case: &CaseRow, sha: &str) -> ServiceResult<Option<(i64, files::FileRow)>> {
    for document in diary_rows::documents_of_case(tx, case.id).await? {
        let Some(file) = document.file_id else { continue };
        if let Some(row) = files::by_id(tx, file).await?.filter(|row| row.sha256 == sha) {
            return Ok(Some((document.no, row)));
        }
    }
    Ok(None)
}

fn sent(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Attachment(Attachment::Uploaded(sha) | Attachment::OnFile(sha)) => Some(sha),
        _ => None,
    }
}

/// The fields of the listed sections that an expert may read: never what identifies, reaches or pays somebody.
fn listed(form: &Form) -> impl Iterator<Item = (&Localized, &Field)> {
    let may = |id: &String| form.experts.as_ref().is_some_and(|experts| experts.sections.iter().any(|listed| listed.value == *id));
    let sections = form.sections.iter().filter(move |section| may(&section.id));
    sections.flat_map(|section| section.fields.iter().map(move |field| (&section.title, field))).filter(|(_, field)| shown(&field.kind))
}

fn shown(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Text(_)
        | FieldKind::LongText(_)
        | FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Choices(_)
        | FieldKind::Integer(_)
        | FieldKind::Decimal(_)
        | FieldKind::Money(_)
        | FieldKind::Date(_)
        | FieldKind::DateRange(_)
        | FieldKind::Municipality
        | FieldKind::Attachment(_)
        | FieldKind::Budget { .. } => true,
        // A repeating group may ask for anybody's address: it is read by officers alone.
        FieldKind::Group(_)
        | FieldKind::OrganisationNumber
        | FieldKind::PersonalNumber { .. }
        | FieldKind::BankAccount(_)
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::PostalAddress
        | FieldKind::Members
        | FieldKind::AttendancePeriod
        | FieldKind::Declaration
        | FieldKind::Information
        | FieldKind::Calculated(_) => false,
    }
}

async fn readable(tx: &mut Tx, form: &Form, case: &CaseRow) -> ServiceResult<Vec<Readable>> {
    let answers: BTreeMap<String, Answer> = serde_json::from_slice(&cases::application(tx, case.id).await?.answers)?;
    let mut sections: Vec<Readable> = Vec::new();
    for (title, field) in listed(form) {
        let Some(answer) = answers.get(&field.id) else { continue };
        if sections.last().is_none_or(|last| last.title != *title) {
            sections.push(Readable { title: title.clone(), answers: Vec::new(), files: Vec::new() });
        }
        let Some(section) = sections.last_mut() else { continue };
        let file = match sent(answer) {
            Some(sha) => document(tx, case, sha).await?,
            None => None,
        };
        if file.is_some() {
            section.files.push((field.id.clone(), field.label.clone()));
        } else {
            section.answers.push((field.label.clone(), paper::answer(field, answer)));
        }
    }
    Ok(sections)
}

async fn sheet(tx: &mut Tx, admitted: &Admitted) -> ServiceResult<SheetView> {
    let Admitted { row, case, package, place } = admitted;
    let declared = hers(work::declared(package, case, &place.task)?);
    let scored = who::scored(tx, package, case, &declared).await?;
    let draft = tasks::draft(tx, place, row.user_id).await?;
    let filled: Filled = match &draft {
        Some(draft) => serde_json::from_str(&draft.filled)?,
        None => Filled::default(),
    };
    let mut texts = declared.form.iter().filter(|field| matches!(field.kind, TaskFieldKind::Text));
    let comment_label = texts.next().map(|field| field.label.clone());
    let action = onward(package, case).ok_or(ServiceError::Stale)?;
    Ok(SheetView {
        task: place.id,
        label: declared.label.clone().unwrap_or_else(|| Localized::sv(declared.id.clone())),
        scales: scale_views(&scored, &[], &[]),
        comment_label,
        texts: texts.map(|field| (field.id.clone(), field.label.clone())).collect(),
        amount_label: None,
        applied: None,
        comment: draft.as_ref().map_or_else(String::new, |draft| draft.comment.clone()),
        saved_at: draft.map(|draft| draft.at),
        filled,
        assessors: assessors(tx, case, &place.task).await?,
        blind: declared.blind,
        judgements: Vec::new(),
        moderates: false,
        checklist: Vec::new(),
        ways: vec![(action.clone(), Way::LeadsTo(Localized::sv(action)))],
    })
}

/// An invitation as the case's officers see it.
#[derive(Clone, Debug)]
pub struct OfCase {
    /// Which.
    pub id: InvitationId,
    /// Who.
    pub name: String,
    /// Her address.
    pub email: String,
    /// The last day to finish.
    pub last_day: NaiveDate,
    /// How it stands.
    pub standing: Standing,
}

/// A case's experts.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// Those who have been invited, oldest first.
    pub invited: Vec<OfCase>,
    /// Whether the actor may invite another now.
    pub open: bool,
}

/// The experts of a case, for its officers; nothing where its grant takes none.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not the actor's to see.
pub async fn of_case(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<Panel> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let handles = authorize(actor, Action::Handle { about: case.about(), committee: &case.committee }).is_ok();
    let mut invited = Vec::new();
    for row in rows::of_case(&mut tx, id).await? {
        let user = users::by_id(&mut tx, row.user_id).await?.ok_or(ServiceError::NotFound)?;
        let standing = standing(&row, &case, tenant.clock.today());
        let email = user.email.unwrap_or_default();
        invited.push(OfCase { id: row.id, name: user.name, email, last_day: row.last_day, standing });
    }
    Ok(Panel { invited, open: handles && !case.protected && scored(&package, &case).is_some() })
}
