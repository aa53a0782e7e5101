//! A message as it is sent, with its files; and the form it is written in.

use axum::body::to_bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

use crate::domain::id::CaseId;
use crate::services::dialogue::attachments::{self, Attached, Upload};
use crate::services::dialogue::{self, Attachment, Written};
use crate::services::error::Finding;
use crate::services::{Actor, ServiceError};
use crate::text::fluent;
use crate::web::Error;
use crate::web::apply::{accept_key, endings, settle, short, size};
use crate::web::officer::typed::{Sent, Typed, value};
use crate::web::parts::{Action, Choice, Link};
use crate::web::site::{Site, Visitor};

/// How much the text of a form may hold, in bytes.
const TEXT: usize = 64 * 1024;
/// How many fields a form may have.
const FIELDS: usize = 40;
/// The button that asks for the text of a template instead of sending.
pub(in crate::web) const TEMPLATE: &str = "mallen";
/// The box for files.
const FILES: &str = "fil";

/// The form a message is written in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// Where it is sent, and its fields.
    pub action: Action,
    /// What files are taken, in words.
    pub hint: String,
    /// The endings that the browser offers.
    pub accept: String,
    /// What is wrong with the files.
    pub error: Option<String>,
    /// The texts one can write from; empty where there are none.
    pub templates: Vec<Choice>,
}

impl Writing {
    /// A form whose fields are told by its action.
    pub(in crate::web) fn new(visitor: &Visitor, action: Action) -> Self {
        let kinds = attachments::ACCEPT.map(|accept| visitor.t(accept_key(accept))).join(", ");
        let places = [
            ("kinds", kinds.into()),
            ("most", attachments::MOST.to_string().into()),
            ("megabytes", (attachments::MOST_BYTES / 1_000_000).to_string().into()),
        ];
        Self {
            hint: fluent::t(visitor.language, "message-files-hint", &places),
            accept: attachments::ACCEPT.map(endings).join(","),
            error: None,
            templates: Vec::new(),
            action,
        }
    }

    /// Puts what was typed back, and what is wrong at its place; answers the page's summary.
    pub(in crate::web) fn refill(&mut self, visitor: &Visitor, typed: &Typed) -> Vec<Link> {
        let mut box_of_files = crate::web::parts::Field { name: FILES.to_owned(), ..crate::web::parts::Field::default() };
        let fields = self.action.fields.iter_mut().chain(std::iter::once(&mut box_of_files));
        let errors = typed.fill(visitor.language, fields);
        self.error = box_of_files.error;
        errors
    }
}

/// The links to the files of a message.
pub(in crate::web) fn links(files: &[Attachment], case: CaseId, message: uuid::Uuid) -> Vec<Link> {
    let own = files.iter().filter(|file| file.message == message);
    own.map(|file| Link::new(format!("/arenden/{case}/handling/{}", file.document), format!("{} ({})", file.name, size(file.size))))
        .collect()
}

/// Takes in a message and sends it; what was typed where it could not be sent.
///
/// # Errors
/// [`Error::NotFound`] where the case is not the actor's.
pub(in crate::web) async fn send(site: &Site, actor: &Actor, case: CaseId, request: Request) -> Result<Result<(), Typed>, Error> {
    dialogue::may_write(&site.tenant, actor, case).await?;
    let (sent, files, wrong) = read(site, request).await?;
    if !value(&sent, TEMPLATE).is_empty() {
        // Nothing is sent yet, and files cannot be put back in their box.
        attachments::discard(&site.tenant, &files)?;
        return Ok(Err(Typed::kept(sent)));
    }
    let key = Some(value(&sent, "idempotency_key")).filter(|key| !key.is_empty() && key.len() <= 64);
    let done = if wrong.is_empty() {
        dialogue::send(&site.tenant, actor, case, Written { text: value(&sent, "text"), form_key: key }, files).await
    } else {
        attachments::discard(&site.tenant, &files)?;
        Err(ServiceError::Invalid(wrong))
    };
    match done {
        Ok(()) => Ok(Ok(())),
        Err(error) => Typed::refused(sent, error, &[]).map(Err),
    }
}

async fn read(site: &Site, mut request: Request) -> Result<(Sent, Vec<Attached>, Vec<Finding>), Error> {
    let (mut sent, mut files, mut wrong) = (Sent::new(), Vec::new(), Vec::new());
    let multipart = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if !multipart {
        let bytes = to_bytes(request.into_body(), TEXT).await.map_err(|_| Error::TooLarge)?;
        sent.extend(form_urlencoded::parse(&bytes).map(|(name, value)| (name.into_owned(), value.into_owned())));
        return Ok((sent, files, wrong));
    }
    // Counted piece by piece: what is too large is told on the page.
    DefaultBodyLimit::disable().apply(&mut request);
    let Ok(mut form) = Multipart::from_request(request, site).await else { return Ok((sent, files, wrong)) };
    while let Ok(Some(mut field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            // A box that was left empty comes as a file without a name.
            Some(called) if name == FILES && !called.is_empty() => {
                let taken = take(site, files.len(), &called, &mut field).await.map(|attached| files.push(attached));
                let told = match settle(taken, &mut field).await {
                    Ok(told) => told,
                    Err(error) => {
                        attachments::discard(&site.tenant, &files)?;
                        return Err(error);
                    }
                };
                wrong.extend(told);
            }
            None if sent.len() < FIELDS => {
                // A browser ends lines as the standard of forms says.
                let text = short(&mut field, TEXT).await.replace("\r\n", "\n");
                sent.push((name, text));
            }
            Some(_) | None => {}
        }
    }
    Ok((sent, files, wrong))
}

async fn take(site: &Site, others: usize, name: &str, field: &mut axum::extract::multipart::Field<'_>) -> Result<Attached, ServiceError> {
    let mut upload = Upload::begin(&site.tenant, others)?;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => upload.write(&piece)?,
            Ok(None) => return upload.finish(&site.tenant, name),
            Err(_) => return Err(attachments::broken()),
        }
    }
}
