//! Deciding many cases in one sitting, each its own decision.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::domain::Money;
use crate::domain::localized::Language;
use crate::services::budgets;
use crate::text::number;
use crate::web::Page;
use crate::web::officer::words::say;
use crate::web::parts::{Choice, Link, State};

/// The batch. Its form sends `arende` = ids of the cases, `visad` = every row with its mark, `bekrafta=ja` and
/// `idempotency_key` by POST to `url`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/decide.html")]
pub struct DecidePage {
    /// The page around it.
    pub page: Page,
    /// The batches one may choose between: grant and period; value = the page's address query `omgang`.
    pub rounds: Vec<Choice>,
    /// One sentence: how many, how much, by which delegation and up to what amount.
    pub mandate: String,
    /// Where the form is sent; empty when the visitor may not decide.
    pub url: String,
    /// The round that is shown, for the form.
    pub round: String,
    /// Cases that may be decided now.
    pub ready: Vec<DecideRow>,
    /// Cases that are not in the batch.
    pub excluded: Vec<ExcludedRow>,
    /// The sum of those preselected.
    pub total: String,
    /// How many are preselected.
    pub selected: usize,
    /// The budget, when there is one.
    pub budget: Option<Budget>,
    /// How many cases are hidden from this delegate for conflict of interest.
    pub conflicts: usize,
    /// Where the rest of the batch is, when it is long.
    pub next: Option<String>,
    /// How long a decision can be taken back before the letter leaves, as `30 minuter`.
    pub undo: String,
    /// Cases that were chosen and left out: each with why.
    pub left_out: Vec<LeftOut>,
    /// What is wrong with the confirmation, after a form came back.
    pub confirm_error: Option<String>,
}

/// A case that was chosen and left out of the decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Its page, called by the diary number.
    pub link: Link,
    /// The applicant.
    pub association: String,
    /// What has happened to it.
    pub why: String,
}

/// A case that may be decided now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecideRow {
    /// The case's id, what the form sends.
    pub id: String,
    /// Its page.
    pub href: String,
    /// The row with its mark, what the form sends of every row that is shown.
    pub shown: String,
    /// As `KFN 2026/123`.
    pub diary_number: String,
    /// The association.
    pub association: String,
    /// Paid marks; empty where attendance does not count.
    pub marks: String,
    /// What the decision will be: `Bifall`, `Delvis bifall`, `Avslag`.
    pub outcome: State,
    /// Why, when it is not granted in full.
    pub why: String,
    /// The amount.
    pub amount: String,
    /// The amount in öre, for the sum that follows the ticks.
    pub ore: i64,
    /// Against last year, as `+4 %`; empty when there was none.
    pub change: String,
    /// What the checks say: `Utan anmärkning`, or the remark.
    pub check: State,
    /// Ticked from the start: only grants without remarks.
    pub selected: bool,
}

/// A case that is not in the batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExcludedRow {
    /// Its page.
    pub href: String,
    /// As `KFN 2026/118`.
    pub diary_number: String,
    /// The association.
    pub association: String,
    /// The amount so far.
    pub amount: String,
    /// Why it is left out, as `41 krockar väntar på svar`.
    pub reason: String,
    /// Where it stands.
    pub state: State,
}

/// The budget: decided, this batch, left. Shares are per mille of the whole and sum to 1000 at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// The heading, as `Budget 2026`.
    pub title: String,
    /// The whole, in words for those who do not see the bar.
    pub description: String,
    /// Decided before, written out.
    pub decided: String,
    /// This batch, written out.
    pub batch: String,
    /// Left, written out.
    pub left: String,
    /// Decided before, per mille of the budget.
    pub decided_share: u16,
    /// This batch, per mille of the budget.
    pub batch_share: u16,
    /// Whether what is chosen is more than what is left.
    pub overdrawn: bool,
    /// What is left before the batch, in öre, for the figures that follow the ticks.
    pub left_ore: i64,
}

impl Budget {
    /// A year's budget beside what is chosen from the start. The bar counts the rest, in per mille.
    fn of(budget: &budgets::Year, chosen: Money, language: Language) -> Self {
        let before = Money::from_ore(budget.amount.ore().saturating_sub(budget.used.ore()));
        let left = Money::from_ore(before.ore().saturating_sub(chosen.ore()));
        let share = |part: Money| {
            let whole = budget.amount.ore().max(1);
            u16::try_from((part.ore().saturating_mul(1000) / whole).clamp(0, 1000)).unwrap_or(1000)
        };
        let title = say(language, "decide-budget-title", &[("year", &budget.year.to_string())]);
        let figures = [("amount", budget.amount), ("used", budget.used), ("chosen", chosen), ("left", left)];
        let figures = figures.map(|(name, money)| (name, number::money(money)));
        let description = say(language, "decide-budget-words", &figures.each_ref().map(|(name, text)| (*name, text.as_str())));
        Self {
            title,
            description,
            decided: number::money(budget.used),
            batch: number::money(chosen),
            left: number::money(left),
            decided_share: share(budget.used),
            batch_share: share(chosen),
            overdrawn: left.is_negative(),
            left_ore: before.ore(),
        }
    }

    /// Where the bar's last part begins.
    fn left_from(&self) -> u16 {
        self.decided_share.saturating_add(self.batch_share).min(1000)
    }

    fn left_share(&self) -> u16 {
        1000 - self.left_from()
    }
}
