//! The one integration binary: tests are the specification.
mod forms;
mod packages;
mod rules;
mod workflows;
