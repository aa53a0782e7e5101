//! What must stay bounded whatever is sent: memory, and how much of a file is read. Nothing here is timed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]
#![expect(clippy::print_stdout, reason = "how a child process tells its parent")]

mod attendance;
mod clashes;
mod memory;
