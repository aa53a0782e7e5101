//! Handing a draft in: signed, received, its files registered, and the second signature asked for, in one transaction.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Draft, cosign, handed_in, load, promised};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::clock::swedish_date;
use crate::domain::draft::DraftKind;
use crate::domain::grant::SignedBy;
use crate::domain::id::{DraftId, FileId};
use crate::domain::inputs::{Answer, Attachment};
use crate::forms::Field;
use crate::packages::Package;
use crate::services::actor::{About, Action, authorize};
use crate::services::applications::{self, Receipt, Received, Submission};
use crate::services::diary::{self, NewDocument};
use crate::services::error::Finding;
use crate::services::{Actor, ServiceError, ServiceResult, messages};
use crate::store::cases::CaseRow;
use crate::store::diary::Direction;
use crate::store::drafts::{self, ClosedAs};
use crate::store::tasks::{self};
use crate::store::{Tx, diary as diary_rows, organisations};

/// How many days a promised document may take.
const PROMISED_DAYS: u64 = 14;

/// Hands in a draft under the actor's signature: it is received at that moment. A second press gets the first receipt.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything to correct; [`ServiceError::Refused`] for who may not sign, or when it can
/// no longer be replaced; [`ServiceError::NotFound`] when it is not the actor's.
pub async fn send(tenant: &Tenant, actor: &Actor, id: DraftId) -> ServiceResult<Receipt> {
    let mut tx = tenant.db.write().await?;
    let draft = load::lock(&mut tx, tenant, actor, id).await?;
    let form = &draft.package.form;
    match form.signed_by {
        SignedBy::Role => {}
        SignedBy::OneSignatory | SignedBy::Firmateckning => {
            authorize(actor, Action::SignFor(About::Association(draft.organisation))).map(drop)?
        }
    }
    if draft.kind == DraftKind::Supplement {
        return Err(ServiceError::NotFound);
    }
    let Actor::Association { name, .. } = actor else { return Err(ServiceError::NotFound) };
    if draft.closed && draft.case.is_none() {
        return Err(handed_in());
    }
    let received = receive(&mut tx, tenant, actor, &draft, name, tenant.clock.now()).await?;
    let Some((application, case)) = received.application else { return Ok(received.receipt) };
    if let Some(open) = crate::store::cosignatures::open_of_case(&mut tx, case.id).await? {
        crate::store::cosignatures::end(&mut tx, open.id, tenant.clock.now()).await?;
    }
    if form.signed_by == SignedBy::Firmateckning {
        cosign::ask(&mut tx, tenant, actor, &draft.package, &case, application).await?;
    }
    tx.commit().await?;
    Ok(received.receipt)
}

/// What a signature and a stamp lead to alike: the draft is received as of a moment, its files are registered, what is promised is
/// waited for, the receipt is sent and the draft ends. Without an application an earlier press of the button has done it.
pub(super) async fn receive(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    draft: &Draft,
    signed_by: &str,
    at: DateTime<Utc>,
) -> ServiceResult<Received> {
    readable(draft)?;
    let key = format!("draft/{}", draft.id);
    let submission = Submission {
        organisation: draft.organisation,
        grant_type: &draft.package.form.id,
        period: &draft.period.id,
        answers: &draft.answers,
        signed_by,
        idempotency_key: &key,
    };
    let received = applications::receive(tx, tenant, actor, &submission, at).await?;
    if let Some((application, case)) = &received.application {
        register_files(tx, tenant, draft, case, swedish_date(at)).await?;
        promise(tx, tenant, draft, case).await?;
        messages::queue_once(tx, tenant, case, messages::About::Receipt, &application.to_string()).await?;
        drafts::close(tx, draft.id, ClosedAs::Sent, Some(case.id), tenant.clock.now()).await?;
    }
    Ok(received)
}

