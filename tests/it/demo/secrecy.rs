//! No personal number of the demo can be read in what it leaves behind.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use bifall::demo::seed::cast::Cast;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::SubscriberExt;

use crate::support::TestTenant;

static LISTENERS: AtomicUsize = AtomicUsize::new(0);

/// What this process has logged while somebody listened.
fn log() -> &'static Arc<Mutex<Vec<u8>>> {
    static LOG: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Arc::new(Mutex::new(Vec::new()));
        let tape = log.clone();
        let all_while_listening = dynamic_filter_fn(|_, _| LISTENERS.load(Ordering::Acquire) > 0);
        let layer = tracing_subscriber::fmt::layer().with_writer(move || Tape(tape.clone())).with_filter(all_while_listening);
        tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer)).expect("no other test listens to everything");
        log
    })
}

/// Listens to everything that is logged, at every level, until it is dropped.
pub struct Listening;

/// Begins to listen.
pub fn listen() -> Listening {
    log();
    LISTENERS.fetch_add(1, Ordering::AcqRel);
    Listening
}

impl Drop for Listening {
    fn drop(&mut self) {
        if LISTENERS.fetch_sub(1, Ordering::AcqRel) == 1 {
            *log().lock().unwrap() = Vec::new();
        }
    }
}

/// What was logged while somebody listened.
pub fn log_so_far() -> String {
    String::from_utf8_lossy(&log().lock().unwrap()).into_owned()
}

struct Tape(Arc<Mutex<Vec<u8>>>);

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Looks through the database file, its log, the folder of files and what was logged, for every number of the seed in
/// the forms people write it.
pub async fn nothing_readable(t: &TestTenant) {
    let wanted = Wanted::everybody(&t.tenant.profile.code);
    let mut looked_at = 0_usize;
    for file in files_under(t.folder.path()) {
        let bytes = std::fs::read(&file).unwrap();
        looked_at += bytes.len();
        let name = file.strip_prefix(t.folder.path()).unwrap().display().to_string();
        assert_eq!(wanted.found_in(&bytes), None, "in {name}");
    }
    assert!(looked_at > 500_000, "only {looked_at} bytes were left behind");
    let log = log().lock().unwrap().clone();
    assert!(log.len() > 1_000, "nothing was logged: the tape does not run");
    assert_eq!(wanted.found_in(&log), None, "in the log");
}

#[test]
fn the_search_finds_what_it_looks_for() {
    let wanted = Wanted::everybody("1480");
    let number = Cast::call("1480").unwrap().shared[0].number.expose();
    let forms = [number.clone(), format!("{}-{}", &number[..8], &number[8..]), format!("{}-{}", &number[2..8], &number[8..])];
    for form in forms {
        assert!(wanted.found_in(format!("före{form}efter").as_bytes()).is_some(), "one form is not found");
    }
    assert_eq!(wanted.found_in(b"20130101 2013-01-01 12345678901234567890"), None);
}

/// The last ten digits of everybody, as numbers, for a search in one pass.
struct Wanted(std::collections::HashSet<u64>);

impl Wanted {
    fn everybody(municipality: &str) -> Self {
        let numbers =
            Cast::call(municipality).unwrap().residents.into_iter().map(|resident| resident.number.expose()[2..].parse().unwrap());
        Self(numbers.collect())
    }

    /// Where a number stands: twelve digits, or six or eight digits, a hyphen and four. The number itself is not told.
    fn found_in(&self, bytes: &[u8]) -> Option<usize> {
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let value = |part: &[u8]| part.iter().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
        bytes.windows(12).position(|window| {
            let twelve =
                digits(window) && (window.starts_with(b"19") || window.starts_with(b"20")) && self.0.contains(&value(&window[2..]));
            let hyphen = window[6] == b'-'
                && digits(&window[..6])
                && digits(&window[7..11])
                && self.0.contains(&(value(&window[..6]) * 10_000 + value(&window[7..11])));
            twelve || hyphen
        })
    }
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_under(&path));
        } else {
            found.push(path);
        }
    }
    found
}
