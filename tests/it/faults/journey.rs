//! One journey from file to payment, each operation of which may be killed and is then run again.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::{file, receiver::Receiver};
use crate::support::TestTenant;
use crate::support::program::{Program, said};

/// The associations: number, sender's id.
pub const ASSOCIATIONS: [(&str, &str); 3] = [("802999-9904", "4711"), ("802999-9912", "4712"), ("802999-9920", "4713")];

/// An instance with staff and associations, and the files that will be sent.
pub struct Journey {
    /// The instance.
    pub tenant: TestTenant,
    /// The program on it.
    pub program: Program,
    /// Where mail goes.
    pub receiver: Receiver,
    /// Attendance and answers.
    pub files: Vec<PathBuf>,
    /// Where payment files are written.
    pub payments: PathBuf,
    folder: tempfile::TempDir,
}

/// When operations are killed.
pub struct Kills {
    seeded: Option<(StdRng, Vec<Duration>)>,
    durations: Vec<Duration>,
    struck: Vec<String>,
    at: usize,
}

impl Kills {
    /// Nothing is killed; every operation is timed.
    pub fn none() -> Self {
        Self { seeded: None, durations: Vec::new(), struck: Vec::new(), at: 0 }
    }

    /// Every operation is killed at a moment between its start and what it took when it was not killed.
    pub fn seeded(seed: u64, durations: &[Duration]) -> Self {
        Self { seeded: Some((StdRng::seed_from_u64(seed), durations.to_vec())), durations: Vec::new(), struck: Vec::new(), at: 0 }
    }

    /// How long each operation took.
    pub fn durations(&self) -> &[Duration] {
        &self.durations
    }

    /// The operations that were still running when they were killed.
    pub fn struck(&self) -> &[String] {
        &self.struck
    }
}

impl Journey {
    /// Three associations with a file each, and a mail server.
    pub async fn new(tenant: TestTenant) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let receiver = Receiver::start();
        let example = include_str!("../../../src/app/example.toml");
        let settings = example.replace("port = 25", &format!("host = \"127.0.0.1\"\nport = {}", receiver.port));
        std::fs::write(tenant.folder.path().join("bifall.toml"), settings).unwrap();
        let mut files = Vec::new();
        for (at, (number, external)) in (0..).zip(ASSOCIATIONS) {
            tenant.association(number, &format!("Förening {external}"), external).await;
            let path = folder.path().join(format!("{number}.xml"));
            std::fs::write(&path, file::attendance(number, external, at)).unwrap();
            files.push(path);
        }
        let answers = "narvaro_stammer = true\nny_lokal = false\nkontonummer = \"5012-3454\"\nintygar = true\n";
        std::fs::write(folder.path().join("answers.toml"), answers).unwrap();
        Self { program: Program::of(&tenant), payments: folder.path().join("payments"), receiver, files, tenant, folder }
    }

    /// From file to payment.
    pub fn go(&self, kills: &mut Kills) {
        let answers = self.folder.path().join("answers.toml").display().to_string();
        let payments = self.payments.display().to_string();
        let apply = ["--today", "2026-08-20 10:00"];
        for ((number, _), file) in ASSOCIATIONS.iter().zip(&self.files) {
            self.step(kills, &apply, &["import", "--organisation", number, &file.display().to_string()]);
        }
        for (number, external) in ASSOCIATIONS {
            let key = format!("key-{external}");
            let what = ["--grant", "aktivitetsstod", "--period", "2026-H1", "--answers", &answers, "--signed-by", "Eva", "--key", &key];
            self.step(kills, &apply, &[&["submit", "--organisation", number][..], &what].concat());
        }
        self.work(kills, "2026-08-20 10:00");
        // Whoever the random sample drew is looked at; who that is differs from run to run.
        self.program.json(&["handle", "--as", "anna", "--all", "--today", "2026-08-20 11:00"]);
        self.work(kills, "2026-08-20 11:00");
        let close = ["close-period", "--grant", "aktivitetsstod", "--period", "2026-H1", "--as", "dag"];
        self.step(kills, &["--today", "2026-08-26 08:00"], &close);
        self.work(kills, "2026-08-26 08:00");
        self.decide(kills);
        self.work(kills, "2026-08-26 10:00");
        let pay = ["--today", "2026-08-27 09:00"];
        self.step(kills, &pay, &["attest", "--as", "bo", "--kind", "review", "--all"]);
        self.step(kills, &pay, &["attest", "--as", "cilla", "--kind", "payment", "--all"]);
        self.step(kills, &pay, &["payout", "--as", "cilla", "--on", "2026-09-04", "--out", &payments]);
        // Killed between the batch and its files, the program is asked for the files again.
        self.program.json(&["payout", "--again", "UTB-2026-000001", "--out", &payments]);
    }

    /// Decides; whoever was decided before the kill is not ready any more, and nobody else is left out.
    fn decide(&self, kills: &mut Kills) {
        self.step(kills, &["--today", "2026-08-26 09:00"], &["decide", "--as", "anna", "--all-ready"]);
    }

    /// Works until nothing is due; a dead worker's leases run out after a second.
    fn work(&self, kills: &mut Kills, today: &str) {
        self.step(kills, &["--today", today], &["worker", "--once", "--lease", "1"]);
    }

    /// Starts an operation, kills it where that is drawn, and then runs it to its end.
    fn step(&self, kills: &mut Kills, when: &[&str], operation: &[&str]) {
        let all = [operation, when].concat();
        let at = kills.at;
        kills.at += 1;
        if let Some((chance, durations)) = &mut kills.seeded {
            let most = u64::try_from(durations[at].as_micros()).unwrap();
            let delay = Duration::from_micros(chance.random_range(0..=most));
            let mut child = self.program.start(&all);
            std::thread::sleep(delay);
            if child.try_wait().unwrap().is_none() {
                kills.struck.push(format!("{} after {delay:?}", operation[0]));
            }
            // SIGKILL: nothing of the program runs after it.
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let begun = Instant::now();
        let output = self.program.run(&all);
        assert!(output.status.success(), "{operation:?}: {}; killed: {:?}", said(&output), kills.struck);
        kills.durations.push(begun.elapsed());
    }
}
