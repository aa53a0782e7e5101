//! What one can apply for: the public reading of the grant types.

pub mod calendar;
pub mod finder;
pub mod page;

use chrono::NaiveDate;

use super::{ServiceResult, packages as versions};
use crate::app::Tenant;
use crate::domain::grant::{ApplicantKind, GrantKind};
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, calendar as dates};
use crate::forms::{Form, PayWhen};
use crate::packages::{Package, benefit};
use crate::text::order;

/// A period one can apply for.
#[derive(Clone, Debug)]
pub struct OpenPeriod {
    /// The period.
    pub period: ActivityPeriod,
    /// The last day to be in time.
    pub last_day: NaiveDate,
}

/// A grant as the public sees it.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Localized,
    /// What it is for.
    pub summary: Option<Localized>,
    /// Who may apply.
    pub applicants: Localized,
    /// How the amount comes about.
    pub how: Localized,
    /// What one can get; none where the package does not say.
    pub benefit: Option<Localized>,
    /// When it is paid.
    pub payment: Localized,
    /// The open period whose last day comes first.
    pub open: Option<OpenPeriod>,
    /// The next period to open.
    pub coming: Option<OpenPeriod>,
}

/// Every active grant type, open ones first, then by last day.
///
/// # Errors
/// When the database cannot be read.
pub async fn offers(tenant: &Tenant) -> ServiceResult<Vec<Offer>> {
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let mut offers: Vec<Offer> = versions::offered(&mut tx, tenant).await?.iter().map(|(_, package)| offer(package, today)).collect();
    offers
        .sort_by_cached_key(|offer| (offer.open.is_none(), offer.open.as_ref().map(|period| period.last_day), order::key(&offer.title.sv)));
    Ok(offers)
}

fn offer(package: &Package, today: NaiveDate) -> Offer {
    let form = &package.form;
    let periods = periods(form);
    let open = periods.iter().find(|period| period.period.opens <= today && today <= period.last_day).cloned();
    let coming = periods.iter().find(|period| today < period.period.opens).cloned();
    // The amounts of the period one applies for, not of the day: 2026's rules hold for what is applied for in 2027.
    let on = open.as_ref().or(coming.as_ref()).map_or(today, |period| period.period.covers.to);
    Offer {
        id: form.id.clone(),
        title: form.title.clone(),
        summary: form.summary.clone(),
        applicants: applicants(&form.applicants),
        how: how(form.kind, form.uses_attendance()),
        benefit: benefit::sentence(package, on),
        payment: payment(form.kind, form.payment.when),
        open,
        coming,
    }
}

/// A form's periods, the one whose last day comes first in front.
fn periods(form: &Form) -> Vec<OpenPeriod> {
    let mut periods: Vec<OpenPeriod> =
        form.periods.iter().map(|period| OpenPeriod { last_day: dates::last_day(&period.dates), period: period.dates.clone() }).collect();
    periods.sort_by_key(|period| period.last_day);
    periods
}

fn applicants(kinds: &[ApplicantKind]) -> Localized {
    let word = |kind: &ApplicantKind| match kind {
        ApplicantKind::Association => ("föreningar", "associations"),
        ApplicantKind::Company => ("företag och stiftelser", "companies and foundations"),
        ApplicantKind::Person => ("enskilda", "individuals"),
    };
    let join = |pick: fn((&'static str, &'static str)) -> &'static str| {
        let text = kinds.iter().map(|kind| pick(word(kind))).collect::<Vec<_>>().join(", ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    Localized::both(join(|pair| pair.0), join(|pair| pair.1))
}

fn how(kind: GrantKind, attendance: bool) -> Localized {
    match (kind, attendance) {
        (GrantKind::Approval, _) => {
            Localized::both("Inga pengar, men en förutsättning för andra bidrag", "No money, but needed for other grants")
        }
        (GrantKind::Report, _) => Localized::both("Granskas av handläggare", "Reviewed by an officer"),
        (GrantKind::Selective, _) => Localized::both("Bedöms av handläggare", "Assessed by an officer"),
        (GrantKind::General, true) => Localized::both("Räknas på er närvaro", "Calculated from your attendance"),
        (GrantKind::General, false) => Localized::both("Räknas efter fasta regler", "Calculated by fixed rules"),
    }
}

fn payment(kind: GrantKind, when: PayWhen) -> Localized {
    match (kind, when) {
        (GrantKind::Approval, _) => Localized::both("–", "–"),
        (_, PayWhen::AtOnce) => Localized::both("Cirka två veckor efter beslut", "About two weeks after the decision"),
        (_, PayWhen::AfterLegalForce) => Localized::both("När beslutet fått laga kraft", "When the decision is final"),
        (_, PayWhen::Manual) => Localized::both("Enligt beslutet", "As the decision says"),
    }
}
