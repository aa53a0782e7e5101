//! Rules: compiling, evaluating, selections, faults and the built-in package.

mod aktivitetsstod;
mod support;
