//! Forms that may bring a file: the appellant's paper or the court's.

use axum::extract::multipart::Field as Part;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request};

use crate::services::appeals::{MOST_BYTES, accepted};
use crate::web::Error;
use crate::web::apply::endings;
use crate::web::officer::typed::Sent;
use crate::web::parts::Action;
use crate::web::site::{Site, Visitor};

/// A form with a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileForm {
    /// The form.
    pub action: Action,
    /// The id of the file's field on the page.
    pub id: String,
    /// What the file is.
    pub label: String,
    /// What is taken, for the browser.
    pub accept: String,
    /// What is wrong with the file.
    pub error: Option<String>,
}

impl FileForm {
    /// Whether it came back with something to correct, and so stands open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.error.is_some() || self.action.is_open()
    }
}

/// What browsers are told of the files that are taken.
pub(super) fn accept() -> String {
    accepted().into_iter().map(endings).collect::<Vec<_>>().join(",")
}

/// What was sent: who by, the fields, and the file where one was chosen.
pub(super) struct Brought {
    /// Who.
    pub visitor: Visitor,
    /// The fields.
    pub sent: Sent,
    /// The file; one piece more than is taken of a file that is too large, so that the service says so.
    pub file: Option<Vec<u8>>,
}

/// How long a field may be, in bytes.
const TEXT: usize = 64 * 1024;

/// Reads a form that may bring a file.
pub(super) async fn read(site: &Site, request: Request) -> Result<Brought, Error> {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, site).await?;
    visitor.staff()?;
    let mut request = Request::from_parts(parts, body);
    // Counted piece by piece: what is too large is told on the page.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut brought = Brought { visitor, sent: Sent::new(), file: None };
    if let Ok(mut form) = Multipart::from_request(request, site).await {
        while let Ok(Some(mut field)) = form.next_field().await {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                None => {
                    let text = String::from_utf8_lossy(&piece(&mut field, TEXT).await).into_owned();
                    brought.sent.push((name, text));
                }
                // A box that was left empty comes as a file without a name.
                Some(file) if !file.is_empty() => {
                    brought.file = Some(piece(&mut field, usize::try_from(MOST_BYTES).unwrap_or(usize::MAX)).await);
                }
                Some(_) => {}
            }
        }
    }
    Ok(brought)
}

/// What a part holds, up to a piece more than `most` bytes; the rest is read and thrown away.
async fn piece(field: &mut Part<'_>, most: usize) -> Vec<u8> {
    let mut held = Vec::new();
    while let Ok(Some(chunk)) = field.chunk().await {
        if held.len() <= most {
            held.extend_from_slice(&chunk);
        }
    }
    held
}
