//! An order in the words of a row.

use std::collections::BTreeMap;

use crate::domain::Localized;
use crate::domain::localized::Language;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::payment::PaymentState;
use crate::services::packages::PeriodWords;
use crate::services::payments::Seen;
use crate::services::payments::views::OrderShown;
use crate::text::number;
use crate::web::page::Page;
use crate::web::parts::State;
use crate::web::pay::orders::OrderRow;

/// A row of an order.
pub(super) fn row(page: &Page, titles: &BTreeMap<String, Localized>, periods: &PeriodWords, order: &OrderShown) -> OrderRow {
    let line = &order.line;
    let language = page.language;
    let grant = titles.get(&line.grant_type).map_or(line.grant_type.as_str(), |title| title.get(language));
    let mut notes: Vec<String> = order
        .holds
        .iter()
        .map(|hold| {
            let until = hold.row.until.map(|until| page.fill("pay-hold-until", "date", number::date(until, language)));
            [Some(hold.meaning.get(language).to_owned()), until].into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
        .collect();
    if order.deducted.is_positive() {
        notes.push(page.fill("pay-deducted", "amount", number::money(order.deducted)));
    }
    if let Some(outcome) = &order.outcome {
        let code = outcome.code.as_ref().map(|code| page.fill("pay-bank-code", "code", code));
        let reason = (!outcome.reason.is_empty()).then(|| outcome.reason.clone());
        notes.extend([code, reason].into_iter().flatten());
    }
    OrderRow {
        seen: Seen { order: line.id, hash: order.seen.clone() }.to_string(),
        href: format!("/arenden/{}", line.case_id),
        diary_number: line.number.clone(),
        payee: line.payee.clone(),
        payee_number: line
            .payee_number
            .parse::<OrganisationNumber>()
            .map_or_else(|_| line.payee_number.clone(), |number| number.to_string()),
        purpose: format!("{grant}, {}", periods.of(&line.grant_type, &line.period).get(language)),
        account: order.account.clone().unwrap_or_else(|| page.t("pay-no-account")),
        account_note: account_note(page, order),
        state: if order.state.can_be_held() && !order.holds.is_empty() {
            State::stop(page.t("pay-state-held"))
        } else {
            state(order.state, language)
        },
        notes,
        attests: attests(page, order),
        amount: number::money(line.amount_ore),
        barred: order.barred.as_ref().map(|text| text.get(language).to_owned()),
        selected: order.barred.is_none() && order.holds.is_empty() && order.account_before.is_none(),
        actions: Vec::new(),
    }
}

/// A state as a word and a shape.
pub(super) fn state(state: PaymentState, language: Language) -> State {
    let word = state.name().get(language).to_owned();
    match state {
        PaymentState::Draft | PaymentState::Reviewed => State::wait(word),
        PaymentState::Attested | PaymentState::Accepted | PaymentState::Booked => State::ok(word),
        PaymentState::Exported | PaymentState::Cancelled => State::none(word),
        PaymentState::Rejected | PaymentState::Unknown | PaymentState::Returned => State::stop(word),
    }
}

/// The account's change, where the last payment went elsewhere: from what, when, and who confirmed it.
fn account_note(page: &Page, order: &OrderShown) -> Option<String> {
    let before = order.account_before.as_ref()?;
    let language = page.language;
    let date = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map_or_else(String::new, |at| number::date(crate::domain::clock::swedish_date(at), language))
    };
    let changed = date(order.line.account_changed_at);
    let was = page.fill("pay-account-was", "account", before);
    let (confirmed, who) = (date(order.line.account_confirmed_at), order.line.account_confirmer.as_deref());
    let then = match (order.line.account_confirmed_at, who) {
        (None, _) => page.fill("pay-account-unconfirmed", "changed", changed),
        (Some(_), None) => page.fill2("pay-account-taken-over", ("changed", &changed), ("confirmed", &confirmed)),
        (Some(_), Some(who)) => {
            let when = page.fill2("pay-account-confirmed", ("changed", &changed), ("confirmed", &confirmed));
            format!("{when} {}", page.fill("pay-account-by", "who", who))
        }
    };
    Some(format!("{was} {then}"))
}

fn attests(page: &Page, order: &OrderShown) -> Vec<String> {
    let line = &order.line;
    let said = |key: &str, who: &Option<String>, at: Option<chrono::DateTime<chrono::Utc>>| {
        let when = number::moment(at?, page.language);
        Some(page.fill2(key, ("who", who.as_ref()?), ("when", &when)))
    };
    let reviewed = said("pay-reviewed-by", &line.reviewer, line.reviewed_at);
    let attested = said("pay-attested-by", &line.attester, line.attested_at);
    [reviewed, attested].into_iter().flatten().collect()
}
