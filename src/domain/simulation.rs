//! A changed rule laid beside the one in force over a whole round: who gains, who loses, and how the differences spread.

use serde::Serialize;

use super::Money;
use super::money::MoneyError;

/// Whether something is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Money, or the approval, is granted.
    Granted,
    /// It is refused or dismissed.
    Refused,
}

/// What a case comes to under a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Worth {
    /// The sum.
    pub amount_ore: Money,
    /// Whether it is granted.
    pub standing: Standing,
}

/// A case under the rule in force and under the changed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// In force.
    pub before: Worth,
    /// Changed.
    pub after: Worth,
}

/// What a change means to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// More money.
    Wins,
    /// Less money.
    Loses,
    /// The same money.
    Same,
}

impl Pair {
    /// How much more, below zero when less.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn difference(&self) -> Result<Money, MoneyError> {
        self.after.amount_ore.checked_sub(self.before.amount_ore).ok_or(MoneyError::Overflow)
    }

    /// More, less or the same money.
    #[must_use]
    pub fn effect(&self) -> Effect {
        match self.after.amount_ore.cmp(&self.before.amount_ore) {
            std::cmp::Ordering::Greater => Effect::Wins,
            std::cmp::Ordering::Less => Effect::Loses,
            std::cmp::Ordering::Equal => Effect::Same,
        }
    }

    /// Refused now, granted before.
    #[must_use]
    pub fn newly_refused(&self) -> bool {
        (self.before.standing, self.after.standing) == (Standing::Granted, Standing::Refused)
    }

    /// Granted now, refused before.
    #[must_use]
    pub fn newly_granted(&self) -> bool {
        (self.before.standing, self.after.standing) == (Standing::Refused, Standing::Granted)
    }
}

/// A change over many cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Cases.
    pub cases: usize,
    /// Who get more.
    pub winners: usize,
    /// Who get less.
    pub losers: usize,
    /// Who get the same.
    pub unchanged: usize,
    /// What the winners gain together.
    pub won_ore: Money,
    /// What the losers lose together; not above zero.
    pub lost_ore: Money,
    /// The sum in force.
    pub before_ore: Money,
    /// The changed sum.
    pub after_ore: Money,
    /// The changed sum less the one in force.
    pub difference_ore: Money,
    /// Refused now, granted before.
    pub newly_refused: usize,
    /// Granted now, refused before.
    pub newly_granted: usize,
}

/// Sums up a change.
///
/// # Errors
/// When a sum does not fit.
pub fn summarize<'p>(pairs: impl IntoIterator<Item = &'p Pair>) -> Result<Summary, MoneyError> {
    let add = |sum: &mut Money, amount: Money| sum.checked_add(amount).map(|total| *sum = total).ok_or(MoneyError::Overflow);
    let mut summary = Summary::default();
    for pair in pairs {
        let difference = pair.difference()?;
        summary.cases += 1;
        match pair.effect() {
            Effect::Wins => {
                summary.winners += 1;
                add(&mut summary.won_ore, difference)?;
            }
            Effect::Loses => {
                summary.losers += 1;
                add(&mut summary.lost_ore, difference)?;
            }
            Effect::Same => summary.unchanged += 1,
        }
        add(&mut summary.before_ore, pair.before.amount_ore)?;
        add(&mut summary.after_ore, pair.after.amount_ore)?;
        add(&mut summary.difference_ore, difference)?;
        summary.newly_refused += usize::from(pair.newly_refused());
        summary.newly_granted += usize::from(pair.newly_granted());
    }
    Ok(summary)
}

/// A budget before and after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BudgetEffect {
    /// Whose money: the committee.
    pub unit: String,
    /// The budget year.
    pub year: i64,
    /// What may be granted; none where no budget is set.
    pub amount_ore: Option<Money>,
    /// What other decisions have taken of it.
    pub elsewhere_ore: Money,
    /// What the round's cases take in force.
    pub before_ore: Money,
    /// What they take after the change.
    pub after_ore: Money,
}

impl BudgetEffect {
    /// What is left after the change, below zero when it does not suffice; none where no budget is set.
    ///
    /// # Errors
    /// When a sum does not fit.
    pub fn left(&self) -> Result<Option<Money>, MoneyError> {
        let Some(amount) = self.amount_ore else { return Ok(None) };
        let taken = self.elsewhere_ore.checked_add(self.after_ore).ok_or(MoneyError::Overflow)?;
        amount.checked_sub(taken).map(Some).ok_or(MoneyError::Overflow)
    }
}

/// Differences of a size: above `over` and up to `to`, both taken from zero outwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// The bound nearest zero, not in the bar.
    pub over_ore: Money,
    /// The bound farthest from zero, in the bar.
    pub to_ore: Money,
    /// How many.
    pub count: usize,
}

/// How differences spread: bars of one width on both sides of those that are zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Histogram {
    /// The width of a bar.
    pub width_ore: Money,
    /// Losses, the smallest first.
    pub losses: Vec<Bar>,
    /// No difference.
    pub same: usize,
    /// Gains, the smallest first.
    pub gains: Vec<Bar>,
}

/// Counts differences in bars a whole 1, 2 or 5 times a power of ten kronor wide, as narrow as `most` bars allow (two at
/// the least: one a side).
#[must_use]
pub fn histogram(differences: &[Money], most: u64) -> Histogram {
    let farthest = |side: &dyn Fn(i64) -> bool| {
        differences.iter().map(|difference| difference.ore()).filter(|ore| side(*ore)).map(i64::unsigned_abs).max().unwrap_or_default()
    };
    let (loss, gain) = (farthest(&|ore| ore < 0), farthest(&|ore| ore > 0));
    let width = widths().find(|width| loss.div_ceil(*width) + gain.div_ceil(*width) <= most.max(2)).unwrap_or(u64::MAX);
    let bars = |farthest: u64, sign: i64| {
        let bound = |bars: u64| Money::from_ore(sign.saturating_mul(i64::try_from(bars.saturating_mul(width)).unwrap_or(i64::MAX)));
        let on_this_side = || differences.iter().map(|difference| difference.ore()).filter(|ore| ore.signum() == sign);
        (0..farthest.div_ceil(width))
            .map(|bar| Bar {
                over_ore: bound(bar),
                to_ore: bound(bar + 1),
                count: on_this_side().filter(|ore| (ore.unsigned_abs() - 1) / width == bar).count(),
            })
            .collect()
    };
    Histogram {
        width_ore: Money::from_ore(i64::try_from(width).unwrap_or(i64::MAX)),
        losses: bars(loss, -1),
        same: differences.iter().filter(|difference| **difference == Money::ZERO).count(),
        gains: bars(gain, 1),
    }
}

/// 1, 2, 5, 10, 20, 50 … kronor, in öre.
fn widths() -> impl Iterator<Item = u64> {
    (2..19).flat_map(|power| [1, 2, 5].map(|times| times * 10_u64.pow(power)))
}
