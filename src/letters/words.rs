//! Cleans the words that people write before they stand in a letter.

/// The text without characters that would hide or turn other text: control characters and the
/// marks that override writing direction (a name with U+202E could make a letter read backwards).
/// Line breaks and tabs become spaces, and a § keeps its number on the line.
#[must_use]
pub fn clean(text: &str) -> String {
    let cleaned: String = text
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect();
    cleaned.replace("§ ", "§\u{A0}")
}

/// A text that the letter's fonts can set: invisible joiners are dropped, and what the fonts have
/// no glyph for (an emoji, for instance) becomes □, because PDF/UA forbids missing glyphs.
#[must_use]
pub fn settable(text: &str, has_glyph: impl Fn(char) -> bool) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E01EF}'))
        .map(|c| if has_glyph(c) { c } else { '□' })
        .collect()
}
