//! A case's history in sentences.

use serde_json::Value;

use crate::domain::Money;
use crate::services::cases::views::EventView;
use crate::text::number;
use crate::web::parts::Event;
use crate::web::site::words;

/// An event as a sentence.
pub(super) fn event(view: &EventView) -> Event {
    Event { text: sentence(view), when: words::moment(view.at), at: view.at.to_rfc3339() }
}

fn sentence(view: &EventView) -> String {
    let text = |name: &str| view.texts.get(name).map(String::as_str).unwrap_or_default();
    let word = |name: &str| view.body.get(name).and_then(Value::as_str).unwrap_or_default();
    let amount =
        |name: &str| view.body.get(name).and_then(Value::as_i64).map_or_else(String::new, |ore| number::money(Money::from_ore(ore)));
    let count = |name: &str| view.body.get(name).and_then(Value::as_i64).unwrap_or_default();
    match view.kind.as_str() {
        "application.received" => format!("Ansökan inkom, underskriven av {}", text("signed_by")),
        "application.replaced" => format!("Ansökan ersattes med en ny, underskriven av {}", text("signed_by")),
        "case.state" => format!("Ärendet gick vidare till ”{}”", word("to")),
        "case.validated" => "Uppgifterna kontrollerades mot reglerna".to_owned(),
        "case.registered" => format!("Diariefört som {}", word("number")),
        "case.population" => {
            format!("{} personer kontrollerades mot folkbokföringen", number::integer(count("asked") + count("known_before")))
        }
        "case.attendance" if view.body.get("snapshot").is_some() => "Närvaron hämtades från den låsta perioden".to_owned(),
        "case.attendance" => format!("Närvaron hämtades, {} krockar", number::integer(count("clashes"))),
        "case.calculated" => format!("Beloppet räknades fram: {}", amount("total_ore")),
        "decision.proposed" => format!("Förslag till beslut skrevs: {}", amount("amount_ore")),
        "decision.made" => format!("{} beslutade: {}, {}", view.who, word("outcome").replace('_', " "), amount("amount_ore")),
        "decision.undone" => format!("{} tog tillbaka beslutet: {}", view.who, text("reason")),
        "decision.dispatched" => "Beslutsbrevet skickades".to_owned(),
        "task.done" => format!("{} gjorde en uppgift. {}", view.who, text("comment")),
        "supplement.requested" => format!("{} begärde komplettering: {}", view.who, text("missing")),
        "supplement.received" => format!("Kompletteringen kom in. {}", text("text")),
        "payment.ordered" => format!("Utbetalning förbereddes: {}", amount("amount_ore")),
        "payment.reviewed" => format!("{} granskningsattesterade", view.who),
        "payment.attested" => format!("{} beslutsattesterade", view.who),
        "payment.exported" => "Utbetalningen lades i en fil till banken".to_owned(),
        "payment.released" => format!("{} hävde en spärr: {}", view.who, text("reason")),
        "payment.hold_dated" => "Spärren för överklagandetiden fick ett slutdatum".to_owned(),
        "attendance.after_lock" => "Närvaro kom in efter att perioden låstes".to_owned(),
        other => other.to_owned(),
    }
}
