//! Correcting a decision, or changing it: what the law allows, and the two forms.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::domain::Money;
use crate::domain::change::{ChangeGround, ChangeKind};
use crate::domain::id::{CaseId, DecisionId};
use crate::services::decisions::changing::{self, Wanted};
use crate::services::decisions::views::{self, Changeable};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::text::number;
use crate::web::officer::case::more::ActPage;
use crate::web::officer::case::opened::Opened;
use crate::web::officer::typed::{Post, Sent, Typed, value};
use crate::web::officer::words::say;
use crate::web::parts::{Action, Choice, Field, FieldKind, Weight};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html, html_with};

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(case): Path<CaseId>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, case, None).await?)
}

pub(super) async fn correct(
    State(site): State<Site>,
    visitor: Visitor,
    Path(case): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let wanted = ground(&sent, "rattelse_grund", ChangeKind::Correction).map(|ground| Wanted {
        ground,
        why: value(&sent, "rattelse_skal"),
        amount: None,
        motivation: value(&sent, "motivering"),
    });
    let done = put(&site, visitor.staff()?, case, &sent, wanted).await;
    let places: &[_] = &[("why", "rattelse_skal"), ("motivation", "motivering"), ("ground", "rattelse_grund")];
    answered(&site, &visitor, case, sent, done, ("rattat-beslut", places)).await
}

pub(super) async fn change(
    State(site): State<Site>,
    visitor: Visitor,
    Path(case): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let amount: Option<Money> = crate::forms::parse_money(value(&sent, "belopp")).ok();
    let wanted = ground(&sent, "andring_grund", ChangeKind::Change).map(|ground| Wanted {
        ground,
        why: value(&sent, "andring_skal"),
        amount,
        motivation: "",
    });
    let done = put(&site, visitor.staff()?, case, &sent, wanted).await;
    let places: &[_] = &[("why", "andring_skal"), ("amount", "belopp"), ("ground", "andring_grund")];
    answered(&site, &visitor, case, sent, done, ("andrat-beslut", places)).await
}

fn ground(sent: &Sent, name: &str, kind: ChangeKind) -> Option<ChangeGround> {
    ChangeGround::from_word(value(sent, name)).filter(|ground| ground.kind() == kind)
}

async fn put(site: &Site, actor: &Actor, case: CaseId, sent: &Sent, wanted: Option<Wanted<'_>>) -> ServiceResult<()> {
    // What may not be seen is not there, whatever the form says.
    let standing = views::changeable(&site.tenant, actor, case).await?;
    let Some(standing) = standing else { return Err(ServiceError::Stale) };
    if let Some(hindrance) = standing.hindrance {
        return Err(ServiceError::Refused(hindrance));
    }
    let Some(wanted) = wanted else {
        let message = crate::domain::Localized::both("Välj varför.", "Choose why.");
        return Err(ServiceError::invalid("ground", "missing", message));
    };
    let seen: DecisionId = value(sent, "beslut").parse().map_err(|_| ServiceError::Stale)?;
    changing::change(&site.tenant, actor, case, seen, wanted).await.map(|_| ())
}

