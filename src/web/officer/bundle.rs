//! The papers of a meeting in one file: asked for, followed while they are made, fetched.

use axum::extract::{Form, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::agenda;
use super::typed::{Post, Typed, value};
use super::words::say;
use crate::domain::committee::Memos;
use crate::domain::localized::Language;
use crate::services::committee::bundle::{self, BundleView};
use crate::services::committee::views::AgendaView;
use crate::text::number;
use crate::web::Error;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::{Site, Visitor};

/// The box of a meeting's papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// Asking for them; none for who may not, and while some are being made.
    pub ask: Option<Action>,
    /// What was asked for last, the newest first.
    pub lines: Vec<PapersLine>,
    /// Whether some are being made, so that the page looks again.
    pub working: bool,
}

/// Papers that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PapersLine {
    /// Where they are fetched; none before they are made.
    pub file: Option<Link>,
    /// Who asked, when, how the memos are cut.
    pub about: String,
    /// How far they are, or why there are none.
    pub state: Shown,
    /// Made and to be made, while they are being made.
    pub progress: Option<(i64, i64)>,
    /// What went wrong; empty where nothing did.
    pub fault: String,
}

pub(in crate::web) async fn ask(
    State(site): State<Site>,
    visitor: Visitor,
    Path(meeting): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let memos = Memos::from_word(value(&sent, "tjansteskrivelser")).unwrap_or(Memos::ByGrant);
    let done = bundle::ask(&site.tenant, visitor.staff()?, meeting, memos).await.map(|_| ());
    agenda::answer(&site, &visitor, meeting, sent, done, "handlingar").await
}

pub(in crate::web) async fn file(
    State(site): State<Site>,
    visitor: Visitor,
    Path((meeting, id)): Path<(Uuid, Uuid)>,
) -> Result<Response, Error> {
    let (meeting, bytes) = bundle::read(&site.tenant, visitor.staff()?, meeting, id).await?;
    let whose = meeting.stage.as_deref().unwrap_or(&meeting.committee);
    let disposition = format!("attachment; filename=\"handlingar-{whose}-{}.zip\"", meeting.held_on);
    Ok(([(CONTENT_TYPE, "application/zip".to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// The box as a meeting's page shows it.
pub(super) fn papers(view: &AgendaView, language: Language, typed: Option<&Typed>) -> Papers {
    let working = view.bundles.iter().any(|bundle| bundle.row.finished_at.is_none());
    let chosen = typed.and_then(|typed| Memos::from_word(value(&typed.sent, "tjansteskrivelser"))).unwrap_or(Memos::ByGrant);
    let choice = |memos: Memos| Choice { value: memos.word().to_owned(), text: say(language, cut(memos), &[]), selected: memos == chosen };
    let ask = (view.may_prepare && !working && !view.items.is_empty()).then(|| Action {
        url: format!("/namnd/{}/handlingar", view.meeting.id),
        explanation: say(language, "bundle-text", &[]),
        button: say(language, "bundle-ask", &[]),
        weight: Weight::Secondary,
        fields: vec![Field {
            name: "tjansteskrivelser".to_owned(),
            label: say(language, "bundle-cut", &[]),
            kind: FieldKind::Radios([Memos::ByGrant, Memos::ByCase].map(choice).into()),
            ..Field::default()
        }],
        ..Action::default()
    });
    Papers { ask, lines: view.bundles.iter().map(|bundle| line(view.meeting.id, bundle, language)).collect(), working }
}

fn cut(memos: Memos) -> &'static str {
    match memos {
        Memos::ByGrant => "bundle-by-grant",
        Memos::ByCase => "bundle-by-case",
    }
}

fn line(meeting: Uuid, bundle: &BundleView, language: Language) -> PapersLine {
    let row = &bundle.row;
    let at = number::moment(row.asked_at, language);
    let about = say(language, "bundle-about", &[("who", &bundle.asked_by), ("time", &at), ("cut", &say(language, cut(row.memos), &[]))]);
    let progress = row.finished_at.is_none().then_some((row.made, row.total));
    let state = match (&row.fault, progress) {
        (Some(_), _) => Shown::stop(say(language, "bundle-failed", &[])),
        (None, Some((made, total))) => {
            let (made, total) = (number::integer(made), number::integer(total));
            Shown::wait(say(language, "bundle-working", &[("made", &made), ("total", &total)]))
        }
        (None, None) => Shown::ok(say(language, "bundle-done", &[])),
    };
    let file = row.file_id.map(|_| Link::new(format!("/namnd/{meeting}/handlingar/{}", row.id), say(language, "bundle-file", &[])));
    PapersLine { file, about, state, progress, fault: row.fault.clone().unwrap_or_default() }
}
