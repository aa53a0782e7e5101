//! The one integration binary: tests are the specification.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod assessment;
mod attendance;
#[cfg(feature = "demo")]
mod demo;
mod direction;
mod domain_calendar;
mod domain_outcome;
mod domain_person_number;
mod faults;
mod finance;
mod forms;
mod journey;
mod letters;
mod limits;
mod packages;
mod rounds;
mod rules;
mod store;
mod support;
mod tour;
mod web;
mod workflows;
