//! Cases as people see them.

pub mod compare;
pub mod views;
