//! A whole round: a pot, what is set aside, the cases' own sums, and the rest shared by what was measured.

use std::collections::BTreeMap;

use rhai::{Dynamic, Engine, INT, NativeCallContext};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::super::errors::Fault;
use super::super::parameters::{Kind, Parameter};
use super::super::reads::Hook;
use super::super::texts::Placeholder;
use super::values::unknown;
use super::words::{Figure, Figures, paragraph};
use super::{Answer, Host, to_money};
use crate::domain::Localized;
use crate::domain::Money;
use crate::domain::allocation::{self, AllocationError};
use crate::domain::calculation::{Row, RowKind};

/// A case of a round: what its own rules say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The case.
    pub id: String,
    /// Its place among the others, different for all: the order in which they were received. Settles what is equal.
    pub order: u64,
    /// What its own rows sum to.
    pub own: Money,
    /// What was measured; `None` for what is not known.
    pub measures: BTreeMap<String, Option<Decimal>>,
    /// Whether its requirements are met.
    pub takes_part: bool,
}

/// A round that is being shared.
#[derive(Debug, Default)]
pub struct Sharing {
    /// The cases that take part, in their order.
    entries: Vec<Entry>,
    /// What is still to be shared.
    left: Option<Money>,
    /// What a case may get at most of the rest.
    most: Option<Money>,
    /// What each case gets in the end, beside its own sum.
    pub parts: Vec<Money>,
    /// Whether the rest has been shared.
    shared: bool,
}

/// The round as scripts see it.
#[derive(Clone)]
pub struct Round(pub Host);

impl Sharing {
    /// Of cases in any order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.retain(|entry| entry.takes_part);
        entries.sort_by_key(|entry| entry.order);
        Self { parts: vec![Money::ZERO; entries.len()], entries, ..Self::default() }
    }

    /// Each case that takes part and its part.
    pub fn given(&self) -> impl Iterator<Item = (&str, Money)> {
        self.entries.iter().map(|entry| entry.id.as_str()).zip(self.parts.iter().copied())
    }

    /// What nobody got.
    pub fn left(&self) -> Money {
        self.left.unwrap_or_default()
    }

    fn own(&self) -> Answer<Money> {
        Money::sum(self.entries.iter().map(|entry| entry.own)).map_err(|_| super::too_large().into())
    }
}

/// Registers the operations.
pub fn register(engine: &mut Engine) {
    engine
        .register_type_with_name::<Round>("Round")
        .register_get("cases", |round: &mut Round| -> Answer<INT> {
            round.0.sharing(|sharing| INT::try_from(sharing.entries.len()).map_err(|_| super::too_large().into()))
        })
        .register_get("fixed", |round: &mut Round| -> Answer<Dynamic> {
            round.0.sharing(|sharing| Ok(super::values::of_money(sharing.own()?)))
        })
        .register_fn("measured", |round: &mut Round, measure: &str| measured(&round.0, measure))
        .register_fn("pot", |context: NativeCallContext, amount: &str| pot(&Host::of(&context)?, amount))
        .register_fn("reserve", |context: NativeCallContext, amount: &str| reserve(&Host::of(&context)?, amount))
        .register_fn("fixed_part", |context: NativeCallContext, id: &str, rule: &str| fixed_part(&Host::of(&context)?, id, rule))
        .register_fn("at_most_each", |context: NativeCallContext, amount: &str| {
            let host = Host::of(&context)?;
            let (_, most) = host.number(amount)?;
            let most = to_money(most)?;
            host.sharing(|sharing| {
                sharing.most = Some(most);
                Ok(())
            })
        })
        .register_fn("share_by", |context: NativeCallContext, id: &str, measure: &str| share_by(&Host::of(&context)?, id, measure, KRONA))
        .register_fn("share_by", |context: NativeCallContext, id: &str, measure: &str, unit: &str| {
            share_by(&Host::of(&context)?, id, measure, if unit == "ore" { 1 } else { KRONA })
        });
}

/// A krona in öre.
const KRONA: i64 = 100;

impl Host {
    /// Works on the round, in the hook that has one.
    fn sharing<T>(&self, work: impl FnOnce(&mut Sharing) -> Answer<T>) -> Answer<T> {
        self.only_in("allocate", &[Hook::Allocate])?;
        let mut state = self.state();
        match state.sharing.as_mut() {
            Some(sharing) => work(sharing),
            None => Err(Fault::new(
                "no_round",
                ("Det finns ingen omgång att fördela.", "There is no round to share."),
                ("Använd operationen i allocate.", "Use the operation in allocate."),
            )
            .into()),
        }
    }

