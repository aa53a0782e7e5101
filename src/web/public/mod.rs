//! Pages for everybody, and the letter and the mailbox that applicants read.

pub mod diary;
pub mod letter;
#[cfg(feature = "demo")]
pub mod mailbox;
pub mod start;
pub mod text;
