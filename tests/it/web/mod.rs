//! The web room: what every answer carries, what every page holds.

mod assets;
mod pages;
mod samples;
mod shell;
mod texts;
