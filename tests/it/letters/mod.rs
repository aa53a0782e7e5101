//! Letters: what they say, in both forms, and what they refuse to say.

mod pdf;
pub(crate) mod samples;
