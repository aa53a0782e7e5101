//! What a decision's letter says: composed when the decision is made, and stored with it.

use crate::app::Tenant;
use crate::app::profile::Committee;
use crate::domain::calculation::{Evaluation, PayoutPart};
use crate::domain::grant::{AppealForm, Outcome};
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::{Localized, Money, clock};
use crate::letters::{
    Appeal, Channel, Contact, Decider, DecisionLetter, Head, LegalBasis, Legality, MaskedAccount, NameShown, Official, PartTime, Payment,
    PaymentTime, Recipient, Record, RuleVersion, SettledGrant,
};
use crate::packages::Package;
use crate::services::{Actor, ServiceError, ServiceResult, assessments, payments, ranking, reports, standing as debts};
use crate::store::cases::CaseRow;
use crate::store::{Tx, organisations, packages as package_rows, queue, users};

/// Who decided, by what right.
#[derive(Clone, Copy, Debug)]
pub(in crate::services) enum By<'a> {
    /// The actor, by a point in the delegation order.
    Delegate(Option<&'a str>),
    /// The committee at a meeting; the actor records it.
    Committee {
        /// Which meeting.
        meeting: uuid::Uuid,
        /// The day it was held.
        held_on: chrono::NaiveDate,
        /// The § of the minutes.
        paragraph: &'a str,
    },
}

/// What was decided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ruling<'a> {
    /// How it came out.
    pub outcome: Outcome,
    /// How much.
    pub amount: Money,
    /// Who decided, by what right.
    pub by: By<'a>,
    /// The decider's own reasons.
    pub motivation: &'a [String],
}

/// Composes the letter of a decision.
pub(super) async fn compose(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    evaluation: &Evaluation,
    ruling: Ruling<'_>,
) -> ServiceResult<DecisionLetter> {
    let committee = tenant.profile.committee(&case.committee).ok_or_else(|| anyhow::anyhow!("no committee {}", case.committee))?;
    let version = package_rows::by_id(tx, case.package_version_id).await?;
    let decided = package.form.decided.as_ref();
    let amount = ruling.amount.is_positive().then_some(ruling.amount);
    let settled = reports::settles(tx, package, case, (ruling.outcome, ruling.amount)).await?;
    let settled = settled.map(|amounts| SettledGrant {
        pay_back_by: amounts.claimed.is_positive().then(|| reports::pay_back_by(package, tenant.clock.today())),
        amounts,
    });
    let paid = settled.map_or(amount, |settled| Some(settled.amounts.rest).filter(|rest| rest.is_positive()));
    let payment = match paid {
        Some(_) => Some(payment(tx, tenant, package, case, &evaluation.payouts).await?),
        None => None,
    };
    Ok(DecisionLetter {
        head: head(tx, tenant, actor, package, case, committee).await?,
        kind: package.form.kind,
        outcome: ruling.outcome,
        amount,
        applied: ranking::applied(tx, package, case).await?,
        checks: evaluation.checks.clone(),
        rows: evaluation.rows.clone(),
        account: evaluation.account.clone(),
        motivation: ruling.motivation.to_vec(),
        basis: LegalBasis {
            provisions: Vec::new(),
            rules: RuleVersion {
                title: Localized::both(
                    format!("Regler för {}", package.form.title.sv.to_lowercase()),
                    format!("Rules for {}", package.form.title.en.as_deref().unwrap_or(&package.form.title.sv).to_lowercase()),
                ),
                version: version.version.to_string(),
                decided_by: decided.map_or_else(|| committee.name.clone(), |decided| decided.body.clone()),
                decided_on: decided.map_or_else(|| clock::swedish_date(version.imported_at), |decided| decided.date),
                paragraph: decided.and_then(|decided| decided.paragraph.clone()),
                diary_number: decided.and_then(|decided| decided.diary_number.clone()),
            },
        },
        conditions: assessments::conditions(tx, package, case).await?,
        // Where nothing is granted there is nothing to take back.
        revocation: package.form.recall_reservation.clone().filter(|_| super::granted(ruling.outcome)),
        payment,
        settled,
        record: Record {
            decided_by: decider(actor, ruling.by)?,
            rapporteurs: rapporteurs(tx, actor, case, ruling.by, &committee.office).await?,
            present: Vec::new(),
        },
        appeal: appeal(tenant, package, committee, ruling.by),
        replaces: None,
    })
}

