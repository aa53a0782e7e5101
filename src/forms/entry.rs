//! From what somebody typed or ticked to an answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::field::{BankAccountKinds, Field, FieldKind};
use super::numbers::{EntryFault, digits, parse_date, parse_decimal, parse_integer, parse_money};
use super::validate::Finding;
use crate::domain::Localized;
use crate::domain::account_number::{self, AccountKind, AccountNumber};
use crate::domain::attendance::Sex;
use crate::domain::inputs::{Answer, Attachment, Budget, BudgetLine, MemberCount};
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::period::DateRange;
use crate::domain::person_number::PersonNumber;

/// What a form sends for one field, as typed. Callers keep it beside the answer, so that nothing typed is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// One box.
    One(String),
    /// Several ticks.
    Many(Vec<String>),
    /// Named boxes: `from`/`to` of a span, `street`/`postcode`/`town` of an address, `kind`/`number` of an account.
    Parts(BTreeMap<String, String>),
    /// Rows of named boxes: groups, `kind`/`text`/`amount` of a budget, `birth_year`/`sex`/`resident`/`count` of members.
    Rows(Vec<BTreeMap<String, Entry>>),
}

/// The answer that was typed; `None` when nothing was.
///
/// # Errors
/// What cannot be understood, in words for the applicant. Limits and requirements are
/// [`validate`](super::validate)'s business.
pub fn enter(field: &Field, entry: &Entry) -> Result<Option<Answer>, Vec<Finding>> {
    let one = |code: &'static str, message: Localized| vec![Finding { field: field.id.clone(), code, message }];
    match (&field.kind, entry) {
        (FieldKind::Information | FieldKind::Calculated(_), _) => Ok(None),
        (FieldKind::Choices(_), Entry::Many(ids)) => Ok((!ids.is_empty()).then(|| Answer::Choices(ids.clone()))),
        (FieldKind::Choices(_), Entry::One(id)) => Ok((!id.trim().is_empty()).then(|| Answer::Choices(vec![id.clone()]))),
        (FieldKind::DateRange(_), Entry::Parts(parts)) => date_range(parts).map_err(|(code, message)| one(code, message)),
        (FieldKind::PostalAddress, Entry::Parts(parts)) => address(parts).map_err(|(code, message)| one(code, message)),
        (FieldKind::Group(group), Entry::Rows(rows)) => group_rows(field, &group.fields, rows),
        (FieldKind::Budget { .. }, Entry::Rows(rows)) => budget(field, rows),
        (FieldKind::Members, Entry::Rows(rows)) => members(field, rows),
        (FieldKind::BankAccount(kinds), Entry::Parts(parts)) => {
            let part = |key: &str| parts.get(key).map_or("", |text| text.trim());
            if part("number").is_empty() {
                return Ok(None);
            }
            bank_account(*kinds, &format!("{}:{}", part("kind"), part("number"))).map(Some).map_err(|(code, message)| one(code, message))
        }
        (kind, Entry::One(typed)) => {
            let typed = typed.trim();
            if typed.is_empty() {
                return Ok(None);
            }
            single(kind, typed).map(Some).map_err(|(code, message)| one(code, message))
        }
        (_, Entry::Many(_) | Entry::Parts(_) | Entry::Rows(_)) => Err(one(
            "wrong_shape",
            Localized::both("Svaret går inte att läsa. Fyll i fältet igen.", "The answer cannot be read. Fill in the field again."),
        )),
    }
}

