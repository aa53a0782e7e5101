//! Rules: compiling, evaluating, selections, faults and the built-in package.

mod aktivitetsstod;
mod bombs;
mod cases;
mod faults;
mod host;
mod numbers;
mod parameters;
mod selection;
mod support;
mod traps;
mod written;
