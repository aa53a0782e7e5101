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
