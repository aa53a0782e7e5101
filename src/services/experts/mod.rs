//! Experts from outside the municipality (sakkunniga): somebody is asked to score one case, sees only what she needs for it,
//! and her sheet counts like any other.
//!
//! An invitation is a place of its own among the case's assessors, a task that nobody else fills. So the case waits for it
//! like for any other, and goes on when it is done, taken back, answered with a conflict of interest, or when its last day
//! has passed. What she may do and read is asked of `admitted` alone: no role of hers opens anything.

use chrono::NaiveDate;
use serde_json::json;

use super::cases::queue;
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::tasks::who::{self, EXPERT};
use super::tasks::{self as work, Filled, REQUEST_SUPPLEMENT, filled};
use super::{Actor, ServiceError, ServiceResult, associations, conflicts, flow, free_text, mandates, messages, packages};
use crate::app::Tenant;
use crate::domain::conflict::Ground;
use crate::domain::id::{CaseId, InvitationId, TaskId, UserId};
use crate::domain::{Clock, Localized};
use crate::packages::Package;
use crate::store::cases::{self, CaseRow};
use crate::store::experts::{self as rows, Declared, InvitationRow};
use crate::store::jobs::{self, JobKind, JobRow, NewJob};
use crate::store::tasks::{self, TaskDraftRow, TaskRow};
use crate::store::{Tx, mandates as mandate_rows, users};
use crate::workflows::{StateKind, Task, TaskFieldKind};

pub mod views;

/// The word of the job that ends an invitation whose last day has passed.
pub const LAPSE: &str = "expert_lapse";

/// How many days an expert may be given; beyond that the year was mistyped.
const LONGEST: i64 = 366;

/// Why her place is there, for officers who wait for it.
const REASON: &str = "Väntar på bedömning av en sakkunnig";

/// Whom an officer invites.
#[derive(Clone, Copy, Debug)]
pub struct Invited<'a> {
    /// Her name.
    pub name: &'a str,
    /// Her e-mail address: by it she is known again.
    pub email: &'a str,
    /// The last day to finish.
    pub last_day: NaiveDate,
}

/// Invites somebody from outside to score a case. She is told by mail that there is something to assess.
///
/// # Errors
/// [`ServiceError::Invalid`] without a name, an address or a day to come, and for somebody who works for the municipality,
/// stands by the applicant or is asked already; [`ServiceError::Refused`] where the case is not being scored, its grant takes
/// no experts, or somebody in it is protected.
pub async fn invite(tenant: &Tenant, actor: &Actor, case: CaseId, invited: &Invited<'_>) -> ServiceResult<InvitationId> {
    let mut tx = tenant.db.write().await?;
    let (case, package) = work::open_case(&mut tx, tenant, actor, case).await?;
    let task = scored(&package, &case).ok_or_else(|| {
        ServiceError::refused("Sakkunniga kan inte bjudas in i det här läget.", "Experts cannot be invited in this state.")
    })?;
    if case.protected {
        return Err(ServiceError::refused(
            "I ärendet finns skyddade personuppgifter. Ingen utomstående kan bjudas in.",
            "The case holds protected identities. Nobody from outside can be invited.",
        ));
    }
    let (name, email) = (invited.name.trim(), invited.email.trim());
    let today = tenant.clock.today();
    let mut findings = Vec::new();
    if name.is_empty() {
        findings.push(finding("namn", "missing", "Skriv personens namn.", "Write the person's name."));
    }
    findings.extend(free_text::finding("namn", name));
    if !associations::is_email(email) {
        let (sv, en) = ("Skriv en e-postadress, till exempel namn@exempel.se.", "Write an e-mail address, such as name@example.com.");
        findings.push(finding("epost", "bad_email", sv, en));
    }
    if invited.last_day <= today {
        findings.push(finding("senast", "past", "Sista dagen ska ligga efter i dag.", "The last day must be after today."));
    } else if (invited.last_day - today).num_days() > LONGEST {
        let (sv, en) =
            ("Sista dagen är mer än ett år bort. Kontrollera årtalet.", "The last day is more than a year away. Check the year.");
        findings.push(finding("senast", "far", sv, en));
    }
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let user = match users::by_email(&mut tx, email).await? {
        Some(known) => {
            outsider(&mut tx, tenant, &case, known.id).await?;
            known.id
        }
        None => mandates::insert_person(&mut tx, tenant, actor, name, Some(email)).await?,
    };
    let place = TaskRow {
        id: TaskId(tenant.ids.uuid()),
        case_id: case.id,
        entered: case.entered,
        task: task.id.clone(),
        role: EXPERT.to_owned(),
        reason: REASON.to_owned(),
        opened_at: tenant.clock.now(),
        due: Some(invited.last_day),
        closed_at: None,
    };
    tasks::insert(&mut tx, &place).await?;
    let row = InvitationRow {
        id: InvitationId(tenant.ids.uuid()),
        case_id: case.id,
        entered: case.entered,
        task_id: place.id,
        user_id: user,
        invited_by: actor.person().ok_or(ServiceError::NotFound)?,
        invited_at: tenant.clock.now(),
        last_day: invited.last_day,
        declared: None,
        declared_at: None,
        revoked_by: None,
        revoked_at: None,
        done_at: None,
    };
    rows::insert(&mut tx, &row).await?;
    queue::refresh(&mut tx, tenant, case.id).await?;
    end_after_last_day(&mut tx, tenant, &row).await?;
    let body = json!({ "invitation": row.id, "user": user, "task": task.id, "last_day": row.last_day });
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, Event { kind: "expert.invited", body, texts: &[] }).await?;
    messages::queue_to_expert(&mut tx, tenant, &case, email, row.id).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Takes an invitation back: from this moment it opens nothing, and the case waits for it no more.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case has no such invitation; [`ServiceError::Refused`] when it is over already.