async fn answered(
    site: &Site,
    visitor: &Visitor,
    case: CaseId,
    sent: Sent,
    done: ServiceResult<()>,
    (receipt, places): (&str, &[(&str, &str)]),
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{case}?kvitto={receipt}")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, places)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, case, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, case: CaseId, typed: Option<&Typed>) -> Result<ActPage, Error> {
    let found = views::changeable(&site.tenant, visitor.staff()?, case).await?;
    let opened = Opened::of(site, visitor, case).await?;
    let language = visitor.language;
    let mut page = opened.page(site, visitor, "change-title").await?;
    let rows = opened.view.calculated.as_ref().map(|done| done.evaluation.rows.iter().map(|row| words::row(row, language)).collect());
    let (mut forms, closed) = match &found {
        None => (Vec::new(), visitor.t("change-nothing")),
        Some(Changeable { hindrance: Some(text), .. }) => (Vec::new(), text.get(language).to_owned()),
        Some(found) => (vec![correcting(visitor, case, found), amending(visitor, case, found)], String::new()),
    };
    if let Some(typed) = typed {
        page.errors = typed.fill(language, forms.iter_mut().flat_map(|form| form.fields.iter_mut()));
        // The form's own decision is kept, not a typed one: what was seen is what is replaced.
    }
    Ok(ActPage {
        about: opened.about(language),
        heading: visitor.t("change-title"),
        lead: found.as_ref().map_or_else(String::new, |found| {
            let day = number::date(crate::domain::clock::swedish_date(found.decision.decided_at), language);
            say(language, "change-lead", &[("day", &day), ("amount", &number::money(found.decision.amount_ore))])
        }),
        rows: rows.unwrap_or_default(),
        forms,
        closed,
        page,
    })
}

fn seen(found: &Changeable) -> Field {
    Field { name: "beslut".to_owned(), value: found.decision.id.to_string(), kind: FieldKind::Hidden, ..Field::default() }
}

fn field(visitor: &Visitor, name: &str, label: &str, kind: FieldKind) -> Field {
    Field { name: name.to_owned(), label: visitor.t(label), kind, ..Field::default() }
}

fn grounds(visitor: &Visitor, kind: ChangeKind, without: Option<ChangeGround>) -> FieldKind {
    let fitting = ChangeGround::ALL.into_iter().filter(|ground| ground.kind() == kind && Some(*ground) != without);
    let choice = |ground: ChangeGround| Choice { value: ground.word().to_owned(), text: visitor.t(ground_key(ground)), selected: false };
    FieldKind::Radios(fitting.map(choice).collect())
}

fn correcting(visitor: &Visitor, case: CaseId, found: &Changeable) -> Action {
    let motivation = found.motivation.join("\n");
    Action {
        url: format!("/arenden/{case}/ratta-beslut"),
        title: visitor.t("change-correct"),
        explanation: visitor.t("change-correct-text"),
        button: visitor.t("change-correct-button"),
        weight: Weight::Secondary,
        fields: vec![
            seen(found),
            field(visitor, "rattelse_grund", "change-ground", grounds(visitor, ChangeKind::Correction, None)),
            field(visitor, "rattelse_skal", "change-why", FieldKind::LongText),
            Field {
                hint: Some(visitor.t("change-motivation-hint")),
                value: motivation,
                ..field(visitor, "motivering", "change-motivation", FieldKind::LongText)
            },
        ],
    }
}

fn amending(visitor: &Visitor, case: CaseId, found: &Changeable) -> Action {
    let without = (!found.reconsidering).then_some(ChangeGround::Reconsidered);
    Action {
        url: format!("/arenden/{case}/andra-beslut"),
        title: visitor.t("change-amend"),
        explanation: visitor.t("change-amend-text"),
        button: visitor.t("change-amend-button"),
        weight: Weight::Secondary,
        fields: vec![
            seen(found),
            field(visitor, "andring_grund", "change-ground", grounds(visitor, ChangeKind::Change, without)),
            field(visitor, "belopp", "change-amount", FieldKind::Amount),
            field(visitor, "andring_skal", "change-amend-why", FieldKind::LongText),
        ],
    }
}

const fn ground_key(ground: ChangeGround) -> &'static str {
    match ground {
        ChangeGround::Misspelt => "change-misspelt",
        ChangeGround::Miscounted => "change-miscounted",
        ChangeGround::Oversight => "change-oversight",
        ChangeGround::Favourable => "change-favourable",
        ChangeGround::Reconsidered => "change-reconsidered",
        ChangeGround::Reservation => "change-reservation",
        ChangeGround::Safety => "change-safety",
        ChangeGround::Misled => "change-misled",
    }
}