/// What cannot be read as an answer is not handed in. Attendance may come after the application: one that comes in time is
/// received whatever it lacks (förvaltningslagen 22 §), and the pages before the signature tell that none has come.
fn readable(draft: &Draft) -> ServiceResult<()> {
    let findings = if draft.unreadable.is_empty() { Vec::new() } else { draft.findings() };
    if findings.is_empty() {
        return Ok(());
    }
    let findings = findings.into_iter().map(|found| Finding { place: found.field, code: found.code.to_owned(), message: found.message });
    Err(ServiceError::Invalid(findings.collect()))
}

/// Registers the files that the sent answers name, each once a case, as come on a day.
pub(super) async fn register_files(tx: &mut Tx, tenant: &Tenant, draft: &Draft, case: &CaseRow, dated: NaiveDate) -> ServiceResult<()> {
    let party = organisations::name(tx, case.organisation_id, tenant.clock.today()).await?;
    let mut known: BTreeSet<FileId> =
        diary_rows::documents_of_case(tx, case.id).await?.into_iter().filter_map(|document| document.file_id).collect();
    for (field, attachment) in attachments(draft) {
        let file = match &attachment {
            Attachment::Uploaded(sha) => {
                draft.files.iter().rev().find(|file| file.field == field.id && file.sha256 == *sha).map(|file| file.file)
            }
            Attachment::OnFile(sha) => draft.on_file.iter().find(|paper| paper.sha256 == *sha).map(|paper| paper.file),
            Attachment::Later => continue,
        };
        let file = file.ok_or_else(|| gone(&field))?;
        if !known.insert(file) {
            continue;
        }
        register(tx, tenant, &draft.package, case, &party, &field.label, file, dated).await?;
    }
    Ok(())
}

/// Registers one document that came in with a case, on a day. Its own name may say too much for the public diary.
#[expect(clippy::too_many_arguments, reason = "a document's row, part by part")]
pub(super) async fn register(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    party: &str,
    label: &Localized,
    file: FileId,
    dated: NaiveDate,
) -> ServiceResult<()> {
    let subject = format!("Bilaga: {}", label.sv);
    let document = NewDocument {
        diary_case: case.diary_case_id,
        case: Some(case.id),
        direction: Direction::In,
        party: Some(party),
        subject: &subject,
        masked: crate::services::protection::masks_party(tx, case).await?,
        document_type: "bilaga",
        file: Some(file),
    };
    diary::register_dated(tx, tenant, &package.form.diary, document, dated).await.map(drop)
}

/// What was promised for later becomes a dated task of an officer.
async fn promise(tx: &mut Tx, tenant: &Tenant, draft: &Draft, case: &CaseRow) -> ServiceResult<()> {
    // What an application in its place no longer promises is waited for no more.
    promised::settle(tx, tenant, &draft.package.form, case.id).await?;
    let open = tasks::open_of_case(tx, case.id).await?;
    for (field, attachment) in attachments(draft) {
        let reason = promised::reason(&field);
        if attachment != Attachment::Later || open.iter().any(|task| task.reason == reason) {
            continue;
        }
        let last_day = tenant.clock.today().checked_add_days(chrono::Days::new(PROMISED_DAYS));
        crate::services::tasks::open_beside(tx, tenant, case.id, promised::TO_COME, &reason, last_day).await?;
    }
    Ok(())
}

fn attachments(draft: &Draft) -> Vec<(Field, Attachment)> {
    let sent = draft.to_send();
    let of = |field: &Field| match sent.get(&field.id) {
        Some(Answer::Attachment(attachment)) => Some((field.clone(), attachment.clone())),
        Some(_) | None => None,
    };
    draft.package.form.fields().filter_map(of).collect()
}

fn gone(field: &Field) -> ServiceError {
    let message = Localized::both("Filen finns inte kvar. Välj den igen.", "The file is not there any more. Choose it again.");
    ServiceError::invalid(&field.id, "file_gone", message)
}
