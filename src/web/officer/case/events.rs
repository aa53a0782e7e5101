//! A case's history in sentences.

use std::collections::BTreeMap;

use fluent_bundle::FluentValue;
use serde_json::Value;

use crate::app::profile::Profile;
use crate::domain::appeal::StepKind;
use crate::domain::committee::Done;
use crate::domain::localized::Language;
use crate::domain::{Localized, Money};
use crate::services::assessments::views::Points;
use crate::services::cases::views::{CaseView, EventView};
use crate::services::tasks::REQUEST_SUPPLEMENT;
use crate::text::fluent::{self, Wording};
use crate::text::number;
use crate::web::officer::agenda;
use crate::web::officer::appeals::words as appeal_words;
use crate::web::officer::words::many;
use crate::web::parts::Event;

/// The history of a case, the latest first.
pub(super) fn events(view: &CaseView, profile: &Profile, language: Language) -> Vec<Event> {
    let wording = view.report.wording();
    let event = |event: &EventView| Event {
        text: Sentence { event, states: &view.states, profile, language, wording }.text(),
        when: number::moment(event.at, language),
        at: event.at.to_rfc3339(),
    };
    view.events.iter().filter(|event| !told_beside(event)).map(event).collect()
}

/// A task that ended in a question to the applicant is told by the question itself.
fn told_beside(event: &EventView) -> bool {
    event.kind == "task.done" && event.body.get("action").and_then(Value::as_str) == Some(REQUEST_SUPPLEMENT)
}

/// A sentence being made.
struct Sentence<'a> {
    event: &'a EventView,
    states: &'a BTreeMap<String, Localized>,
    profile: &'a Profile,
    language: Language,
    wording: Wording,
}