/// A code and what to do.
pub(super) type Fault = (&'static str, Localized);

fn fault(code: &'static str, sv: &str, en: &str) -> Fault {
    (code, Localized::both(sv, en))
}

fn single(kind: &FieldKind, typed: &str) -> Result<Answer, Fault> {
    match kind {
        FieldKind::Text(_) | FieldKind::LongText(_) | FieldKind::PostalAddress => Ok(Answer::Text(typed.to_owned())),
        FieldKind::YesNo | FieldKind::Declaration | FieldKind::AttendancePeriod => match typed {
            "yes" | "true" | "on" | "ja" => Ok(Answer::YesNo(true)),
            "no" | "false" | "nej" => Ok(Answer::YesNo(false)),
            _ => Err(fault("not_yes_or_no", "Välj ja eller nej.", "Choose yes or no.")),
        },
        FieldKind::Choice(_) => Ok(Answer::Choice(typed.to_owned())),
        FieldKind::Choices(_) => Ok(Answer::Choices(vec![typed.to_owned()])),
        FieldKind::Integer(_) => parse_integer(typed).map(Answer::Integer).map_err(number_fault),
        FieldKind::Decimal(_) => parse_decimal(typed).map(Answer::Decimal).map_err(number_fault),
        FieldKind::Money(_) => parse_money(typed).map(Answer::Money).map_err(number_fault),
        FieldKind::Date(_) => date(typed).map(Answer::Date),
        FieldKind::OrganisationNumber => organisation_number(typed),
        FieldKind::PersonalNumber { .. } => personal_number(typed),
        FieldKind::BankAccount(kinds) => bank_account(*kinds, typed),
        FieldKind::Email => email(typed),
        FieldKind::Phone => phone(typed),
        FieldKind::Municipality => match digits(typed) {
            Some(code) if code.len() == 4 => Ok(Answer::Text(code)),
            _ => Err(fault("bad_municipality", "Välj en kommun i listan.", "Choose a municipality from the list.")),
        },
        FieldKind::Attachment(_) => attachment(typed),
        FieldKind::DateRange(_) => {
            let (from, to) = typed.split_once("--").or_else(|| typed.split_once(" – ")).unwrap_or((typed, ""));
            let parts = BTreeMap::from([("from".to_owned(), from.to_owned()), ("to".to_owned(), to.to_owned())]);
            date_range(&parts).and_then(|answer| answer.ok_or_else(date_fault))
        }
        FieldKind::Group(_) | FieldKind::Budget { .. } | FieldKind::Members | FieldKind::Information | FieldKind::Calculated(_) => Err(
            fault("wrong_shape", "Svaret går inte att läsa. Fyll i fältet igen.", "The answer cannot be read. Fill in the field again."),
        ),
    }
}

/// What is wrong with a text that stands as an answer without having been typed into a field, such as one from a file:
/// what an entry is checked for, a check digit above all, holds for it too.
pub(super) fn text_fault(kind: &FieldKind, text: &str) -> Option<Fault> {
    single(kind, text.trim()).err()
}

fn number_fault(error: EntryFault) -> Fault {
    match error {
        EntryFault::NotANumber => {
            fault("not_a_number", "Skriv ett tal med siffror, till exempel 1 234,50.", "Write a number in figures, such as 1 234,50.")
        }
        EntryFault::NotWhole => fault("not_whole", "Skriv ett helt tal utan decimaler.", "Write a whole number without decimals."),
        EntryFault::PartsOfOre => fault("parts_of_ore", "Skriv högst två decimaler.", "Write at most two decimals."),
        EntryFault::Ambiguous => fault(
            "ambiguous_number",
            "Punkten kan betyda både tusental och decimal. Skriv 1 234 eller 1,234.",
            "The point may mean thousands or decimals. Write 1 234 or 1,234.",
        ),
        EntryFault::TooLarge => fault("too_large", "Talet är för stort.", "The number is too large."),
    }
}

fn date_fault() -> Fault {
    fault("not_a_date", "Skriv ett datum som finns, till exempel 2026-01-31.", "Write a date that exists, such as 2026-01-31.")
}

fn date(typed: &str) -> Result<NaiveDate, Fault> {
    parse_date(typed).ok_or_else(date_fault)
}

fn date_range(parts: &BTreeMap<String, String>) -> Result<Option<Answer>, Fault> {
    let part = |key: &str| parts.get(key).map_or("", |text| text.trim());
    match (part("from"), part("to")) {
        ("", "") => Ok(None),
        ("", _) | (_, "") => Err(fault("half_range", "Fyll i både första och sista dagen.", "Fill in both the first and the last day.")),
        (from, to) => {
            let (from, to) = (date(from)?, date(to)?);
            if to < from {
                return Err(fault("range_order", "Sista dagen ska vara efter första dagen.", "The last day must be after the first."));
            }
            Ok(Some(Answer::DateRange(DateRange { from, to })))
        }
    }
}

fn address(parts: &BTreeMap<String, String>) -> Result<Option<Answer>, Fault> {
    let part = |key: &str| parts.get(key).map_or("", |text| text.trim());
    let (street, postcode, town) = (part("street"), part("postcode"), part("town"));
    if street.is_empty() && postcode.is_empty() && town.is_empty() {
        return Ok(None);
    }
    if street.is_empty() || town.is_empty() {
        return Err(fault("half_address", "Fyll i gata, postnummer och ort.", "Fill in street, postcode and town."));
    }
    match digits(postcode) {
        Some(code) if code.len() == 5 => Ok(Some(Answer::Text(format!("{street}\n{} {} {town}", &code[..3], &code[3..])))),
        _ => Err(fault(
            "bad_postcode",
            "Ett postnummer har fem siffror, till exempel 412 50.",
            "A postcode has five digits, such as 412 50.",
        )),
    }
}

fn organisation_number(typed: &str) -> Result<Answer, Fault> {
    let number: Result<OrganisationNumber, _> = typed.parse();
    number.map(|number| Answer::Text(number.digits())).map_err(|error| ("bad_organisation_number", error.text()))
}

fn personal_number(typed: &str) -> Result<Answer, Fault> {
    PersonNumber::parse(typed).map(|number| Answer::Text(number.expose())).map_err(|error| ("bad_personal_number", error.text()))
}

/// The word of a kind of account in answers and definitions.
fn account_word(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Bankgiro => "bankgiro",
        AccountKind::Plusgiro => "plusgiro",
        AccountKind::Bank => "account",
    }
}

