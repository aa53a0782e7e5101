//! Texts that staff write messages from, with places that a case fills.

use std::collections::BTreeMap;

use serde_json::json;
use uuid::Uuid;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::actor::{About, Action, authorize, lacks};
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, flow, free_text, packages, protection};
use crate::store::cases::{self, CaseRow};
pub use crate::store::message_templates::TemplateRow;
use crate::store::users::{self, Role};
use crate::store::{Tx, message_templates as rows, organisations, queue};
use crate::text::number;
use crate::text::placeholders::{self, Fault, Place};

/// How long a title may be, in signs.
const TITLE: usize = 80;
/// How long a text may be, in signs; what a case fills in comes on top.
const TEXT: usize = 8_000;

/// A text filled from a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The text. What the case cannot fill stands as it was.
    pub text: String,
    /// What the case cannot fill.
    pub missing: Vec<Place>,
    /// Which case: its diary number.
    pub number: String,
}

/// The templates, those in use first.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn list(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<TemplateRow>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    Ok(rows::all(&mut tx).await?)
}

/// A template.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none, or for who is not of the staff.
pub async fn one(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<TemplateRow> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)
}

/// Whether somebody may write templates: officers, who use them, and administrators.
#[must_use]
pub fn may_write(actor: &Actor) -> bool {
    actor.has(Role::Officer) || actor.has(Role::Administrator)
}

/// Writes a template, a new one or another text of one there is. Messages already sent stay as they are.
///
/// # Errors
/// [`ServiceError::Invalid`] without title or text, or with a place that is none of the list; [`ServiceError::Refused`] for who
/// may not.
pub async fn save(tenant: &Tenant, actor: &Actor, id: Option<Uuid>, title: &str, text: &str) -> ServiceResult<Uuid> {
    let user = writer(actor)?;
    let (title, text) = (title.trim(), text.trim());
    let mut findings = Vec::new();
    let mut demand = |wrong: bool, place: &str, sv: &str, en: &str| {
        if wrong {
            findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) });
        }
    };
    demand(title.is_empty(), "namn", "Skriv vad mallen ska heta.", "Write what to call the template.");
    demand(
        title.chars().count() > TITLE,
        "namn",
        "Namnet är för långt. Skriv högst 80 tecken.",
        "The name is too long. Write 80 signs at most.",
    );
    demand(text.is_empty(), "text", "Skriv mallens text.", "Write the template's text.");
    demand(
        text.chars().count() > TEXT,
        "text",
        "Texten är för lång. Skriv högst 8 000 tecken.",
        "The text is too long. Write 8,000 signs at most.",
    );
    findings.extend(free_text::finding("text", text));
    findings.extend(wrong_places(text));
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    let before = match id {
        Some(id) => Some(rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?),
        None => None,
    };
    let row = TemplateRow {
        id: before.as_ref().map_or_else(|| tenant.ids.uuid(), |before| before.id),
        title: title.to_owned(),
        text: text.to_owned(),
        written_by: user,
        written_at: tenant.clock.now(),
        retired_at: before.and_then(|before| before.retired_at),
    };
    rows::put(&mut tx, &row).await?;
    let event = Event { kind: "template.saved", body: json!({ "template": row.id }), texts: &[("title", title), ("text", text)] };
    history::record(&mut tx, tenant, Stream::System, actor, event).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Whether a template is offered where messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is.
    Offered,
    /// It is not any more.
    Retired,
}

