//! What the TOML reader says, in words for who writes definitions.

use crate::domain::Localized;

/// How a message of the reader begins; what is wrong, and what to do, in Swedish and English.
type Known = (&'static str, (&'static str, &'static str), (&'static str, &'static str));

/// What is wrong and what to do. The reader's own words are English and about grammar; the ones that people meet are
/// said in ours.
pub(super) fn words(message: &str) -> (Localized, Localized) {
    let known: [Known; 7] = [
        (
            "invalid date",
            ("Det datumet finns inte.", "There is no such date."),
            ("Skriv år-månad-dag med siffror: 2026-02-28.", "Write year-month-day in figures: 2026-02-28."),
        ),
        (
            "duplicate key",
            ("Samma namn står två gånger.", "The same name stands twice."),
            ("Ta bort det ena eller ge det ett annat namn.", "Remove one of them or give it another name."),
        ),
        (
            "invalid unquoted key",
            ("Namnet har ett tecken som inte går att använda.", "The name has a character that cannot be used."),
            ("Namn skrivs med a–z, 0–9 och _: tak, belopp_flicka.", "Names are written with a–z, 0–9 and _."),
        ),
        (
            "invalid basic string",
            (
                "En text saknar sitt avslutande citattecken eller har ett otillåtet tecken.",
                "A text lacks its closing quote or has a character that is not allowed.",
            ),
            ("Texter står mellan raka citattecken på en rad: \"kr/styck\".", "Texts stand between straight quotes on one line: \"kr\"."),
        ),
        (
            "cannot recurse further",
            ("Det är för många parenteser i varandra.", "There are too many nested brackets."),
            (
                "Skriv värdet plattare; inget värde behöver mer än fyra nivåer.",
                "Write the value flatter; no value needs more than four levels.",
            ),
        ),
        (
            "invalid array",
            ("En lista är inte avslutad eller saknar ett kommatecken.", "A list is not closed or lacks a comma."),
            (
                "Listor står mellan hakparenteser med kommatecken emellan: [7, 25].",
                "Lists stand in square brackets with commas between: [7, 25].",
            ),
        ),
        (
            "invalid inline table",
            ("En rad med klamrar är inte avslutad eller saknar ett kommatecken.", "A line in braces is not closed or lacks a comma."),
            ("Skriv till exempel { from = 2026-01-01, value = 3 }.", "Write for example { from = 2026-01-01, value = 3 }."),
        ),
    ];
    match known.into_iter().find(|(begins, ..)| message.starts_with(begins)) {
        Some((_, (sv, en), (hint_sv, hint_en))) => (Localized::both(sv, en), Localized::both(hint_sv, hint_en)),
        None => (
            Localized::both("Raden går inte att läsa som TOML.", format!("The line is not valid TOML: {message}")),
            Localized::both(
                "Kontrollera citattecken, hakparenteser och likhetstecken på raden och raden ovanför.",
                "Check quotes, brackets and equal signs on this line and the one above.",
            ),
        ),
    }
}
