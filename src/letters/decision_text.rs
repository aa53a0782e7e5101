//! A decision in words.

use crate::domain::calculation::PaidWhen;
use crate::domain::change::{ChangeGround, ChangeKind};
use crate::domain::grant::{GrantKind, Outcome};
use crate::text::fluent::{Arg, plain, t};
use crate::text::number::money;

use super::decision::{Decider, DecisionLetter, PartTime, PaymentTime, RuleVersion};
use super::document::{Block, Document, Fact};
use super::parts::{Head, Official, heading, paragraph};
use super::{LetterError, appeal, calculation, settlement_text};

pub(super) fn document(letter: &DecisionLetter) -> Result<Document, LetterError> {
    let head = &letter.head;
    let mut blocks = vec![Block::Lead { text: lead(letter) }, paragraph(decided(letter))];
    blocks.extend(replaces(letter));
    blocks.extend(reasons(letter));
    if !letter.rows.is_empty() {
        blocks.push(heading(plain(head.language, "heading-calculation")));
        blocks.push(calculation::rows(head.language, &letter.rows));
    }
    if !letter.account.is_empty() {
        blocks.push(heading(plain(head.language, "heading-account")));
        blocks.push(calculation::account(head.language, &letter.account));
    }
    blocks.extend(letter.settled.iter().flat_map(|settled| settlement_text::blocks(head, settled)));
    blocks.extend(payment(letter));
    blocks.extend(conditions(letter));
    blocks.extend(basis(letter));
    blocks.extend(record(letter));
    blocks.extend(appeal::blocks(head, letter.decided_on(), &letter.appeal)?);
    let title = t(head.language, "title-decision", &[("subject", head.subject().into())]);
    head.document(plain(head.language, "kind-decision"), title, blocks)
}

fn lead(letter: &DecisionLetter) -> String {
    let head = &letter.head;
    let amount = letter.amount.unwrap_or_default();
    let key = match (letter.outcome, letter.kind) {
        (Outcome::Bifall, GrantKind::Approval) => "lead-approved",
        (Outcome::DelvisBifall, GrantKind::Approval) => "lead-approved-in-part",
        (Outcome::Bifall | Outcome::DelvisBifall, GrantKind::General | GrantKind::Selective) => "lead-granted",
        (Outcome::Avslag, GrantKind::Approval) => "lead-not-approved",
        (Outcome::Avslag, GrantKind::General | GrantKind::Selective) => "lead-refused",
        (Outcome::Avvisning, GrantKind::Report) => "lead-report-not-tried",
        (Outcome::Avvisning, _) => "lead-not-tried",
        (Outcome::Avskrivning, GrantKind::Report) => "lead-report-closed",
        (Outcome::Avskrivning, _) => "lead-closed",
        (Outcome::Bifall | Outcome::DelvisBifall | Outcome::Avslag, GrantKind::Report) => {
            let claims = letter.settled.is_some_and(|settled| settled.amounts.claimed.is_positive());
            if claims { "lead-report-claimed" } else { "lead-report-accepted" }
        }
    };
    let claimed = letter.settled.map(|settled| settled.amounts.claimed).unwrap_or_default();
    t(head.language, key, &[("amount", money(amount).into()), ("claimed", money(claimed).into()), ("to", head.to().into())])
}

