//! The actors and the databases that tests use.

pub mod actors;
pub mod dak;
pub mod db;
pub mod program;

pub use db::{Engine, TestTenant, on_both};
