//! Letters: what they say, in both forms, and what they refuse to say.

mod appeals;
mod decisions;
mod delegation;
mod forms;
mod notices;
mod pdf;
pub(crate) mod samples;
mod texts;