fn decided(letter: &DecisionLetter) -> String {
    let head = &letter.head;
    let key = match (letter.outcome, letter.kind) {
        (Outcome::Bifall, GrantKind::Approval) => "decided-approved",
        (Outcome::DelvisBifall, GrantKind::Approval) => "decided-approved-in-part",
        (Outcome::Bifall, GrantKind::General | GrantKind::Selective) => "decided-granted",
        (Outcome::DelvisBifall, GrantKind::General | GrantKind::Selective) => "decided-granted-in-part",
        (Outcome::Bifall, GrantKind::Report) => "decided-report-accepted",
        (Outcome::DelvisBifall, GrantKind::Report) => "decided-report-reduced",
        (Outcome::Avslag, GrantKind::Report) => "decided-report-nothing",
        (Outcome::Avvisning, GrantKind::Report) => "decided-report-not-tried",
        (Outcome::Avskrivning, GrantKind::Report) => "decided-report-closed",
        (Outcome::Avslag, _) => "decided-refused",
        (Outcome::Avvisning, _) => "decided-not-tried",
        (Outcome::Avskrivning, _) => "decided-closed",
    };
    let args: [Arg<'_>; 5] = [
        ("granted", money(letter.settled.map(|settled| settled.amounts.granted).unwrap_or_default()).into()),
        ("committee", head.committee.as_str().into()),
        ("recipient", head.recipient.name.as_str().into()),
        ("amount", money(letter.amount.unwrap_or_default()).into()),
        ("subject", head.subject().into()),
    ];
    let decided = t(head.language, key, &args);
    match letter.applied {
        Some(applied) => format!("{decided} {}", t(head.language, "decided-applied", &[("applied", money(applied).into())])),
        None => decided,
    }
}

/// Which decision it takes the place of, why, and what that makes of the amount.
fn replaces(letter: &DecisionLetter) -> Vec<Block> {
    let Some(replaced) = &letter.replaces else { return Vec::new() };
    let head = &letter.head;
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    let ground = match replaced.ground {
        ChangeGround::Misspelt => "replaces-misspelt",
        ChangeGround::Miscounted => "replaces-miscounted",
        ChangeGround::Oversight => "replaces-oversight",
        ChangeGround::Favourable => "replaces-favourable",
        ChangeGround::Reconsidered => "replaces-reconsidered",
        ChangeGround::Reservation => "replaces-reservation",
        ChangeGround::Safety => "replaces-safety",
        ChangeGround::Misled => "replaces-misled",
    };
    let date = [("date", head.day(replaced.date).into())];
    let mut blocks = vec![paragraph(format!("{} {}", say("replaces", &date), say(ground, &[("to", head.to().into())])))];
    blocks.extend(replaced.why.iter().filter(|why| !why.trim().is_empty()).cloned().map(paragraph));
    let now = letter.amount.unwrap_or_default();
    let (rise, fall) = (now.checked_sub(replaced.before).unwrap_or_default(), replaced.before.checked_sub(now).unwrap_or_default());
    match replaced.ground.kind() {
        ChangeKind::Correction => {}
        ChangeKind::Change if rise.is_positive() => {
            blocks.push(paragraph(say("replaces-raised", &[("difference", money(rise).into()), ("to", head.to().into())])));
        }
        ChangeKind::Change => blocks.push(paragraph(say("replaces-lowered", &[("difference", money(fall).into())]))),
    }
    blocks
}

/// Förvaltningslagen 32 §: what was decisive, with the case's own numbers.
fn reasons(letter: &DecisionLetter) -> Vec<Block> {
    let language = letter.head.language;
    let failed =
        letter.failed().map(|check| with_paragraph(check.motivation.as_ref().unwrap_or(&check.text).get(language), &check.paragraph));
    let reduced = letter.reductions().map(|row| with_paragraph(row.reason.as_ref().unwrap_or(&row.text).get(language), &row.paragraph));
    let (intro, items): (&str, Vec<String>) = match (letter.outcome, letter.kind) {
        (Outcome::Bifall, GrantKind::Report) => ("reasons-report-accepted", Vec::new()),
        (Outcome::DelvisBifall, GrantKind::Report) => ("reasons-report-reduced", failed.chain(reduced).collect()),
        (Outcome::Avslag, GrantKind::Report) => ("reasons-report-reduced", failed.chain(reduced).collect()),
        (Outcome::Bifall, _) => ("reasons-granted", Vec::new()),
        (Outcome::DelvisBifall, GrantKind::Approval) => ("reasons-approved-in-part", failed.collect()),
        (Outcome::DelvisBifall, GrantKind::General | GrantKind::Selective) => ("reasons-reduced", failed.chain(reduced).collect()),
        (Outcome::Avslag, _) => {
            let failed: Vec<String> = failed.collect();
            // A budget that did not reach is no requirement that was not met.
            (if failed.is_empty() { "reasons-not-granted" } else { "reasons-refused" }, failed)
        }
        (Outcome::Avvisning, _) => ("reasons-not-tried", failed.collect()),
        (Outcome::Avskrivning, _) => ("reasons-closed", failed.collect()),
    };
    let mut blocks = vec![heading(plain(language, "heading-reasons")), paragraph(plain(language, intro))];
    if !items.is_empty() {
        blocks.push(Block::List { items });
    }
    blocks.extend(letter.motivation.iter().filter(|text| !text.trim().is_empty()).cloned().map(paragraph));
    blocks
}