/// The account in an answer to a bank account field: the kind, a colon, and the number as printed.
#[must_use]
pub fn account_of(answer: &Answer) -> Option<AccountNumber> {
    let Answer::Text(text) = answer else { return None };
    let (word, number) = text.split_once(':')?;
    let kind = [AccountKind::Bankgiro, AccountKind::Plusgiro, AccountKind::Bank].into_iter().find(|kind| account_word(*kind) == word)?;
    account_number::parse(kind, number).ok().map(|checked| checked.number)
}

/// The answer that an account in the register is.
#[must_use]
pub fn answer_of_account(account: &AccountNumber) -> Answer {
    Answer::Text(format!("{}:{account}", account_word(account.kind())))
}

/// Where the kind is not said, the form of the number tells: bankgiro numbers are written `NNN-NNNN` or
/// `NNNN-NNNN`, plusgiro numbers with one digit after the hyphen.
fn bank_account(kinds: BankAccountKinds, typed: &str) -> Result<Answer, Fault> {
    let lower = typed.to_lowercase();
    let words = [
        ("bankgiro", AccountKind::Bankgiro),
        ("bg", AccountKind::Bankgiro),
        ("plusgiro", AccountKind::Plusgiro),
        ("pg", AccountKind::Plusgiro),
        ("account", AccountKind::Bank),
        ("konto", AccountKind::Bank),
    ];
    let said = words.iter().find_map(|(word, kind)| lower.strip_prefix(word).map(|rest| (*kind, rest.trim_start_matches([':', '.', ' ']))));
    let (kind, number) = said.unwrap_or_else(|| {
        let kind = match lower.rsplit_once('-') {
            Some((first, last)) if last.trim().len() == 1 && !first.contains('-') && !last.contains(',') => AccountKind::Plusgiro,
            Some((first, last)) if last.trim().len() == 4 && (3..=4).contains(&first.trim().len()) => AccountKind::Bankgiro,
            Some(_) | None => AccountKind::Bank,
        };
        (kind, lower.as_str())
    });
    let checked = account_number::parse(kind, number).map_err(|error| {
        let (message, hint) = (error.message(), error.hint());
        let en = |text: &Localized| text.en.clone().unwrap_or_else(|| text.sv.clone());
        ("bad_account", Localized::both(format!("{} {}", message.sv, hint.sv), format!("{} {}", en(&message), en(&hint))))
    })?;
    if kinds.takes(kind) {
        return Ok(Answer::Text(format!("{}:{}", account_word(kind), checked.number)));
    }
    Err(fault(
        "account_kind",
        "Den här sortens konto går inte att använda för bidraget.",
        "This kind of account cannot be used for the grant.",
    ))
}

