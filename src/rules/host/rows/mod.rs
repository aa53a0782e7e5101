//! The calculation: rows in call order, exact, with the words a decision needs.

mod bounds;
mod many;
mod payouts;
mod rounding;
mod simple;

use rhai::{Dynamic, Engine, NativeCallContext};
use rust_decimal::Decimal;

use super::super::errors::Fault;
use super::super::parameters::Parameter;
use super::super::reads::Hook;
use super::super::texts::Placeholder;
use super::values::{Number, number};
use super::words::{Figure, Figures, paragraph};
use super::{Answer, Host};
use crate::domain::Localized;
use crate::domain::calculation::{CheckStatus, Row, RowKind};

pub(super) use bounds::in_band;
pub(super) use many::steps_of;
pub(super) use payouts::Planned;

/// What kronor are called in a row.
pub(super) const KRONOR: &str = "kr";

/// Registers the operations on rows.
pub fn register(engine: &mut Engine) {
    simple::register(engine);
    many::register(engine);
    bounds::register(engine);
    rounding::register(engine);
    payouts::register(engine);
    engine.register_fn("total", |context: NativeCallContext| Host::of(&context)?.sum().map(|sum| sum.normalize())).register_fn(
        "to",
        |context: NativeCallContext, route: &str| {
            let host = Host::of(&context)?;
            host.only_in("to", &[Hook::Route])?;
            host.state().route = Some(route.to_owned());
            Ok::<_, Box<rhai::EvalAltResult>>(())
        },
    );
}

/// A row before its words.
pub(super) struct Draft<'p> {
    pub kind: RowKind,
    pub quantity: Option<Decimal>,
    pub rate: Option<Decimal>,
    pub value: Decimal,
    pub unit: String,
    pub refs: Vec<String>,
    pub parameter: Option<&'p Parameter>,
}

impl Draft<'_> {
    pub(super) fn amount(kind: RowKind, value: Decimal) -> Self {
        Draft { kind, quantity: None, rate: None, value, unit: KRONOR.to_owned(), refs: Vec::new(), parameter: None }
    }
}

impl Host {
    pub(super) fn put(&self, operation: &str, id: &str, draft: Draft<'_>, figures: &Figures) -> Answer<()> {
        self.put_as(operation, id, id, draft, figures)
    }

    /// Puts a row whose words stand under another id, as the rows of one operation do.
    pub(super) fn put_as(&self, operation: &str, id: &str, words: &str, draft: Draft<'_>, figures: &Figures) -> Answer<()> {
        self.only_in(operation, &[Hook::Calculate])?;
        let reduces = draft.kind.adds() && draft.value.is_sign_negative() && !draft.value.is_zero();
        let words = self.words(words, figures, reduces);
        let row = Row {
            id: id.to_owned(),
            kind: draft.kind,
            text: words.text,
            quantity: draft.quantity.map(|quantity| quantity.normalize()),
            rate: draft.rate.map(|rate| rate.normalize()),
            value: draft.value.normalize(),
            unit: draft.unit,
            paragraph: paragraph(words.paragraph, draft.parameter),
            refs: draft.refs,
            reason: words.motivation,
        };
        self.state().rows.push(row);
        Ok(())
    }

    /// Rounds to whole öre, takes back the sum where a requirement is not met, and writes the total.
    pub fn close(&self) -> Answer<()> {
        rounding::to_decimals(self, 2)?;
        let sum = self.sum()?;
        if sum.is_sign_negative() && !sum.is_zero() {
            return Err(Fault::new(
                "negative_total",
                (format!("Summan blir under noll ({sum} kr)."), format!("The sum falls below zero ({sum} kr).")),
                ("Begränsa avdraget: deduct(\"id\", min(total(), …)).", "Limit the deduction: deduct(\"id\", min(total(), …))."),
            )
            .into());
        }
        self.take_back(sum)?;
        let total = self.sum()?;
        self.put("total", "total", Draft::amount(RowKind::Total, total), &amounts(total))?;
        payouts::share_out(self, total)
    }

    /// A requirement that is not met brings the sum to nothing, by a row that cites what was not met.
    fn take_back(&self, sum: Decimal) -> Answer<()> {
        let (mut refs, mut reasons) = (Vec::new(), Vec::new());
        for check in self.state().checks.iter().filter(|check| check.status == CheckStatus::Fail) {
            refs.push(format!("check:{}", check.id));
            reasons.push(check.motivation.clone().unwrap_or_else(|| check.text.clone()));
        }
        if refs.is_empty() || sum.is_zero() {
            return Ok(());
        }
        let draft = Draft { refs, ..Draft::amount(RowKind::Deduction, -sum) };
        self.put("requirement_not_met", "requirement_not_met", draft, &amounts(sum))?;
        if let Some(row) = self.state().rows.last_mut() {
            row.reason = Some(joined(&reasons));
        }
        Ok(())
    }
}

fn joined(reasons: &[Localized]) -> Localized {
    let join = |texts: Vec<&str>| texts.join(" ");
    let sv = join(reasons.iter().map(|reason| reason.sv.as_str()).collect());
    let en =
        reasons.iter().all(|reason| reason.en.is_some()).then(|| join(reasons.iter().filter_map(|reason| reason.en.as_deref()).collect()));
    Localized { sv, en }
}

/// The number, or `None` after a check has said that it is not known.
fn known(host: &Host, operation: &str, id: &str, value: &Dynamic) -> Answer<Option<Decimal>> {
    match number(value)? {
        Number::Known(number) => Ok(Some(number)),
        Number::Unknown(missing) => host.unknown(operation, id, &missing).map(|()| None),
    }
}

fn amounts(value: Decimal) -> Figures {
    vec![(Placeholder::Amount, Figure::Kronor(value)), (Placeholder::Value, Figure::Kronor(value))]
}

fn times(a: Decimal, b: Decimal) -> Answer<Decimal> {
    a.checked_mul(b).ok_or_else(|| super::too_large().into())
}
