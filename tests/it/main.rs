//! The one integration binary: tests are the specification.

mod direction;