impl Sentence<'_> {
    fn word(&self, name: &str) -> &str {
        self.event.body.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn count(&self, name: &str) -> i64 {
        self.event.body.get(name).and_then(Value::as_i64).unwrap_or_default()
    }

    fn money(&self, name: &str) -> String {
        self.event.body.get(name).and_then(Value::as_i64).map_or_else(String::new, |ore| number::money(Money::from_ore(ore)))
    }

    fn day(&self, name: &str) -> String {
        self.word(name).parse().map_or_else(|_| String::new(), |day| number::date(day, self.language))
    }

    fn state(&self, name: &str) -> &str {
        self.states.get(self.word(name)).map_or(self.word(name), |label| label.get(self.language))
    }

    /// The sentence with who did it, a text that was written, and one more place.
    fn say(&self, key: &str, text: &str, more: &[(&'static str, &str)]) -> String {
        let written = self.event.texts.get(text).map(String::as_str).unwrap_or_default();
        let mut places = vec![("who", self.event.who.as_str()), ("text", written)];
        places.extend_from_slice(more);
        let places: Vec<_> = places.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        fluent::worded(self.language, self.wording, key, &places)
    }

    fn t(&self, key: &str) -> String {
        fluent::plain(self.language, key)
    }

    fn text(&self) -> String {
        match self.event.kind.as_str() {
            "application.received" => self.say("done-application-received", "signed_by", &[]),
            "application.replaced" => self.say("done-application-replaced", "signed_by", &[]),
            "application.cosignature_asked" => self.say("done-cosignature-asked", "", &[("day", &self.day("last_day"))]),
            "application.cosigned" => self.say("done-cosigned", "signed_by", &[]),
            "application.cosignature_reminded" => self.t("done-cosignature-reminded"),
            "application.cosignature_called_off" => self.t("done-cosignature-off"),
            "application.cosignature_missing" => self.t("done-cosignature-missing"),
            "application.withdrawn" => self.say("done-withdrawn", "text", &[]),
            "case.state" => self.say("done-state", "", &[("state", self.state("to"))]),
            "case.validated" => self.t("done-validated"),
            "case.registered" => self.say("done-registered", "", &[("number", self.word("number"))]),
            "case.population" => many(self.language, "done-population", self.count("asked") + self.count("known_before")),
            "case.attendance" if self.event.body.get("snapshot").is_some() => self.t("done-attendance-locked"),
            "case.attendance" => many(self.language, "done-attendance", self.count("clashes")),
            "case.calculated" => self.say("done-calculated", "", &[("amount", &self.money("total_ore"))]),
            "case.overridden" => match self.event.body.get("amount_ore").and_then(Value::as_i64) {
                Some(_) => self.say("done-overridden", "reason", &[("amount", &self.money("amount_ore"))]),
                None => self.say("done-override-taken-back", "reason", &[]),
            },
            "case.call" => self.say("done-call", "text", &[]),
            "case.handed_over" => self.say("done-handed-over", "", &[]),
            "case.assigned" => self.assigned(),
            "case.unassigned" => self.say("done-unassigned", "", &[("group", self.group())]),
            "expert.invited" => self.say("done-expert-invited", "", &[("person", &self.event.person), ("day", &self.day("last_day"))]),
            "expert.revoked" => self.say("done-expert-revoked", "", &[("person", &self.event.person)]),
            "expert.free" => self.say("done-expert-free", "", &[]),
            "expert.lapsed" => self.say("done-expert-lapsed", "", &[("person", &self.event.person)]),
            "case.conflict_declared" => self.say("done-conflict-declared", "", &[]),
            "case.conflict_tied" => self.say("done-conflict-tied", "", &[("person", &self.event.person)]),
            "case.conflict_override" => self.say("done-conflict-override", "reason", &[("person", &self.event.person)]),
            "case.conflict_override_ended" => self.say("done-conflict-override-ended", "", &[("person", &self.event.person)]),
            "case.extended" => self.say("done-extended", "", &[("day", &self.day("until"))]),
            "message.sent" => self.say("done-message-sent", "", &[]),
            "message.received" => self.t("done-message-received"),
            "case.on_agenda" => self.say("done-on-agenda", "", &[("day", &self.day("held_on"))]),
            "case.off_agenda" => self.say("done-off-agenda", "", &[("day", &self.day("held_on"))]),
            "case.in_committee" => self.in_committee(),
            "case.ranked" => {
                let points = Points::from_hundredths(self.count("points")).unwrap_or(Points::ZERO);
                let points = number::points(points, self.language);
                let place = self.count("place").to_string();
                self.say("done-ranked", "", &[("place", &place), ("points", &points), ("amount", &self.money("amount_ore"))])
            }
            "task.done" => self.say("done-task", "comment", &[]),
            "supplement.requested" => self.say("done-supplement-requested", "missing", &[]),
            "supplement.received" => self.say("done-supplement-received", "text", &[]),
            "view.received" => self.say("done-view-received", "text", &[]),
            "decision.proposed" => self.say("done-proposed", "", &[("amount", &self.money("amount_ore"))]),
            "decision.made" if self.event.body.get("changes").is_some() => self.changed(),
            "decision.made" => self.decided(),
            "appeal.entered" => self.say("done-appeal-entered", "who", &[("day", &self.day("received_on"))]),
            "appeal.step" => self.appeal_step(),
            "payment.called_off" => self.say("done-payment-called-off", "", &[("amount", &self.money("amount_ore"))]),
            "payment.held" => self.t("done-payment-held"),
            "decision.undone" => self.say("done-undone", "reason", &[]),
            "decision.dispatched" => self.t("done-dispatched"),
            "payment.ordered" => self.say("done-payment-ordered", "", &[("amount", &self.money("amount_ore"))]),
            "payment.reviewed" => self.say("done-payment-reviewed", "", &[]),
            "payment.attested" => self.say("done-payment-attested", "", &[]),
            "payment.exported" => self.t("done-payment-exported"),
            "payment.released" => self.say("done-payment-released", "reason", &[]),
            "payment.hold_dated" => self.t("done-payment-hold-dated"),
            "payment.told" => self.t("done-payment-told"),
            "payment.again" => self.say("done-payment-again", "", &[]),
            "payment.part_released" => self.t("done-part-released"),
            "report.owed" => self.say("done-report-owed", "", &[("day", &self.day("due"))]),
            "claim.opened" => self.t("done-claim-opened"),
            "report.come" => self.t("done-report-come"),
            "report.reminded" => self.t("done-report-reminded"),
            "report.missing" => self.say("done-report-missing", "reason", &[]),
            "report.accepted" => self.t("done-report-accepted"),
            "report.sent_back" => self.say("done-report-sent-back", "", &[]),
            "grant.settled" => self.say("done-settled", "", &[("amount", &self.money("final_ore"))]),
            "recovery.planned" => self.say("done-recovery-planned", "", &[]),
            "payment.sent_back" => self.say("done-payment-sent-back", "reason", &[]),
            "attendance.after_lock" => self.t("done-late-attendance"),
            "protected.read" => self.say("done-protected-read", "", &[]),
            other => other.to_owned(),
        }
    }

    /// A decision that takes the place of another.
    fn changed(&self) -> String {
        let key = if self.word("change") == "rattelse" { "done-corrected" } else { "done-changed" };
        self.say(key, "reason", &[("amount", &self.money("amount_ore"))])
    }

    fn appeal_step(&self) -> String {
        let step = StepKind::from_word(self.word("step")).map(|kind| appeal_words::step(kind, self.language));
        self.say("done-appeal-step", "text", &[("step", &step.unwrap_or_default())])
    }

    /// Who got the case by load, and why her.
    fn assigned(&self) -> String {
        let key = match self.word("because") {
            "only" => "done-assigned-only",
            "open" => "done-assigned-open",
            "lately" => "done-assigned-lately",
            _ => "done-assigned-name",
        };
        let counts = ["open", "lately", "among"].map(|name| (name, number::integer(self.count(name))));
        let mut places = vec![("person", self.event.person.as_str()), ("group", self.group())];
        places.extend(counts.iter().map(|(name, count)| (*name, count.as_str())));
        self.say(key, "", &places)
    }

    /// The unit that a case was given within; the committee where there is none.
    fn group(&self) -> &str {
        let unit = self.profile.unit(self.word("unit")).map(|unit| unit.name.as_str());
        let committee = || self.profile.committee(self.word("committee")).map(|committee| committee.name.as_str());
        unit.or_else(committee).unwrap_or_default()
    }

    /// What the committee did with the case.
    fn in_committee(&self) -> String {
        let stage = self.word("stage");
        let done = Done::from_word(self.word("outcome"));
        let done = done.map_or_else(String::new, |done| agenda::done_words(done, !stage.is_empty(), self.language));
        let who = if stage.is_empty() { self.t("done-committee") } else { stage.to_owned() };
        let places =
            [("body", who), ("day", self.day("held_on")), ("paragraph", self.word("paragraph").to_owned()), ("done", done.to_lowercase())];
        self.say("done-in-committee", "reason", &places.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    fn decided(&self) -> String {
        let outcome = match self.word("outcome") {
            "bifall" => self.t("case-outcome-bifall"),
            "delvis_bifall" => self.t("case-outcome-delvis"),
            "avslag" => self.t("case-outcome-avslag"),
            "avvisning" => self.t("case-outcome-avvisning"),
            "avskrivning" => self.t("case-outcome-avskrivning"),
            other => other.to_owned(),
        };
        self.say("done-decided", "", &[("outcome", &outcome.to_lowercase()), ("amount", &self.money("amount_ore"))])
    }
}
