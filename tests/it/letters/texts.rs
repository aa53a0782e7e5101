//! The text resources: both languages have them all, none is unused, and Swedish is plain.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bifall::domain::localized::Language;
use bifall::letters::Letter;
use bifall::text::fluent::{self, AREAS};

use super::decisions::lines;
use super::samples::{complaint, decision, refusal};

/// Every text of a resource with its key, in order.
fn texts(resource: &str) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in resource.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" =") {
            Some((key, text)) if key.starts_with(|c: char| c.is_ascii_lowercase()) => {
                last = key.to_owned();
                assert!(texts.insert(last.clone(), text.to_owned()).is_none(), "{key} stands twice");
            }
            _ => {
                if let Some(text) = texts.get_mut(&last) {
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
    }
    texts
}

/// The names of a text's places: `$amount`.
fn places(text: &str) -> BTreeSet<String> {
    text.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()).collect()
}

#[test]
fn both_languages_have_every_text_with_the_same_places() {
    for area in AREAS {
        let (sv, en) = (texts(area.sv), texts(area.en));
        assert!(!sv.is_empty(), "{} has texts", area.name);
        assert_eq!(sv.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>(), "{}", area.name);
        for (key, text) in &sv {
            // $to chooses between du and ni, which English does not.
            let without_to = |text: &str| places(text).into_iter().filter(|place| place != "to").collect::<Vec<_>>();
            assert_eq!(without_to(text), without_to(&en[key]), "{key}");
        }
    }
}

#[test]
fn no_two_areas_share_a_key_and_every_text_can_be_read() {
    let mut seen = BTreeSet::new();
    for area in AREAS {
        for (key, text) in texts(area.sv) {
            assert!(seen.insert(key.clone()), "{key} stands in two areas");
            let args: Vec<fluent::Arg<'_>> = vec![];
            for language in [Language::Sv, Language::En] {
                let shown = fluent::t(language, &key, &args);
                assert!(!shown.is_empty() && !shown.contains('⟦'), "{key}: {text}");
            }
        }
    }
}

#[test]
fn no_text_is_unused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    for folder in ["src", "templates"] {
        gather(&root.join(folder), &mut sources);
    }
    // The pages' own texts are asked for in more ways; their room has a test of its own.
    let of_pages = [
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
    for area in AREAS.iter().filter(|area| !of_pages.contains(&area.name)) {
        for key in texts(area.sv).keys() {
            assert!(sources.contains(&format!("\"{key}\"")), "{key} of {} is used nowhere", area.name);
        }
    }
}

fn gather(folder: &Path, sources: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "html") {
            sources.push_str(&std::fs::read_to_string(&path).expect("a source file"));
        }
    }
}

#[test]
fn a_missing_text_shows_its_key() {
    assert_eq!(fluent::plain(Language::Sv, "no-such-text"), "⟦no-such-text⟧");
}

#[test]
fn every_letter_has_all_its_texts_and_values() {
    for language in [Language::Sv, Language::En] {
        let mut other = refusal();
        other.appeal = complaint(None);
        for mut letter in [decision(), other] {
            letter.head.language = language;
            let text = format!("{:?}", letter.document().expect("a document"));
            // Fluent writes a place that got no value as {$name}.
            assert!(!text.contains('⟦') && !text.contains("{$"), "{text}");
        }
    }
}

/// Words of a text.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| word.chars().any(char::is_alphabetic)).collect()
}

/// Sentences of lines: each line ends one.
fn sentences(lines: &[String]) -> Vec<&str> {
    lines.iter().flat_map(|line| line.split(['.', ':', '!', '?'])).map(str::trim).filter(|text| !words(text).is_empty()).collect()
}

#[test]
fn no_swedish_sentence_is_longer_than_25_words() {
    let mut other = refusal();
    other.appeal = complaint(None);
    for letter in [decision(), other] {
        let lines = lines(&letter);
        for sentence in sentences(&lines) {
            assert!(words(sentence).len() <= 25, "{} words: {sentence}", words(sentence).len());
        }
    }
}

/// Läsbarhetsindex (Björnsson): words per sentence plus the share of words longer than six letters.
#[test]
fn swedish_letters_are_easy_to_read() {
    let mut other = refusal();
    other.appeal = complaint(None);
    for letter in [decision(), other] {
        let lines: Vec<String> = lines(&letter).into_iter().filter(|line| line.ends_with(['.', ':', '?'])).collect();
        let all: Vec<&str> = lines.iter().flat_map(|line| words(line)).collect();
        let long = all.iter().filter(|word| word.chars().count() > 6).count();
        let lix = all.len() / sentences(&lines).len() + 100 * long / all.len();
        assert!(lix <= 40, "LIX {lix}");
    }
}
