//! Ties to associations (bindningar): each person's own list, and the yearly going through of it.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

use super::hints::{self, Hint};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::conflict::{Kept, TieKind};
use crate::domain::id::{OrganisationId, UserId};
use crate::domain::organisation_number::OrganisationNumber;
use crate::services::actor::{Action, authorize};
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::conflicts::{self as rows, TieRow};
use crate::store::scope::Scope;
use crate::store::{Tx, associations, cases, organisations, queue};

/// A tie as somebody enters it.
#[derive(Clone, Copy, Debug)]
pub struct NewTie<'a> {
    /// To whom.
    pub organisation: OrganisationId,
    /// What it is; none when nothing was chosen.
    pub kind: Option<TieKind>,
    /// The same in words; needed where the kind says nothing.
    pub reason: &'a str,
    /// First day.
    pub from: NaiveDate,
    /// Last day, where it is known.
    pub to: Option<NaiveDate>,
}

/// A tie with the association's name.
#[derive(Clone, Debug)]
pub struct Line {
    /// The tie.
    pub row: TieRow,
    /// The association.
    pub association: String,
    /// Whether it holds today.
    pub holds: bool,
}

/// A person's own ties.
#[derive(Clone, Debug)]
pub struct Mine {
    /// Which year is gone through.
    pub year: i32,
    /// When she went through them this year.
    pub confirmed: Option<DateTime<Utc>>,
    /// Her ties, the newest first.
    pub ties: Vec<Line>,
    /// Names in registers that may be hers.
    pub hints: Vec<Hint>,
}

/// Enters a tie: while it holds she neither sees nor handles the association's cases. Those she handles are left to others.
///
/// # Errors
/// [`ServiceError::Invalid`] without a kind, without words where the kind says nothing, or for days in the wrong order; when
/// the actor may not.
pub async fn enter(tenant: &Tenant, actor: &Actor, user: UserId, new: &NewTie<'_>) -> ServiceResult<()> {
    own_or_administers(actor, user)?;
    let kind = checked(new)?;
    let mut tx = tenant.db.write().await?;
    let row = TieRow {
        id: tenant.ids.uuid(),
        user_id: user,
        organisation_id: new.organisation,
        kind,
        reason: new.reason.trim().to_owned(),
        valid_from: new.from,
        valid_to: new.to,
        entered_at: Some(tenant.clock.now()),
    };
    put(&mut tx, tenant, actor, &row).await?;
    tx.commit().await?;
    Ok(())
}

/// The same in the caller's transaction.
pub(super) async fn put(tx: &mut Tx, tenant: &Tenant, actor: &Actor, row: &TieRow) -> ServiceResult<()> {
    rows::insert_tie(tx, row).await?;
    let body =
        json!({ "tie": row.id, "organisation": row.organisation_id, "kind": row.kind.word(), "from": row.valid_from, "to": row.valid_to });
    let words = [("reason", row.reason.as_str())];
    let texts = if row.reason.is_empty() { &words[..0] } else { &words[..] };
    history::record(tx, tenant, Stream::User(row.user_id), actor, Event { kind: "user.conflict_declared", body, texts }).await?;
    let today = tenant.clock.today();
    if row.valid_to.is_some_and(|last| last < today) {
        return Ok(());
    }
    // Also for one that begins later: a case that she alone has would then be in nobody's list.
    for case in cases::of_organisation(tx, row.organisation_id).await?.into_iter().filter(|case| case.closed_at.is_none()) {
        if queue::handling(tx, case.id).await?.officer_id == Some(row.user_id) {
            queue::assign(tx, case.id, None).await?;
            queue::snooze(tx, case.id, None).await?;
            if row.tie().holds(today) {
                let event = Event { kind: "case.conflict_tied", body: json!({ "user": row.user_id }), texts: &[] };
                history::record(tx, tenant, Stream::Case(case.id), actor, event).await?;
            }
        }
    }
    Ok(())
}

