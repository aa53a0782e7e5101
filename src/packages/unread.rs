//! Files that lie among a grant's own and that nothing reads: a misspelt name would otherwise pass in silence.

use std::collections::BTreeMap;

use super::files::Files;
use crate::domain::Localized;
use crate::domain::problem::{Place, Problem};
use crate::text::definition::did_you_mean;

/// The files of a grant's rules.
const OF_RULES: [&str; 4] = ["rules.rhai", "parameters.toml", "texts.toml", "cases.toml"];

/// A warning for each file of a grant that is not read. Files that its cases name lie in folders of their own or are no text;
/// which letters are sent is known with the workflow alone.
pub(super) fn unread(files: &Files, id: &str, letters: Option<&BTreeMap<String, String>>) -> Vec<Problem> {
    let (rules, own_letters) = (format!("rules/{id}/"), format!("letters/{id}/"));
    let sent: Option<Vec<String>> = letters.map(|letters| letters.keys().map(|letter| format!("{letter}.txt")).collect());
    let mut found = Vec::new();
    for path in files.0.keys() {
        if let Some(name) = path.strip_prefix(&rules)
            && !name.contains('/')
            && [".toml", ".rhai", ".txt", ".md"].iter().any(|ending| name.ends_with(ending))
            && !OF_RULES.contains(&name)
        {
            found.push(warning(path, did_you_mean(name, OF_RULES.into_iter())));
        }
        if let (Some(name), Some(sent)) = (path.strip_prefix(&own_letters), &sent)
            && !sent.iter().any(|letter| letter == name)
        {
            found.push(warning(path, did_you_mean(name, sent.iter().map(String::as_str))));
        }
    }
    found
}

fn warning(path: &str, hint: Localized) -> Problem {
    Problem::warning(
        Place { file: path.to_owned(), line: 0, column: 0 },
        "unread_file",
        Localized::both("Filen läses inte: inget i bidraget heter så.", "The file is not read: nothing of the grant is called so."),
        hint,
    )
}
