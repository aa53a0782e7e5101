//! Reports of what is not accessible (lagen 2018:1937, 13 §): anybody writes, logged in or not, and the municipality gets a mail.

use super::messages;
use super::{ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::canonical::Sha;
use crate::domain::localized::Language;
use crate::integrations::mail::Message;
use crate::letters::mail;
use crate::services::error::Finding;
use crate::store::jobs;
use crate::text::{fluent, number};

/// How many are taken in a day: whoever sends more is a machine.
const MOST_A_DAY: i64 = 100;
/// The longest description, in signs.
const LONGEST_TEXT: usize = 4_000;
/// The longest name, address or page, in signs.
const LONGEST_LINE: usize = 200;

/// What somebody reports.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report<'a> {
    /// Her name, or nothing.
    pub name: &'a str,
    /// Where an answer reaches her, or nothing.
    pub email: &'a str,
    /// Which page it is about, or nothing.
    pub page: &'a str,
    /// What happened.
    pub text: &'a str,
}

/// Takes a report: the municipality is told by mail. The same once more changes nothing.
///
/// # Errors
/// [`ServiceError::Invalid`] for what must be corrected; [`ServiceError::Refused`] when more have come today than people write.
pub async fn report(tenant: &Tenant, report: Report<'_>) -> ServiceResult<()> {
    let findings = judge(report);
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let mut tx = tenant.db.write().await?;
    let now = tenant.clock.now();
    let day = format!("mail/accessibility/{}/", tenant.clock.today());
    let said = |text: &str| if text.is_empty() { fluent::plain(Language::Sv, "mail-access-not-said") } else { text.to_owned() };
    let args: [fluent::Arg<'_>; 5] = [
        ("page", said(report.page).into()),
        ("name", said(report.name).into()),
        ("email", said(report.email).into()),
        ("text", report.text.into()),
        ("at", number::moment(now, Language::Sv).into()),
    ];
    let text = fluent::t(Language::Sv, "mail-access-text", &args);
    let message = Message {
        to: tenant.profile.email.clone(),
        subject: fluent::plain(Language::Sv, "mail-access-subject"),
        html: mail::paragraphs(&text),
        text,
    };
    let content = format!("{}\n{}\n{}\n{}", report.name, report.email, report.page, report.text);
    let key = format!("{day}{}", Sha::of(content.as_bytes()).hex());
    if !jobs::known(&mut tx, &key).await? && jobs::beginning_with(&mut tx, &day).await? >= MOST_A_DAY {
        let (phone, email) = (&tenant.profile.phone, &tenant.profile.email);
        return Err(ServiceError::refused(
            format!("Vi kan inte ta emot fler anmälningar här i dag. Ring {phone} eller skriv till {email}."),
            format!("We cannot take more reports here today. Call {phone} or write to {email}."),
        ));
    }
    messages::queue_letter(&mut tx, tenant, &message, "accessibility", key).await?;
    tx.commit().await?;
    Ok(())
}

fn judge(report: Report<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |place: &str, code: &str, sv: &str, en: &str| {
        found.push(Finding { place: place.to_owned(), code: code.to_owned(), message: Localized::both(sv, en) });
    };
    if report.text.is_empty() {
        say("text", "missing", "Berätta vad som inte fungerar.", "Tell us what does not work.");
    }
    if report.text.chars().count() > LONGEST_TEXT {
        say("text", "too_long", "Skriv högst 4 000 tecken.", "Write at most 4,000 characters.");
    }
    for (place, value) in [("name", report.name), ("email", report.email), ("page", report.page)] {
        if value.chars().count() > LONGEST_LINE || value.contains(['\r', '\n']) {
            say(place, "too_long", "Skriv högst 200 tecken på en rad.", "Write at most 200 characters on one line.");
        }
    }
    if !report.email.is_empty() && !super::associations::is_email(report.email) {
        let (sv, en) = (
            "Kontrollera e-postadressen, till exempel namn@exempel.se, eller lämna rutan tom.",
            "Check the e-mail address, such as name@example.com, or leave the box empty.",
        );
        say("email", "bad_email", sv, en);
    }
    found
}
