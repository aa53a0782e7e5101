//! How an association stands with the world and what it owes, as the municipality reads and enters it.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use uuid::Uuid;

use super::list;
use super::shown::{state, status_key};
use crate::domain::Money;
use crate::domain::clock::swedish_date;
use crate::domain::id::OrganisationId;
use crate::domain::localized::Language;
use crate::services::ServiceResult;
use crate::services::standing::{self, DebtRow, Settled, Status, StatusRow};
use crate::text::{fluent, number};
use crate::web::officer::typed::{Post, Sent, Typed, value};
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html_with};

/// How an association stands, as its page shows it.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// How it has stood and will stand, the latest first.
    pub statuses: Vec<StatusLine>,
    /// Enters another; none for who may not.
    pub enter_status: Option<Action>,
    /// What it owes, the oldest first.
    pub debts: Vec<DebtLine>,
    /// What it has owed and settled, the last settled first.
    pub settled: Vec<SettledLine>,
    /// What is left of all debts together; empty for none or one.
    pub owed: String,
    /// Enters a debt; none for who may not.
    pub enter_debt: Option<Action>,
}

/// A dated status.
#[derive(Clone, Debug, Default)]
pub struct StatusLine {
    /// How it stands.
    pub state: Shown,
    /// From which day, in words.
    pub from: String,
    /// Whether it holds now, or when it will; empty for what is past.
    pub now: String,
    /// Where it is known from and when it was entered.
    pub note: String,
}

/// A debt.
#[derive(Clone, Debug, Default)]
pub struct DebtLine {
    /// What it is for.
    pub reason: String,
    /// What is left.
    pub left: String,
    /// Since when, and how much it was.
    pub note: String,
    /// Reduces it; none for who may not.
    pub reduce: Option<Action>,
}

/// A settled debt.
#[derive(Clone, Debug, Default)]
pub struct SettledLine {
    /// What it was for.
    pub reason: String,
    /// How much it was.
    pub amount: String,
    /// When it was settled, how and by whom.
    pub note: String,
}

/// A form of the page that came back.
#[derive(Clone, Debug, Default)]
pub(super) struct Returned {
    url: String,
    typed: Typed,
}

impl Standing {
    /// Puts what was typed into its form; answers the page's summary of errors.
    pub(super) fn refill(&mut self, language: Language, returned: &Returned) -> Vec<Link> {
        let reductions = self.debts.iter_mut().filter_map(|debt| debt.reduce.as_mut());
        let forms = self.enter_status.iter_mut().chain(&mut self.enter_debt).chain(reductions);
        let form = forms.filter(|form| form.url == returned.url);
        returned.typed.fill(language, form.flat_map(|form| form.fields.iter_mut()))
    }
}

/// How an association stands, with the forms that the visitor may fill in.
///
/// # Errors
/// [`Error::NotFound`] when it is not hers to read.
pub(super) async fn of(site: &Site, visitor: &Visitor, id: OrganisationId) -> Result<Standing, Error> {
    let actor = visitor.staff()?;
    let statuses = standing::statuses(&site.tenant, actor, id).await?;
    let debts = standing::debts(&site.tenant, actor, id).await?;
    let settled = standing::settled(&site.tenant, actor, id).await?;
    let may = standing::may(actor, id);
    let today = site.tenant.clock.today();
    let holds_now = statuses.iter().find(|row| row.valid_from <= today).map(|row| row.id);
    let owed = debts.iter().map(|debt| debt.remaining_ore).sum::<Money>();
    Ok(Standing {
        statuses: statuses.iter().map(|row| status_line(visitor, row, today, holds_now)).collect(),
        enter_status: may.status.then(|| status_form(visitor, id)),
        settled: settled.iter().map(|row| settled_line(visitor, row)).collect(),
        owed: if debts.len() > 1 { number::money(owed) } else { String::new() },
        debts: debts
            .iter()
            .map(|row| DebtLine { reduce: may.debts.then(|| reduce_form(visitor, id, row.id)), ..debt_line(visitor, row) })
            .collect(),
        enter_debt: may.debts.then(|| debt_form(visitor, id)),
    })
}

fn status_line(visitor: &Visitor, row: &StatusRow, today: NaiveDate, holds_now: Option<Uuid>) -> StatusLine {
    let entered = number::date(swedish_date(row.entered_at), visitor.language);
    StatusLine {
        state: state(visitor, row.status),
        from: say(visitor, "standing-from", &[("day", &number::date(row.valid_from, visitor.language))]),
        now: match (Some(row.id) == holds_now, row.valid_from > today) {
            (true, _) => visitor.t("standing-now"),
            (false, true) => visitor.t("standing-later"),
            (false, false) => String::new(),
        },
        note: say(visitor, "standing-note", &[("source", &row.source), ("day", &entered)]),
    }
}

fn debt_line(visitor: &Visitor, row: &DebtRow) -> DebtLine {
    let entered = number::date(swedish_date(row.created_at), visitor.language);
    DebtLine {
        reason: row.reason.clone(),
        left: say(visitor, "debts-left", &[("amount", &number::money(row.remaining_ore))]),
        note: say(visitor, "debts-note", &[("day", &entered), ("amount", &number::money(row.amount_ore))]),
        reduce: None,
    }
}

