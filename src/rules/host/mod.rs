//! What a script can see and do. Rows and checks go to a sink in call order; nothing is returned in maps.

pub(super) mod applicant;
mod attendance;
mod checks;
mod numbers;
pub(super) mod round;
mod rows;
mod values;
mod words;

pub(super) use attendance::no_rates;
pub use values::UNKNOWN;
pub(super) use words::is_builtin;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use rhai::{Engine, EvalAltResult, NativeCallContext};
use rust_decimal::Decimal;

use super::compile::RuleSet;
use super::errors::Fault;
use super::evaluate::UsedParameter;
use super::parameters::{Basis, Dated, Parameter, Value};
use super::reads::Hook;
use super::trace::Tracer;
use crate::attendance::selection::{ByDate, Selection};
use crate::domain::Money;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::{AccountLine, Check, PayoutPart, Row};
use crate::domain::inputs::Inputs;

/// What the engine's functions give back.
pub(super) type Answer<T> = Result<T, Box<EvalAltResult>>;

/// One run: what the script may see and what it has said. Cheap to clone.
#[derive(Clone)]
pub struct Host(Arc<Run>);

struct Run {
    rules: RuleSet,
    inputs: Arc<Inputs>,
    attendance: Option<Arc<AttendanceData>>,
    state: Mutex<State>,
}

/// What a script has said so far.
#[derive(Default)]
pub struct State {
    /// The hook that runs; `None` inside a filter, where nothing may be said.
    pub hook: Option<Hook>,
    /// Checks in call order.
    pub checks: Vec<Check>,
    /// Rows in call order.
    pub rows: Vec<Row>,
    /// The account of the first selection that was counted.
    pub account: Option<Vec<AccountLine>>,
    /// That selection.
    pub shown: Option<Arc<Selection>>,
    /// Where the case is routed.
    pub route: Option<String>,
    /// Figures the round shares by; `None` for one that is not known.
    pub measures: BTreeMap<String, Option<Decimal>>,
    /// Parts to be paid at their own time, before the sum is known.
    planned: Vec<rows::Planned>,
    /// Those parts.
    pub payouts: Vec<PayoutPart>,
    /// The keys of reference tables that were looked up, whether they were there or not.
    pub looked_up: std::collections::BTreeSet<(String, String)>,
    /// The round that is being shared.
    pub sharing: Option<round::Sharing>,
    /// Failed checks by which the application is not to be tried.
    pub dismissed: Vec<String>,
    /// The parameters that were used, in the order they were.
    used: Vec<UsedParameter>,
    /// What was named, when the run is traced.
    pub tracer: Tracer,
}

/// Gives an engine the vocabulary. Both engines get it from here.
pub fn register(engine: &mut Engine) {
    numbers::register(engine);
    values::register(engine);
    applicant::register(engine);
    checks::register(engine);
    rows::register(engine);
    attendance::register(engine);
    round::register(engine);
}

impl Host {
    /// A run that has said nothing yet.
    pub fn new(rules: RuleSet, inputs: Arc<Inputs>, attendance: Option<Arc<AttendanceData>>) -> Self {
        Self(Arc::new(Run { rules, inputs, attendance, state: Mutex::default() }))
    }

    /// The run that a native function is called in.
    pub(super) fn of(context: &NativeCallContext<'_>) -> Answer<Self> {
        context.tag().and_then(|tag| tag.read_lock::<Self>().map(|host| host.clone())).ok_or_else(|| {
            Fault::new(
                "no_case",
                ("Det finns inget ärende att räkna på.", "There is no case to calculate."),
                ("Anropa operationen i en av reglerna.", "Call the operation in one of the rules."),
            )
            .into()
        })
    }

    /// The case.
    pub fn inputs(&self) -> &Arc<Inputs> {
        &self.0.inputs
    }

    /// The rules.
    pub(super) fn rules(&self) -> &RuleSet {
        &self.0.rules
    }

    fn marks(&self) -> Option<&Arc<AttendanceData>> {
        self.0.attendance.as_ref()
    }

    /// What has been said.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the tracer look.
    pub fn trace(&self, look: impl FnOnce(&mut Tracer)) {
        look(&mut self.state().tracer);
    }

    /// Begins a hook.
    pub fn begin(&self, hook: Hook) {
        self.state().hook = Some(hook);
    }

    /// Fails unless one of the hooks runs.
    fn only_in(&self, operation: &str, hooks: &[Hook]) -> Answer<()> {
        let running = self.state().hook;
        if running.is_some_and(|hook| hooks.contains(&hook)) {
            return Ok(());
        }
        let wanted = hooks.iter().map(|hook| hook.name()).collect::<Vec<_>>().join(", ");
        let place = running.map_or("filter", Hook::name);
        Err(Fault::new(
            "wrong_hook",
            (format!("”{operation}” går inte att använda i {place}."), format!("\"{operation}\" cannot be used in {place}.")),
            (format!("Flytta den till {wanted}."), format!("Move it to {wanted}.")),
        )
        .into())
    }

