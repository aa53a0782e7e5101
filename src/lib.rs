//! Bifall: rule-driven grant case management for Swedish municipalities.
//!
//! `docs/ARCHITECTURE.md` draws the house; `tests/it/direction.rs` keeps its walls.

pub mod app;
pub mod attendance;
pub mod cli;
#[cfg(feature = "demo")]
pub mod demo;
pub mod domain;
pub mod forms;
pub mod integrations;
pub mod letters;
pub mod packages;
pub mod pipeline;
pub mod rules;
pub mod services;
pub mod store;
pub mod text;
pub mod web;
pub mod workflows;
