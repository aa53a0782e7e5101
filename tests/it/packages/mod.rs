//! Whole grant types: loading, checking, cases.

mod archive;
mod cases;
mod commands;
mod experts;
mod faults;
mod messages;
mod real_grants;
mod reports;
mod wrong;

use bifall::packages::{Checked, Files, Surroundings, load_all};

/// A small grant type in order, to be broken in one way at a time.
fn good() -> Files {
    let files = [
        ("forms/prov.toml", include_str!("good/form.toml")),
        ("rules/prov/rules.rhai", include_str!("good/rules.rhai")),
        ("rules/prov/parameters.toml", include_str!("good/parameters.toml")),
        ("rules/prov/texts.toml", include_str!("good/texts.toml")),
        ("rules/prov/cases.toml", include_str!("good/cases.toml")),
        ("workflows/prov.toml", include_str!("good/workflow.toml")),
        ("letters/prov/fraga.txt", "Hej {bidrag}\n"),
    ];
    Files(files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
}

/// The same with a text replaced in one file; the text must be there.
fn with(path: &str, from: &str, to: &str) -> Files {
    let mut files = good();
    let text = files.text(path).expect("the file").to_owned();
    assert!(text.contains(from), "{path} has {from:?}");
    files.0.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

fn check(files: &Files) -> Vec<Checked> {
    load_all(files, &Surroundings::built_in())
}

/// The errors of the built-in packages after a change of one file, as `file line code`.
fn errors_of(path: &str, from: &str, to: &str) -> Vec<String> {
    let mut files = Files::built_in();
    let file = files.0.get_mut(path).expect("the file");
    let text = String::from_utf8(file.clone()).expect("text");
    assert!(text.contains(from), "{path} has {from:?}");
    *file = text.replacen(from, to, 1).into_bytes();
    let checked = check(&files);
    let problems = checked.iter().flat_map(|checked| &checked.problems).filter(|problem| problem.is_error());
    problems.map(|problem| format!("{} {} {}", problem.place.file, problem.place.line, problem.code)).collect()
}