fn with_paragraph(text: &str, rule: &Option<String>) -> String {
    match rule {
        Some(rule) => format!("{text} ({rule})"),
        None => text.to_owned(),
    }
}

fn payment(letter: &DecisionLetter) -> Vec<Block> {
    // Of a settled grant only what is left is paid.
    let amount = letter.settled.map_or(letter.amount, |settled| Some(settled.amounts.rest));
    let (Some(payment), Some(amount)) = (&letter.payment, amount) else {
        return Vec::new();
    };
    let head = &letter.head;
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    let mut text = match &payment.when {
        PaymentTime::Around { date } => {
            let amount = say("payment-amount", &[("amount", money(amount).into())]);
            format!("{amount} {}", say("payment-around", &[("date", head.day(*date).into())]))
        }
        PaymentTime::AfterAppeal => {
            format!("{} {}", say("payment-amount", &[("amount", money(amount).into())]), say("payment-after-appeal", &[]))
        }
        PaymentTime::InParts { parts } => {
            let part = |part: &PartTime| {
                let key = match part.when {
                    PaidWhen::Decision => "payment-part-decision",
                    PaidWhen::Requisition => "payment-part-requisition",
                    PaidWhen::Report => "payment-part-report",
                };
                say(key, &[("amount", money(part.amount).into())])
            };
            let each: Vec<String> = std::iter::once(say("payment-in-parts", &[])).chain(parts.iter().map(part)).collect();
            each.join(" ")
        }
        PaymentTime::Held { reason } => say("payment-held", &[("reason", reason.get(head.language).into())]),
    };
    if payment.set_off {
        text = format!("{text} {}", say("payment-set-off", &[]));
    }
    if let Some(account) = &payment.account {
        let account = say("payment-account", &[("account", account.text(head.language).into())]);
        text = format!("{text} {account} {}", say("payment-account-change", &[]));
    }
    vec![heading(say("heading-payment", &[])), paragraph(text)]
}

fn conditions(letter: &DecisionLetter) -> Vec<Block> {
    let language = letter.head.language;
    let mut blocks = Vec::new();
    if !letter.conditions.is_empty() {
        blocks.push(heading(plain(language, "heading-conditions")));
        blocks.push(Block::List { items: letter.conditions.iter().map(|text| text.get(language).to_owned()).collect() });
    }
    if let Some(reservation) = &letter.revocation {
        blocks.push(heading(plain(language, "heading-revocation")));
        blocks.push(paragraph(format!("{} {}", plain(language, "revocation-intro"), reservation.get(language))));
    }
    blocks
}

fn basis(letter: &DecisionLetter) -> Vec<Block> {
    let head = &letter.head;
    let RuleVersion { title, version, .. } = &letter.basis.rules;
    let mut blocks = vec![heading(plain(head.language, "heading-basis"))];
    if !letter.basis.provisions.is_empty() {
        blocks.push(paragraph(plain(head.language, "basis-provisions")));
        let items = letter.basis.provisions.iter().map(|text| text.get(head.language).to_owned()).collect();
        blocks.push(Block::List { items });
    }
    let fact = |key, value: String| Fact { label: plain(head.language, key), value };
    blocks.push(Block::Facts {
        items: vec![
            fact("label-rules", title.get(head.language).to_owned()),
            fact("label-rule-version", version.clone()),
            fact("label-rules-decided", rules_decided(head, &letter.basis.rules)),
        ],
    });
    blocks
}

