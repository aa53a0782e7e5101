//! What associations say of themselves and whom they let act: dated facts that they keep themselves.

pub mod changes;
pub mod sections;
pub mod views;

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::actor::{About, Action, authorize};
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, mandates, messages};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::association::{BoardRole, SigningRule};
use crate::domain::grant::ApplicantKind;
use crate::domain::id::OrganisationId;
use crate::domain::localized::Language;
use crate::domain::mandate::Mandate;
use crate::integrations::mail::Message;
use crate::letters::mail;
use crate::store::associations::{self as rows, DetailRow, OfficerRow, SigningRow};
use crate::store::organisations::{self, ContactRow};
use crate::store::{Tx, users};
use crate::text::fluent;

/// Details as written.
#[derive(Clone, Debug, Default)]
pub struct Details<'a> {
    /// The federation.
    pub federation: &'a str,
    /// Address for letters.
    pub seat_address: &'a str,
    /// The last day of the financial year, as `12-31` or `31/12`.
    pub year_end: &'a str,
}

/// Somebody to put on the board, as written.
#[derive(Clone, Debug)]
pub struct NewOfficer<'a> {
    /// As what.
    pub role: BoardRole,
    /// Name.
    pub name: &'a str,
    /// First day.
    pub from: NaiveDate,
}

/// How the association signs, as written.
#[derive(Clone, Debug)]
pub struct NewSigning<'a> {
    /// How.
    pub rule: SigningRule,
    /// The paragraph of the minutes.
    pub paragraph: &'a str,
    /// When it was decided.
    pub decided_on: NaiveDate,
}

/// A contact, as written.
#[derive(Clone, Debug)]
pub struct NewContact<'a> {
    /// Name.
    pub name: &'a str,
    /// E-mail.
    pub email: &'a str,
    /// Role in the association.
    pub role: &'a str,
}

/// A new association with the first person who signs for it, as written.
#[derive(Clone, Debug, Default)]
pub struct Registration<'a> {
    /// Organisation number.
    pub number: &'a str,
    /// Name.
    pub name: &'a str,
    /// Free classification that rules may read, as `ungdom`.
    pub category: &'a str,
    /// When it was founded.
    pub founded: &'a str,
    /// The id that attendance systems know it under.
    pub external: &'a str,
    /// Who signs first.
    pub person: &'a str,
    /// Her e-mail.
    pub email: &'a str,
}

