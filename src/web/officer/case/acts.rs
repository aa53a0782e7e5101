//! What moves a case on from its own page, the likeliest first; and the ways to what has a page of its own.

use crate::domain::localized::Language;
use crate::services::cases::beside::Beside;
use crate::services::cases::views::{CaseView, Waits};
use crate::services::tasks;
use crate::text::{fluent, number};
use crate::web::officer::case::More;
use crate::web::officer::ranking;
use crate::web::officer::words::{many, say};
use crate::web::parts::{Action, Field, FieldKind, Link, Weight};
use crate::web::site::Site;

/// What can be done with a case.
pub(super) struct Acts<'a> {
    site: &'a Site,
    language: Language,
    view: &'a CaseView,
    beside: &'a Beside,
}

impl<'a> Acts<'a> {
    /// The acts for somebody who reads a case.
    pub(super) fn new(site: &'a Site, language: Language, view: &'a CaseView, beside: &'a Beside) -> Self {
        Self { site, language, view, beside }
    }

    fn t(&self, key: &str) -> String {
        fluent::plain(self.language, key)
    }

    fn url(&self, last: &str) -> String {
        format!("/arenden/{}/{last}", self.view.line.case.id)
    }

    fn open(&self) -> bool {
        self.view.line.case.closed_at.is_none()
    }

    fn in_days(&self, days: u64) -> String {
        self.site.tenant.clock.today().checked_add_days(chrono::Days::new(days)).unwrap_or_default().to_string()
    }

    /// The forms of the case's own page.
    pub(super) fn forms(&self) -> Vec<Action> {
        let mut forms = Vec::new();
        let undoable = self.view.decisions.iter().find(|decision| decision.undone_at.is_none() && decision.dispatched_at.is_none());
        if let Some(decision) = undoable {
            forms.push(Action {
                url: self.url(&format!("angra/{}", decision.id)),
                title: self.t("act-undo"),
                explanation: say(self.language, "act-undo-text", &[("time", &number::moment(decision.dispatch_at, self.language))]),
                button: self.t("act-undo-button"),
                weight: Weight::Secondary,
                fields: vec![Field {
                    name: "skal".to_owned(),
                    label: self.t("act-undo-why"),
                    kind: FieldKind::LongText,
                    ..Field::default()
                }],
            });
        }
        if self.beside.withdrawn && self.beside.may_close {
            forms.push(Action {
                url: self.url("avskriv"),
                title: self.t("act-close"),
                explanation: self.t("act-close-text"),
                button: self.t("act-close-button"),
                weight: Weight::Primary,
                fields: Vec::new(),
            });
        }
        if self.beside.may_handle {
            if self.view.actions.iter().any(|action| action == tasks::REQUEST_SUPPLEMENT) {
                forms.push(self.supplement());
            }
            forms.extend(self.away());
        }
        forms
    }

    fn supplement(&self) -> Action {
        Action {
            url: self.url("komplettering"),
            title: self.t("act-supplement"),
            explanation: self.t("act-supplement-text"),
            button: self.t("act-supplement-button"),
            weight: Weight::Secondary,
            fields: supplement_fields(self.language, &self.beside.sections, self.in_days(14)),
        }
    }

    fn away(&self) -> Option<Action> {
        let (title, text, button, field) = match self.beside.handling.snoozed_until {
            Some(until) if until > self.site.tenant.clock.today() => {
                let none = Field { name: "till".to_owned(), kind: FieldKind::Hidden, ..Field::default() };
                let until = number::date(until, self.language);
                ("act-back", say(self.language, "act-back-text", &[("date", &until)]), "act-back-button", none)
            }
            Some(_) | None if self.open() => {
                let day = Field {
                    name: "till".to_owned(),
                    label: self.t("act-away-day"),
                    value: self.in_days(7),
                    kind: FieldKind::Date,
                    ..Field::default()
                };
                ("act-away", self.t("act-away-text"), "act-away-button", day)
            }
            Some(_) | None => return None,
        };
        Some(Action {
            url: self.url("undan"),
            title: self.t(title),
            explanation: text,
            button: self.t(button),
            weight: Weight::Secondary,
            fields: vec![field],
        })
    }

