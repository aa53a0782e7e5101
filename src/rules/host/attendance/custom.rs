//! Filters of the rule author's own: a closure whose parameter names say what it looks at.

use rhai::{Dynamic, Engine, EvalAltResult, FnPtr, NativeCallContext};

use super::super::super::errors::Fault;
use super::super::{Answer, Host};
use super::{Attendance, fault};
use crate::attendance::selection::{Column, SelectionError};
use crate::text::definition::did_you_mean;

/// Registers them.
pub(super) fn register(engine: &mut Engine) {
    engine
        .register_fn("filter", |context: NativeCallContext, from: &mut Attendance, keep: FnPtr| filter(&context, from, "filter", &keep))
        .register_fn("filter", |context: NativeCallContext, from: &mut Attendance, id: &str, keep: FnPtr| {
            filter(&context, from, id, &keep)
        });
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
