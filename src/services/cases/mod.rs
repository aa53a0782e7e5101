//! Cases as people see them.

pub mod views;
