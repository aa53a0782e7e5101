//! The one integration binary: tests are the specification.

mod attendance;
mod forms;
mod packages;
mod rules;
mod workflows;
