//! From a draft to the boxes of a page.

use crate::domain::draft::AnswerSource;
use crate::domain::localized::Language;
use crate::forms::{
    self, Accept, AttachmentField, BankAccountKinds, Calculation, ChoiceField, Entry, Field, FieldKind, NumberField, Requirement,
};
use crate::services::drafts::{Change, Conflict, Draft, Written};
use crate::services::error::Finding;
use crate::text::{fluent, number};
use crate::web::apply::{draft as draft_pages, words};
use crate::web::parts::Choice;

use super::rows;
use super::{Account, Affirm, Clash, Control, FileBox, Line, Question};

/// What a page shows besides what is saved.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// What is wrong, at its place.
    pub findings: Vec<Finding>,
    /// What was typed and not saved.
    pub typed: Vec<Change>,
    /// What somebody else wrote meanwhile, by question.
    pub conflicts: std::collections::BTreeMap<String, Conflict>,
    /// Questions that are shown with more empty rows.
    pub more: Option<String>,
}

/// A question with its boxes.
pub(super) fn question(draft: &Draft, field: &Field, extra: &Extra, language: Language) -> Question {
    let written = draft.written.get(&field.id);
    let conflict = extra.conflicts.get(&field.id);
    let unsaved = conflict.and_then(|_| extra.typed.iter().find(|change| change.field == field.id)).map(|change| &change.entry);
    let entry = unsaved.or(written.map(|written| &written.entry)).map(|entry| readable(field, entry));
    let control = control(draft, field, &field.id, entry.as_ref(), extra, language);
    Question {
        id: field.id.clone(),
        name: field.id.clone(),
        label: field.label.get(language).to_owned(),
        help: field.help.as_ref().map(|help| help.get(language).to_owned()),
        optional: matches!(field.required, Requirement::Optional) && field.kind.is_question(),
        errors: errors(draft, field, extra, language),
        version: conflict.map_or_else(|| written.map_or(0, |written| written.version), |conflict| conflict.version),
        origin: origin(draft, field, language),
        clash: conflict.map(|conflict| clash(draft, field, conflict, language)),
        hidden: !draft.outlook.shows(&field.id),
        inner: false,
        control,
    }
}

/// A question in a row: its boxes alone.
pub(super) fn inner(
    draft: &Draft,
    field: &Field,
    name: &str,
    entry: Option<&Entry>,
    errors: Vec<String>,
    extra: &Extra,
    language: Language,
) -> Question {
    Question {
        id: field.id.clone(),
        name: name.to_owned(),
        label: field.label.get(language).to_owned(),
        help: field.help.as_ref().map(|help| help.get(language).to_owned()),
        optional: matches!(field.required, Requirement::Optional),
        errors,
        inner: true,
        control: control(draft, field, name, entry, extra, language),
        ..Question::default()
    }
}

/// What can be read is written the Swedish way; rows keep what was typed in each, so that none is lost.
fn readable(field: &Field, entry: &Entry) -> Entry {
    match forms::enter(field, entry) {
        Ok(Some(answer)) => forms::echo(field, &answer),
        Ok(None) | Err(_) => entry.clone(),
    }
}

