//! Attendance in scripts: selections with their filters, and the account in words.

use std::sync::Arc;

use rhai::{Dynamic, Engine, EvalAltResult, FnPtr, INT, Map, NativeCallContext};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::errors::Fault;
use super::super::parameters::Value;
use super::super::texts::Placeholder;
use super::super::{deadline, vocabulary};
use super::words::{Figure, paragraph};
use super::{Answer, Host};
use crate::attendance::selection::{ByDate, Column, Group, Keep, LeaderStep, Rates, Selection, SelectionError};
use crate::domain::calculation::AccountLine;
use crate::text::definition::did_you_mean;

/// The age from which a participant counts among the older where a rule names no parameter for it.
const OLDER_FROM: i64 = 65;

/// A selection and the parameter behind each of its steps.
#[derive(Clone)]
struct Attendance {
    host: Host,
    selection: Arc<Selection>,
    /// By step: the filter's parameter. The first step (absent) has none.
    parameters: Vec<Option<String>>,
}

/// All attendance of the case; no marks when none were sent.
pub fn all(host: &Host) -> Answer<Dynamic> {
    let empty = Arc::default();
    let data = host.marks().unwrap_or(&empty);
    let selection = deadline::uncounted(|| Selection::all(data)).map_err(fault)?;
    Ok(Dynamic::from(Attendance { host: host.clone(), selection: Arc::new(selection), parameters: vec![None] }))
}

/// Registers the filters and properties.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Attendance>("Attendance");
    register_filters(engine);
    engine
        .register_get("female", |from: &mut Attendance| from.count(|selection| Ok(selection.count_of(Group::Female))))
        .register_get("male", |from: &mut Attendance| from.count(|selection| Ok(selection.count_of(Group::Male))))
        .register_get("leaders", |from: &mut Attendance| from.count(|selection| Ok(selection.count_of(Group::Leaders))))
        .register_get("older", |from: &mut Attendance| from.count(|selection| Ok(selection.count_of(Group::Older))))
        .register_get("count", |from: &mut Attendance| from.count(|selection| Ok(selection.count())))
        .register_get("occasions", |from: &mut Attendance| from.count(|selection| Ok(selection.occasions())))
        .register_get("persons", |from: &mut Attendance| from.count(|selection| Ok(selection.persons())))
        .register_fn("aged", |from: &mut Attendance, ages: &str| {
            let ages = from.host.by_date(ages, range)?;
            from.count(|selection| selection.aged(&ages))
        })
        .register_fn("mentions", |from: &mut Attendance, words: &str| {
            let words = from.host.by_date(words, list)?;
            from.count(|selection| selection.mentions(&words))
        });
}

fn register_filters(engine: &mut Engine) {
    engine
        .register_fn("min_minutes", |from: &mut Attendance, minutes: &str| {
            let limit = from.host.by_date(minutes, integer)?;
            from.next(Some(minutes), |selection| selection.min_minutes(&limit))
        })
        .register_fn("with_leader", |from: &mut Attendance, ages: &str| {
            let limit = from.host.by_date(ages, |value| range(value).or_else(|| integer(value).map(|from| (from, i64::MAX))))?;
            from.next(Some(ages), |selection| selection.with_leader(&limit))
        })
        .register_fn("eligible", |from: &mut Attendance, ages: &str| {
            let limit = from.host.by_date(ages, range)?;
            from.next(Some(ages), |selection| selection.eligible(&limit, &ByDate::always(OLDER_FROM)))
        })
        .register_fn("eligible", |from: &mut Attendance, ages: &str, older: &str| {
            let limit = from.host.by_date(ages, range)?;
            let older = from.host.by_date(older, integer)?;
            from.next(Some(ages), |selection| selection.eligible(&limit, &older))
        })
        .register_fn("without_collisions", |from: &mut Attendance| from.next(None, Selection::without_collisions))
        .register_fn("once_per_person_and_day", |from: &mut Attendance, rule: &str| {
            let keep = keep(rule)?;
            from.next(None, |selection| selection.once_per_person_and_day(keep))
        })
        .register_fn("at_least", |from: &mut Attendance, participants: &str| {
            let limit = from.host.by_date(participants, integer)?;
            from.next(Some(participants), |selection| selection.at_least(&limit))
        })
        .register_fn("at_most", |from: &mut Attendance, participants: &str, rule: &str| {
            let limit = from.host.by_date(participants, integer)?;
            let keep = keep(rule)?;
            from.next(Some(participants), |selection| selection.at_most(&limit, keep))
        })
        .register_fn("excluded_kinds", |from: &mut Attendance, words: &str| {
            let limit = from.host.by_date(words, list)?;
            from.next(Some(words), |selection| selection.without_words(&limit))
        })
        .register_fn("max_leaders", |from: &mut Attendance, steps: &str| {
            let limit = from.host.by_date(steps, leader_steps)?;
            from.next(Some(steps), |selection| selection.max_leaders(&limit))
        })
        .register_fn("rates", rates)
        .register_fn("filter", |context: NativeCallContext, from: &mut Attendance, keep: FnPtr| filter(&context, from, "filter", &keep))
        .register_fn("filter", |context: NativeCallContext, from: &mut Attendance, id: &str, keep: FnPtr| {
            filter(&context, from, id, &keep)
        });
}

