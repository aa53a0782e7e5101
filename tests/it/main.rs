//! The one integration binary: tests are the specification.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod attendance;
mod direction;
mod domain_calendar;
mod faults;
mod finance;
mod forms;
mod journey;
mod letters;
mod packages;
mod rules;
mod store;
mod support;
mod tour;
mod workflows;
