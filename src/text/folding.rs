//! Words as they are searched for: without case, rings, dots and accents, so that `bjork` finds Björk.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How long a searched word is at most; what is longer is cut.
const LONGEST: usize = 40;

/// A text in small letters without marks: `Åsa Öst` becomes `asa ost`.
#[must_use]
pub fn fold(text: &str) -> String {
    text.to_lowercase().nfd().filter(|sign| !is_combining_mark(*sign)).collect()
}

/// The words of a text as they are searched for, each once, in order. Signs between letters and digits divide words.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut found: Vec<String> = Vec::new();
    for word in folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word: String = word.chars().take(LONGEST).collect();
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// A number such as `KFN 2026/131-17` as one word, so that its parts are not taken for words of their own.
#[must_use]
pub fn number(text: &str) -> String {
    fold(text).chars().filter(|sign| !sign.is_whitespace()).take(LONGEST).collect()
}

/// The words that somebody searches for: a whole diary number is one.
#[must_use]
pub fn asked(text: &str) -> Vec<String> {
    let whole = number(text);
    let committee: String = whole.chars().take_while(|sign| sign.is_alphabetic()).collect();
    let rest = &whole[committee.len()..];
    let signs = |sign: char| sign.is_ascii_digit() || sign == '/' || sign == '-';
    let is_number = !committee.is_empty() && rest.contains('/') && rest.chars().all(signs);
    if is_number { vec![whole] } else { words(text) }
}

/// Words as a part of a file's name, at most 40 signs.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut name = words(text).join("-");
    name.truncate(name.char_indices().nth(40).map_or(name.len(), |(at, _)| at));
    name
}
