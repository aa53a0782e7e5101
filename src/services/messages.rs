//! Messages to applicants: queued with what they are about, sent by the worker.

use super::ServiceResult;
use crate::app::Tenant;
use crate::domain::canonical::{self, Sha};
use crate::domain::id::{InvitationId, OutboxId};
use crate::domain::localized::Language;
use crate::integrations::mail::Message;
use crate::letters::mail::{self, Asks};
use crate::store::cases::CaseRow;
use crate::store::jobs::{self, JobKind, NewJob};
use crate::store::outbox::{self, OutboxRow};
use crate::store::{Tx, organisations};

/// What a message is about; it says no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A decision was made.
    Decision,
    /// Something is missing.
    Supplement,
    /// A change would lower the amount.
    Communication,
    /// Registrations clash.
    Clash,
    /// An application was received.
    Receipt,
    /// A second signature is waited for.
    Cosign,
    /// Somebody has written in the case.
    Message,
    /// More time was given.
    Extension,
    /// A grant is to be reported on.
    Report,
}

impl About {
    const fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Supplement => "supplement",
            Self::Communication => "communication",
            Self::Clash => "clash",
            Self::Receipt => "receipt",
            Self::Cosign => "cosign",
            Self::Message => "message",
            Self::Extension => "extension",
            Self::Report => "report",
        }
    }

    /// What the message asks its reader to do, and the page of the case where she does it.
    const fn asks(self) -> (Asks, &'static str) {
        match self {
            Self::Receipt => (Asks::Received, "/kvittens"),
            Self::Cosign => (Asks::Sign, "/underskrift"),
            Self::Report => (Asks::Report, ""),
            Self::Decision | Self::Supplement | Self::Communication | Self::Clash | Self::Message | Self::Extension => (Asks::Read, ""),
        }
    }
}

/// Queues a message to every contact of a case's applicant, once per state of the case and subject.
///
/// # Errors
/// When the database refuses.
pub async fn queue(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, about: About) -> ServiceResult<()> {
    queue_once(tx, tenant, case, about, &case.entered.to_string()).await
}

/// Queues a message to every contact of a case's applicant, once per subject and cause.
///
/// # Errors
/// When the database refuses.
pub async fn queue_once(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, about: About, cause: &str) -> ServiceResult<()> {
    let contacts = organisations::contacts(tx, case.organisation_id, tenant.clock.today()).await?;
    for contact in contacts {
        let dedup_key = format!("mail/{}/{}/{cause}/{}", about.word(), case.id, contact.id);
        if jobs::known(tx, &dedup_key).await? {
            continue;
        }
        let (asks, page) = about.asks();
        let mail = mail::Mail {
            language: Language::Sv,
            asks,
            municipality: tenant.profile.name.clone(),
            reference: case.number.clone(),
            login: format!("{}/mina-sidor/arenden/{}{page}", tenant.profile.base_url, case.id),
        };
        let html = mail::html(&mail).map_err(anyhow::Error::from)?;
        let message = Message { to: contact.email.clone(), subject: mail::subject(&mail), text: mail::text(&mail), html };
        put(tx, tenant, &message, Some(case), about.word(), dedup_key).await?;
    }
    Ok(())
}

/// Queues a message to an expert who is asked to score a case: that there is something to assess and where, never whose.
///
/// # Errors
/// When the database refuses.
pub async fn queue_to_expert(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, to: &str, id: InvitationId) -> ServiceResult<()> {
    let mail = mail::Mail {
        language: Language::Sv,
        asks: Asks::Assess,
        municipality: tenant.profile.name.clone(),
        reference: case.number.clone(),
        login: format!("{}/sakkunnig/{id}", tenant.profile.base_url),
    };
    let html = mail::html(&mail).map_err(anyhow::Error::from)?;
    let message = Message { to: to.to_owned(), subject: mail::subject(&mail), text: mail::text(&mail), html };
    put(tx, tenant, &message, Some(case), "expert", format!("mail/expert/{id}")).await
}

/// Queues a letter by mail that belongs to no case, once per key; `false` when it was queued before. `about` is one word.
///
/// # Errors
/// When the database refuses.
pub async fn queue_letter(tx: &mut Tx, tenant: &Tenant, message: &Message, about: &'static str, dedup_key: String) -> ServiceResult<bool> {
    if jobs::known(tx, &dedup_key).await? {
        return Ok(false);
    }
    put(tx, tenant, message, None, about, dedup_key).await?;
    Ok(true)
}

async fn put(
    tx: &mut Tx,
    tenant: &Tenant,
    message: &Message,
    case: Option<&CaseRow>,
    step: &'static str,
    dedup_key: String,
) -> ServiceResult<()> {
    let request = canonical::to_bytes(message)?;
    let id = OutboxId(tenant.ids.uuid());
    let row = OutboxRow {
        id,
        channel: "mail".to_owned(),
        case_id: case.map(|case| case.id),
        decision_id: None,
        sha256: Sha::of(&request).hex(),
        request,
        created_at: tenant.clock.now(),
        attempts: 0,
        sent_at: None,
        answer: None,
        cancelled_at: None,
    };
    outbox::insert(tx, &row).await?;
    let job = NewJob {
        id: tenant.ids.uuid(),
        kind: JobKind::Outbox,
        case_id: case.map(|case| case.id),
        reference: Some(id.0),
        entered: case.map_or(0, |case| case.entered),
        step,
        dedup_key,
        run_at: tenant.clock.now(),
    };
    jobs::add(tx, job).await?;
    Ok(())
}
