//! The PDF form, judged by poppler's tools (Debian: poppler-utils), which must be there.

use std::path::Path;
use std::process::Command;

use bifall::letters::{self, Letter};

use super::samples;

/// What one of poppler's tools says about a PDF; fails, never skips, when the tool is missing.
fn poppler(tool: &str, options: &[&str], pdf: &Path, output: &[&str]) -> String {
    let run = Command::new(tool).args(options).arg(pdf).args(output).output();
    let run = run.unwrap_or_else(|error| panic!("{tool} is needed (apt-get install poppler-utils): {error}"));
    assert!(run.status.success(), "{tool}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("UTF-8")
}

fn written(letter: &impl Letter) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("letter.pdf");
    std::fs::write(&path, letters::pdf(letter).expect("a PDF")).expect("written");
    (folder, path)
}

#[test]
fn it_declares_accessibility_language_and_title() {
    let (_folder, pdf) = written(&samples::decision());
    let metadata = poppler("pdfinfo", &["-meta"], &pdf, &[]);
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("<rdf:li>sv-SE</rdf:li>") || metadata.contains("<rdf:li>sv</rdf:li>"), "{metadata}");
    let info = poppler("pdfinfo", &[], &pdf, &[]);
    assert!(info.contains("Tagged:          yes"), "{info}");
    assert!(info.contains("Beslut om Aktivitetsstöd, första halvåret 2026"), "{info}");
    assert!(info.contains("A4"), "{info}");
}
