//! What has happened in a case, in sentences an association reads. What is the municipality's own work is left out.

use serde_json::Value;

use crate::domain::Money;
use crate::domain::localized::Language;
use crate::domain::payment::PaymentState;
use crate::services::cases::views::EventView;
use crate::text::fluent::Wording;
use crate::text::{fluent, number};
use crate::web::parts::Event;

/// An event as a sentence; none for what does not concern her.
pub(super) fn event(view: &EventView, wording: Wording, language: Language) -> Option<Event> {
    let text = |name: &str| view.texts.get(name).cloned().unwrap_or_default();
    let word = |name: &str| view.body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let amount =
        |name: &str| view.body.get(name).and_then(Value::as_i64).map_or_else(String::new, |ore| number::money(Money::from_ore(ore)));
    let day = |name: &str| {
        let day = view.body.get(name).and_then(Value::as_str).and_then(|day| day.parse().ok());
        day.map_or_else(String::new, |day| number::date(day, language))
    };
    let t = |key: &str| fluent::worded(language, wording, key, &[]);
    let with = |key: &str, name: &'static str, value: String| fluent::worded(language, wording, key, &[(name, value.into())]);
    let sentence = match view.kind.as_str() {
        "application.received" => with("event-received", "who", text("signed_by")),
        "application.replaced" => with("event-replaced", "who", text("signed_by")),
        "application.cosignature_asked" => with("event-cosign-asked", "day", day("last_day")),
        "application.cosigned" => with("event-cosigned", "who", text("signed_by")),
        "application.cosignature_reminded" => t("event-cosign-reminded"),
        "application.cosignature_called_off" => t("event-cosign-off"),
        "application.cosignature_missing" => t("event-cosign-missing"),
        "application.withdrawn" => t("event-withdrawn"),
        "case.registered" if view.body.get("opened_by_us") == Some(&Value::Bool(true)) => {
            with("event-registered-claim", "number", word("number"))
        }
        "case.registered" => with("event-registered", "number", word("number")),
        "case.calculated" if view.body.get("kind").and_then(Value::as_str) == Some("provisional") => {
            with("event-calculated", "amount", amount("total_ore"))
        }
        "supplement.requested" => with("event-supplement-requested", "day", day("last_day")),
        "supplement.received" => t("event-supplement-received"),
        "promised.received" => with("event-promised-received", "what", text("what")),
        "view.received" => t("event-view-received"),
        "appeal.entered" => with("event-appeal-entered", "day", day("received_on")),
        "decision.dispatched" => t("event-decision"),
        "report.owed" => with("event-report-owed", "day", day("due")),
        "report.come" => t("event-report-come"),
        "report.missing" => t("event-report-missing"),
        "report.accepted" => t("event-report-accepted"),
        "report.sent_back" => with("event-report-sent-back", "reason", text("reason")),
        "grant.settled" => with("event-settled", "amount", amount("final_ore")),
        "recovery.planned" => t("event-recovery-planned"),
        "payment.exported" => t("event-paid"),
        "payment.told" if word("state") == PaymentState::Booked.code() => with("event-booked", "amount", amount("amount_ore")),
        _ => return None,
    };
    Some(Event { text: sentence, when: number::moment(view.at, language), at: view.at.to_rfc3339() })
}