    /// The ways to what has a page of its own.
    pub(super) fn ways(&self) -> Vec<More> {
        let way = |last: &str, key: &str| More { link: Link::new(self.url(last), self.t(key)), note: String::new(), calls: false };
        let unread = self.beside.handling.unread;
        let case = &self.view.line.case;
        let (address, key) = match self.view.committee_decides {
            true => ("/namnd".to_owned(), "case-way-committee"),
            false => (format!("/beslut?omgang={}/{}", case.grant_type, case.period), "case-way-decide"),
        };
        let decide = More { link: Link::new(address, self.t(key)), note: self.t("case-way-decide-note"), calls: true };
        let mut ways: Vec<More> = std::iter::once(decide).filter(|_| self.view.line.waits == Waits::Decision).collect();
        if self.view.awaits_ranking {
            let link = Link::new(ranking::address(&case.grant_type, &case.period), self.t("case-way-rank"));
            ways.push(More { link, note: String::new(), calls: false });
        }
        if self.view.tasks.iter().any(|task| task.on_page && task.done.is_some()) {
            ways.push(way("bedomningar", "case-way-assessments"));
        }
        ways.push(More {
            note: match unread {
                0 => many(self.language, "case-way-messages-count", i64::try_from(self.beside.messages.len()).unwrap_or(i64::MAX)),
                unread => many(self.language, "case-way-unanswered", unread),
            },
            calls: unread > 0,
            ..way("meddelanden", "case-way-messages")
        });
        let notes = More {
            note: many(self.language, "case-way-notes-count", i64::try_from(self.beside.notes.len()).unwrap_or(i64::MAX)),
            ..way("anteckning", "case-way-notes")
        };
        if self.beside.may_handle {
            ways.push(way("samtal", "case-way-call"));
            ways.push(notes);
            ways.push(way("overlamna", "case-way-hand-over"));
            if self.open() && !self.beside.decided {
                if self.view.calculated.is_some() {
                    ways.push(way("avvikelse", "case-way-override"));
                }
                if self.view.line.waits == Waits::Applicant || self.view.line.waits == Waits::Close {
                    ways.push(way("anstand", "case-way-longer"));
                }
                if !self.beside.withdrawn {
                    ways.push(way("aterkallad", "case-way-withdrawn"));
                }
            }
        } else {
            ways.push(notes);
        }
        if self.beside.files > 0 {
            let note = many(self.language, "files-count", i64::try_from(self.beside.files).unwrap_or(i64::MAX));
            ways.push(More { note, ..way("filer", "files-title") });
        }
        if self.view.decisions.iter().any(|decision| decision.left()) {
            let open = self.view.appeals.iter().filter(|appeal| appeal.closed_at.is_none()).count();
            let note = match self.view.appeals.len() {
                0 => String::new(),
                all if open == 0 => many(self.language, "appealed-count", i64::try_from(all).unwrap_or(i64::MAX)),
                _ => many(self.language, "appealed-count-open", i64::try_from(open).unwrap_or(i64::MAX)),
            };
            ways.push(More { note, calls: open > 0, ..way("overklagande", "appealed-way") });
            ways.push(way("andra-beslut", "change-way"));
        }
        ways.push(way("jav", "conflict-way"));
        ways.push(way("utskrift", "case-way-print"));
        ways
    }
}

/// What a request for what is missing asks of the officer: what, which parts, until when, and what happens otherwise
/// (förvaltningslagen 20 §).
pub(in crate::web::officer) fn supplement_fields(
    language: Language,
    sections: &[(String, crate::domain::Localized)],
    last_day: String,
) -> Vec<Field> {
    let t = |key: &str| fluent::plain(language, key);
    let text = |name: &str, label: &str| Field { name: name.to_owned(), label: t(label), kind: FieldKind::LongText, ..Field::default() };
    let mut fields = vec![Field { hint: Some(t("act-supplement-hint")), ..text("saknas", "act-supplement-missing") }];
    // A tick a section: the applicant is led to the parts she should look at.
    fields.extend(sections.iter().map(|(id, title)| Field {
        name: format!("avsnitt_{id}"),
        label: say(language, "act-supplement-section", &[("section", title.get(language))]),
        kind: FieldKind::Tick,
        optional: true,
        ..Field::default()
    }));
    fields.push(Field {
        name: "senast".to_owned(),
        label: t("act-supplement-day"),
        value: last_day,
        kind: FieldKind::Date,
        ..Field::default()
    });
    // The letter is the municipality's and in Swedish, whatever language its officer reads.
    fields.push(Field {
        value: fluent::plain(Language::Sv, "act-supplement-consequence-text"),
        ..text("foljd", "act-supplement-consequence")
    });
    fields
}

/// The sections that were ticked.
pub(in crate::web::officer) fn sections(sent: &[(String, String)]) -> Vec<String> {
    sent.iter().filter(|(_, value)| value == "ja").filter_map(|(key, _)| key.strip_prefix("avsnitt_")).map(str::to_owned).collect()
}