    /// The sum so far.
    pub fn sum(&self) -> Answer<Decimal> {
        let state = self.state();
        state
            .rows
            .iter()
            .filter(|row| row.kind.adds())
            .try_fold(Decimal::ZERO, |sum, row| sum.checked_add(row.value))
            .ok_or_else(|| too_large().into())
    }

    fn parameter(&self, id: &str) -> Answer<&Parameter> {
        self.0.rules.parameters().get(id).ok_or_else(|| {
            Fault {
                hint: crate::text::definition::did_you_mean(id, self.0.rules.parameters().iter().map(|(id, _)| id)),
                ..Fault::new(
                    "unknown_parameter",
                    (format!("Parametern ”{id}” finns inte."), format!("There is no parameter \"{id}\".")),
                    ("", ""),
                )
            }
            .into()
        })
    }

    /// A parameter's value for the case: by its basis, else on the period's last day.
    fn value(&self, id: &str) -> Answer<(&Parameter, &Value)> {
        let parameter = self.parameter(id)?;
        let date = parameter.basis.unwrap_or(Basis::PeriodEnd).date(&self.0.inputs);
        let dated = parameter.on(date).ok_or_else(|| no_value(id, date))?;
        self.note(id, parameter, dated);
        Ok((parameter, &dated.value))
    }

    /// A parameter's number for the case; a percentage as a share.
    fn number(&self, id: &str) -> Answer<(&Parameter, Decimal)> {
        let (parameter, value) = self.value(id)?;
        value.number().map(|number| (parameter, number)).ok_or_else(|| wrong_kind(id, parameter).into())
    }

    /// A parameter's values by the occasion's date, unless its basis says otherwise.
    fn by_date<T>(&self, id: &str, read: impl Fn(&Value) -> Option<T>) -> Answer<ByDate<T>> {
        let parameter = self.parameter(id)?;
        let read = |value: &Value| read(value).ok_or_else(|| Box::<EvalAltResult>::from(wrong_kind(id, parameter)));
        if parameter.basis.is_some() {
            return Ok(ByDate::always(read(self.value(id)?.1)?));
        }
        let covers = self.0.inputs.period.covers;
        let mut values = Vec::new();
        for (at, dated) in parameter.values.iter().enumerate() {
            let ends_before = parameter.values.get(at + 1).is_some_and(|next| next.from <= covers.from);
            if dated.from <= covers.to && !ends_before {
                self.note(id, parameter, dated);
            }
            values.push((dated.from, Some(read(&dated.value)?)));
            let next = parameter.values.get(at + 1).map(|next| next.from);
            let end = dated.until.and_then(|until| until.succ_opt()).filter(|end| next.is_none_or(|next| *end < next));
            values.extend(end.map(|end| (end, None)));
        }
        Ok(ByDate::with_ends(values))
    }

    fn note(&self, id: &str, parameter: &Parameter, dated: &Dated) {
        let mut state = self.state();
        if state.used.iter().any(|used| used.date == dated.from && used.id == id) {
            return;
        }
        let (value, paragraph) = (dated.shown.clone(), parameter.paragraph.clone());
        state.used.push(UsedParameter { id: id.to_owned(), date: dated.from, value, paragraph });
    }

    /// The parameters that were used, by id and the date their value begins.
    pub fn take_used(&self) -> Vec<UsedParameter> {
        let mut used = std::mem::take(&mut self.state().used);
        used.sort_unstable_by(|a, b| (&a.id, a.date).cmp(&(&b.id, b.date)));
        used
    }
}

fn no_value(id: &str, date: NaiveDate) -> Fault {
    Fault::new(
        "no_value_on_date",
        (format!("Parametern ”{id}” har inget värde {date}."), format!("The parameter \"{id}\" has no value on {date}.")),
        (
            "Lägg till ett värde i parameters.toml som börjar gälla den dagen eller tidigare.",
            "Add a value in parameters.toml that begins on that day or earlier.",
        ),
    )
}

fn wrong_kind(id: &str, parameter: &Parameter) -> Fault {
    let kind = parameter.kind.word();
    Fault::new(
        "wrong_parameter_type",
        (
            format!("Parametern ”{id}” är av typen {kind} och går inte att använda här."),
            format!("The parameter \"{id}\" is of type {kind} and cannot be used here."),
        ),
        ("docs/RULES.md visar vilken typ varje operation vill ha.", "docs/RULES.md shows which type each operation wants."),
    )
}

fn too_large() -> Fault {
    Fault::new(
        "number_too_large",
        ("Summan blir för stor.", "The sum grows too large."),
        ("Kontrollera antal och belopp.", "Check quantities and rates."),
    )
}

/// An amount in kronor as whole öre; the rule's fault when it cannot be.
pub(super) fn to_money(amount: Decimal) -> Answer<Money> {
    Money::rounded(amount).map_err(|_| too_large().into())
}
