//! The web room: what every answer carries, what every page holds.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod apply;
mod assets;
mod attendance;
mod conflicts;
mod dropped;
mod experts;
mod explained;
mod files;
mod log_in;
pub mod matrix;
mod officer;
mod on_paper;
mod pages;
mod papers;
mod pay;
mod plain_words;
mod protected;
mod public;
mod reports;
mod returned;
mod samples;
mod shell;
mod standing;
mod statistics;
mod texts;
pub mod visitors;
mod workday;
