//! What a case has to do with reports, in words: the same for who granted and who was granted.

use chrono::NaiveDate;

use crate::domain::Money;
use crate::domain::localized::Language;
use crate::services::reports::views::{Duty, OfCase};
use crate::text::{fluent, number};
use crate::web::parts::Link;

/// A box on the page of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportBox {
    /// What is to be reported of the grant, a line each; with a link where there is something to open.
    pub duties: Vec<Line>,
    /// The grant it reports on.
    pub about: Option<Link>,
    /// Amounts and days: name and figure.
    pub facts: Vec<(String, String)>,
    /// The plan for paying back: day and amount.
    pub plan: Vec<(String, String)>,
    /// Where the plan is made; none where there is nothing to plan.
    pub plan_at: Option<Link>,
}

/// A line of the box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The municipality.
    Staff,
    /// The association, which is not told what a decision would be before it has left.
    Applicant,
    /// The association while it is heard: it has been told (förvaltningslagen 25 §).
    Heard,
}

impl ReportBox {
    /// The box of a case; none where it has nothing to do with reports.
    #[must_use]
    pub fn of(found: &OfCase, today: NaiveDate, reader: Reader, language: Language) -> Option<Self> {
        if found.duties.is_empty() && found.about.is_none() && found.settled.is_none() {
            return None;
        }
        let base = match reader {
            Reader::Staff => "/arenden",
            Reader::Applicant | Reader::Heard => "/mina-sidor/arenden",
        };
        let t = |key: &str| fluent::plain(language, key);
        let mut shown = Self { duties: found.duties.iter().map(|duty| line(duty, today, base, language)).collect(), ..Self::default() };
        let mut fact = |key: &str, amount: Money| shown.facts.push((t(key), number::money(amount)));
        if let Some(about) = &found.about {
            fact("case-report-granted", about.granted);
            fact("case-report-paid", about.paid);
            if let Some(settled) = about.would_be.filter(|_| reader != Reader::Applicant) {
                fact("case-report-final", settled.came_to_be);
                if settled.claimed.is_positive() {
                    fact("case-report-claimed", settled.claimed);
                } else {
                    fact("case-report-rest", settled.rest);
                }
            }
        }
        if let Some(settled) = &found.settled {
            let row = &settled.row;
            if found.about.is_none() {
                fact("case-report-granted", row.granted_ore);
                fact("case-report-paid", row.paid_ore);
            }
            fact("case-report-final", row.final_ore);
            if row.claimed_ore.is_positive() {
                fact("case-report-claimed", row.claimed_ore);
                fact("case-report-left", settled.left);
                // A plan says its own days.
                if let Some(due) = row.due.filter(|_| settled.left.is_positive() && settled.plan.is_empty()) {
                    shown.facts.push((t("case-report-pay-by"), number::date(due, language)));
                }
            } else {
                fact("case-report-rest", row.rest_ore);
            }
            shown.plan = settled.plan.iter().map(|part| (number::date(part.due, language), number::money(part.amount))).collect();
            let plans = reader == Reader::Staff && settled.left.is_positive();
            shown.plan_at = plans.then(|| Link::new(format!("/arenden/{}/avbetalning", row.report_case_id), t("claims-plan")));
        }
        if let Some(about) = &found.about {
            let text = fluent::t(language, "case-report-about", &[("number", about.number.clone().into())]);
            shown.about = Some(Link::new(format!("{base}/{}", about.case), text));
        }
        Some(shown)
    }
}

fn line(duty: &Duty, today: NaiveDate, base: &str, language: Language) -> Line {
    let key = match (duty.row.done_at, &duty.report) {
        (Some(_), _) => "case-report-done",
        (None, Some(_)) if duty.claimed => "case-report-tried",
        (None, Some(_)) => "case-report-come",
        (None, None) if duty.last_day < today => "case-report-overdue",
        (None, None) => "case-report-due",
    };
    let args = [("title", duty.title.get(language).to_owned().into()), ("day", number::date(duty.last_day, language).into())];
    Line {
        text: fluent::t(language, key, &args),
        href: duty.report.as_ref().map_or_else(String::new, |(case, _)| format!("{base}/{case}")),
    }
}
