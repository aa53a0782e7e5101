//! The association's own page in the register, and who acts for it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::shown::{Facts, board_key, facts};
use crate::domain::association::{BoardRole, SigningRule};
use crate::domain::mandate::Mandate;
use crate::services::associations::views::{self, AssociationView};
use crate::services::{Actor, ServiceError};
use crate::web::account::mandate_key;
use crate::web::page::Section;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html_with};

/// The association's page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "association/own.html")]
pub struct AssociationPage {
    /// What stands around it.
    pub page: Page,
    /// The association.
    pub facts: Facts,
    /// Whether the visitor may change what it says of itself.
    pub writes: bool,
    /// The forms: details, board, signing, contact, account; those she may not send are left out.
    pub details: Option<Action>,
    /// Adds somebody to the board.
    pub board: Option<Action>,
    /// Adds a section.
    pub section: Option<Action>,
    /// Enters how the association signs.
    pub signing: Option<Action>,
    /// Adds a contact.
    pub contact: Option<Action>,
    /// Changes the account.
    pub account: Option<Action>,
}

/// Who acts for the association.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "association/people.html")]
pub struct PeoplePage {
    /// What stands around it.
    pub page: Page,
    /// The association.
    pub facts: Facts,
    /// Lets somebody act; none for who may not hand it out.
    pub invite: Option<Action>,
}

/// A form that came back: which, with what was written, and what is wrong.
#[derive(Clone, Debug, Default)]
pub(super) struct Returned {
    /// The form's address.
    pub url: &'static str,
    /// What was written, by field.
    pub written: Vec<(String, String)>,
    /// What is wrong, by field.
    pub wrong: Vec<(String, String)>,
}

impl Returned {
    /// A form with what a service found wrong; other errors are answers of their own.
    ///
    /// # Errors
    /// What is no finding.
    pub(super) fn of(visitor: &Visitor, url: &'static str, written: Vec<(String, String)>, error: ServiceError) -> Result<Self, Error> {
        let wrong = match error {
            ServiceError::Invalid(findings) => {
                findings.into_iter().map(|one| (one.place, one.message.get(visitor.language).to_owned())).collect()
            }
            ServiceError::Refused(text) => vec![(String::new(), text.get(visitor.language).to_owned())],
            other => return Err(other.into()),
        };
        Ok(Self { url, written, wrong })
    }

    fn fill(&self, url: &str, field: Field) -> Field {
        if self.url != url {
            return field;
        }
        let value = self.written.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value.clone());
        let error = self.wrong.iter().find(|(name, _)| *name == field.name).map(|(_, text)| text.clone());
        let kind = match field.kind {
            FieldKind::Select(choices) => FieldKind::Select(
                choices.into_iter().map(|choice| Choice { selected: Some(&choice.value) == value.as_ref(), ..choice }).collect(),
            ),
            other => other,
        };
        Field { value: value.unwrap_or(field.value), error, kind, ..field }
    }

    fn errors(&self) -> Vec<Link> {
        self.wrong
            .iter()
            .map(|(name, text)| Link::new(if name.is_empty() { "#main".to_owned() } else { format!("#{name}") }, text))
            .collect()
    }
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    show(&site, &visitor, &Returned::default()).await
}

pub(super) async fn people(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    show_people(&site, &visitor, &Returned::default()).await
}

/// The page, with a form that came back.
pub(super) async fn show(site: &Site, visitor: &Visitor, returned: &Returned) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let view = views::of(&site.tenant, actor, id).await?;
    let mut page = visitor.page(site, Section::Applicant, view.name.clone(), Vec::new()).await?;
    page.errors = returned.errors();
    let (writes, signs) = (may(actor, Mandate::Writer), may(actor, Mandate::Signatory));
    let form = |url: &str, title: &str, fields: Vec<Field>| Action {
        url: url.to_owned(),
        title: visitor.t(title),
        fields: fields.into_iter().map(|field| returned.fill(url, field)).collect(),
        ..Action::default()
    };
    let status = if returned.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(
        status,
        &AssociationPage {
            details: writes.then(|| form("/forening/uppgifter", "association-change", details(visitor, &view))),
            board: writes.then(|| form("/forening/styrelse", "board-add", board(visitor, site))),
            section: writes.then(|| form("/forening/sektioner", "section-add", section(visitor, site))),
            signing: signs.then(|| form("/forening/firmateckning", "signing-change", signing(visitor))),
            contact: writes.then(|| form("/forening/kontakter", "contact-add", contact(visitor))),
            account: signs.then(|| form("/forening/konto", "account-change", account(visitor))),
            facts: facts(visitor, &view),
            writes,
            page,
        },
    )
}

/// Who acts, with a form that came back.
pub(super) async fn show_people(site: &Site, visitor: &Visitor, returned: &Returned) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let view = views::of(&site.tenant, actor, id).await?;
    let crumbs = vec![Link::new("/forening", view.name.clone()), Link::here(visitor.t("people-title"))];
    let mut page = visitor.page(site, Section::Applicant, visitor.t("people-title"), crumbs).await?;
    page.errors = returned.errors();
    let invite = may(actor, Mandate::Signatory).then(|| Action {
        url: "/forening/personer".to_owned(),
        title: visitor.t("people-add"),
        explanation: visitor.t("people-add-text"),
        fields: invitation(visitor).into_iter().map(|field| returned.fill("/forening/personer", field)).collect(),
        ..Action::default()
    });
    let status = if returned.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(status, &PeoplePage { facts: facts(visitor, &view), invite, page })
}

