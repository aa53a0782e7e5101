//! The one integration binary: tests are the specification.
mod domain_calendar;
mod finance;
