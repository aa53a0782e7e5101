//! A wall clock on every script. Counting operations does not bound time: a closure called from a
//! native `map` is not counted, so a small script could run for minutes under any such limit.

use std::cell::Cell;
use std::time::{Duration, Instant};

thread_local! {
    // The engine's progress hook gets nothing but a count, hence the thread-local.
    static ENDS: Cell<Option<Instant>> = const { Cell::new(None) };
    static TICKS: Cell<u32> = const { Cell::new(0) };
}

/// How many operations pass between two looks at the clock.
const STRIDE: u32 = 16;

/// Runs `work` with a time limit for the scripts inside it, on this thread.
pub fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    let _restore = Restore(ENDS.replace(Instant::now().checked_add(limit)));
    work()
}

/// Runs a host operation whose time is not the script's: the deadline moves by as much as it takes.
pub fn uncounted<T>(work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let value = work();
    ENDS.set(ENDS.get().and_then(|ends| ends.checked_add(began.elapsed())));
    value
}

/// Whether the script has run for too long. Called for every operation; looks at the clock now and then.
pub fn passed() -> bool {
    let ticks = TICKS.get().wrapping_add(1);
    TICKS.set(ticks);
    ticks.is_multiple_of(STRIDE) && ENDS.get().is_some_and(|ends| Instant::now() >= ends)
}

struct Restore(Option<Instant>);

impl Drop for Restore {
    fn drop(&mut self) {
        ENDS.set(self.0);
    }
}