pub(super) fn may(actor: &Actor, needed: Mandate) -> bool {
    match actor {
        Actor::Association { mandate, .. } => mandate.covers(needed),
        Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => false,
    }
}

fn text(visitor: &Visitor, name: &str, label: &str, value: String) -> Field {
    Field { name: name.to_owned(), label: visitor.t(label), value, ..Field::default() }
}

fn details(visitor: &Visitor, view: &AssociationView) -> Vec<Field> {
    let detail = view.detail.as_ref();
    let optional = |field: Field| Field { optional: true, ..field };
    vec![
        optional(text(visitor, "federation", "association-federation", detail.map_or_else(String::new, |row| row.federation.clone()))),
        optional(text(visitor, "address", "association-address", detail.map_or_else(String::new, |row| row.seat_address.clone()))),
        Field {
            hint: Some(visitor.t("association-year-end-hint")),
            ..text(visitor, "year_end", "association-year-end", detail.map_or_else(|| "31/12".to_owned(), |row| day_first(&row.year_end)))
        },
    ]
}

/// `12-31` as people write it: `31/12`.
fn day_first(text: &str) -> String {
    text.split_once('-')
        .map_or_else(String::new, |(month, day)| format!("{}/{}", day.trim_start_matches('0'), month.trim_start_matches('0')))
}

fn board(visitor: &Visitor, site: &Site) -> Vec<Field> {
    let choice = |role: &BoardRole| Choice { value: role.word().to_owned(), text: visitor.t(board_key(*role)), selected: false };
    vec![
        Field {
            kind: FieldKind::Select(BoardRole::ALL.iter().map(choice).collect()),
            ..text(visitor, "role", "board-role", String::new())
        },
        text(visitor, "name", "board-name", String::new()),
        Field { kind: FieldKind::Date, ..text(visitor, "from", "board-from", site.tenant.clock.today().to_string()) },
    ]
}

fn section(visitor: &Visitor, site: &Site) -> Vec<Field> {
    vec![
        Field { hint: Some(visitor.t("section-name-hint")), ..text(visitor, "section_name", "section-name", String::new()) },
        text(visitor, "activity", "section-activity", String::new()),
        Field {
            hint: Some(visitor.t("section-contact-hint")),
            optional: true,
            ..text(visitor, "section_contact", "section-contact", String::new())
        },
        Field { kind: FieldKind::Date, ..text(visitor, "section_from", "board-from", site.tenant.clock.today().to_string()) },
    ]
}

fn signing(visitor: &Visitor) -> Vec<Field> {
    let choice = |rule: &SigningRule| Choice {
        value: rule.word().to_owned(),
        text: visitor.t(match rule {
            SigningRule::Each => "signing-each",
            SigningRule::TwoTogether => "signing-two",
        }),
        selected: false,
    };
    vec![
        Field {
            kind: FieldKind::Select(SigningRule::ALL.iter().map(choice).collect()),
            ..text(visitor, "rule", "signing-rule", String::new())
        },
        Field { kind: FieldKind::Date, ..text(visitor, "decided_on", "signing-decided", String::new()) },
        Field { hint: Some(visitor.t("signing-paragraph-hint")), ..text(visitor, "paragraph", "signing-paragraph", String::new()) },
    ]
}

fn contact(visitor: &Visitor) -> Vec<Field> {
    vec![
        text(visitor, "contact_name", "contact-name", String::new()),
        text(visitor, "email", "contact-email", String::new()),
        Field { optional: true, ..text(visitor, "contact_role", "contact-role", String::new()) },
    ]
}

fn account(visitor: &Visitor) -> Vec<Field> {
    let choice = |value: &str, key: &str| Choice { value: value.to_owned(), text: visitor.t(key), selected: false };
    let kinds =
        vec![choice("bankgiro", "own-account-bankgiro"), choice("plusgiro", "own-account-plusgiro"), choice("konto", "own-account-bank")];
    vec![
        Field { kind: FieldKind::Select(kinds), ..text(visitor, "kind", "account-kind", String::new()) },
        Field { hint: Some(visitor.t("account-number-hint")), ..text(visitor, "number", "own-account-number", String::new()) },
    ]
}

fn invitation(visitor: &Visitor) -> Vec<Field> {
    let choice = |mandate: &Mandate| Choice { value: mandate.word().to_owned(), text: visitor.t(mandate_key(*mandate)), selected: false };
    vec![
        text(visitor, "person", "contact-name", String::new()),
        text(visitor, "email", "contact-email", String::new()),
        Field {
            kind: FieldKind::Select(Mandate::ALL.iter().rev().map(choice).collect()),
            ..text(visitor, "mandate", "people-what", String::new())
        },
    ]
}
