//! Attendance in scripts: selections with their filters and figures, and the account in words.

mod custom;
mod figures;
mod filters;
mod read;

pub(super) use read::{hours, unit};

use std::sync::Arc;

use rhai::{Dynamic, Engine, EvalAltResult};
use rust_decimal::Decimal;

use super::super::deadline;
use super::super::errors::Fault;
use super::super::texts::Placeholder;
use super::values::Unknown;
use super::words::{Figure, paragraph};
use super::{Answer, Host};
use crate::attendance::selection::{Selection, SelectionError};
use crate::domain::calculation::AccountLine;

/// A selection and the parameter behind each of its steps.
#[derive(Clone)]
pub(super) struct Attendance {
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
    filters::register(engine);
    custom::register(engine);
    figures::register(engine);
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

    /// The same with something known that cuts nothing and writes no line.
    fn knowing(&self, apply: impl FnOnce(Selection) -> Selection) -> Self {
        Self { selection: Arc::new(apply(self.selection.as_ref().clone())), ..self.clone() }
    }

    /// The same where it may not work.
    fn trying(&self, apply: impl FnOnce(Selection) -> Result<Selection, SelectionError>) -> Answer<Self> {
        let selection = deadline::uncounted(|| apply(self.selection.as_ref().clone())).map_err(fault)?;
        Ok(Self { selection: Arc::new(selection), ..self.clone() })
    }

    /// A figure of the selection. The first selection that gives one is the one whose account the case shows.
    pub(super) fn figure<T>(&self, figure: impl FnOnce(&Selection) -> Result<T, SelectionError>) -> Answer<Result<T, Unknown>> {
        let figure = deadline::uncounted(|| figure(&self.selection));
        if self.host.state().shown.is_none() {
            let lines = self.account();
            let mut state = self.host.state();
            state.account = Some(lines);
            state.shown = Some(Arc::clone(&self.selection));
        }
        match figure {
            Ok(figure) => Ok(Ok(figure)),
            // What a parameter says nothing about is not zero: an officer decides.
            Err(SelectionError::NoBand(number)) => Ok(Err(Unknown { what: format!("band:{number}") })),
            Err(error) => Err(fault(error)),
        }
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
        let words = self.host.words(words, &figures, false);
        AccountLine { id: id.to_owned(), text: words.text, marks, paragraph: paragraph(words.paragraph, parameter) }
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
        SelectionError::NoBand(number) => Fault::new(
            "no_band",
            (format!("Inget band i parametern täcker {number}."), format!("No band of the parameter covers {number}.")),
            ("Lägg till ett band, om så med value = 0.", "Add a band, if only with value = 0."),
        ),
        SelectionError::TooLarge => super::too_large(),
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

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
