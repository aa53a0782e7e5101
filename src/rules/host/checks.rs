//! Requirements: they never stop a run, so that the applicant sees all of them at once.

use rhai::{Dynamic, Engine, NativeCallContext};
use rust_decimal::Decimal;

use super::super::errors::{Fault, kind};
use super::super::parameters::{Parameter, Value};
use super::super::reads::Hook;
use super::super::texts::Placeholder;
use super::applicant::{approved, granted};
use super::values::{Day, Number, Unknown, number, on_value, on_value_and_name};
use super::words::{Figure, Figures, paragraph};
use super::{Answer, Host, wrong_kind};
use crate::domain::calculation::{Check, CheckStatus};

const HOOKS: &[Hook] = &[Hook::Eligible, Hook::Validate, Hook::Calculate];

/// Registers the requirements.
pub fn register(engine: &mut Engine) {
    on_value_and_name(engine, "require_at_least", |host, id, value, limit| {
        require_limit(host, "require_at_least", id, value, limit, |order| order.is_ge())
    });
    on_value_and_name(engine, "require_at_most", |host, id, value, limit| {
        require_limit(host, "require_at_most", id, value, limit, |order| order.is_le())
    });
    on_value(engine, "require", |host, id, holds| {
        let status = status(holds, CheckStatus::Ok, CheckStatus::Fail)?;
        host.check("require", id, status, &Vec::new(), None)
    });
    on_value(engine, "warn_if", |host, id, holds| {
        let status = status(holds, CheckStatus::Soft, CheckStatus::Ok)?;
        host.check("warn_if", id, status, &Vec::new(), None)
    });
    on_value(engine, "dismiss_if", |host, id, holds| {
        let status = status(holds, CheckStatus::Fail, CheckStatus::Ok)?;
        host.check("dismiss_if", id, status, &Vec::new(), None)?;
        if status == CheckStatus::Fail {
            host.state().dismissed.push(id.to_owned());
        }
        Ok(())
    });
    engine
        .register_fn("require_granted", |context: NativeCallContext, id: &str, grant: &str, period: &str| {
            require_grant(&Host::of(&context)?, "require_granted", id, grant, period)
        })
        .register_fn("require_not_granted", |context: NativeCallContext, id: &str, grant: &str, period: &str| {
            require_grant(&Host::of(&context)?, "require_not_granted", id, grant, period)
        })
        .register_fn("require_approved", |context: NativeCallContext, id: &str| {
            let host = Host::of(&context)?;
            let status = if approved(&host, id) { CheckStatus::Ok } else { CheckStatus::Fail };
            host.check("require_approved", id, status, &Vec::new(), None)
        });
}

impl Host {
    /// Puts a check.
    pub(super) fn check(
        &self,
        operation: &str,
        id: &str,
        status: CheckStatus,
        figures: &Figures,
        parameter: Option<&Parameter>,
    ) -> Answer<()> {
        self.only_in(operation, HOOKS)?;
        let words = self.words(id, figures, status != CheckStatus::Ok);
        let check = Check {
            id: id.to_owned(),
            status,
            text: words.text,
            motivation: words.motivation,
            paragraph: paragraph(words.paragraph, parameter),
            field: words.field,
        };
        self.state().checks.push(check);
        Ok(())
    }

    /// Puts a check that something is not known; a row that needs it is left out and an officer decides.
    pub(super) fn unknown(&self, operation: &str, id: &str, missing: &Unknown) -> Answer<()> {
        self.check(operation, id, CheckStatus::Unknown, &Vec::new(), None)?;
        if let Some(check) = self.state().checks.last_mut()
            && check.field.is_none()
        {
            check.field = missing.what.strip_prefix("answer:").map(str::to_owned);
        }
        Ok(())
    }
}

fn require_limit(
    host: &Host,
    operation: &str,
    id: &str,
    value: &Dynamic,
    limit_id: &str,
    holds: impl Fn(std::cmp::Ordering) -> bool,
) -> Answer<()> {
    let (parameter, limit) = host.value(limit_id)?;
    let limit_figure = (Placeholder::Limit, Figure::of(limit));
    if let Value::Date(limit) = limit {
        let Some(day) = value.read_lock::<Day>() else {
            return unknown_or(host, operation, id, value, wrong_kind(limit_id, parameter));
        };
        let status = if holds(day.0.cmp(limit)) { CheckStatus::Ok } else { CheckStatus::Fail };
        return host.check(operation, id, status, &vec![(Placeholder::Value, Figure::Day(day.0)), limit_figure], Some(parameter));
    }
    let limit = limit.number().ok_or_else(|| wrong_kind(limit_id, parameter))?;
    match number(value)? {
        Number::Unknown(missing) => host.unknown(operation, id, &missing),
        Number::Known(value) => {
            let status = if holds(value.cmp(&limit)) { CheckStatus::Ok } else { CheckStatus::Fail };
            let figures = vec![(Placeholder::Value, Figure::like(parameter.kind, value)), limit_figure];
            host.check(operation, id, status, &figures, Some(parameter))
        }
    }
}

/// Another grant that must, or must not, have been given.
fn require_grant(host: &Host, operation: &str, id: &str, grant: &str, period: &str) -> Answer<()> {
    let amount = granted(host, grant, period)?;
    let wanted = operation == "require_granted";
    let status = if amount.is_positive() == wanted { CheckStatus::Ok } else { CheckStatus::Fail };
    host.check(operation, id, status, &vec![(Placeholder::Value, Figure::Kronor(amount.kronor()))], None)
}

fn unknown_or(host: &Host, operation: &str, id: &str, value: &Dynamic, otherwise: Fault) -> Answer<()> {
    match value.read_lock::<Unknown>() {
        Some(missing) => host.unknown(operation, id, &missing.clone()),
        None => Err(otherwise.into()),
    }
}

fn status(holds: &Dynamic, when_true: CheckStatus, when_false: CheckStatus) -> Answer<CheckStatus> {
    if holds.is::<Unknown>() {
        return Ok(CheckStatus::Unknown);
    }
    match holds.as_bool() {
        Ok(true) => Ok(when_true),
        Ok(false) => Ok(when_false),
        Err(got) => Err(Fault::new(
            "condition_expected",
            (format!("Här behövs ett villkor, men det står {}.", kind(got)), format!("A condition is needed here, not {got}.")),
            (
                "Skriv till exempel yes(…), answered(…) eller en jämförelse med ==, < eller >.",
                "Write for example yes(…), answered(…) or a comparison by ==, < or >.",
            ),
        )
        .into()),
    }
}

/// Whether a number may be the quantity or amount of a row.
pub(super) fn not_negative(number: Decimal) -> Answer<Decimal> {
    if number.is_sign_negative() && !number.is_zero() {
        return Err(Fault::new(
            "negative_number",
            ("Talet är under noll.", "The number is below zero."),
            (
                "Skriv avdrag med deduct(…); begränsa med max(0, …) där det behövs.",
                "Write deductions with deduct(…); use max(0, …) where needed.",
            ),
        )
        .into());
    }
    Ok(number)
}
