//! How much memory something takes, measured in a process of its own so that other tests do not count.

use std::process::Command;

const CHILD: &str = "BIFALL_LIMITS_CHILD";
const GREW: &str = "grew by KiB: ";

/// Runs `work` in a child process of this test binary and answers how far its resident memory rose above what it
/// had before, in MiB, at the highest. `test` is the full name of the calling test, which the child runs again.
///
/// `None` in the child itself, where there is nothing more to check.
pub(super) fn growth_mib(test: &str, work: impl FnOnce()) -> Option<u64> {
    if std::env::var_os(CHILD).is_some_and(|name| name == test) {
        let before = resident_kib("VmRSS:");
        work();
        println!("{GREW}{}", resident_kib("VmHWM:") - before);
        return None;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, test)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    let kib = told.lines().find_map(|line| line.split_once(GREW)).map(|(_, number)| number.trim().parse::<u64>().unwrap());
    Some(kib.expect("the child tells how much it grew") / 1024)
}

/// A line of Linux's account of this process (`proc(5)`).
fn resident_kib(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches("kB").trim().parse().unwrap()
}