    fn round_row(&self, id: &str, kind: RowKind, value: Money, figures: Figures, parameter: Option<(&str, &Parameter)>) {
        let words = self.words(id, &figures, false);
        let figure =
            |wanted: Placeholder| figures.iter().find(|(placeholder, _)| *placeholder == wanted).and_then(|(_, figure)| figure.decimal());
        let row = Row {
            id: id.to_owned(),
            kind,
            text: words.text,
            quantity: figure(Placeholder::Quantity),
            rate: figure(Placeholder::Rate),
            value: value.kronor().normalize(),
            unit: super::rows::KRONOR.to_owned(),
            paragraph: paragraph(words.paragraph, parameter.map(|(_, parameter)| parameter)),
            refs: parameter.map(|(id, _)| format!("parameter:{id}")).into_iter().collect(),
            reason: None,
        };
        self.state().rows.push(row);
    }

    /// Writes what nobody got, and says so when the hook forgot to begin.
    pub fn close_round(&self) -> Answer<()> {
        let left = self.sharing(|sharing| sharing.left.ok_or_else(|| pot_first().into()))?;
        self.round_row("left_over", RowKind::Total, left, amounts(left), None);
        Ok(())
    }
}

fn amounts(value: Money) -> Figures {
    vec![(Placeholder::Amount, Figure::Kronor(value.kronor())), (Placeholder::Value, Figure::Kronor(value.kronor()))]
}

fn pot_first() -> Fault {
    Fault::new(
        "pot_first",
        ("Det sägs inte vad som ska fördelas.", "It is not said what is to be shared."),
        ("Skriv pot(\"pott\") först i allocate.", "Write pot(\"pott\") first in allocate."),
    )
}

fn take(sharing: &mut Sharing, amount: Money) -> Answer<Money> {
    let left = sharing.left.ok_or_else(pot_first)?;
    let rest = left.checked_sub(amount).filter(|rest| !rest.is_negative()).ok_or_else(|| {
        Fault::new(
            "pot_too_small",
            (
                format!("Potten räcker inte: {left} kr ska räcka till {amount} kr."),
                format!("The pot is too small: {left} kr for {amount} kr."),
            ),
            (
                "Höj potten, sänk det som går av först, eller skriv fixed_part(…, \"pro_rata\").",
                "Raise the pot, lower what comes first, or write fixed_part(…, \"pro_rata\").",
            ),
        )
    })?;
    sharing.left = Some(rest);
    Ok(rest)
}

fn pot(host: &Host, id: &str) -> Answer<()> {
    let (parameter, amount) = host.number(id)?;
    let amount = to_money(amount)?;
    host.sharing(|sharing| {
        if sharing.left.is_some() {
            return Err(Fault::new(
                "pot_twice",
                ("Potten står två gånger.", "The pot stands twice."),
                ("En omgång har en pott.", "A round has one pot."),
            )
            .into());
        }
        sharing.left = Some(amount);
        Ok(())
    })?;
    host.round_row(id, RowKind::Factor, amount, amounts(amount), Some((id, parameter)));
    Ok(())
}

/// Sets aside for appeals: an amount, or a share of the pot in whole kronor.
fn reserve(host: &Host, id: &str) -> Answer<()> {
    let (parameter, value) = host.number(id)?;
    let left = host.sharing(|sharing| sharing.left.ok_or_else(|| pot_first().into()))?;
    let amount = match parameter.kind {
        Kind::Percent => {
            let share = left.kronor().checked_mul(value).ok_or_else(super::too_large)?;
            to_money(share.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))?
        }
        _ => to_money(value)?,
    };
    host.sharing(|sharing| take(sharing, amount))?;
    let mut figures = amounts(amount);
    figures.push((Placeholder::Quantity, Figure::Kronor(left.kronor())));
    if parameter.kind == Kind::Percent {
        figures.push((Placeholder::Percent, Figure::Share(value)));
    }
    host.round_row(id, RowKind::Deduction, negative(amount)?, figures, Some((id, parameter)));
    Ok(())
}

/// Lets every case keep its own sum; where that is too much, all of them are scaled or a person has to decide.
fn fixed_part(host: &Host, id: &str, rule: &str) -> Answer<()> {
    let taken = host.sharing(|sharing| {
        let (own, left) = (sharing.own()?, sharing.left.ok_or_else(pot_first)?);
        if own <= left || rule != "pro_rata" {
            take(sharing, own)?;
            return Ok(own);
        }
        let weights: Vec<Decimal> = sharing.entries.iter().map(|entry| entry.own.kronor()).collect();
        let scaled = shared(sharing, left, &weights, None, KRONA)?;
        for ((part, scaled), entry) in sharing.parts.iter_mut().zip(&scaled).zip(&sharing.entries) {
            *part = scaled.checked_sub(entry.own).ok_or_else(super::too_large)?;
        }
        let taken = Money::sum(scaled).map_err(|_| super::too_large())?;
        take(sharing, taken)?;
        Ok(taken)
    })?;
    host.round_row(id, RowKind::Deduction, negative(taken)?, amounts(taken), None);
    Ok(())
}

