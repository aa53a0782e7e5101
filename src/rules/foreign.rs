//! Characters that a script cannot have outside texts and comments: letters beyond a–z, curly quotes, and what nobody sees.

use crate::domain::Localized;

/// The first such character: its line and column, both from 1, and itself.
pub fn first(source: &str) -> Option<(usize, usize, char)> {
    let mut within = Within::Code;
    let mut escaped = false;
    let mut signs = source.chars().peekable();
    let (mut line, mut column) = (1, 0);
    while let Some(sign) = signs.next() {
        column += 1;
        match within {
            Within::Code => match (sign, signs.peek()) {
                ('/', Some('/')) => within = Within::Line,
                ('/', Some('*')) => within = Within::Block,
                ('"' | '`' | '\'', _) => within = Within::Text(sign),
                (sign, _) if !sign.is_ascii() => return Some((line, column, sign)),
                _ => {}
            },
            Within::Line => {}
            Within::Block => {
                if sign == '*' && signs.peek() == Some(&'/') {
                    signs.next();
                    column += 1;
                    within = Within::Code;
                }
            }
            Within::Text(end) => {
                if escaped {
                    escaped = false;
                } else if sign == '\\' {
                    escaped = true;
                } else if sign == end {
                    within = Within::Code;
                }
            }
        }
        if sign == '\n' {
            (line, column) = (line + 1, 0);
            // What is open on one line is not open on the next, so that a forgotten quote hides nothing below it.
            within = match within {
                Within::Line | Within::Text('"' | '\'') => Within::Code,
                other => other,
            };
        }
    }
    None
}

#[derive(Clone, Copy)]
enum Within {
    Code,
    Line,
    Block,
    Text(char),
}

/// What is wrong with such a text, and what to do.
pub fn words(text: &str) -> (&'static str, Localized, Localized) {
    let sign = text.chars().find(|sign| !sign.is_ascii()).unwrap_or('\u{FFFD}');
    let number = u32::from(sign);
    if matches!(sign, '“' | '”' | '„' | '»' | '«' | '’' | '‘') {
        return (
            "non_ascii_name",
            Localized::both(
                format!("Citattecknet ”{sign}” går inte att använda i regler."),
                format!("The quote \"{sign}\" cannot be used in rules."),
            ),
            Localized::both(
                "Skriv raka citattecken: \"tak\". Ordbehandlare byter ut dem; en textredigerare gör det inte.",
                "Write straight quotes: \"tak\". Word processors replace them; a text editor does not.",
            ),
        );
    }
    if sign.is_whitespace() || sign.is_control() || matches!(sign, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}') {
        return (
            "non_ascii_name",
            Localized::both(
                format!("Här står ett tecken som inte syns (U+{number:04X})."),
                format!("Here is a character that cannot be seen (U+{number:04X})."),
            ),
            Localized::both(
                "Ta bort det och skriv ett vanligt mellanslag. Sådana tecken följer ofta med när text klistras in.",
                "Remove it and type an ordinary space. Such characters often come along when text is pasted.",
            ),
        );
    }
    (
        "non_ascii_name",
        Localized::both(
            format!("Tecknet ”{sign}” (U+{number:04X}) går inte att använda utanför texter."),
            format!("The character \"{sign}\" (U+{number:04X}) cannot be used outside texts."),
        ),
        Localized::both(
            "Namn skrivs med a–z: alder i stället för ålder. Texter står i texts.toml, där går å, ä och ö bra.",
            "Names are written with a–z. Words belong in texts.toml, where any letter will do.",
        ),
    )
}
