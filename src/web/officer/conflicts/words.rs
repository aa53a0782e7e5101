//! The room's words for conflicts of interest.

use crate::domain::association::BoardRole;
use crate::domain::conflict::{Ground, OverrideWhy, TieKind};
use crate::domain::localized::Language;
use crate::domain::mandate::Mandate;
use crate::services::conflicts::hints::Hint;
use crate::services::conflicts::views::Person;
use crate::text::{fluent, number};
use crate::web::officer::words::say;

/// A ground in a sentence of the declarer's own.
pub(in crate::web) fn ground(ground: Ground, language: Language) -> String {
    fluent::plain(
        language,
        match ground {
            Ground::Concerned => "conflict-ground-concerned",
            Ground::Close => "conflict-ground-close",
            Ground::Represents => "conflict-ground-represents",
            Ground::EarlierInstance => "conflict-ground-earlier",
            Ground::Other => "conflict-ground-other",
        },
    )
}

/// A kind of tie.
pub(super) fn tie(kind: TieKind, language: Language) -> String {
    fluent::plain(
        language,
        match kind {
            TieKind::Board => "tie-board",
            TieKind::Member => "tie-member",
            TieKind::Employed => "tie-employed",
            TieKind::Relative => "tie-relative",
            TieKind::Other => "tie-other",
        },
    )
}

/// Why somebody takes part all the same.
pub(super) fn why(why: OverrideWhy, language: Language) -> String {
    fluent::plain(
        language,
        match why {
            OverrideWhy::NoImportance => "conflict-why-no-importance",
            OverrideWhy::NobodyElse => "conflict-why-nobody-else",
        },
    )
}

/// How somebody stands to a case, in a sentence.
pub(in crate::web::officer) fn stands(person: &Person, language: Language) -> String {
    match (&person.lifted, person.declared.first()) {
        (Some((_, by, at)), _) => {
            let day = number::date(crate::domain::clock::swedish_date(*at), language);
            say(language, "conflict-lifted", &[("name", &person.name), ("by", by), ("day", &day)])
        }
        (None, Some(_)) => say(language, "conflict-declared", &[("name", &person.name)]),
        (None, None) => say(language, "conflict-tied", &[("name", &person.name)]),
    }
}

/// A hint in a sentence.
pub(in crate::web::officer) fn hint(hint: &Hint, language: Language) -> String {
    let roles: Vec<String> = hint.roles.iter().map(|role| role_word(role, language)).collect();
    say(language, "conflict-hint", &[("association", &hint.association), ("roles", &roles.join(", "))])
}

/// What a register says somebody is: one of its own words, or as somebody wrote it.
fn role_word(role: &str, language: Language) -> String {
    let board = BoardRole::from_word(role).map(crate::web::association::board_key);
    let mandate = Mandate::from_word(role).map(|mandate| match mandate {
        Mandate::Reader => "mandate-reader",
        Mandate::Writer => "mandate-writer",
        Mandate::Signatory => "mandate-signatory",
    });
    board.or(mandate).map_or_else(|| role.to_owned(), |key| fluent::plain(language, key)).to_lowercase()
}
