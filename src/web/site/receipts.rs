//! Receipts: what has just happened, shown on the next page. The address carries a short word alone.

use crate::domain::localized::Language;
use crate::text::fluent;
use crate::web::parts::{Notice, Shape};

/// The words of receipts and the stems of their texts (`receipt-…` and `receipt-…-text`).
const RECEIPTS: &[(&str, &str)] = &[
    ("klar", "done"),
    ("komplettering", "supplement"),
    ("angrat", "undone"),
    ("beslutat", "decided"),
    ("granskat", "reviewed"),
    ("attesterat", "attested"),
    ("bunt", "batch"),
    ("havd", "released"),
    ("utfall", "told"),
    ("betalas-igen", "again"),
    ("rapport", "reported"),
    ("budget", "budget"),
    ("arsbudget", "year-budget"),
    ("stangd", "closed"),
    ("ingen", "nothing"),
    ("utloggad", "logged-out"),
    ("brist", "access"),
    ("sparat", "saved"),
    ("handling", "paper"),
    ("papper", "paper-application"),
    ("inbjuden", "invited"),
    ("kalla", "source"),
    ("rattad", "corrected"),
    ("utanfor", "left-out"),
    ("svar", "answered"),
    ("tillfalle", "occasion"),
    ("borttaget", "occasion-removed"),
    ("pakortet", "member-added"),
    ("avkortet", "member-removed"),
    ("kastat", "thrown"),
    ("kompletterat", "supplemented"),
    ("undertecknat", "cosigned"),
    ("pamint-underskrift", "cosign-reminded"),
    ("underskrift-aterkallad", "cosign-off"),
    ("aterkallat", "withdrawn"),
    ("delvis", "partly"),
    ("inget-beslutat", "none-decided"),
    ("inte-skickat", "not-sent"),
    ("vy", "view-saved"),
    ("vybort", "view-forgotten"),
    ("undanlagt", "away"),
    ("framtaget", "back"),
    ("anstand", "extended"),
    ("skickat", "sent"),
    ("besvarat", "settled"),
    ("antecknat", "noted"),
    ("samtal", "call"),
    ("andrat", "changed"),
    ("tagen-tillbaka", "taken-back"),
    ("avskrivet", "written-off"),
    ("overlamnat", "handed-over"),
    ("pamint", "reminded"),
    ("sparat-bedomning", "assess-saved"),
    ("bedomd", "assessed"),
    ("planerat", "meeting-planned"),
    ("pa-listan", "on-agenda"),
    ("av-listan", "off-agenda"),
    ("protokollet", "minutes-written"),
    ("tjansteskrivelse", "memo-saved"),
    ("rangordnat", "ranking-proposed"),
    ("faststallt", "ranking-settled"),
    ("avvisat", "ranking-turned-down"),
    ("anmalt", "meeting-reported"),
    ("anslaget", "meeting-announced"),
    ("rattat-sammantrade", "meeting-corrected"),
    ("lage", "standing"),
    ("skuld", "debt"),
    ("skuld-minskad", "debt-reduced"),
    ("jav", "conflict"),
    ("undantag", "conflict-override"),
    ("undantag-slut", "conflict-override-ended"),
    ("bindning", "tie"),
    ("bindning-slut", "tie-ended"),
    ("genomgangna", "ties-confirmed"),
    ("inte-jag", "hint-refused"),
    ("borta", "absent"),
    ("tillbaka", "present"),
    ("enhet", "unit"),
    ("mall", "template"),
    ("mall-borta", "template-retired"),
    ("mall-tillbaka", "template-offered"),
];

/// The stems of what did not come out as asked for.
const SHORT_OF: &[&str] = &["partly", "none-decided", "not-sent"];

/// The receipt of a word.
pub(super) fn notice(language: Language, word: Option<&str>) -> Option<Notice> {
    let word = word?;
    let (_, stem) = RECEIPTS.iter().find(|(known, _)| *known == word)?;
    Some(Notice {
        shape: if SHORT_OF.contains(stem) { Shape::Wait } else { Shape::Ok },
        heading: fluent::plain(language, &format!("receipt-{stem}")),
        text: fluent::plain(language, &format!("receipt-{stem}-text")),
    })
}
