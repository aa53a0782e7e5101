//! Saving one answer while somebody writes: what the script sends, and what it shows.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::handlers::echo;
use super::read::{self, HOLDS};
use crate::domain::id::DraftId;
use crate::services::drafts;
use crate::text::{fluent, number};
use crate::web::Error;
use crate::web::apply::sent;
use crate::web::site::{Site, Visitor};

/// What the script is told.
#[derive(Debug, Serialize)]
struct Told {
    /// The version that stands now.
    version: i64,
    /// When and by whom it was saved, in words.
    saved: String,
    /// What is wrong with what was typed.
    errors: Vec<String>,
    /// Whether somebody else was faster: both versions are on the page.
    clash: bool,
    /// What stands in the boxes, written the Swedish way.
    values: BTreeMap<String, String>,
    /// Which questions are shown.
    shows: BTreeMap<String, bool>,
}

pub(in crate::web) async fn save(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<DraftId>,
    request: Request,
) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let draft = drafts::open(&site.tenant, actor, id).await?;
    let sent = sent::read(&site, actor, id, request).await?;
    let field = sent.get(HOLDS).and_then(|field| draft.package.form.field(field)).ok_or(Error::NotFound)?.clone();
    let changes: Vec<_> = read::changes(&draft, &sent).into_iter().filter(|change| change.field == field.id).collect();
    let saved = drafts::save(&site.tenant, actor, id, &changes, None).await?;
    let now = &saved.draft;
    let conflict = saved.conflicts.get(&field.id);
    let language = visitor.language;
    let at = number::moment(now.touched_at, language);
    let saved_text = match conflict {
        Some(conflict) => {
            let who = fluent::t(
                language,
                "clash-who",
                &[("who", conflict.who.clone().into()), ("at", number::moment(conflict.at, language).into())],
            );
            format!("{who} {}", fluent::plain(language, "clash-choose"))
        }
        None => fluent::t(language, "section-saved", &[("at", at.into())]),
    };
    let told = Told {
        version: now.written.get(&field.id).map_or(0, |written| written.version),
        saved: saved_text,
        errors: now.unreadable.get(&field.id).into_iter().flatten().map(|finding| finding.message.get(language).to_owned()).collect(),
        clash: conflict.is_some(),
        values: if conflict.is_some() { BTreeMap::new() } else { echo(now, &field) },
        shows: now.outlook.fields.iter().map(|(id, truth)| (id.clone(), truth.is_true())).collect(),
    };
    Ok(Json(told).into_response())
}
