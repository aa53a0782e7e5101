//! The one integration binary: tests are the specification.

mod attendance;
#[cfg(feature = "demo")]
mod demo;
mod direction;
mod domain_calendar;
mod finance;
mod forms;
mod journey;
mod letters;
mod packages;
mod rules;
mod store;
mod support;
mod workflows;