fn email(typed: &str) -> Result<Answer, Fault> {
    let fits = typed.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains("..")
            && !typed.contains(char::is_whitespace)
            && !domain.contains('@')
    });
    if fits && typed.len() <= 254 {
        return Ok(Answer::Text(typed.to_owned()));
    }
    Err(fault("bad_email", "Kontrollera e-postadressen, till exempel namn@forening.se.", "Check the e-mail address, such as name@club.se."))
}

fn phone(typed: &str) -> Result<Answer, Fault> {
    let kept: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '/' | '(' | ')' | '\u{a0}')).collect();
    let number = kept.strip_prefix('+').unwrap_or(&kept);
    if number.chars().all(|c| c.is_ascii_digit()) && (7..=15).contains(&number.len()) {
        return Ok(Answer::Text(typed.to_owned()));
    }
    Err(fault("bad_phone", "Kontrollera telefonnumret, till exempel 070-174 06 05.", "Check the telephone number, such as 070-174 06 05."))
}

/// `later`, or `uploaded:`/`on_file:` and the file's SHA-256.
fn attachment(typed: &str) -> Result<Answer, Fault> {
    let hash = |text: &str| (text.len() == 64 && text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))).then(|| text.to_owned());
    let attachment = match typed.split_once(':') {
        None if typed == "later" => Some(Attachment::Later),
        Some(("uploaded", sha)) => hash(sha).map(Attachment::Uploaded),
        Some(("on_file", sha)) => hash(sha).map(Attachment::OnFile),
        Some(_) | None => None,
    };
    attachment.map(Answer::Attachment).ok_or_else(|| fault("bad_attachment", "Välj filen igen.", "Choose the file again."))
}

/// What was typed without the rows that nothing was typed in; a row's kind alone says nothing.
#[must_use]
pub fn without_blank_rows(field: &Field, entry: Entry) -> Entry {
    match entry {
        Entry::Rows(rows) => Entry::Rows(rows.into_iter().filter(|row| !is_blank_row(field, row)).collect()),
        Entry::One(_) | Entry::Many(_) | Entry::Parts(_) => entry,
    }
}

/// Whether nothing was typed in a row of a question.
#[must_use]
pub fn is_blank_row(field: &Field, row: &BTreeMap<String, Entry>) -> bool {
    match &field.kind {
        FieldKind::Budget { .. } => ["text", "amount"].iter().all(|key| typed(row, key).is_empty()),
        FieldKind::Members => ["birth_year", "count"].iter().all(|key| typed(row, key).is_empty()),
        _ => row.values().all(is_blank),
    }
}

/// Whether nothing was typed; the kind of an account is always chosen and says nothing alone.
#[must_use]
pub fn is_blank(entry: &Entry) -> bool {
    match entry {
        Entry::One(text) => text.trim().is_empty(),
        Entry::Many(list) => list.is_empty(),
        Entry::Parts(parts) => parts.iter().all(|(key, text)| key == "kind" || text.trim().is_empty()),
        Entry::Rows(rows) => rows.iter().all(|row| row.iter().all(|(key, entry)| key == "kind" || is_blank(entry))),
    }
}

type Row = BTreeMap<String, Entry>;

fn typed<'r>(row: &'r Row, key: &str) -> &'r str {
    match row.get(key) {
        Some(Entry::One(text)) => text.trim(),
        Some(Entry::Many(_) | Entry::Parts(_) | Entry::Rows(_)) | None => "",
    }
}

