//! The program itself, run as scripts run it, on an instance of a test.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use super::TestTenant;

/// The program with an instance's settings in its environment.
#[derive(Clone, Debug)]
pub struct Program {
    /// The instance's folder.
    pub data: PathBuf,
    /// The database's URL.
    pub database: String,
}

impl Program {
    /// The program on a test's instance.
    pub fn of(tenant: &TestTenant) -> Self {
        Self { data: tenant.folder.path().to_owned(), database: tenant.url.clone() }
    }

    /// A command that is not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bifall"));
        command.args(arguments).env("BIFALL_DATA", &self.data).env("BIFALL_DATABASE", &self.database);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    /// Runs a command that must succeed; answers its JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let mut all = arguments.to_vec();
        all.push("--json");
        let output = self.run(&all);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", said(&output)))
    }

    /// Starts a command and leaves it running.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    }
}

/// What a command printed.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What the independent calculation says of an association's file beside the files of others, marks that clash counting for none.
pub fn reckoned(file: &Path, others: &[PathBuf]) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/independent/aktivitetsstod.py");
    let mut python = Command::new("python3");
    python.arg("-B").arg(script).arg(file).args(["--clash", "none", "--municipality", "1480", "--json"]);
    for other in others {
        python.arg("--other").arg(other);
    }
    let output = python.output().expect("python3 is installed; ./tests/run sees to it");
    assert!(output.status.success(), "{}", said(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}