/// Enters details from today.
///
/// # Errors
/// [`ServiceError::Invalid`] for a day that is none.
pub async fn set_details(tenant: &Tenant, actor: &Actor, id: OrganisationId, details: &Details<'_>) -> ServiceResult<()> {
    may_write(actor, id)?;
    let year_end = year_end(details.year_end)?;
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    let row = DetailRow {
        organisation_id: id,
        valid_from: tenant.clock.today(),
        federation: details.federation.trim().to_owned(),
        seat_address: details.seat_address.trim().to_owned(),
        year_end,
        entered_by: actor.person(),
        entered_at: tenant.clock.now(),
    };
    rows::put_detail(&mut tx, &row).await?;
    record(&mut tx, tenant, actor, id, "organisation.details", json!({ "year_end": row.year_end }), &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts somebody on the board, or enters the auditor. An auditor sits not on the board and the chair is not the treasurer.
///
/// # Errors
/// [`ServiceError::Invalid`] for what must be corrected.
pub async fn add_officer(tenant: &Tenant, actor: &Actor, id: OrganisationId, new: &NewOfficer<'_>) -> ServiceResult<()> {
    may_write(actor, id)?;
    let name = new.name.trim();
    if name.is_empty() {
        return Err(ServiceError::invalid("name", "missing", Localized::both("Skriv personens namn.", "Write the person's name.")));
    }
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    let today = tenant.clock.today();
    let sitting: Vec<OfficerRow> =
        rows::officers(&mut tx, id).await?.into_iter().filter(|row| row.valid_to.is_none_or(|last| last >= today)).collect();
    let same = |row: &&OfficerRow| row.name.to_lowercase() == name.to_lowercase();
    for other in sitting.iter().filter(same) {
        let clash = match (other.role, new.role) {
            (BoardRole::Auditor, _) | (_, BoardRole::Auditor) => Some((
                "Revisorn får inte sitta i styrelsen. Skriv en annan person.",
                "The auditor may not sit on the board. Write another person.",
            )),
            (BoardRole::Chair, BoardRole::Treasurer) | (BoardRole::Treasurer, BoardRole::Chair) => {
                Some(("Ordförande och kassör ska vara två olika personer.", "The chair and the treasurer must be two different persons."))
            }
            (
                BoardRole::Chair
                | BoardRole::ViceChair
                | BoardRole::Treasurer
                | BoardRole::Secretary
                | BoardRole::Member
                | BoardRole::Deputy,
                _,
            ) => None,
        };
        if let Some((sv, en)) = clash {
            return Err(ServiceError::invalid("name", "clash", Localized::both(sv, en)));
        }
    }
    let row = OfficerRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        role: new.role,
        name: name.to_owned(),
        valid_from: new.from,
        valid_to: None,
        entered_by: actor.person(),
        entered_at: tenant.clock.now(),
    };
    rows::insert_officer(&mut tx, &row).await?;
    let body = json!({ "officer": row.id, "role": row.role.word(), "from": row.valid_from });
    record(&mut tx, tenant, actor, id, "organisation.officer_added", body, &[("name", name)]).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody leaves the board with today.
///
/// # Errors
/// [`ServiceError::NotFound`] when the place is not there or has ended.
pub async fn end_officer(tenant: &Tenant, actor: &Actor, id: OrganisationId, officer: Uuid) -> ServiceResult<()> {
    may_write(actor, id)?;
    let mut tx = tenant.db.write().await?;
    if !rows::end_officer(&mut tx, id, officer, tenant.clock.today()).await? {
        return Err(ServiceError::NotFound);
    }
    record(&mut tx, tenant, actor, id, "organisation.officer_ended", json!({ "officer": officer }), &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// Enters how the association signs, with the minutes it rests on.
///
/// # Errors
/// [`ServiceError::Invalid`] for what must be corrected; [`ServiceError::Refused`] to who is no signatory.
pub async fn set_signing(tenant: &Tenant, actor: &Actor, id: OrganisationId, new: &NewSigning<'_>) -> ServiceResult<()> {
    authorize(actor, Action::SignFor(About::Association(id)))?;
    let today = tenant.clock.today();
    let mut findings = Vec::new();
    if new.paragraph.trim().is_empty() {
        findings.push(finding(
            "paragraph",
            "Skriv vilken paragraf i protokollet, till exempel § 7.",
            "Write which paragraph of the minutes, such as § 7.",
        ));
    }
    if new.decided_on > today {
        findings.push(finding("decided_on", "Protokollets datum kan inte ligga efter i dag.", "The minutes cannot be dated after today."));
    }
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    let row = SigningRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        rule: new.rule,
        paragraph: new.paragraph.trim().to_owned(),
        decided_on: new.decided_on,
        valid_from: today,
        valid_to: None,
        entered_by: actor.person(),
        entered_at: tenant.clock.now(),
    };
    rows::put_signing(&mut tx, &row, today.pred_opt().unwrap_or(today)).await?;
    let body = json!({ "rule": row.rule.word(), "paragraph": row.paragraph, "decided_on": row.decided_on });
    record(&mut tx, tenant, actor, id, "organisation.signing", body, &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds a contact.
///
/// # Errors
/// [`ServiceError::Invalid`] for what must be corrected.
pub async fn add_contact(tenant: &Tenant, actor: &Actor, id: OrganisationId, new: &NewContact<'_>) -> ServiceResult<()> {
    may_write(actor, id)?;
    let mut findings = Vec::new();
    if new.name.trim().is_empty() {
        findings.push(finding("name", "Skriv personens namn.", "Write the person's name."));
    }
    if !is_email(new.email) {
        findings.push(finding(
            "email",
            "Skriv en e-postadress, till exempel namn@forening.se.",
            "Write an e-mail address, such as name@club.example.",
        ));
    }
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    let row = ContactRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        name: new.name.trim().to_owned(),
        email: new.email.trim().to_owned(),
        role: new.role.trim().to_owned(),
        valid_from: tenant.clock.today(),
        valid_to: None,
    };
    organisations::insert_contact(&mut tx, &row).await?;
    let body = json!({ "contact": row.id });
    record(&mut tx, tenant, actor, id, "organisation.contact_added", body, &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// A contact gets no more messages from tomorrow. The last one stays: messages must reach somebody.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there; [`ServiceError::Refused`] for the last one.
pub async fn end_contact(tenant: &Tenant, actor: &Actor, id: OrganisationId, contact: Uuid) -> ServiceResult<()> {
    may_write(actor, id)?;
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    let today = tenant.clock.today();
    let staying = organisations::contacts(&mut tx, id, today).await?;
    if staying.iter().all(|row| row.id == contact || row.valid_to.is_some()) {
        return Err(ServiceError::refused(
            "Någon måste kunna ta emot meddelanden. Lägg till en annan kontakt först.",
            "Somebody must be able to receive messages. Add another contact first.",
        ));
    }
    if !rows::end_contact(&mut tx, id, contact, today).await? {
        return Err(ServiceError::NotFound);
    }
    record(&mut tx, tenant, actor, id, "organisation.contact_ended", json!({ "contact": contact }), &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets somebody act for the association: a person who is known by her e-mail, or a new one. She is told by mail and
/// logs in as herself; the mail holds no secret.
///
/// # Errors
/// [`ServiceError::Invalid`] for what must be corrected; [`ServiceError::Refused`] to who is no signatory.
pub async fn invite(tenant: &Tenant, actor: &Actor, id: OrganisationId, name: &str, email: &str, kind: Mandate) -> ServiceResult<()> {
    authorize(actor, Action::SignFor(About::Association(id)))
        .or_else(|refused| authorize(actor, Action::Administer).map_err(|_| refused))?;
    let mut findings = Vec::new();
    if name.trim().is_empty() {
        findings.push(finding("name", "Skriv personens namn.", "Write the person's name."));
    }
    if !is_email(email) {
        findings.push(finding(
            "email",
            "Skriv en e-postadress, till exempel namn@forening.se.",
            "Write an e-mail address, such as name@club.example.",
        ));
    }
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    let known = users::by_email(&mut tx, email.trim()).await?;
    let user = match known {
        Some(person) => person.id,
        None => mandates::insert_person(&mut tx, tenant, actor, name, Some(email.trim())).await?,
    };
    let association = organisations::name(&mut tx, id, tenant.clock.today()).await?;
    let args: [fluent::Arg<'_>; 3] = [
        ("association", association.as_str().into()),
        ("municipality", tenant.profile.name.as_str().into()),
        ("address", tenant.profile.base_url.as_str().into()),
    ];
    let text = fluent::t(Language::Sv, "mail-mandate-text", &args);
    let message = Message {
        to: email.trim().to_owned(),
        subject: fluent::t(Language::Sv, "mail-mandate-subject", &args),
        html: mail::paragraphs(&text),
        text,
    };
    let key = format!("mail/mandate/{id}/{user}/{}/{}", kind.word(), tenant.clock.today());
    messages::queue_letter(&mut tx, tenant, &message, "mandate", key).await?;
    mandates::put(&mut tx, tenant, actor, id, user, kind).await?;
    tx.commit().await?;
    Ok(())
}

/// Registers an association with the first person who signs for it. What is written is judged whole before anything
/// is entered.
///
/// # Errors
/// [`ServiceError::Invalid`] for what must be corrected; [`ServiceError::Refused`] when it is registered already.
pub async fn register(tenant: &Tenant, actor: &Actor, new: &Registration<'_>) -> ServiceResult<OrganisationId> {
    authorize(actor, Action::Administer)?;
    let mut findings = Vec::new();
    if new.name.trim().is_empty() {
        findings.push(finding("name", "Skriv föreningens namn.", "Write the association's name."));
    }
    if new.person.trim().is_empty() {
        findings.push(finding("person", "Skriv namnet på den som skriver under först.", "Write the name of who signs first."));
    }
    if !is_email(new.email) {
        findings.push(finding(
            "email",
            "Skriv en e-postadress, till exempel namn@forening.se.",
            "Write an e-mail address, such as name@club.example.",
        ));
    }
    let today = tenant.clock.today();
    let founded = match new.founded.trim() {
        "" => None,
        text => match text.parse::<NaiveDate>() {
            Ok(day) if day <= today => Some(day),
            Ok(_) | Err(_) => {
                let (sv, en) =
                    ("Skriv ett datum som har varit, till exempel 1990-05-01.", "Write a date that has been, such as 1990-05-01.");
                findings.push(finding("founded", sv, en));
                None
            }
        },
    };
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let since = founded.unwrap_or(today);
    let category = Some(new.category.trim()).filter(|text| !text.is_empty());
    let row = super::organisations::NewOrganisation {
        number: new.number,
        name: new.name.trim(),
        kind: ApplicantKind::Association,
        category,
        founded,
        town: &tenant.profile.town,
        since,
    };
    let id = super::organisations::register(tenant, actor, row).await?;
    if !new.external.trim().is_empty() {
        super::organisations::link(tenant, actor, id, "dak", new.external.trim(), since).await?;
    }
    add_contact(tenant, actor, id, &NewContact { name: new.person, email: new.email, role: "" }).await?;
    invite(tenant, actor, id, new.person, new.email, Mandate::Signatory).await?;
    Ok(id)
}

fn may_write(actor: &Actor, id: OrganisationId) -> ServiceResult<()> {
    authorize(actor, Action::ActFor(About::Association(id)))
        .or_else(|refused| authorize(actor, Action::Administer).map_err(|_| refused))?;
    Ok(())
}

fn finding(place: &str, sv: &str, en: &str) -> Finding {
    Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) }
}

pub(super) fn is_email(text: &str) -> bool {
    let text = text.trim();
    text.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.'))
        && !text.contains([' ', '\r', '\n', ',', ';', '<', '>'])
}

/// A day of the year as `12-31`; `31/12` and `31 12` are read too.
fn year_end(text: &str) -> ServiceResult<String> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['-', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let day = match parts.as_slice() {
        [month, day] if text.contains('-') => month.parse().ok().zip(day.parse().ok()),
        [day, month] => month.parse().ok().zip(day.parse().ok()),
        _ => None,
    };
    // A year without a leap day: 29 February ends no financial year.
    let valid = day.and_then(|(month, day)| NaiveDate::from_ymd_opt(2025, month, day));
    valid.map(|date| date.format("%m-%d").to_string()).ok_or_else(|| {
        ServiceError::invalid(
            "year_end",
            "bad_day",
            Localized::both("Skriv dag och månad, till exempel 31/12.", "Write day and month, such as 31/12."),
        )
    })
}

async fn record(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    id: OrganisationId,
    kind: &str,
    body: serde_json::Value,
    texts: &[(&str, &str)],
) -> ServiceResult<()> {
    history::record(tx, tenant, Stream::Organisation(id), actor, Event { kind, body, texts }).await
}
