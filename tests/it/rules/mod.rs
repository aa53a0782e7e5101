//! Rules: compiling, evaluating, selections, faults and the built-in package.

mod aktivitetsstod;
mod amount_caps;
mod bombs;
mod caps;
mod cases;
mod fair;
mod faults;
mod filters;
mod generated;
mod host;
mod numbers;
mod parameters;
mod rounds;
mod rows;
mod selection;
mod support;
mod traps;
mod written;