impl Attendance {
    fn next(&self, parameter: Option<&str>, apply: impl FnOnce(Selection) -> Result<Selection, SelectionError>) -> Answer<Self> {
        let selection = deadline::uncounted(|| apply(self.selection.as_ref().clone())).map_err(fault)?;
        Ok(self.followed_by(selection, parameter))
    }

    fn followed_by(&self, selection: Selection, parameter: Option<&str>) -> Self {
        let mut parameters = self.parameters.clone();
        parameters.push(parameter.map(str::to_owned));
        Self { host: self.host.clone(), selection: Arc::new(selection), parameters }
    }

    /// A number of the selection. The first selection that is counted is the one whose account the case shows.
    fn count(&self, count: impl FnOnce(&Selection) -> Result<u64, SelectionError>) -> Answer<INT> {
        let number = deadline::uncounted(|| count(&self.selection)).map_err(fault)?;
        if self.host.state().account.is_none() {
            let lines = self.account();
            self.host.state().account = Some(lines);
            self.host.state().selection = Some(Arc::clone(&self.selection));
        }
        INT::try_from(number).map_err(|_| super::too_large().into())
    }

    fn account(&self) -> Vec<AccountLine> {
        let account = deadline::uncounted(|| self.selection.account());
        let steps = account.steps.iter().zip(&self.parameters);
        let mut lines = vec![self.line("imported", "imported", None, signed(account.imported))];
        lines.extend(steps.map(|(step, parameter)| self.line(&step.id, &step.filter, parameter.as_deref(), -signed(step.cut))));
        lines.push(self.line("paid", "paid", None, signed(account.kept)));
        lines
    }

    fn line(&self, id: &str, words: &str, parameter: Option<&str>, marks: i64) -> AccountLine {
        let parameter = parameter.and_then(|id| self.host.rules().parameters().get(id));
        let date = self.host.inputs().period.covers.to;
        let mut figures = vec![(Placeholder::Value, Figure::Number(Decimal::from(marks.abs())))];
        if let Some(dated) = parameter.and_then(|parameter| parameter.on(date)) {
            figures.push((Placeholder::Limit, Figure::of(&dated.value)));
        }
        let words = self.host.words(words, &figures);
        AccountLine { id: id.to_owned(), text: words.text, marks, paragraph: paragraph(words.paragraph, parameter) }
    }
}

/// Names what each group pays, so that `best_paid` can choose.
fn rates(from: &mut Attendance, named: Map) -> Answer<Attendance> {
    if let Some(other) = named.keys().find(|key| !vocabulary::GROUPS.contains(&key.as_str())) {
        return Err(Fault {
            hint: did_you_mean(other, vocabulary::GROUPS.into_iter()),
            ..Fault::new("unknown_group", (format!("Gruppen ”{other}” finns inte."), format!("There is no group \"{other}\".")), ("", ""))
        }
        .into());
    }
    let rate = |group: &str| match named.get(group) {
        None => Ok(ByDate::always(Decimal::ZERO)),
        Some(id) => from.host.by_date(&id.clone().into_immutable_string().unwrap_or_default(), Value::number),
    };
    let rates = Rates { female: rate("female")?, male: rate("male")?, leaders: rate("leaders")?, older: rate("older")? };
    let selection = from.selection.as_ref().clone().with_rates(rates);
    Ok(Attendance { selection: Arc::new(selection), ..from.clone() })
}

/// A custom filter: the closure's own parameter names say what it looks at.
fn filter(context: &NativeCallContext<'_>, from: &Attendance, id: &str, keep: &FnPtr) -> Answer<Attendance> {
    let columns = columns(&from.host, keep)?;
    // What the closure captures is copied for each call, so that no answer depends on an earlier one.
    let mut keep = keep.clone();
    keep.iter_curry_mut().for_each(|captured| *captured = captured.flatten_clone());
    // Nothing may be said inside a filter: it is asked once per distinct tuple, not once per mark.
    let hook = from.host.state().hook.take();
    let selection = from.selection.as_ref().clone().filter(id, &columns, |tuple| {
        let arguments: Vec<Dynamic> = columns.iter().zip(tuple).map(|(column, value)| argument(*column, *value)).collect();
        keep.call_within_context::<bool>(context, arguments).map_err(Failed::Script)
    });
    from.host.state().hook = hook;
    match selection {
        Ok(selection) => Ok(from.followed_by(selection, None)),
        Err(Failed::Script(error)) => Err(error),
        Err(Failed::Selection(error)) => Err(fault(error)),
    }
}