/// What cannot be read is always said; what is missing only after pressing on.
fn errors(draft: &Draft, field: &Field, extra: &Extra, language: Language) -> Vec<String> {
    let has_rows = matches!(field.kind, FieldKind::Group(_) | FieldKind::Budget { .. } | FieldKind::Members);
    let own = |place: &str| place == field.id;
    let mut texts: Vec<String> = Vec::new();
    if !has_rows && let Some(found) = draft.unreadable.get(&field.id) {
        texts.extend(found.iter().map(|finding| finding.message.get(language).to_owned()));
    }
    for finding in extra.findings.iter().filter(|finding| own(&finding.place)) {
        let text = finding.message.get(language).to_owned();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn origin(draft: &Draft, field: &Field, language: Language) -> Option<String> {
    let written = draft.written.get(&field.id)?;
    match written.source {
        AnswerSource::Typed => None,
        AnswerSource::Register => Some(fluent::plain(language, "origin-register")),
        AnswerSource::Earlier => {
            let period = draft.prefilled_from.as_ref().map(|period| period.get(language).to_owned()).unwrap_or_default();
            Some(fluent::t(language, "origin-earlier", &[("period", period.into())]))
        }
    }
}

fn clash(draft: &Draft, field: &Field, conflict: &Conflict, language: Language) -> Clash {
    let at = number::moment(conflict.at, language);
    let who = fluent::t(language, "clash-who", &[("who", conflict.who.clone().into()), ("at", at.into())]);
    let theirs = match forms::enter(field, &conflict.theirs) {
        Ok(Some(answer)) => words::answer(field, &answer, Some(draft), language),
        Ok(None) => vec![fluent::plain(language, "clash-empty")],
        Err(_) => words::typed(field, &conflict.theirs, draft, language),
    };
    Clash { who, theirs }
}

fn control(draft: &Draft, field: &Field, name: &str, entry: Option<&Entry>, extra: &Extra, language: Language) -> Control {
    let t = |key: &str| fluent::plain(language, key);
    let value = || match entry {
        Some(Entry::One(text)) => text.clone(),
        Some(Entry::Many(_) | Entry::Parts(_) | Entry::Rows(_)) | None => String::new(),
    };
    let part = |key: &str| match entry {
        Some(Entry::Parts(parts)) => parts.get(key).cloned().unwrap_or_default(),
        Some(Entry::One(_) | Entry::Many(_) | Entry::Rows(_)) | None => String::new(),
    };
    let line = |kind, keys, fill| Control::Line(Line { value: value(), kind, keys, fill, unit: None, short: false });
    let short = |keys, unit| Control::Line(Line { value: value(), kind: "text", keys, fill: "off", unit, short: true });
    let on = || matches!(entry, Some(Entry::One(text)) if matches!(text.as_str(), "ja" | "yes" | "true" | "on"));
    match &field.kind {
        FieldKind::Text(_) => line("text", "text", "on"),
        FieldKind::LongText(_) => Control::Long(value()),
        FieldKind::YesNo => {
            let choice = |id: &str, key: &str| Choice { value: id.to_owned(), text: t(key), selected: value() == id };
            Control::Radios(vec![choice("ja", "answer-yes"), choice("nej", "answer-no")])
        }
        FieldKind::Choice(settings) => choice_control(settings, &value(), language),
        FieldKind::Choices(settings) => {
            let chosen = |id: &str| match entry {
                Some(Entry::Many(ids)) => ids.iter().any(|own| own == id),
                Some(Entry::One(own)) => own == id,
                Some(Entry::Parts(_) | Entry::Rows(_)) | None => false,
            };
            Control::Ticks(choices(settings, language, chosen))
        }
        FieldKind::Integer(settings) => short("numeric", unit(settings, language)),
        FieldKind::Decimal(settings) => short("decimal", unit(settings, language)),
        FieldKind::Money(_) => short("decimal", Some("kr".to_owned())),
        FieldKind::Date(_) => Control::Line(Line { value: value(), kind: "date", keys: "", fill: "off", unit: None, short: true }),
        FieldKind::DateRange(_) => Control::Range(part("from"), part("to")),
        FieldKind::OrganisationNumber | FieldKind::PersonalNumber { .. } => short("numeric", None),
        FieldKind::BankAccount(kinds) => {
            let (kind, typed) = (part("kind"), part("number"));
            Control::Account(Account {
                kinds: account_kinds(*kinds, &kind, language),
                number: if typed.is_empty() { value() } else { typed },
                ..registered(draft, field, *kinds, language)
            })
        }
        FieldKind::Email => line("email", "email", "email"),
        FieldKind::Phone => line("tel", "tel", "tel"),
        FieldKind::PostalAddress => Control::Address(part("street"), part("postcode"), part("town")),
        FieldKind::Municipality => {
            Control::Line(Line { value: value(), kind: "text", keys: "numeric", fill: "off", unit: None, short: true })
        }
        FieldKind::Attachment(settings) => Control::File(file(draft, field, settings, &value(), language)),
        FieldKind::Group(group) => Control::Table(rows::group(draft, field, group, name, entry, extra, language)),
        FieldKind::Budget { incomes } => {
            let incomes = if *incomes { rows::Incomes::Asked } else { rows::Incomes::NotAsked };
            Control::Table(rows::budget(draft, field, incomes, entry, extra, language))
        }
        FieldKind::Members => Control::Table(rows::members(draft, field, entry, extra, language)),
        FieldKind::AttendancePeriod => Control::Tick(Affirm {
            on: on(),
            text: t("attendance-affirm"),
            look: Some(attendance(draft, language)),
            again: draft.written.get(&field.id).is_some_and(Written::is_taken_back).then(|| t("attendance-affirm-again")),
        }),
        FieldKind::Declaration => Control::Tick(Affirm { on: on(), text: field.label.get(language).to_owned(), look: None, again: None }),
        FieldKind::Information => Control::Nothing,
        FieldKind::Calculated(calculation) => Control::Figure(figure(draft, calculation, language)),
    }
}

/// Where the period's attendance lies.
fn attendance(draft: &Draft, language: Language) -> (String, String) {
    let key = if draft.on_paper { "attendance-write-in" } else { "attendance-look" };
    (draft_pages::attendance(draft), fluent::plain(language, key))
}

fn figure(draft: &Draft, calculation: &Calculation, language: Language) -> String {
    match calculation.value(&draft.to_send()) {
        Some(value) => number::kronor(value),
        None => fluent::plain(language, "figure-none"),
    }
}

fn unit(settings: &NumberField, language: Language) -> Option<String> {
    settings.unit.as_ref().map(|unit| unit.get(language).to_owned())
}

/// How many choices lie in sight; more are a list to pull down.
const IN_SIGHT: usize = 7;

fn choice_control(settings: &ChoiceField, value: &str, language: Language) -> Control {
    let found = choices(settings, language, |id| id == value);
    if found.len() <= IN_SIGHT {
        return Control::Radios(found);
    }
    let none = Choice { value: String::new(), text: fluent::plain(language, "choose"), selected: value.is_empty() };
    Control::Select(std::iter::once(none).chain(found).collect())
}

fn choices(settings: &ChoiceField, language: Language, chosen: impl Fn(&str) -> bool) -> Vec<Choice> {
    let choice = |choice: &forms::Choice| Choice {
        value: choice.id.clone(),
        text: choice.label.get(language).to_owned(),
        selected: chosen(&choice.id),
    };
    settings.choices.iter().map(choice).collect()
}

fn account_kinds(kinds: BankAccountKinds, chosen: &str, language: Language) -> Vec<Choice> {
    let known = [
        (kinds.bankgiro, "bankgiro", "account-bankgiro"),
        (kinds.plusgiro, "plusgiro", "account-plusgiro"),
        (kinds.account, "account", "account-bank"),
    ];
    let taken = known.iter().filter(|(taken, _, _)| *taken);
    let first = taken.clone().next().map_or("", |(_, word, _)| *word);
    let chosen = if chosen.is_empty() { first } else { chosen };
    taken
        .map(|(_, word, key)| Choice { value: (*word).to_owned(), text: fluent::plain(language, key), selected: *word == chosen })
        .collect()
}

/// What the account of the register is good for in a question.
fn registered(draft: &Draft, field: &Field, kinds: BankAccountKinds, language: Language) -> Account {
    let Some(account) = &draft.registered else { return Account::default() };
    let text = format!("{} {account}", words::within(account.kind().name().get(language)));
    let say = |key: &str, places: &[(&str, fluent_bundle::FluentValue<'static>)]| Some(fluent::t(language, key, places));
    if !kinds.takes(account.kind()) {
        let taken = account_kinds(kinds, "", language).into_iter().map(|choice| words::within(&choice.text)).collect::<Vec<_>>();
        let places = [("account", text.into()), ("kinds", words::one_of(&taken, language).into())];
        return Account { not_usable: say("account-not-usable", &places), own: !draft.on_paper, ..Account::default() };
    }
    let stands = draft.answers.get(&field.id) == Some(&forms::answer_of_account(account));
    Account { offer: if stands { None } else { say("account-use-registered", &[("account", text.into())]) }, ..Account::default() }
}

fn file(draft: &Draft, field: &Field, settings: &AttachmentField, value: &str, language: Language) -> FileBox {
    let t = |key: &str| fluent::plain(language, key);
    let sha = value.strip_prefix("uploaded:").unwrap_or_default();
    let own = draft.files.iter().rev().find(|file| file.field == field.id && file.sha256 == sha);
    let chosen = own.map(|file| (file.name.clone(), words::size(file.size), format!("/utkast/{}/bilaga/{}", draft.id, file.file)));
    let mut ways = Vec::new();
    let mut way = |own: String, text: String| ways.push(Choice { selected: own == value, value: own, text });
    if let Some((name, _, _)) = &chosen {
        way(value.to_owned(), fluent::t(language, "file-keep", &[("name", name.clone().into())]));
    }
    for paper in draft.on_file.iter().filter(|paper| settings.on_file && paper.kind == field.id) {
        let day = number::date(paper.handed_in, language);
        way(
            format!("on_file:{}", paper.sha256),
            fluent::t(language, "file-on-file", &[("name", paper.name.clone().into()), ("day", day.into())]),
        );
    }
    if settings.later {
        way("later".to_owned(), t("file-later"));
    }
    if !ways.is_empty() {
        let text = t(if chosen.is_some() { "file-remove" } else { "file-new" });
        ways.push(Choice { selected: value.is_empty(), value: String::new(), text });
    }
    let megabytes = settings.max_bytes / 1_000_000;
    let kinds = settings.accept.iter().map(|accept| t(accept_key(*accept))).collect::<Vec<_>>().join(", ");
    FileBox {
        chosen,
        ways,
        accept: settings.accept.iter().map(|accept| endings(*accept)).collect::<Vec<_>>().join(","),
        limit: fluent::t(language, "file-limit", &[("kinds", kinds.into()), ("megabytes", megabytes.to_string().into())]),
        most: settings.max_bytes,
    }
}

pub(in crate::web) fn accept_key(accept: Accept) -> &'static str {
    match accept {
        Accept::Pdf => "file-pdf",
        Accept::Image => "file-image",
        Accept::Document => "file-document",
        Accept::Sheet => "file-sheet",
    }
}

pub(in crate::web) fn endings(accept: Accept) -> &'static str {
    match accept {
        Accept::Pdf => ".pdf",
        Accept::Image => ".png,.jpg,.jpeg",
        Accept::Document => ".docx,.odt",
        Accept::Sheet => ".xlsx,.ods,.csv",
    }
}
