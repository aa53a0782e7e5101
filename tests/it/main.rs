//! The one integration binary: tests are the specification.

mod letters;
mod rules;
mod store;
mod support;
mod domain_calendar;
mod finance;
mod attendance;
mod direction;
