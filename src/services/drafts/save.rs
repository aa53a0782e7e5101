//! Saving what was typed: an answer at a time, never over somebody else's newer one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Draft, Written, about, handed_in, load, seal};
use crate::app::Tenant;
use crate::domain::draft::AnswerSource;
use crate::domain::id::DraftId;
use crate::domain::inputs::{Answer, Attachment};
use crate::forms::{self, Entry, Field, FieldKind};
use crate::services::{Actor, ServiceResult};
use crate::store::drafts::{self, AnswerRow};

/// An answer somebody sends.
#[derive(Clone, Debug)]
pub struct Change {
    /// The field.
    pub field: String,
    /// What is typed.
    pub entry: Entry,
    /// The version she saw when she began; 0 for none.
    pub seen_version: i64,
}

/// An answer that somebody else changed meanwhile. Hers stands until one of the two is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What the other one wrote.
    pub theirs: Entry,
    /// The other one's name.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The version to name when one's own is chosen.
    pub version: i64,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The draft as it stands now.
    pub draft: Draft,
    /// Answers that were not saved because somebody else changed them, by field.
    pub conflicts: BTreeMap<String, Conflict>,
}

/// Saves answers. What cannot be read as an answer is saved as it was typed: it stays in its box with the reason.
/// `went_through` is the section somebody has pressed on from.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::services::ServiceError::NotFound) when the draft is not the actor's;
/// [`ServiceError::Refused`](crate::services::ServiceError::Refused) when it was handed in or she may only read.
pub async fn save(tenant: &Tenant, actor: &Actor, id: DraftId, changes: &[Change], went_through: Option<&str>) -> ServiceResult<Saved> {
    let mut tx = tenant.db.write().await?;
    let draft = load::lock(&mut tx, tenant, actor, id).await?;
    if draft.closed {
        return Err(handed_in());
    }
    let now = tenant.clock.now();
    let mut conflicts = BTreeMap::new();
    let mut changed = false;
    for change in changes {
        let Some(field) = draft.package.form.field(&change.field).filter(|field| field.kind.is_question()) else { continue };
        if !may_change(&draft, field) || !is_ours(&draft, field, &change.entry) {
            continue;
        }
        let stands = draft.written.get(&field.id);
        match judge(field, stands, change) {
            Verdict::Nothing => {}
            Verdict::Conflict(theirs) => {
                let conflict =
                    Conflict { theirs: shown(field, &theirs.entry), who: theirs.by.clone(), at: theirs.at, version: theirs.version };
                conflicts.insert(field.id.clone(), conflict);
            }
            Verdict::Write => {
                changed = true;
                let row = AnswerRow {
                    draft_id: id,
                    field: field.id.clone(),
                    version: stands.map_or(0, |written| written.version) + 1,
                    source: AnswerSource::Typed,
                    content: seal(tenant, &about(id, &field.id), &change.entry)?,
                    written_by: actor.person(),
                    written_at: now,
                };
                drafts::put_answer(&mut tx, &row).await?;
            }
        }
    }
    if let Some(section) = went_through.filter(|_| conflicts.is_empty()) {
        drafts::see_section(&mut tx, id, section, now).await?;
    }
    if changed {
        drafts::touch(&mut tx, id, now).await?;
    }
    let row = drafts::by_id(&mut tx, id).await?.ok_or(crate::services::ServiceError::NotFound)?;
    let draft = load::assemble(&mut tx, tenant, row).await?;
    tx.commit().await?;
    Ok(Saved { draft, conflicts })
}

enum Verdict<'w> {
    Nothing,
    Write,
    Conflict(&'w Written),
}

fn judge<'w>(field: &Field, stands: Option<&'w Written>, change: &Change) -> Verdict<'w> {
    let Some(stands) = stands else {
        return if forms::is_blank(&change.entry) { Verdict::Nothing } else { Verdict::Write };
    };
    if same(field, &stands.entry, &change.entry) {
        // What came from elsewhere and was let stand has now been gone through.
        return if stands.source.is_unread() { Verdict::Write } else { Verdict::Nothing };
    }
    if stands.version == change.seen_version { Verdict::Write } else { Verdict::Conflict(stands) }
}

/// Whether two ways of typing say the same.
fn same(field: &Field, a: &Entry, b: &Entry) -> bool {
    if a == b {
        return true;
    }
    matches!((forms::enter(field, a), forms::enter(field, b)), (Ok(a), Ok(b)) if a == b)
}

/// What stands in the boxes: written the Swedish way where it can be read.
pub(super) fn shown(field: &Field, entry: &Entry) -> Entry {
    match forms::enter(field, entry) {
        Ok(Some(answer)) => forms::echo(field, &answer),
        Ok(None) | Err(_) => entry.clone(),
    }
}

/// In a supplement only what was asked for is open.
fn may_change(draft: &Draft, field: &Field) -> bool {
    let Some(requested) = &draft.requested else { return true };
    let section = draft.package.form.sections.iter().find(|section| section.fields.iter().any(|own| own.id == field.id));
    section.is_some_and(|section| requested.opens(&section.id))
}

/// A file that is named must be one that was chosen here or is on file.
fn is_ours(draft: &Draft, field: &Field, entry: &Entry) -> bool {
    if !matches!(field.kind, FieldKind::Attachment(_)) {
        return true;
    }
    match forms::enter(field, entry) {
        Ok(Some(Answer::Attachment(Attachment::Uploaded(sha)))) => {
            draft.files.iter().any(|file| file.field == field.id && file.sha256 == sha)
        }
        Ok(Some(Answer::Attachment(Attachment::OnFile(sha)))) => draft.on_file.iter().any(|paper| paper.sha256 == sha),
        Ok(_) => true,
        Err(_) => false,
    }
}
