//! The one integration binary: tests are the specification.

mod attendance;
mod domain_calendar;
mod finance;
mod forms;
mod packages;
mod rules;
mod workflows;
