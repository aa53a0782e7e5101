//! The register of associations: names, ids, accounts, contacts and members as dated facts.

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::actor::{About, Action, authorize};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, payments, renewals};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::account_number::AccountNumber;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::OrganisationId;
use crate::domain::inputs::{Fact, MemberCount};
use crate::domain::organisation_number::OrganisationNumber;
use crate::store::counters::{self, Counter};
use crate::store::organisations::{self as rows, AccountRow, ApprovalRow, ContactRow, EarlierRow, OrganisationRow};
use crate::store::standing::{self, Status, StatusRow};

/// How long a new account is held after it was confirmed, in days: time for the old contacts to react.
const ACCOUNT_HOLD_DAYS: u64 = 3;

/// A new association.
#[derive(Clone, Debug)]
pub struct NewOrganisation<'a> {
    /// Organisation number as written.
    pub number: &'a str,
    /// Name.
    pub name: &'a str,
    /// What it is.
    pub kind: ApplicantKind,
    /// Free classification that rules may read.
    pub category: Option<&'a str>,
    /// When it was founded.
    pub founded: Option<NaiveDate>,
    /// Postal town.
    pub town: &'a str,
    /// Since when it is known here.
    pub since: NaiveDate,
}

/// Registers an association.
///
/// # Errors
/// [`ServiceError::Invalid`] for a number that is none; [`ServiceError::Refused`] when it is registered already.
pub async fn register(tenant: &Tenant, actor: &Actor, new: NewOrganisation<'_>) -> ServiceResult<OrganisationId> {
    authorize(actor, Action::Administer)?;
    let number: OrganisationNumber =
        new.number.parse().map_err(|error| ServiceError::invalid("number", "bad_number", number_text(error)))?;
    if new.name.trim().is_empty() {
        return Err(ServiceError::invalid("name", "missing", Localized::both("Skriv föreningens namn.", "Write the association's name.")));
    }
    let mut tx = tenant.db.write().await?;
    if rows::by_number(&mut tx, &number.digits()).await?.is_some() {
        return Err(ServiceError::refused(format!("{number} är redan registrerad."), format!("{number} is already registered.")));
    }
    let id = OrganisationId(tenant.ids.uuid());
    let row = OrganisationRow {
        id,
        no: counters::draw(&mut tx, Counter::Organisation, 1).await?,
        number: number.digits(),
        kind: new.kind,
        category: new.category.map(str::to_owned),
        founded: new.founded,
        seat: Some(tenant.profile.code.clone()),
        town: new.town.to_owned(),
        created_at: tenant.clock.now(),
    };
    rows::insert(&mut tx, &row).await?;
    let status = StatusRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        status: Status::Active,
        valid_from: new.since,
        source: "Registreringen".to_owned(),
        entered_at: tenant.clock.now(),
    };
    standing::insert_status(&mut tx, &status).await?;
    rows::rename(&mut tx, id, new.name, new.since).await?;
    let event = Event { kind: "organisation.registered", body: json!({ "number": row.number }), texts: &[("name", new.name)] };
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, event).await?;
    tx.commit().await?;
    Ok(id)
}

/// The organisation of a number as somebody of the staff types it.
///
/// # Errors
/// [`ServiceError::Invalid`] when it is no number, or nobody registered has it.
pub async fn numbered(tenant: &Tenant, actor: &Actor, typed: &str) -> ServiceResult<OrganisationId> {
    authorize(actor, Action::Browse)?;
    let unknown = || {
        let message = crate::domain::Localized::both(
            "Ingen registrerad förening har det numret. Skriv det som 802001-3457.",
            "No registered association has that number. Write it as 802001-3457.",
        );
        ServiceError::invalid("orgnr", "unknown", message)
    };
    let number = typed.trim().parse::<OrganisationNumber>().map_err(|_| unknown())?;
    let mut tx = tenant.db.read().await?;
    let row = rows::by_number(&mut tx, &number.digits()).await?.ok_or_else(unknown)?;
    if actor.scope()?.holds(row.id) { Ok(row.id) } else { Err(unknown()) }
}

