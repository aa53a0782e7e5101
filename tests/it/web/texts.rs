//! Every text a page asks for exists in both languages, and no text lies unused.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The resource files that pages read.
const AREAS: [&str; 13] = [
    "appealed",
    "apply",
    "association",
    "attendance",
    "committee",
    "conflicts",
    "experts",
    "officer",
    "pay",
    "public",
    "reports",
    "web",
    "workday",
];

fn keys(language: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language);
    let texts = AREAS.map(|area| fs::read_to_string(folder.join(format!("{area}.ftl"))).unwrap());
    texts
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

/// Everything the room's templates and code say.
fn said() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(&root.join("templates"), &mut files);
    walk(&root.join("src/web"), &mut files);
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// Quoted keys in calls of `t`, `fill` and `count`, in templates and in the room's code.
fn asked() -> BTreeSet<String> {
    let text = said();
    let mut asked = BTreeSet::new();
    for call in [".t(\"", " t(\"", "fill(\"", "fill2(\"", "fill3(\"", "count(\""] {
        for (at, _) in text.match_indices(call) {
            asked.extend(text[at + call.len()..].split('"').next().map(str::to_owned));
        }
    }
    asked.retain(|key| !key.contains('.') && (key.contains('-') || key == "skip"));
    asked
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "html" || ending == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn both_languages_have_the_same_texts() {
    assert_eq!(keys("sv"), keys("en"));
}

#[test]
fn every_text_asked_for_exists() {
    let known = keys("sv");
    let missing: Vec<_> = asked().into_iter().filter(|key| !known.contains(key)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
}

#[test]
fn no_text_lies_unused() {
    let said = said();
    // Texts of errors are asked for by status, receipts by their word.
    let by_value = |key: &str| ["error-", "receipt-"].iter().any(|start| key.starts_with(start));
    let unused: Vec<_> = keys("sv").into_iter().filter(|key| !by_value(key) && !said.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}
