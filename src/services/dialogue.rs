//! The dialogue of a case between applicant and officer. Every message is a document in the diary (OSL 5 kap. 1 §); the
//! mail about it says only that there is something to read.

pub mod attachments;
pub mod templates;

use serde_json::json;

use super::actor::{About, Action, authorize};
use super::cases::queue;
use super::diary::{self};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, conflicts, messages, packages, protection};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{CaseId, OrganisationId};
use crate::packages::Package;
use crate::store::cases::{self, CaseRow};
use crate::store::dialogue::{self as rows, ThreadRow};
pub use crate::store::dialogue::{MessageRow, Side};
use crate::store::diary::Direction;
use crate::store::{Tx, queue as queue_rows, users};
use crate::text::placeholders;

use attachments::Attached;
pub use attachments::Attachment;

/// How long a message may be, in signs.
const LONGEST: usize = 10_000;

/// A dialogue as a page shows it.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Case.
    pub case: CaseId,
    /// Diary number.
    pub number: String,
    /// The grant type's name.
    pub grant: Localized,
    /// Period, in words.
    pub period: Localized,
    /// Messages, oldest first; empty where they are kept from the actor.
    pub messages: Vec<MessageRow>,
    /// The files that came with them, in order.
    pub files: Vec<Attachment>,
    /// Whether they are kept from her: the material names somebody whose data are protected.
    pub reserved: bool,
}

/// A dialogue in a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// The dialogue.
    pub row: ThreadRow,
    /// The grant type's name.
    pub grant: Localized,
}

/// What is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written<'a> {
    /// The text.
    pub text: &'a str,
    /// The key of the form it was written in: the same form sent once more writes nothing.
    pub form_key: Option<&'a str>,
}

/// Whose side somebody writes on, who may write in a case.
fn side(actor: &Actor, case: &CaseRow) -> ServiceResult<Side> {
    match actor {
        Actor::Association { .. } => {
            authorize(actor, Action::ActFor(About::Case(case.about())))?;
            Ok(Side::Applicant)
        }
        Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => {
            authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
            Ok(Side::Municipality)
        }
    }
}

/// Asks whether somebody may write in a case, before anything that she sends is looked at.
///
/// # Errors
/// [`ServiceError::NotFound`] where the case is not hers, [`ServiceError::Refused`] where she may only read.
pub async fn may_write(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<()> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    side(actor, &case).map(drop)
}

/// Writes a message without files.
///
/// # Errors
/// As [`send`].
pub async fn write(tenant: &Tenant, actor: &Actor, id: CaseId, text: &str) -> ServiceResult<()> {
    send(tenant, actor, id, Written { text, form_key: None }, Vec::new()).await
}

/// Writes a message in a case: the applicant to the municipality, or an officer to the applicant, who gets a mail that
/// there is something to read. The message and each of its files are documents in the diary. What is not sent leaves no file.
///
/// # Errors
/// [`ServiceError::Invalid`] for an empty or very long text, or one with a place that is not filled;
/// [`ServiceError::NotFound`] where the case is not hers.
pub async fn send(tenant: &Tenant, actor: &Actor, id: CaseId, written: Written<'_>, files: Vec<Attached>) -> ServiceResult<()> {
    let sent = send_with(tenant, actor, id, written, &files).await;
    if !matches!(sent, Ok(true)) {
        attachments::discard(tenant, &files)?;
    }
    sent.map(drop)
}

/// `false` when the form was sent before.
async fn send_with(tenant: &Tenant, actor: &Actor, id: CaseId, written: Written<'_>, files: &[Attached]) -> ServiceResult<bool> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let side = side(actor, &case)?;
    conflicts::must_be_free(&mut tx, tenant, actor, case.about()).await?;
    if let Some(key) = written.form_key
        && rows::written(&mut tx, id, key).await?
    {
        return Ok(false);
    }
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    put(&mut tx, tenant, actor, &package, &case, side, written, files).await?;
    tx.commit().await?;
    Ok(true)
}

/// Writes a message of the municipality's in the caller's transaction.
pub(super) async fn tell(tx: &mut Tx, tenant: &Tenant, actor: &Actor, package: &Package, case: &CaseRow, text: &str) -> ServiceResult<()> {
    put(tx, tenant, actor, package, case, Side::Municipality, Written { text, form_key: None }, &[]).await
}