/// The head of a letter in a case: who writes, to whom, about what.
pub(in crate::services) async fn head(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    committee: &Committee,
) -> ServiceResult<Head> {
    let today = tenant.clock.today();
    let organisation = organisations::by_id(tx, case.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    let name = organisations::name(tx, case.organisation_id, today).await?;
    Ok(Head {
        language: crate::domain::localized::Language::Sv,
        municipality: tenant.profile.name.clone(),
        committee: committee.name.clone(),
        contact: Contact {
            official: official(actor, &committee.office),
            phone: tenant.profile.phone.clone(),
            email: tenant.profile.email.clone(),
        },
        date: today,
        diary_number: case.number.clone(),
        recipient: Recipient {
            kind: organisation.kind,
            name,
            organisation_number: organisation.number.parse::<OrganisationNumber>().ok().map(|number| number.to_string()),
            address: vec![organisation.town],
        },
        grant: package.form.title.clone(),
        period: Some(package.form.period_words(&case.period)),
    })
}

/// The actor as a letter names her.
pub(in crate::services) fn official(actor: &Actor, role: &str) -> Official {
    let user = actor.user();
    Official {
        name: user.map_or_else(|| role.to_owned(), |user| user.name.clone()),
        role: Localized::sv(role),
        shown: if user.is_some_and(|user| user.hide_name) { NameShown::Omitted } else { NameShown::Shown },
    }
}

fn decider(actor: &Actor, by: By<'_>) -> ServiceResult<Decider> {
    match (actor, by) {
        (Actor::Association { .. } | Actor::Person { .. }, _) => Err(ServiceError::NotFound),
        (Actor::Service | Actor::Staff { .. }, By::Committee { held_on, paragraph, .. }) => {
            Ok(Decider::Committee { meeting: held_on, paragraph: paragraph.to_owned() })
        }
        (Actor::Service, By::Delegate(_)) => Ok(Decider::Automatic),
        (Actor::Staff { .. }, By::Delegate(point)) => Ok(Decider::Delegate {
            official: official(actor, "Delegat"),
            delegation_point: point.unwrap_or("delegationsordningen").to_owned(),
        }),
    }
}

/// Who has presented the case to the committee (föredragande, förvaltningslagen 31 §): its officer.
async fn rapporteurs(tx: &mut Tx, actor: &Actor, case: &CaseRow, by: By<'_>, role: &str) -> ServiceResult<Vec<Official>> {
    let By::Committee { .. } = by else { return Ok(Vec::new()) };
    let officer = match queue::handling(tx, case.id).await?.officer_id {
        Some(officer) => users::by_id(tx, officer).await?,
        None => actor.user().cloned(),
    };
    Ok(officer
        .map(|user| Official {
            name: user.name,
            role: Localized::sv(role),
            shown: if user.hide_name { NameShown::Omitted } else { NameShown::Shown },
        })
        .into_iter()
        .collect())
}

async fn payment(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow, parts: &[PayoutPart]) -> ServiceResult<Payment> {
    let account = organisations::account(tx, case.organisation_id).await?;
    let number = account.as_ref().map(|row| payments::account_number(&row.account)).transpose()?;
    let held = payments::coming_holds(tx, tenant, package, case).await?;
    let when = match held.into_iter().next() {
        Some(hold) => PaymentTime::Held { reason: payments::applicant_words(hold.reason) },
        None if !parts.is_empty() => {
            PaymentTime::InParts { parts: parts.iter().map(|part| PartTime { when: part.when, amount: part.amount_ore }).collect() }
        }
        None if package.form.payment.when == crate::forms::PayWhen::AfterLegalForce => PaymentTime::AfterAppeal,
        None => PaymentTime::Around { date: crate::domain::calendar::bank_days_after(tenant.clock.today(), 10) },
    };
    let account = number.map(|number| {
        let channel = match number.kind() {
            crate::domain::account_number::AccountKind::Bankgiro => Channel::Bankgiro,
            crate::domain::account_number::AccountKind::Plusgiro => Channel::Plusgiro,
            crate::domain::account_number::AccountKind::Bank => Channel::BankAccount,
        };
        MaskedAccount::new(channel, &number.to_string())
    });
    let set_off = !debts::due(tx, case.organisation_id, tenant.clock.today()).await?.is_empty();
    Ok(Payment { when, account, set_off })
}

/// How a decision by delegation in a case of a grant type is appealed.
pub(in crate::services) fn appeal_text(tenant: &Tenant, package: &Package, committee: &Committee) -> Appeal {
    appeal(tenant, package, committee, By::Delegate(None))
}

fn appeal(tenant: &Tenant, package: &Package, committee: &Committee, by: By<'_>) -> Appeal {
    let minutes = match by {
        By::Delegate(_) => Legality::ToBeReported,
        By::Committee { held_on, paragraph, .. } => Legality::Decided { meeting: held_on, paragraph: paragraph.to_owned() },
    };
    match package.form.appeal {
        AppealForm::Laglighetsprovning => Appeal::Laglighetsprovning {
            court: tenant.profile.court.clone(),
            court_address: tenant.profile.court_address.clone(),
            minutes,
            last_day: None,
        },
        AppealForm::Forvaltningsbesvar => Appeal::Forvaltningsbesvar {
            court: tenant.profile.court.clone(),
            authority: committee.name.clone(),
            authority_address: committee.address.clone(),
            last_day: None,
        },
    }
}