/// Takes a template out of use, or back into it.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none; [`ServiceError::Refused`] for who may not.
pub async fn set_use(tenant: &Tenant, actor: &Actor, id: Uuid, wanted: Use) -> ServiceResult<()> {
    writer(actor)?;
    let mut tx = tenant.db.write().await?;
    let mut row = rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let kind = match wanted {
        Use::Offered => {
            row.retired_at = None;
            "template.offered"
        }
        Use::Retired => {
            row.retired_at = Some(tenant.clock.now());
            "template.retired"
        }
    };
    rows::put(&mut tx, &row).await?;
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind, body: json!({ "template": id }), texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// A template filled from a case, to be read over and sent.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that identity in use, or the case is not hers to read.
pub async fn fill(tenant: &Tenant, actor: &Actor, id: Uuid, case: CaseId) -> ServiceResult<Filled> {
    let template = one(tenant, actor, id).await?;
    if template.retired_at.is_some() {
        return Err(ServiceError::NotFound);
    }
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    filled(&mut tx, tenant, actor, &template.text, &case).await
}

/// A text as it would stand in a case, by the case's diary number; without a number, in the first case of the queue. `None`
/// when there is no case to try it on.
///
/// # Errors
/// [`ServiceError::Invalid`] for a number that no case has which she may see, and for places that are none.
pub async fn preview(tenant: &Tenant, actor: &Actor, text: &str, number: &str) -> ServiceResult<Option<Filled>> {
    authorize(actor, Action::Browse)?;
    let wrong = wrong_places(text);
    if !wrong.is_empty() {
        return Err(ServiceError::Invalid(wrong));
    }
    let mut tx = tenant.db.read().await?;
    let case = match number.trim() {
        "" => {
            let filter = queue::Filter::default();
            let first = queue::page(&mut tx, &actor.scope()?, &filter, tenant.clock.today(), None, 1).await?;
            match first.first() {
                Some(first) => cases::by_id(&mut tx, first.standing.case_id).await?,
                None => return Ok(None),
            }
        }
        number => cases::by_number(&mut tx, number).await?,
    };
    let seen = case.filter(|case| authorize(actor, Action::Read(About::Case(case.about()))).is_ok());
    let Some(case) = seen else {
        let message = Localized::both(
            "Det finns inget ärende med det numret. Skriv det som KFN 2026/131.",
            "There is no case of that number. Write it as KFN 2026/131.",
        );
        return Err(ServiceError::invalid("arende", "unknown", message));
    };
    filled(&mut tx, tenant, actor, text, &case).await.map(Some)
}

fn writer(actor: &Actor) -> ServiceResult<crate::domain::id::UserId> {
    if !may_write(actor) {
        return Err(lacks("skriva mallar", "write templates"));
    }
    Ok(actor.user().ok_or(ServiceError::NotFound)?.id)
}

/// What is wrong with a text's places, each at its line and column, with what was perhaps meant.
fn wrong_places(text: &str) -> Vec<Finding> {
    let faults = placeholders::read(text).err().unwrap_or_default();
    faults.iter().map(|fault| Finding { place: "text".to_owned(), code: "placeholder".to_owned(), message: said(fault) }).collect()
}

fn said(fault: &Fault) -> Localized {
    let Fault { line, column, word, near } = fault;
    match (word, near) {
        (None, _) => Localized::both(
            format!("Rad {line}, tecken {column}: klammern {{ stängs aldrig. Skriv }} efter ordet."),
            format!("Line {line}, sign {column}: the brace {{ is never closed. Write }} after the word."),
        ),
        (Some(word), Some(near)) => Localized::both(
            format!("Rad {line}, tecken {column}: det finns inget {{{word}}}. Menade du {{{}}}?", near.word()),
            format!("Line {line}, sign {column}: there is no {{{word}}}. Did you mean {{{}}}?", near.word()),
        ),
        (Some(word), None) => {
            let known = Place::ALL.map(|place| format!("{{{}}}", place.word())).join(", ");
            Localized::both(
                format!("Rad {line}, tecken {column}: det finns inget {{{word}}}. Det här finns: {known}."),
                format!("Line {line}, sign {column}: there is no {{{word}}}. These are: {known}."),
            )
        }
    }
}

async fn filled(tx: &mut Tx, tenant: &Tenant, actor: &Actor, text: &str, case: &CaseRow) -> ServiceResult<Filled> {
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let values = values(tx, tenant, actor, case).await?;
    let template = placeholders::read(text).map_err(|_| ServiceError::Invalid(wrong_places(text)))?;
    let (text, missing) = template.fill(|place| values.get(&place).cloned());
    Ok(Filled { text, missing, number: case.number.clone() })
}

/// What a case fills places with. Messages are the municipality's and in Swedish.
async fn values(tx: &mut Tx, tenant: &Tenant, actor: &Actor, case: &CaseRow) -> ServiceResult<BTreeMap<Place, String>> {
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let hidden = !protection::may_read(actor) && protection::masks_party(tx, case).await?;
    let applicant = if hidden {
        protection::HIDDEN_PERSON.to_owned()
    } else {
        organisations::name(tx, case.organisation_id, tenant.clock.today()).await?
    };
    let mut values = BTreeMap::from([
        (Place::Number, case.number.clone()),
        (Place::Applicant, applicant),
        (Place::Grant, package.form.title.sv.clone()),
        (Place::Period, package.form.period_words(&case.period).sv),
    ]);
    let officer = match queue::handling(tx, case.id).await?.officer_id {
        Some(officer) => users::by_id(tx, officer).await?,
        None => actor.user().cloned(),
    };
    let office = || tenant.profile.committee(&case.committee).map(|committee| committee.office.clone());
    // An officer whose name is kept from letters stands as her office.
    if let Some(name) = officer.and_then(|user| if user.hide_name { office() } else { Some(user.name) }) {
        values.insert(Place::Officer, name);
    }
    if let Some(amount) = case.amount_ore {
        values.insert(Place::Amount, number::money(amount));
    }
    if let Some(last_day) = flow::last_day_to_answer(tx, &package, case).await? {
        values.insert(Place::LastDay, number::date(last_day, Language::Sv));
    }
    Ok(values)
}
