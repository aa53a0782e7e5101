//! Text in the narrow character sets that banks and ledgers take.
//!
//! The text is composed first (NFC), so that `a` with a ring of its own is `å`. A sign outside the set becomes its
//! base letter or a plain form of itself; what has none becomes `?` and is reported.

use codepage_437::CP437_CONTROL;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

/// What a receiver can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Charset {
    /// The Swedish banks' set for ISO 20022: digits, `A-Za-zåäöÅÄÖ`, `/-?:().,'+` and space (rule `PFH_214`).
    Mig,
    /// Code page 437 without control signs (SIE's `PC8`).
    Cp437,
}

/// A text within a character set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transliterated {
    /// The text.
    pub text: String,
    /// Signs that had no counterpart and became `?`, in order, each once.
    pub lost: Vec<char>,
}

/// The text in a character set. Runs of white space become one space; none is left at the ends.
#[must_use]
pub fn transliterate(text: &str, charset: Charset) -> Transliterated {
    let mut out = Transliterated::default();
    let composed: String = text.nfc().collect();
    for word in composed.split(|sign: char| sign.is_whitespace() || sign.is_control()) {
        let before = out.text.len();
        for sign in word.chars() {
            push(&mut out, sign, charset);
        }
        // A word of signs that nobody sees leaves no space either.
        if before > 0 && out.text.len() > before {
            out.text.insert(before, ' ');
        }
    }
    out
}

/// The bytes of a text in code page 437, and the signs that were lost.
#[must_use]
pub fn to_cp437(text: &str) -> (Vec<u8>, Vec<char>) {
    let Transliterated { text, lost } = transliterate(text, Charset::Cp437);
    // Every sign that `transliterate` lets through has a byte.
    (text.chars().map(|sign| CP437_CONTROL.encode(sign).unwrap_or(b'?')).collect(), lost)
}

/// Whether a character set has a sign.
#[must_use]
pub fn holds(charset: Charset, sign: char) -> bool {
    match charset {
        Charset::Mig => sign.is_ascii_alphanumeric() || "åäöÅÄÖ/-?:().,'+ ".contains(sign),
        // The lowest 32 and 127 are control signs, which SIE forbids; the pictures some give them are no text. A sign
        // that would come back as another, as ø as the Greek phi, is not held either.
        Charset::Cp437 => CP437_CONTROL.encode(sign).is_some_and(|byte| byte >= b' ' && byte != 127 && CP437_CONTROL.decode(byte) == sign),
    }
}

fn push(out: &mut Transliterated, sign: char, charset: Charset) {
    if holds(charset, sign) {
        out.text.push(sign);
        return;
    }
    let plain = plain(sign);
    if !plain.is_empty() && plain.chars().all(|sign| holds(charset, sign)) {
        out.text.push_str(plain);
        return;
    }
    if let Some(base) = base(sign).filter(|base| holds(charset, *base)) {
        out.text.push(base);
        return;
    }
    if is_invisible(sign) {
        return;
    }
    out.text.push('?');
    if !out.lost.contains(&sign) {
        out.lost.push(sign);
    }
}

/// Plain forms of signs that Unicode does not take apart: `&` as the banks' guides write it, the neighbours' letters,
/// and typographic marks.
fn plain(sign: char) -> &'static str {
    match sign {
        '&' => "+",
        'ø' => "ö",
        'Ø' => "Ö",
        'æ' => "ä",
        'Æ' => "Ä",
        'ß' => "ss",
        'œ' => "oe",
        'Œ' => "OE",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'ı' => "i",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{2018}'..='\u{201B}' | '\u{201C}'..='\u{201F}' | '"' | '´' | '`' | '«' | '»' => "'",
        '…' => "...",
        _ => "",
    }
}

/// The letter under its accents: `é` is an e.
fn base(sign: char) -> Option<char> {
    let mut first = None;
    decompose_canonical(sign, |part| {
        first.get_or_insert(part);
    });
    first.filter(|first| *first != sign)
}

/// Accents of their own that compose with nothing, soft hyphens and joiners: they have no width to keep.
fn is_invisible(sign: char) -> bool {
    unicode_normalization::char::is_combining_mark(sign) || matches!(sign, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}
