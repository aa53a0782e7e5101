//! Attendance files, their verdicts, and what is made of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod answers;
mod codec;
mod collisions;
mod generate;
mod members;
mod numbers;
mod samples;
mod stream;
mod structure;
mod versions;
mod written;