/// Shares what is left by what was measured; the parts sum to it, to the krona.
fn share_by(host: &Host, id: &str, measure: &str, unit: i64) -> Answer<()> {
    let (given, whole) = host.sharing(|sharing| {
        if std::mem::replace(&mut sharing.shared, true) {
            return Err(Fault::new(
                "shared_twice",
                ("Resten fördelas två gånger.", "The rest is shared twice."),
                ("Skriv share_by en gång.", "Write share_by once."),
            )
            .into());
        }
        let left = sharing.left.ok_or_else(pot_first)?;
        let weights = sharing.entries.iter().map(|entry| weight(entry, measure)).collect::<Answer<Vec<Decimal>>>()?;
        let most = sharing.most;
        let parts = shared(sharing, left, &weights, most, unit)?;
        for (part, more) in sharing.parts.iter_mut().zip(&parts) {
            *part = part.checked_add(*more).ok_or_else(super::too_large)?;
        }
        let given = Money::sum(parts).map_err(|_| super::too_large())?;
        take(sharing, given)?;
        let whole = weights.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight)).ok_or_else(super::too_large)?;
        Ok((given, whole))
    })?;
    let mut figures = amounts(given);
    figures.push((Placeholder::Quantity, Figure::Number(whole)));
    if let Some(each) = given.kronor().checked_div(whole) {
        figures.push((Placeholder::Rate, Figure::Kronor(each.round_dp(6))));
    }
    host.round_row(id, RowKind::Deduction, negative(given)?, figures, None);
    Ok(())
}

fn weight(entry: &Entry, measure: &str) -> Answer<Decimal> {
    entry.measures.get(measure).copied().flatten().ok_or_else(|| {
        Fault::new(
            "measure_unknown",
            (
                format!("Ärendet {} har inget värde på ”{measure}”, och ingen andel kan räknas ut förrän det har det.", entry.id),
                format!("The case {} has no value of \"{measure}\", and no share can be reckoned before it has.", entry.id),
            ),
            (
                "Låt en handläggare komplettera ärendet, och fördela sedan potten igen.",
                "Let an officer complete the case, then share the pot again.",
            ),
        )
        .into()
    })
}

/// Shares an amount in whole units of so many öre.
fn shared(sharing: &Sharing, amount: Money, weights: &[Decimal], most: Option<Money>, unit: i64) -> Answer<Vec<Money>> {
    let units = |amount: Money| u64::try_from(amount.ore() / unit).map_err(|_| super::too_large());
    let order: Vec<u64> = sharing.entries.iter().map(|entry| entry.order).collect();
    let most = most.map(units).transpose()?;
    let parts = allocation::share(units(amount)?, weights, &order, most).map_err(|error| match error {
        AllocationError::TooLarge => super::too_large(),
        AllocationError::Negative(at) => Fault::new(
            "negative_number",
            (
                format!("Ärendet {} har ett värde under noll.", sharing.entries.get(at).map_or("", |entry| entry.id.as_str())),
                format!("The case {} has a value below zero.", sharing.entries.get(at).map_or("", |entry| entry.id.as_str())),
            ),
            ("Skriv max(0, …) i measure.", "Write max(0, …) in measure."),
        ),
    })?;
    let money = |part: u64| part.to_i64().and_then(|part| part.checked_mul(unit)).map(Money::from_ore);
    parts.into_iter().map(|part| money(part).ok_or_else(|| super::too_large().into())).collect()
}

fn negative(amount: Money) -> Answer<Money> {
    Money::ZERO.checked_sub(amount).ok_or_else(|| super::too_large().into())
}

fn measured(host: &Host, measure: &str) -> Answer<Dynamic> {
    host.sharing(|sharing| {
        let mut sum = Decimal::ZERO;
        for entry in &sharing.entries {
            match entry.measures.get(measure).copied().flatten() {
                Some(value) => sum = sum.checked_add(value).ok_or_else(super::too_large)?,
                None => return Ok(unknown(format!("measure:{}/{measure}", entry.id))),
            }
        }
        Ok(Dynamic::from_decimal(sum.normalize()))
    })
}

/// The host's own words for a round.
pub fn builtin(id: &str) -> Option<Localized> {
    (id == "left_over").then(|| Localized::both("Ofördelat", "Not shared out"))
}
