//! A grant as its public page tells of it: generated from the package that decides the cases, so that the page and the
//! decisions cannot say different things.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Offer, OpenPeriod, ServiceResult, offer, periods, versions};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::calculation::Evaluation;
use crate::domain::grant::{AppealForm, DecisionMode, GrantKind, SignedBy};
use crate::forms::{Decided, FieldKind};
use crate::packages::{Case, Package, run_case};
use crate::services::ServiceError;
use crate::store::packages as rows;

/// A number of the rules, with its earlier values.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it is called.
    pub label: Localized,
    /// Its value.
    pub value: Localized,
    /// The unit.
    pub unit: String,
    /// The paragraph of the municipality's rules.
    pub paragraph: String,
    /// The first day it holds.
    pub since: NaiveDate,
    /// Values before, the newest first.
    pub earlier: Vec<(NaiveDate, Localized)>,
    /// Where it was decided or published.
    pub source: Option<String>,
}

/// A version of the rules.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// When it was put in force.
    pub at: DateTime<Utc>,
}

/// A case of the package's own tests, worked out by the rules.
#[derive(Clone, Debug)]
pub struct Example {
    /// The case.
    pub case: Case,
    /// What the rules say of it.
    pub evaluation: Evaluation,
}

/// Everything the public page of a grant says.
#[derive(Clone, Debug)]
pub struct GrantView {
    /// What the list says.
    pub offer: Offer,
    /// General, selective or approval.
    pub kind: GrantKind,
    /// Every round, the oldest last day first.
    pub periods: Vec<OpenPeriod>,
    /// The rules' numbers.
    pub figures: Vec<Figure>,
    /// The papers that are asked for.
    pub papers: Vec<Localized>,
    /// The approval one needs first: id and name.
    pub requires: Option<(String, Localized)>,
    /// A worked example, where the package has one that is paid.
    pub example: Option<Example>,
    /// Who decided the rules.
    pub decided: Option<Decided>,
    /// Who decides.
    pub mode: DecisionMode,
    /// How one appeals.
    pub appeal: AppealForm,
    /// Who signs.
    pub signed_by: SignedBy,
    /// Within how many days a co-signature may follow.
    pub cosign_days: u32,
    /// The versions, the newest first.
    pub versions: Vec<Version>,
}

/// What a grant's page says.
///
/// # Errors
/// [`ServiceError::NotFound`] for a grant type that is not active.
pub async fn of(tenant: &Tenant, id: &str) -> ServiceResult<GrantView> {
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let all = versions::offered(&mut tx, tenant).await?;
    let (_, package) = all.iter().find(|(_, package)| package.id == id).ok_or(ServiceError::NotFound)?;
    let form = &package.form;
    let offer = offer(package, today);
    let on = offer.open.as_ref().or(offer.coming.as_ref()).map_or(today, |period| period.period.covers.to);
    let requires = form.requires_approval.as_ref().map(|needed| {
        let title = all.iter().find(|(_, other)| other.id == needed.value).map(|(_, other)| other.form.title.clone());
        (needed.value.clone(), title.unwrap_or_else(|| Localized::sv(needed.value.clone())))
    });
    let versions = rows::of_package(&mut tx, id).await?;
    Ok(GrantView {
        kind: form.kind,
        periods: periods(form),
        figures: figures(package, on),
        papers: form.fields().filter(|field| matches!(field.kind, FieldKind::Attachment(_))).map(|field| field.label.clone()).collect(),
        requires,
        example: example(package),
        decided: form.decided.clone(),
        mode: form.decision_mode,
        appeal: form.appeal,
        signed_by: form.signed_by,
        cosign_days: form.cosign_days,
        versions: versions.into_iter().map(|row| Version { number: row.version, at: row.imported_at }).collect(),
        offer,
    })
}

fn figures(package: &Package, on: NaiveDate) -> Vec<Figure> {
    use crate::domain::localized::Language::{En, Sv};
    let words = |value: &crate::rules::Value| Localized::both(value.text(Sv), value.text(En));
    let mut figures: Vec<(usize, Figure)> = Vec::new();
    for (id, parameter) in package.rules.parameters().iter() {
        let Some(now) = parameter.on(on) else { continue };
        let earlier = parameter.values.iter().rev().filter(|dated| dated.from < now.from);
        let figure = Figure {
            label: parameter.label.clone().unwrap_or_else(|| Localized::sv(in_words(id))),
            value: words(&now.value),
            unit: parameter.unit.clone(),
            paragraph: parameter.paragraph.clone(),
            since: now.from,
            earlier: earlier.map(|dated| (dated.from, words(&dated.value))).collect(),
            source: parameter.source.clone(),
        };
        figures.push((parameter.place.line, figure));
    }
    // In the order the administrator wrote them, which is that of the municipality's own rules.
    figures.sort_by_key(|(line, _)| *line);
    figures.into_iter().map(|(_, figure)| figure).collect()
}

/// `hogsta_antal` as `Hogsta antal`: better than a code where no label was written.
fn in_words(id: &str) -> String {
    let text = id.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first of the package's own cases that is granted: administrators put the most telling one first.
fn example(package: &Package) -> Option<Example> {
    package.cases.iter().find_map(|case| {
        let result = run_case(package, case);
        let evaluation = result.evaluation.filter(|evaluation| evaluation.total_ore.is_positive())?;
        Some(Example { case: case.clone(), evaluation })
    })
}
