//! Every text a page asks for exists in both languages, and no text lies unused.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn keys(language: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language).join("web.ftl");
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

/// Quoted keys in calls of `t`, `fill` and `count`, in templates and in the room's code.
fn asked() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(&root.join("templates"), &mut files);
    walk(&root.join("src/web"), &mut files);
    let mut asked = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for call in ["t(\"", "fill(\"", "count(\""] {
            for (at, _) in text.match_indices(call) {
                asked.extend(text[at + call.len()..].split('"').next().map(str::to_owned));
            }
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
fn every_text_asked_for_exists_and_none_lies_unused() {
    let known = keys("sv");
    let asked = asked();
    let missing: Vec<_> = asked.iter().filter(|key| !known.contains(*key)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
    // Error texts are asked for by status, section words and menus by value.
    let unused: Vec<_> =
        known.difference(&asked).filter(|key| !["error-", "section-", "nav-"].iter().any(|start| key.starts_with(start))).collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}
