//! HTTP: handlers extract, call one service and fill a template. The only room that says axum.
//!
//! A page is a struct with its askama template ([`officer`], [`public`]); it holds texts and figures
//! that are already written for the visitor and already limited to what she may see. [`shell()`] stands
//! around all of it.

pub mod account;
pub mod apply;
pub mod assets;
pub mod association;
pub mod attendance;
mod dialogue;
mod error;
mod error_page;
pub mod expert;
mod language;
pub mod live_amount;
pub mod officer;
pub mod page;
pub mod parts;
pub mod pay;
pub mod public;
mod shell;
pub mod site;
pub mod statistics;

pub use error::Error;
pub use error_page::ErrorPage;
pub use language::Spoken;
pub use live_amount::LiveAmount;
pub use page::{Frame, Page, html, html_with};
pub use shell::{Shell, Transport, shell};
pub use site::{Site, serve};