fn rules_decided(head: &Head, rules: &RuleVersion) -> String {
    let key = match (&rules.paragraph, &rules.diary_number) {
        (None, None) => "rules-decided",
        (Some(_), None) => "rules-decided-at",
        (None, Some(_)) => "rules-decided-in",
        (Some(_), Some(_)) => "rules-decided-at-in",
    };
    let args: [Arg<'_>; 4] = [
        ("body", rules.decided_by.as_str().into()),
        ("date", head.day(rules.decided_on).into()),
        ("paragraph", rules.paragraph.as_deref().unwrap_or_default().into()),
        ("diary_number", rules.diary_number.as_deref().unwrap_or_default().into()),
    ];
    t(head.language, key, &args)
}

/// The five contents of förvaltningslagen 31 §: date, content, deciders, rapporteurs, others.
fn record(letter: &DecisionLetter) -> Vec<Block> {
    let head = &letter.head;
    let committee = || head.committee.as_str().into();
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    let fact = |key: &str, value: String| Fact { label: plain(head.language, key), value };
    let names = |officials: &[Official]| match officials {
        [] => say("nobody", &[]),
        some => some.iter().map(|official| official.text(head.language)).collect::<Vec<_>>().join("; "),
    };
    let mut items = vec![fact("label-decided-on", head.day(letter.decided_on())), fact("label-decision", outcome_and_amount(letter))];
    match &letter.record.decided_by {
        Decider::Delegate { official, delegation_point } => {
            items.push(fact("label-decided-by", official.text(head.language)));
            let point = delegation_point.as_str().into();
            items.push(fact("label-delegation", say("delegation-point", &[("committee", committee()), ("point", point)])));
        }
        Decider::Committee { meeting, paragraph } => {
            items.push(fact("label-decided-by", say("decided-by-committee", &[("committee", committee())])));
            let args = [("date", head.day(*meeting).into()), ("paragraph", paragraph.as_str().into())];
            items.push(fact("label-meeting", say("meeting-paragraph", &args)));
        }
        Decider::Automatic => items.push(fact("label-decided-by", say("decided-automatically", &[("committee", committee())]))),
    }
    items.push(fact("label-rapporteur", names(&letter.record.rapporteurs)));
    items.push(fact("label-present", names(&letter.record.present)));
    vec![heading(say("heading-record", &[])), Block::Facts { items }, paragraph(say("no-signature", &[]))]
}

fn outcome_and_amount(letter: &DecisionLetter) -> String {
    let language = letter.head.language;
    let outcome = match (letter.kind, letter.outcome) {
        (GrantKind::Report, Outcome::Bifall) => plain(language, "outcome-report-accepted"),
        (GrantKind::Report, Outcome::DelvisBifall) => plain(language, "outcome-report-reduced"),
        (GrantKind::Report, Outcome::Avslag) => plain(language, "outcome-report-revoked"),
        (GrantKind::Report | GrantKind::General | GrantKind::Selective | GrantKind::Approval, other) => outcome(language, other),
    };
    match letter.amount {
        Some(amount) => t(language, "decision-with-amount", &[("outcome", outcome.into()), ("amount", money(amount).into())]),
        None => outcome,
    }
}

/// The outcome in one or two words.
pub(super) fn outcome(language: crate::domain::localized::Language, outcome: Outcome) -> String {
    plain(
        language,
        match outcome {
            Outcome::Bifall => "outcome-bifall",
            Outcome::DelvisBifall => "outcome-delvis-bifall",
            Outcome::Avslag => "outcome-avslag",
            Outcome::Avvisning => "outcome-avvisning",
            Outcome::Avskrivning => "outcome-avskrivning",
        },
    )
}
