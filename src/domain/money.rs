//! Money as whole öre.

use std::fmt;
use std::iter::Sum;

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// An amount in öre (1/100 krona). Arithmetic is checked: an overflow is an error, never a wrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// An amount that does not fit, or that is not a whole number of öre where one is demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The amount is outside what 64-bit öre can hold.
    #[error("the amount is too large")]
    Overflow,
    /// The amount has parts of an öre.
    #[error("the amount has parts of an öre")]
    Fraction,
    /// The text is not an amount.
    #[error("not an amount")]
    NotANumber,
}

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// An amount from whole öre.
    #[must_use]
    pub const fn from_ore(ore: i64) -> Self {
        Self(ore)
    }

    /// An amount from whole kronor.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when the öre do not fit.
    pub fn from_kronor(kronor: i64) -> Result<Self, MoneyError> {
        kronor.checked_mul(100).map(Self).ok_or(MoneyError::Overflow)
    }

    /// The amount in whole öre.
    #[must_use]
    pub const fn ore(self) -> i64 {
        self.0
    }

    /// The amount in kronor, exactly (scale 2).
    #[must_use]
    pub fn kronor(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// An amount of kronor that must be a whole number of öre.
    ///
    /// # Errors
    /// [`MoneyError::Fraction`] when parts of an öre would be lost, [`MoneyError::Overflow`] when it does not fit.
    pub fn exact(kronor: Decimal) -> Result<Self, MoneyError> {
        let ore = kronor.checked_mul(Decimal::ONE_HUNDRED).ok_or(MoneyError::Overflow)?;
        if ore.fract().is_zero() { ore.to_i64().map(Self).ok_or(MoneyError::Overflow) } else { Err(MoneyError::Fraction) }
    }

    /// An amount of kronor rounded to the nearest öre, half away from zero.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn rounded(kronor: Decimal) -> Result<Self, MoneyError> {
        Self::exact(kronor.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The nearest whole krona, half away from zero.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn to_whole_krona(self) -> Result<Self, MoneyError> {
        Self::exact(self.kronor().round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
    }

    /// Sum of two amounts; `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference of two amounts; `None` on overflow.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether the amount is above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The sum of amounts.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::ZERO, |sum, amount| sum.checked_add(amount).ok_or(MoneyError::Overflow))
    }
}

/// Machine form: kronor with a point and two decimals (`12006.46`), as payment files and JSON want it.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.kronor())
    }
}

impl std::str::FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::exact(text.parse().map_err(|_| MoneyError::NotANumber)?)
    }
}

impl Sum for Money {
    /// Saturates instead of wrapping; use [`Money::sum`] where an overflow must be an error.
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        Self(iter.fold(0, |sum, amount| sum.saturating_add(amount.0)))
    }
}