/// Ends a tie with a last day. Nobody ends her own backwards in time: what kept her away today keeps her away today.
///
/// # Errors
/// [`ServiceError::Invalid`] for a day that has been, [`ServiceError::NotFound`] when there is no such tie of hers.
pub async fn end(tenant: &Tenant, actor: &Actor, user: UserId, id: Uuid, last: NaiveDate) -> ServiceResult<()> {
    own_or_administers(actor, user)?;
    if last < tenant.clock.today() {
        let message = Localized::both("Välj i dag eller en senare dag.", "Choose today or a later day.");
        return Err(ServiceError::invalid("till", "has_been", message));
    }
    let mut tx = tenant.db.write().await?;
    if !rows::end_tie(&mut tx, user, id, last).await? {
        return Err(ServiceError::NotFound);
    }
    let event = Event { kind: "user.tie_ended", body: json!({ "tie": id, "last": last }), texts: &[] };
    history::record(&mut tx, tenant, Stream::User(user), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that the actor has gone through her ties for this year.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn confirm(tenant: &Tenant, actor: &Actor) -> ServiceResult<()> {
    let user = actor.user().filter(|_| matches!(actor, Actor::Staff { .. })).ok_or(ServiceError::NotFound)?.id;
    let year = i64::from(tenant.clock.today().year());
    let mut tx = tenant.db.write().await?;
    rows::put_review(&mut tx, user, year, tenant.clock.now()).await?;
    let event = Event { kind: "user.ties_confirmed", body: json!({ "year": year }), texts: &[] };
    history::record(&mut tx, tenant, Stream::User(user), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// The year whose ties the actor has not gone through yet; none when she has, or has none to go through.
///
/// # Errors
/// When the database cannot be read.
pub async fn asked(tenant: &Tenant, actor: &Actor) -> ServiceResult<Option<i32>> {
    let Actor::Staff { user, .. } = actor else { return Ok(None) };
    let year = tenant.clock.today().year();
    let mut tx = tenant.db.read().await?;
    Ok(reviewed(&mut tx, user.id, year).await?.is_none().then_some(year))
}

/// A person's own ties.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn mine(tenant: &Tenant, actor: &Actor) -> ServiceResult<Mine> {
    let Actor::Staff { user, .. } = actor else { return Err(ServiceError::NotFound) };
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let mut ties = Vec::new();
    for row in rows::ties_of(&mut tx, user.id).await? {
        ties.push(line(&mut tx, row, today).await?);
    }
    Ok(Mine {
        year: today.year(),
        confirmed: reviewed(&mut tx, user.id, today.year()).await?,
        ties,
        hints: hints::of(&mut tx, user, today).await?,
    })
}

pub(super) async fn line(tx: &mut Tx, row: TieRow, today: NaiveDate) -> ServiceResult<Line> {
    Ok(Line { association: organisations::name(tx, row.organisation_id, today).await?, holds: row.tie().holds(today), row })
}

/// The association that somebody means by a number or a name.
///
/// # Errors
/// [`ServiceError::Invalid`] when there is none, or several; their names are told.
pub async fn meant(tenant: &Tenant, actor: &Actor, typed: &str) -> ServiceResult<OrganisationId> {
    const TOLD: i64 = 5;
    authorize(actor, Action::Browse)?;
    let wrong = |sv: String, en: String| Err(ServiceError::invalid("forening", "unknown", Localized::both(sv, en)));
    let typed = typed.trim();
    if typed.is_empty() {
        return wrong("Skriv föreningens namn eller organisationsnummer.".to_owned(), "Write the association's name or number.".to_owned());
    }
    let mut tx = tenant.db.read().await?;
    if let Ok(number) = typed.parse::<OrganisationNumber>()
        && let Some(row) = organisations::by_number(&mut tx, &number.digits()).await?
    {
        return Ok(row.id);
    }
    // Everybody's: whom one is tied to is what is asked, also where one is tied already.
    let scope = Scope::Staff { except: Kept::default() };
    let found = associations::list(&mut tx, &scope, &typed.to_lowercase(), None, tenant.clock.today(), TOLD + 1).await?;
    if let Some(row) = found.iter().find(|row| row.name.to_lowercase() == typed.to_lowercase()) {
        return Ok(row.id);
    }
    match found.as_slice() {
        [] => wrong(
            "Ingen förening i registret heter så. Kontrollera namnet eller skriv organisationsnumret.".to_owned(),
            "No association in the register is called that. Check the name or write its number.".to_owned(),
        ),
        [one] => Ok(one.id),
        several => {
            let names: Vec<&str> = several.iter().take(5).map(|row| row.name.as_str()).collect();
            let names = names.join(", ");
            wrong(format!("Flera föreningar stämmer: {names}. Skriv hela namnet."), format!("Several fit: {names}. Write the whole name."))
        }
    }
}

async fn reviewed(tx: &mut Tx, user: UserId, year: i32) -> ServiceResult<Option<DateTime<Utc>>> {
    Ok(rows::reviews(tx, i64::from(year)).await?.into_iter().find(|(who, _)| *who == user).map(|(_, at)| at))
}

fn own_or_administers(actor: &Actor, user: UserId) -> ServiceResult<()> {
    // Everybody declares her own ties; an administrator enters those of others.
    if actor.person() != Some(user) {
        authorize(actor, Action::Administer)?;
    }
    Ok(())
}

fn checked(new: &NewTie<'_>) -> ServiceResult<TieKind> {
    let mut findings = Vec::new();
    let mut demand = |wrong: bool, place: &str, sv: &str, en: &str| {
        if wrong {
            findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) });
        }
    };
    demand(new.kind.is_none(), "slag", "Välj vilken bindning det är.", "Choose what the tie is.");
    let silent = new.reason.trim().is_empty() && new.kind == Some(TieKind::Other);
    demand(silent, "ord", "Skriv vilken bindningen är.", "Write what the tie is.");
    demand(
        new.to.is_some_and(|to| to < new.from),
        "till",
        "Sista dagen kan inte ligga före den första.",
        "The last day cannot be before the first.",
    );
    match (new.kind, findings.is_empty()) {
        (Some(kind), true) => Ok(kind),
        _ => Err(ServiceError::Invalid(findings)),
    }
}
