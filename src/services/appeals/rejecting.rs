//! Rejecting an appeal that came too late (avvisning, förvaltningslagen 45 §): a decision of its own by a person, with its
//! letter. The service shows what the days say and rejects nothing by itself.

use super::{Noted, next, note, open, written};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::appeal::{Act, StepKind, WrongAct};
use crate::domain::id::AppealId;
use crate::letters::{self, AppealRejection};
use crate::services::actor::{About, Action, authorize};
use crate::services::decisions::{appeal_text, decided_on, head, official};
use crate::services::diary::{self, NewDocument};
use crate::services::{Actor, ServiceError, ServiceResult, messages, packages, protection};
use crate::store::appeals as rows;
use crate::store::diary::Direction;
use crate::store::{cases, decisions, organisations};

/// Rejects an appeal for lateness. Whoever may decide in the committee's cases does.
///
/// # Errors
/// [`ServiceError::Refused`] when it came in time or the court is to test it, [`ServiceError::Invalid`] without a reason.
pub async fn reject(tenant: &Tenant, actor: &Actor, id: AppealId, reason: &str) -> ServiceResult<()> {
    if actor.user().is_none() {
        return Err(ServiceError::refused(
            "En människa avgör om ett överklagande avvisas.",
            "A person decides whether an appeal is rejected.",
        ));
    }
    let mut read = tenant.db.read().await?;
    let appeal = rows::by_id(&mut read, id).await?.ok_or(ServiceError::NotFound)?;
    let case = cases::by_id(&mut read, appeal.case_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let decide = Action::Decide { about: case.about(), committee: &case.committee, grant_type: &case.grant_type, amount: Money::ZERO };
    let delegation = authorize(actor, decide)?.and_then(|role| role.reference.clone());
    next(&appeal, Act::Reject)?;
    written(
        "text",
        reason,
        "Skriv varför överklagandet avvisas. Det står i brevet.",
        "Write why the appeal is rejected. It stands in the letter.",
    )?;
    let package = packages::version(&mut read, tenant, case.package_version_id).await?;
    let decision = decisions::by_id(&mut read, appeal.decision_id).await?.ok_or(ServiceError::NotFound)?;
    let committee = tenant.profile.committee(&case.committee).ok_or_else(|| anyhow::anyhow!("no committee {}", case.committee))?;
    let timeliness = super::seen(&appeal).timeliness().ok_or_else(|| super::wrong_act(WrongAct::Courts))?;
    let letter = AppealRejection {
        head: head(&mut read, tenant, actor, &package, &case, committee).await?,
        decided: decided_on(&decision)?,
        appellant: appeal.appellant.clone(),
        served: appeal.served_on.unwrap_or(timeliness.last_day),
        last_day: timeliness.last_day,
        received: appeal.received_on,
        reason: reason.trim().to_owned(),
        official: official(actor, "Delegat"),
        delegation_point: delegation.unwrap_or_else(|| "delegationsordningen".to_owned()),
        appeal: appeal_text(tenant, &package, committee),
    };
    let name = organisations::name(&mut read, case.organisation_id, tenant.clock.today()).await?;
    drop(read);
    let drawn = tokio::task::spawn_blocking(move || letters::pdf(&letter)).await.map_err(|error| anyhow::anyhow!("no letter: {error}"))?;
    let file = diary::store_file(tenant, &drawn.map_err(anyhow::Error::from)?, "application/pdf")?;
    let mut tx = tenant.db.write().await?;
    let opened = open(&mut tx, tenant, actor, id).await?;
    let next = next(&opened.appeal, Act::Reject)?;
    let file = diary::note_file(&mut tx, &file).await?;
    let document = NewDocument {
        diary_case: opened.case.diary_case_id,
        case: Some(opened.case.id),
        direction: Direction::Out,
        party: Some(&name),
        subject: "Beslut: överklagandet avvisas",
        masked: protection::masks_party(&mut tx, &opened.case).await?,
        document_type: "avvisning_overklagande",
        file: Some(file),
    };
    let document = diary::register(&mut tx, tenant, &opened.package.form.diary, document).await?;
    let noted = Noted { kind: StepKind::Rejected, on: tenant.clock.today(), text: reason, document: Some(document) };
    note(&mut tx, tenant, actor, &opened, next, noted).await?;
    messages::queue_once(&mut tx, tenant, &opened.case, messages::About::Decision, &document.to_string()).await?;
    tx.commit().await?;
    Ok(())
}