enum Failed {
    Script(Box<EvalAltResult>),
    Selection(SelectionError),
}

impl From<SelectionError> for Failed {
    fn from(error: SelectionError) -> Self {
        Self::Selection(error)
    }
}

fn argument(column: Column, value: i64) -> Dynamic {
    if column.is_yes_no() {
        return (value != 0).into();
    }
    match column {
        Column::Kind => usize::try_from(value).ok().and_then(|at| Column::KINDS.get(at)).copied().unwrap_or_default().into(),
        _ => value.into(),
    }
}

fn columns(host: &Host, keep: &FnPtr) -> Answer<Vec<Column>> {
    let captured = keep.curry().len();
    let names = host.rules().closure_parameters(keep.fn_name()).ok_or_else(|| {
        Fault::new(
            "closure_expected",
            ("filter behöver ett villkor.", "filter needs a condition."),
            ("Skriv filter(|minutes, participants| minutes >= 45).", "Write filter(|minutes, participants| minutes >= 45)."),
        )
    })?;
    names
        .iter()
        .skip(captured)
        .map(|name| {
            Column::named(name).ok_or_else(|| {
                Fault {
                    hint: did_you_mean(name, Column::ALL.iter().map(|(name, _)| *name)),
                    ..Fault::new(
                        "unknown_column",
                        (format!("Kolumnen ”{name}” finns inte."), format!("There is no column \"{name}\".")),
                        ("", ""),
                    )
                }
                .into()
            })
        })
        .collect()
}

fn keep(rule: &str) -> Answer<Keep> {
    match rule {
        "best_paid" => Ok(Keep::BestPaid),
        "first" => Ok(Keep::First),
        other => Err(Fault {
            hint: did_you_mean(other, ["best_paid", "first"].into_iter()),
            ..Fault::new(
                "unknown_keep_rule",
                (format!("Regeln ”{other}” finns inte."), format!("There is no keep rule \"{other}\".")),
                ("", ""),
            )
        }
        .into()),
    }
}

fn fault(error: SelectionError) -> Box<EvalAltResult> {
    let fault = match error {
        SelectionError::Dangling => Fault::new(
            "broken_attendance",
            ("Närvaron hänger inte ihop.", "The attendance does not hold together."),
            ("Läs in närvaron på nytt.", "Import the attendance again."),
        ),
        SelectionError::NoValue(date) => Fault::new(
            "no_value_on_date",
            (
                format!("En parameter har inget värde {date}, då det finns en sammankomst."),
                format!("A parameter has no value on {date}, when there is an occasion."),
            ),
            (
                "Lägg till ett värde i parameters.toml som börjar gälla den dagen eller tidigare.",
                "Add a value in parameters.toml that begins on that day or earlier.",
            ),
        ),
        SelectionError::NoRates => no_rates(),
        SelectionError::TooManyFilters => Fault::new(
            "too_many_filters",
            ("Regeln har för många filter.", "The rule has too many filters."),
            ("Ett urval kan ha högst 255 filter.", "A selection can have at most 255 filters."),
        ),
    };
    fault.into()
}

/// `best_paid` without rates.
pub fn no_rates() -> Fault {
    Fault::new(
        "best_paid_without_rates",
        ("best_paid behöver veta vad varje grupp ger.", "best_paid must know what each group pays."),
        (
            "Skriv .rates(#{female: \"belopp_flicka\", male: \"belopp_pojke\"}) före filtret, eller välj \"first\".",
            "Write .rates(#{female: \"belopp_flicka\", male: \"belopp_pojke\"}) before the filter, or choose \"first\".",
        ),
    )
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Decimal(_) | Value::Percent(_) | Value::Money(_) | Value::Date(_) => None,
        Value::Range(..) | Value::List(_) | Value::Steps(_) | Value::Table(_) => None,
    }
}

fn range(value: &Value) -> Option<(i64, i64)> {
    if let Value::Range(from, to) = value { Some((*from, *to)) } else { None }
}

fn list(value: &Value) -> Option<Vec<String>> {
    if let Value::List(words) = value { Some(words.clone()) } else { None }
}

fn leader_steps(value: &Value) -> Option<Vec<LeaderStep>> {
    let Value::Steps(steps) = value else { return None };
    steps.iter().map(|step| Some(LeaderStep { to: step.to, leaders: step.value.to_i64()? })).collect()
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
