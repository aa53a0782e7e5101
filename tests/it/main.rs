//! The one integration binary: tests are the specification.

mod letters;
mod web;