#[expect(clippy::too_many_arguments, reason = "whose message in which case, and what is in it: each is told apart by its type")]
async fn put(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    side: Side,
    written: Written<'_>,
    files: &[Attached],
) -> ServiceResult<()> {
    let text = written.text.trim();
    if side == Side::Municipality
        && let Some(place) = placeholders::left(text)
    {
        let message = Localized::both(
            format!("I texten står {{{}}} kvar. Skriv dit det som ska stå där.", place.word()),
            format!("The text still holds {{{}}}. Write what should stand there.", place.word()),
        );
        return Err(ServiceError::invalid("text", "not_filled", message));
    }
    if text.is_empty() {
        return Err(ServiceError::invalid("text", "missing", Localized::both("Skriv ett meddelande.", "Write a message.")));
    }
    if text.chars().count() > LONGEST {
        let message =
            Localized::both("Meddelandet är för långt. Dela upp det i flera.", "The message is too long. Divide it into several.");
        return Err(ServiceError::invalid("text", "too_long", message));
    }
    let sender = sender(tx, tenant, actor, case).await?;
    let sheet = diary::Sheet {
        direction: match side {
            Side::Applicant => Direction::In,
            Side::Municipality => Direction::Out,
        },
        subject: "Meddelande",
        document_type: "meddelande",
        parts: &[(sender.as_str(), text)],
        appendix: "",
    };
    let document = diary::register_sheet(tx, tenant, package, case, sheet).await?;
    let row = MessageRow {
        id: tenant.ids.uuid(),
        case_id: case.id,
        side,
        user_id: actor.person(),
        sender,
        at: tenant.clock.now(),
        text: text.to_owned(),
        document_id: document,
        read_at: None,
        read_by: None,
    };
    rows::insert(tx, &row, written.form_key).await?;
    let attached = attachments::register(tx, tenant, package, case, &row, files).await?;
    let kind = match side {
        Side::Applicant => {
            queue_rows::add_unread(tx, case.id).await?;
            "message.received"
        }
        Side::Municipality => {
            queue_rows::clear_unread(tx, case.id).await?;
            messages::queue_once(tx, tenant, case, messages::About::Message, &row.id.to_string()).await?;
            "message.sent"
        }
    };
    let event = Event { kind, body: json!({ "message": row.id, "document": document, "files": attached }), texts: &[] };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await
}

/// The name under a message. An officer whose name is kept from letters stands as her office.
async fn sender(tx: &mut Tx, tenant: &Tenant, actor: &Actor, case: &CaseRow) -> ServiceResult<String> {
    let office =
        || tenant.profile.committee(&case.committee).map_or_else(|| tenant.profile.name.clone(), |committee| committee.office.clone());
    Ok(match actor {
        Actor::Association { name, user: None, .. } => name.clone(),
        Actor::Association { user: Some(user), name, .. } => users::by_id(tx, *user).await?.map_or_else(|| name.clone(), |user| user.name),
        Actor::Staff { user, .. } | Actor::Person { user } if !user.hide_name => user.name.clone(),
        Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => office(),
    })
}

/// The dialogue of a case. What the other side wrote counts as read from now on, when somebody opens it who may answer.
///
/// # Errors
/// [`ServiceError::NotFound`] where the case is not hers to read.
pub async fn open(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<Thread> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let reserved = case.protected && !protection::may_read(actor);
    let messages = if reserved { Vec::new() } else { rows::of_case(&mut tx, id).await? };
    let files = if reserved { Vec::new() } else { attachments::of_case(&mut tx, tenant, id).await? };
    let reader = reader(&mut tx, actor).await?;
    drop(tx);
    let handles = Action::Handle { about: case.about(), committee: &case.committee };
    let (other, answers) = match actor {
        Actor::Association { .. } => (Side::Municipality, true),
        Actor::Staff { .. } | Actor::Person { .. } | Actor::Service => (Side::Applicant, authorize(actor, handles).is_ok()),
    };
    if answers && messages.iter().any(|message| message.side == other && message.read_at.is_none()) {
        let mut tx = tenant.db.write().await?;
        rows::open(&mut tx, id, other, tenant.clock.now(), &reader).await?;
        tx.commit().await?;
    }
    Ok(Thread {
        case: id,
        number: case.number,
        grant: package.form.title.clone(),
        period: package.form.period_words(&case.period),
        messages,
        files,
        reserved,
    })
}

/// The name of who opens a dialogue: an officer sees who of the association has read what she wrote.
async fn reader(tx: &mut Tx, actor: &Actor) -> ServiceResult<String> {
    Ok(match actor {
        Actor::Association { name, user: None, .. } => name.clone(),
        Actor::Association { user: Some(user), name, .. } => users::by_id(tx, *user).await?.map_or_else(|| name.clone(), |user| user.name),
        Actor::Staff { user, .. } | Actor::Person { user } => user.name.clone(),
        Actor::Service => String::new(),
    })
}

/// The dialogues somebody may see, the latest first.
///
/// # Errors
/// [`ServiceError::NotFound`] for somebody who acts for nobody.
pub async fn list(tenant: &Tenant, actor: &Actor) -> ServiceResult<Vec<Line>> {
    let mut tx = tenant.db.read().await?;
    let mut lines = Vec::new();
    for row in rows::threads(&mut tx, &actor.scope()?, 200).await? {
        let governing = packages::governing(&mut tx, tenant, &row.grant_type, &row.period).await?;
        let grant = governing.map_or_else(|| Localized::sv(row.grant_type.clone()), |(_, package)| package.form.title.clone());
        lines.push(Line { row, grant });
    }
    Ok(lines)
}

/// An association's cases that one may write about, the newest first: case, number, grant and period.
///
/// # Errors
/// [`ServiceError::NotFound`] where the association is not hers.
pub async fn subjects(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
) -> ServiceResult<Vec<(CaseId, String, Localized, Localized)>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    let scope = actor.scope()?;
    for case in cases::of_organisation(&mut tx, organisation).await?.into_iter().filter(|case| scope.holds_case(case.about())) {
        let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
        found.push((case.id, case.number, package.form.title.clone(), package.form.period_words(&case.period)));
    }
    Ok(found)
}

/// Notes that the applicant's messages need no answer.
///
/// # Errors
/// [`ServiceError::NotFound`] where the actor may not handle the case.
pub async fn settle(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    queue_rows::clear_unread(&mut tx, id).await?;
    queue::refresh(&mut tx, tenant, id).await?;
    tx.commit().await?;
    Ok(())
}
