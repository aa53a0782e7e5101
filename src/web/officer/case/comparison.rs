//! "Räkna om och jämför": what came out again beside what is kept.

use super::{Comparison, Difference};
use crate::domain::localized::Language;
use crate::services::cases::compare::{self, Compared};
use crate::text::number;
use crate::web::parts::State as Shown;
use crate::web::site::{Visitor, words};

/// A comparison in the words of the page.
pub(super) fn shown(visitor: &Visitor, found: &compare::Comparison) -> Comparison {
    let language = visitor.language;
    let text = format!("{} {}, {}", visitor.t("compare-kept"), number::moment(found.at, language), visitor.t("compare-rules"))
        .replace('…', &found.version.to_string());
    match &found.result {
        Compared::Disposed { .. } => Comparison { state: Shown::none(visitor.t("compare-disposed")), text, differences: Vec::new() },
        Compared::Again(again) if again.same() => Comparison { state: Shown::ok(visitor.t("compare-same")), text, differences: Vec::new() },
        Compared::Again(again) => {
            let mut differences: Vec<Difference> = Vec::new();
            differences.extend(
                again
                    .checks
                    .iter()
                    .map(|one| pair(one, |check| words::check(check, language).text, |check| words::check(check, language).state.word)),
            );
            differences.extend(
                again.account.iter().map(|one| pair(one, |line| line.text.get(language).to_owned(), |line| number::integer(line.marks))),
            );
            differences.extend(
                again.rows.iter().map(|one| pair(one, |row| words::row(row, language).text, |row| words::row(row, language).value)),
            );
            if let Some((before, now)) = again.total {
                let text = visitor.t("compare-total");
                differences.push(Difference { text, before: number::money(before), after: number::money(now) });
            }
            let text = if again.material_changed { format!("{text} {}", material(language)) } else { text };
            Comparison { state: Shown::stop(visitor.t("compare-differs")), text, differences }
        }
    }
}

fn material(language: Language) -> String {
    crate::text::fluent::plain(language, "compare-material")
}

fn pair<T>(one: &compare::Difference<T>, name: impl Fn(&T) -> String, value: impl Fn(&T) -> String) -> Difference {
    let shown = |side: &Option<T>| side.as_ref().map_or_else(|| "–".to_owned(), &value);
    let named = one.now.as_ref().or(one.before.as_ref());
    Difference { text: named.map_or_else(String::new, &name), before: shown(&one.before), after: shown(&one.now) }
}
