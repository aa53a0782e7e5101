//! Names in Swedish order: å, ä and ö last and in that order, whatever the case of the letters, the same on both engines.
//!
//! The order is a key made here, compared byte by byte: neither engine sorts å before ä by itself, and a library of every
//! language's order weighs more than the three letters do.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A key whose bytes stand in the order of the text: `Åsa Öst` becomes `{sa }st`. Signs that are no letters or digits
/// divide words; accents do not count, and ü stands with y.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for sign in text.to_lowercase().nfc() {
        match sign {
            // What follows z in ASCII, in the order of the alphabet.
            'å' => key.push('{'),
            'ä' | 'æ' => key.push('|'),
            'ö' | 'ø' => key.push('}'),
            'ü' => key.push('y'),
            other if other.is_alphanumeric() => key.extend(std::iter::once(other).nfd().filter(|part| !is_combining_mark(*part))),
            _ if key.is_empty() || key.ends_with(' ') => {}
            _ => key.push(' '),
        }
    }
    key.truncate(key.trim_end().len());
    key
}
