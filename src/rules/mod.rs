//! The rule host: a grant type's script, parameters and texts, compiled once and run on a case's inputs.
//!
//! Scripts are Rhai (`rules.rhai`) without I/O, clock or state. They name parameters, and the host
//! knows their values by date; rows and checks go to a sink in call order. `docs/RULES.md` tells rule
//! authors what each operation does.

mod allocate;
mod compile;
mod deadline;
mod engine;
mod errors;
mod evaluate;
mod explain;
mod foreign;
mod host;
mod lint;
mod parameters;
mod reads;
mod texts;
mod trace;
mod vocabulary;

pub use allocate::{Allocated, allocate};
pub use compile::{RuleSet, RuleSources, accepted, compile};
pub use evaluate::{DEFAULT_DEADLINE, Evaluated, Mode, RuleError, UsedParameter, evaluate, evaluate_eligible, evaluate_within, selection};
pub use explain::{Shown, looked_up, shown};
pub use host::round::Entry;
pub use parameters::{Basis, Dated, Kind, MonthDay, Parameter, Parameters, Step, Value};
pub use reads::{Adverse, Asked, Hook, Part, Reads, Undecided};
pub use texts::{Placeholder, RuleText, Template, Texts};
pub use trace::TraceLine;
pub use vocabulary::names as operation_names;