pub async fn revoke(tenant: &Tenant, actor: &Actor, case: CaseId, id: InvitationId) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (mut case, package) = work::open_case(&mut tx, tenant, actor, case).await?;
    let row = rows::by_id(&mut tx, id).await?.filter(|row| row.case_id == case.id).ok_or(ServiceError::NotFound)?;
    let by = actor.person().ok_or(ServiceError::NotFound)?;
    let open = row.is_open(tenant.clock.today()) && row.entered == case.entered;
    if !open || !rows::revoke(&mut tx, id, by, tenant.clock.now()).await? {
        return Err(ServiceError::refused(
            "Inbjudan är redan avslutad och kan inte tas tillbaka.",
            "The invitation is over already and cannot be taken back.",
        ));
    }
    let body = json!({ "invitation": id, "user": row.user_id });
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, Event { kind: "expert.revoked", body, texts: &[] }).await?;
    without(&mut tx, tenant, &package, &mut case, actor, &row).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes in what an expert says of her own conflict of interest (förvaltningslagen 16 §). With a ground she is kept away from
/// the case for good, and its officers see it.
///
/// # Errors
/// [`ServiceError::NotFound`] when the invitation is not hers or over; [`ServiceError::Stale`] when she has said so before.
pub async fn declare(tenant: &Tenant, actor: &Actor, id: InvitationId, tie: Option<Ground>) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let Admitted { row, mut case, package, .. } = admitted(&mut tx, tenant, actor, id, Locked::Yes).await?;
    let declared = if tie.is_some() { Declared::Tie } else { Declared::NoTie };
    if !rows::declare(&mut tx, id, declared, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    match tie {
        None => {
            let body = json!({ "invitation": id, "user": row.user_id });
            history::record(&mut tx, tenant, Stream::Case(case.id), actor, Event { kind: "expert.free", body, texts: &[] }).await?;
        }
        Some(ground) => {
            conflicts::declaring::of_expert(&mut tx, tenant, actor, &case, ground).await?;
            without(&mut tx, tenant, &package, &mut case, actor, &row).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Saves what an expert has filled in so far; nobody else sees it, and nothing is demanded of it.
///
/// # Errors
/// [`ServiceError::NotFound`] when the invitation is not hers, over, or she has not said that she has no conflict of interest.
pub async fn save(tenant: &Tenant, actor: &Actor, id: InvitationId, filled: &Filled, comment: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let Admitted { row, case, place, .. } = scoring(&mut tx, tenant, actor, id, Locked::Yes).await?;
    let draft = TaskDraftRow {
        case_id: case.id,
        entered: place.entered,
        task: place.task,
        user_id: row.user_id,
        filled: serde_json::to_string(filled)?,
        comment: comment.to_owned(),
        at: tenant.clock.now(),
    };
    tasks::put_draft(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok(())
}

/// Hands in an expert's sheet. It counts like any other assessor's and is never edited.
///
/// # Errors
/// [`ServiceError::Invalid`] with a finding per place, as for officers; [`ServiceError::NotFound`] as [`save`].
pub async fn finish(tenant: &Tenant, actor: &Actor, id: InvitationId, filled: &Filled, comment: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let Admitted { row, mut case, package, place } = scoring(&mut tx, tenant, actor, id, Locked::Yes).await?;
    free_text::refuse_person_numbers("comment", comment)?;
    let declared = hers(work::declared(&package, &case, &place.task)?);
    let scored = who::scored(&mut tx, &package, &case, &declared).await?;
    filled::check(&declared, &[], &scored, (filled, comment), None)?;
    let action = onward(&package, &case).ok_or(ServiceError::Stale)?;
    work::finish(&mut tx, tenant, actor, &place, &action, filled, comment).await?;
    tasks::forget_draft(&mut tx, &place, row.user_id).await?;
    rows::finish(&mut tx, id, tenant.clock.now()).await?;
    go_on(&mut tx, tenant, &package, &mut case, actor).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends an invitation whose last day has passed: the case does not wait for it any more.
///
/// # Errors
/// [`ServiceError::Stale`] when the lease was lost.
pub async fn run_job(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    let id = job.reference.ok_or_else(|| anyhow::anyhow!("a last day without an invitation"))?;
    let mut tx = tenant.db.write().await?;
    let row = rows::by_id(&mut tx, InvitationId(id)).await?.ok_or(ServiceError::NotFound)?;
    let mut case = cases::lock(&mut tx, row.case_id).await?.ok_or(ServiceError::NotFound)?;
    // Read again now that nobody else changes the case: she may have finished meanwhile.
    let row = rows::by_id(&mut tx, row.id).await?.ok_or(ServiceError::NotFound)?;
    if !jobs::hold(&mut tx, job, crate::domain::clock::SystemClock.now()).await? {
        return Err(ServiceError::Stale);
    }
    let unfinished = row.done_at.is_none() && row.revoked_at.is_none() && row.declared != Some(Declared::Tie);
    if unfinished && row.entered == case.entered && row.last_day < tenant.clock.today() {
        let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
        let body = json!({ "invitation": row.id, "user": row.user_id });
        let event = Event { kind: "expert.lapsed", body, texts: &[] };
        history::record(&mut tx, tenant, Stream::Case(case.id), &Actor::Service, event).await?;
        without(&mut tx, tenant, &package, &mut case, &Actor::Service, &row).await?;
    }
    if !jobs::complete(&mut tx, job, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    tx.commit().await?;
    Ok(())
}

/// Whether a person has been invited to anything.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn is_invited(tx: &mut Tx, user: UserId) -> ServiceResult<bool> {
    Ok(rows::is_invited(tx, user).await?)
}

/// What an open invitation admits to.
struct Admitted {
    row: InvitationRow,
    case: CaseRow,
    package: std::sync::Arc<Package>,
    place: TaskRow,
}

/// Whether a case is read to be changed.
#[derive(Clone, Copy)]
enum Locked {
    Yes,
    No,
}

/// The one place that says whether somebody may act on an invitation: it is hers and open, the case is where it was, she has
/// nothing to do with the applicant, and nobody in the case is protected. Everything else is as if it were not there.
async fn admitted(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: InvitationId, locked: Locked) -> ServiceResult<Admitted> {
    let user = actor.person().ok_or(ServiceError::NotFound)?;
    let asked = rows::by_id(tx, id).await?.filter(|row| row.user_id == user).ok_or(ServiceError::NotFound)?;
    let case = match locked {
        Locked::Yes => cases::lock(tx, asked.case_id).await?,
        Locked::No => cases::by_id(tx, asked.case_id).await?,
    };
    let case = case.ok_or(ServiceError::NotFound)?;
    // Read again behind the case's lock: it may have been taken back meanwhile.
    let row = rows::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    let place = tasks::by_id(tx, row.task_id).await?.ok_or(ServiceError::NotFound)?;
    let stands = row.is_open(tenant.clock.today()) && row.entered == case.entered && place.closed_at.is_none() && !case.protected;
    if !stands || tied(tx, tenant, &case, user).await? {
        return Err(ServiceError::NotFound);
    }
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    Ok(Admitted { row, case, package, place })
}

/// The same, once she has said that she has no conflict of interest: before that nothing of the application is hers to read.
async fn scoring(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: InvitationId, locked: Locked) -> ServiceResult<Admitted> {
    let admitted = admitted(tx, tenant, actor, id, locked).await?;
    if admitted.row.declared == Some(Declared::NoTie) { Ok(admitted) } else { Err(ServiceError::NotFound) }
}

/// Whether somebody has a tie to the applicant or has declared a conflict of interest in the case, or acts for the applicant.
async fn tied(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, user: UserId) -> ServiceResult<bool> {
    let today = tenant.clock.today();
    let acts = mandate_rows::of_user(tx, user, today).await?.iter().any(|mandate| mandate.organisation_id == case.organisation_id);
    Ok(acts || conflicts::kept(tx, user, today).await?.from_case(case.about()))
}

/// Whether somebody known can be asked: from outside, with nothing to do with the applicant, and not asked already.
async fn outsider(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, user: UserId) -> ServiceResult<()> {
    let refuse = |code: &str, sv: &str, en: &str| Err(ServiceError::Invalid(vec![finding("epost", code, sv, en)]));
    if !users::roles(tx, user, tenant.clock.today()).await?.is_empty() {
        return refuse(
            "of_the_staff",
            "Personen arbetar redan i kommunens ärenden. En sakkunnig är utomstående.",
            "The person already works with the municipality's cases. An expert is from outside.",
        );
    }
    let before = rows::of_case(tx, case.id).await?;
    let hers = || before.iter().filter(|row| row.user_id == user);
    if hers().any(|row| row.declared == Some(Declared::Tie)) || tied(tx, tenant, case, user).await? {
        return refuse(
            "tied",
            "Personen har anknytning till sökanden och kan inte bedöma ansökan.",
            "The person has ties to the applicant and cannot assess the application.",
        );
    }
    let today = tenant.clock.today();
    let mut here = hers().filter(|row| row.entered == case.entered);
    if here.any(|row| row.is_open(today) || row.done_at.is_some()) {
        return refuse("invited", "Personen är redan inbjuden i det här ärendet.", "The person is already invited in this case.");
    }
    Ok(())
}

/// The task of the case's state that experts can be invited to, where its grant takes any.
fn scored<'p>(package: &'p Package, case: &CaseRow) -> Option<&'p Task> {
    package.form.experts.as_ref()?;
    match &package.workflow.state(&case.state)?.kind {
        StateKind::Task(list) => list.iter().find(|task| task.takes_experts()),
        StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => None,
    }
}

/// What an expert fills in of a task: its scales and words. Amounts, conditions and checklists are the officers' own.
fn hers(task: &Task) -> Task {
    let asked = |kind: &TaskFieldKind| match kind {
        TaskFieldKind::Scale(_) | TaskFieldKind::Text => true,
        TaskFieldKind::Moderation(_) | TaskFieldKind::Conditions | TaskFieldKind::Amount => false,
    };
    let form = task.form.iter().filter(|field| asked(&field.kind)).cloned().collect();
    Task { form, checklist: Vec::new(), ..task.clone() }
}

/// The action noted with her sheet: the first way on that is no question to the applicant. It moves nothing by itself.
fn onward(package: &Package, case: &CaseRow) -> Option<String> {
    let ways = package.workflow.state(&case.state)?.next.iter().filter_map(|next| next.action.as_deref());
    ways.into_iter().find(|action| *action != REQUEST_SUPPLEMENT).map(str::to_owned)
}

/// Closes the place of an expert who will not score, and moves the case on where it waited for her alone.
async fn without(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &mut CaseRow,
    actor: &Actor,
    row: &InvitationRow,
) -> ServiceResult<()> {
    tasks::close(tx, row.task_id, tenant.clock.now()).await?;
    if let Some(place) = tasks::by_id(tx, row.task_id).await? {
        tasks::forget_draft(tx, &place, row.user_id).await?;
    }
    queue::refresh(tx, tenant, case.id).await?;
    go_on(tx, tenant, package, case, actor).await
}

/// Moves a case on that waited for experts alone, the way the last officer chose: where a case goes is no outsider's to say.
async fn go_on(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &mut CaseRow, actor: &Actor) -> ServiceResult<()> {
    let mut newest = None;
    let places = tasks::of_case(tx, case.id).await?;
    for place in places.iter().filter(|place| place.entered == case.entered && place.role != EXPERT) {
        for result in tasks::results(tx, place.id).await? {
            if newest.as_ref().is_none_or(|(at, _)| *at <= result.at) {
                newest = Some((result.at, result.action));
            }
        }
    }
    match newest {
        Some((_, action)) => work::go_on(tx, tenant, package, case, actor, &action).await,
        // No officer has done hers yet: there is nothing to go on with.
        None => Ok(()),
    }
}

async fn end_after_last_day(tx: &mut Tx, tenant: &Tenant, row: &InvitationRow) -> ServiceResult<()> {
    let job = NewJob {
        id: tenant.ids.uuid(),
        kind: JobKind::Wait,
        case_id: None,
        reference: Some(row.id.0),
        entered: 0,
        step: LAPSE,
        dedup_key: format!("expert/{}", row.id),
        run_at: row.last_day.succ_opt().map(flow::start_of).unwrap_or_default(),
    };
    Ok(jobs::add(tx, job).await?)
}

fn finding(place: &str, code: &str, sv: &str, en: &str) -> Finding {
    Finding { place: place.to_owned(), code: code.to_owned(), message: Localized::both(sv, en) }
}
