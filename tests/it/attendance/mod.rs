//! Attendance files, their verdicts, and what is made of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

mod samples;