fn group_rows(field: &Field, fields: &[Field], rows: &[Row]) -> Result<Option<Answer>, Vec<Finding>> {
    let (mut answers, mut findings) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let mut answered = BTreeMap::new();
        for inner in fields {
            let Some(entry) = row.get(&inner.id) else { continue };
            match enter(inner, entry) {
                Ok(answer) => answered.extend(answer.map(|answer| (inner.id.clone(), answer))),
                Err(inside) => findings.extend(inside.into_iter().map(|finding| in_row(field, at, finding))),
            }
        }
        if !answered.is_empty() {
            answers.push(answered);
        }
    }
    finish(findings, answers, Answer::Group)
}

/// A finding in a row is named `group.0.field`.
pub(super) fn in_row(field: &Field, at: usize, finding: Finding) -> Finding {
    Finding { field: format!("{}.{at}.{}", field.id, finding.field), ..finding }
}

fn row_finding(field: &Field, at: usize, column: &str, (code, message): Fault) -> Finding {
    in_row(field, at, Finding { field: column.to_owned(), code, message })
}

fn finish<T>(findings: Vec<Finding>, rows: Vec<T>, answer: impl FnOnce(Vec<T>) -> Answer) -> Result<Option<Answer>, Vec<Finding>> {
    if !findings.is_empty() {
        return Err(findings);
    }
    Ok((!rows.is_empty()).then(|| answer(rows)))
}

fn budget(field: &Field, rows: &[Row]) -> Result<Option<Answer>, Vec<Finding>> {
    let (mut budget, mut findings) = (Budget::default(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let (text, amount) = (typed(row, "text"), typed(row, "amount"));
        if text.is_empty() && amount.is_empty() {
            continue;
        }
        if text.is_empty() {
            findings.push(row_finding(
                field,
                at,
                "text",
                fault("missing_text", "Skriv vad beloppet avser.", "Write what the amount is for."),
            ));
        }
        match parse_money(amount) {
            Ok(amount) if amount.is_negative() => {
                findings.push(row_finding(
                    field,
                    at,
                    "amount",
                    fault("negative", "Skriv beloppet utan minus.", "Write the amount without a minus."),
                ));
            }
            Ok(amount) => {
                let line = BudgetLine { text: text.to_owned(), amount };
                if typed(row, "kind") == "income" { budget.incomes.push(line) } else { budget.costs.push(line) }
            }
            Err(error) => findings.push(row_finding(field, at, "amount", number_fault(error))),
        }
    }
    let rows = if budget == Budget::default() { Vec::new() } else { vec![budget] };
    finish(findings, rows, |mut rows| Answer::Budget(rows.pop().unwrap_or_default()))
}

fn members(field: &Field, rows: &[Row]) -> Result<Option<Answer>, Vec<Finding>> {
    let (mut members, mut findings) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let (year, count) = (typed(row, "birth_year"), typed(row, "count"));
        if year.is_empty() && count.is_empty() {
            continue;
        }
        let birth_year = parse_integer(year).ok().and_then(|year| i32::try_from(year).ok()).filter(|year| (1890..=2199).contains(year));
        if birth_year.is_none() {
            findings.push(row_finding(
                field,
                at,
                "birth_year",
                fault("bad_year", "Skriv ett födelseår med fyra siffror.", "Write a year of birth with four digits."),
            ));
        }
        let sex = match typed(row, "sex") {
            "f" | "female" => Some(Sex::Female),
            "m" | "male" => Some(Sex::Male),
            _ => None,
        };
        if sex.is_none() {
            findings.push(row_finding(
                field,
                at,
                "sex",
                fault("bad_sex", "Välj flickor/kvinnor eller pojkar/män.", "Choose girls/women or boys/men."),
            ));
        }
        let count = parse_integer(count).ok().filter(|count| (0..=1_000_000).contains(count));
        if count.is_none() {
            findings.push(row_finding(
                field,
                at,
                "count",
                fault("bad_count", "Skriv antalet med siffror, 0 eller mer.", "Write the number in figures, 0 or more."),
            ));
        }
        if let (Some(birth_year), Some(sex), Some(count)) = (birth_year, sex, count) {
            let resident = matches!(typed(row, "resident"), "yes" | "true" | "on" | "ja");
            members.push(MemberCount { birth_year, sex, resident, count });
        }
    }
    finish(findings, members, Answer::Members)
}