fn settled_line(visitor: &Visitor, row: &Settled) -> SettledLine {
    let day = number::date(swedish_date(row.at), visitor.language);
    SettledLine {
        reason: row.debt.reason.clone(),
        amount: number::money(row.debt.amount_ore),
        note: match &row.by {
            Some(by) => say(visitor, "debts-settled-by", &[("day", &day), ("by", by), ("reason", &row.reason)]),
            None => say(visitor, "debts-settled-off", &[("day", &day)]),
        },
    }
}

fn status_form(visitor: &Visitor, id: OrganisationId) -> Action {
    let all = [Status::Active, Status::Dormant, Status::Liquidation, Status::Bankruptcy, Status::Dissolved];
    let choices = all.map(|status| Choice { value: status.word().to_owned(), text: visitor.t(status_key(status)), selected: false });
    Action {
        url: format!("/foreningar/{id}/lage"),
        title: visitor.t("standing-enter"),
        explanation: visitor.t("standing-effect"),
        button: visitor.t("standing-button"),
        fields: vec![
            field(visitor, "lage", "standing-status", FieldKind::Radios(choices.into())),
            Field { hint: Some(visitor.t("standing-day-hint")), ..field(visitor, "fran", "standing-day", FieldKind::Date) },
            Field { hint: Some(visitor.t("standing-source-hint")), ..field(visitor, "kalla", "standing-source", FieldKind::Text) },
        ],
        ..Action::default()
    }
}

fn debt_form(visitor: &Visitor, id: OrganisationId) -> Action {
    Action {
        url: format!("/foreningar/{id}/skulder"),
        title: visitor.t("debts-enter"),
        explanation: visitor.t("debts-effect"),
        button: visitor.t("debts-button"),
        fields: vec![
            Field { hint: Some(visitor.t("debts-amount-hint")), ..field(visitor, "belopp", "debts-amount", FieldKind::Amount) },
            Field { hint: Some(visitor.t("debts-reason-hint")), ..field(visitor, "skal", "debts-reason", FieldKind::Text) },
        ],
        ..Action::default()
    }
}

fn reduce_form(visitor: &Visitor, id: OrganisationId, debt: Uuid) -> Action {
    let reason = field(visitor, &format!("skal-{debt}"), "debts-reduce-reason", FieldKind::Text);
    Action {
        url: format!("/foreningar/{id}/skulder/{debt}"),
        title: visitor.t("debts-reduce"),
        explanation: visitor.t("debts-reduce-text"),
        fields: vec![
            field(visitor, &format!("belopp-{debt}"), "debts-reduce-amount", FieldKind::Amount),
            Field { hint: Some(visitor.t("debts-reduce-hint")), ..reason },
        ],
        ..Action::default()
    }
}

fn field(visitor: &Visitor, name: &str, label: &str, kind: FieldKind) -> Field {
    Field { name: name.to_owned(), label: visitor.t(label), kind, ..Field::default() }
}

fn say(visitor: &Visitor, key: &str, places: &[(&'static str, &str)]) -> String {
    let places: Vec<_> = places.iter().map(|(name, text)| (*name, (*text).to_owned().into())).collect();
    fluent::t(visitor.language, key, &places)
}

/// On with a receipt, or the page again with what is wrong at its field.
async fn answer(
    site: &Site,
    visitor: &Visitor,
    (id, last): (OrganisationId, &str),
    (sent, places): (Sent, &[(&str, &str)]),
    (done, receipt): (ServiceResult<()>, &str),
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/foreningar/{id}?kvitto={receipt}")).into_response()),
        Err(error) => {
            let returned = Returned { url: format!("/foreningar/{id}/{last}"), typed: Typed::refused(sent, error, places)? };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &list::one_page(site, visitor, id, Some(&returned)).await?)
        }
    }
}

pub(super) async fn set_status(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<OrganisationId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let typed = (value(&sent, "lage"), value(&sent, "fran"), value(&sent, "kalla"));
    let done = standing::status_as_typed(&site.tenant, visitor.staff()?, id, typed).await;
    let places = &[("status", "lage"), ("from", "fran"), ("source", "kalla")];
    answer(&site, &visitor, (id, "lage"), (sent, places), (done, "lage")).await
}

pub(super) async fn enter_debt(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<OrganisationId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let (amount, reason) = (value(&sent, "belopp"), value(&sent, "skal"));
    let done = standing::debt_as_typed(&site.tenant, visitor.staff()?, id, amount, reason).await.map(|_| ());
    let places = &[("amount", "belopp"), ("reason", "skal")];
    answer(&site, &visitor, (id, "skulder"), (sent, places), (done, "skuld")).await
}

pub(super) async fn reduce_debt(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, debt)): Path<(OrganisationId, Uuid)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    // Every debt of the page has a form of its own: its fields carry its identity.
    let (amount, reason) = (format!("belopp-{debt}"), format!("skal-{debt}"));
    let actor = visitor.staff()?;
    let done = standing::reduction_as_typed(&site.tenant, actor, (id, debt), value(&sent, &amount), value(&sent, &reason)).await;
    let places = &[("amount", amount.as_str()), ("reason", reason.as_str())];
    answer(&site, &visitor, (id, &format!("skulder/{debt}")), (sent, places), (done, "skuld-minskad")).await
}