/// Enters a bank account. Payments to it are held until another person than who entered it has confirmed it. Only a first
/// account that nobody entered by hand counts at once: one taken over from an older system, or on paper with the
/// registration.
///
/// # Errors
/// [`ServiceError::NotFound`] when the association is not the actor's; [`ServiceError::Refused`] when she is no signatory.
pub async fn set_account(tenant: &Tenant, actor: &Actor, id: OrganisationId, account: &AccountNumber) -> ServiceResult<()> {
    authorize(actor, Action::SignFor(About::Association(id)))
        .or_else(|refused| authorize(actor, Action::Administer).map_err(|_| refused))?;
    let mut tx = tenant.db.write().await?;
    rows::lock(&mut tx, id).await?;
    let now = tenant.clock.now();
    let before = rows::account(&mut tx, id).await?;
    let entered_by = actor.person();
    let row = AccountRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        account: serde_json::to_string(account)?,
        changed_at: now,
        // Set when it is confirmed.
        hold_until: None,
        confirmed_at: (before.is_none() && entered_by.is_none()).then_some(now),
        replaced_at: None,
        entered_by,
        confirmed_by: None,
    };
    rows::set_account(&mut tx, &row).await?;
    // An account number is no secret of the association, but it does not belong in the history either.
    let event = Event { kind: "organisation.account_changed", body: json!({ "account": row.id }), texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, event).await?;
    payments::refresh_holds(&mut tx, tenant, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Confirms the account in force: by a member of the staff who has asked the association in another way than the change
/// came, and who did not enter it herself.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none; [`ServiceError::Refused`] to who entered it.
pub async fn confirm_account(tenant: &Tenant, actor: &Actor, id: OrganisationId) -> ServiceResult<()> {
    authorize(actor, Action::Pay).or_else(|_| authorize(actor, Action::Administer))?;
    let mut tx = tenant.db.write().await?;
    rows::lock(&mut tx, id).await?;
    let mut account = rows::account(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if account.confirmed_at.is_some() {
        return Ok(());
    }
    if account.entered_by.is_some() && account.entered_by == actor.person() {
        return Err(own_account());
    }
    let today = tenant.clock.today();
    // A first account has no earlier contacts whom it could be kept from.
    let changed = rows::accounts(&mut tx, id).await?.len() > 1;
    account.hold_until = changed.then(|| today.checked_add_days(Days::new(ACCOUNT_HOLD_DAYS)).unwrap_or(today));
    account.confirmed_at = Some(tenant.clock.now());
    account.confirmed_by = actor.person();
    rows::confirm_account(&mut tx, &account).await?;
    let body = json!({ "account": account.id, "hold_until": account.hold_until });
    let event = Event { kind: "organisation.account_confirmed", body, texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, event).await?;
    payments::refresh_holds(&mut tx, tenant, id).await?;
    tx.commit().await?;
    Ok(())
}

/// What is said to who would confirm an account that she entered.
#[must_use]
pub fn own_account() -> ServiceError {
    ServiceError::refused(
        "Du har själv lagt in kontot. Be en kollega kontrollera det med föreningen.",
        "You entered the account yourself. Ask a colleague to check it with the association.",
    )
}

/// Links the id that attendance systems know the association under (DAK `foereningsID`).
///
/// # Errors
/// When the database refuses.
pub async fn link(tenant: &Tenant, actor: &Actor, id: OrganisationId, sender: &str, external: &str, since: NaiveDate) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    rows::link_external_id(&mut tx, id, sender, external, since).await?;
    let body = json!({ "sender": sender, "external_id": external, "since": since });
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, Event { kind: "organisation.linked", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds a contact that messages go to.
///
/// # Errors
/// When the database refuses.
pub async fn add_contact(tenant: &Tenant, actor: &Actor, id: OrganisationId, name: &str, email: &str, role: &str) -> ServiceResult<()> {
    authorize(actor, Action::ActFor(About::Association(id))).or_else(|_| authorize(actor, Action::Administer))?;
    let mut tx = tenant.db.write().await?;
    let row = ContactRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        name: name.to_owned(),
        email: email.to_owned(),
        role: role.to_owned(),
        valid_from: tenant.clock.today(),
        valid_to: None,
    };
    rows::insert_contact(&mut tx, &row).await?;
    let event = Event { kind: "organisation.contact_added", body: json!({ "contact": row.id, "role": role }), texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Records members as the association reported them for a day.
///
/// # Errors
/// When the database refuses.
pub async fn report_members(
    tenant: &Tenant,
    actor: &Actor,
    id: OrganisationId,
    as_of: NaiveDate,
    members: &[MemberCount],
) -> ServiceResult<()> {
    authorize(actor, Action::ActFor(About::Association(id))).or_else(|_| authorize(actor, Action::Administer))?;
    let mut tx = tenant.db.write().await?;
    rows::set_members(&mut tx, id, as_of, members).await?;
    let total: i64 = members.iter().map(|count| count.count).sum();
    let event = Event { kind: "organisation.members_reported", body: json!({ "as_of": as_of, "members": total }), texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes over an approval from an older system.
///
/// # Errors
/// When the database refuses.
pub async fn take_over_approval(
    tenant: &Tenant,
    actor: &Actor,
    id: OrganisationId,
    grant_type: &str,
    from: NaiveDate,
    to: NaiveDate,
) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    let row = ApprovalRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        grant_type: grant_type.to_owned(),
        valid_from: from,
        valid_to: to,
        decision_id: None,
    };
    rows::insert_approval(&mut tx, &row).await?;
    renewals::schedule_taken_over(&mut tx, tenant, &row).await?;
    let body = json!({ "grant_type": grant_type, "from": from, "to": to, "source": "older system" });
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, Event { kind: "organisation.approved", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes over a grant from an older system.
///
/// # Errors
/// When the database refuses.
pub async fn take_over_grant(tenant: &Tenant, actor: &Actor, id: OrganisationId, grant: &EarlierRow) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    rows::record_grant(&mut tx, id, grant, "older system").await?;
    let body = json!({ "grant_type": grant.grant_type, "period": grant.period, "amount_ore": grant.amount_ore });
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, Event { kind: "organisation.grant_taken_over", body, texts: &[] })
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Records a fact from elsewhere that rules may read.
///
/// # Errors
/// When the database refuses.
pub async fn set_fact(tenant: &Tenant, actor: &Actor, id: OrganisationId, fact: &str, value: &Fact, source: &str) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    rows::set_fact(&mut tx, id, fact, &serde_json::to_string(value)?, source, tenant.clock.today()).await?;
    let body = json!({ "fact": fact, "source": source });
    history::record(&mut tx, tenant, Stream::Organisation(id), actor, Event { kind: "organisation.fact", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

fn number_text(error: crate::domain::organisation_number::OrganisationNumberError) -> Localized {
    error.text()
}
