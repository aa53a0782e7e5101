//! What a form of the wizard sends: its fields in order, and its files, each streamed to its place as it comes.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

use crate::domain::Localized;
use crate::domain::id::DraftId;
use crate::services::drafts::{self, Upload};
use crate::services::error::Finding;
use crate::services::{Actor, ServiceError};
use crate::web::Error;
use crate::web::site::Site;

/// How much all text of a form may hold, in bytes.
const TEXT: usize = 256 * 1024;
/// What stands before the field's id in the name of a box for a file.
const FILE: &str = "fil.";

/// What came.
#[derive(Clone, Debug, Default)]
pub(super) struct Sent {
    /// The fields in their order.
    pub pairs: Vec<(String, String)>,
    /// Questions that got a file.
    pub attached: Vec<String>,
    /// What was wrong with files, at their questions.
    pub findings: Vec<Finding>,
}

impl Sent {
    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The values by name, the last one of a name repeated.
    pub fn map(&self) -> BTreeMap<&str, &str> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// Reads a form of a draft. Its files are handed over while they come; what is wrong with one is told at its question
/// and the rest of the form is read all the same, so that nothing that was typed is lost.
pub(super) async fn read(site: &Site, actor: &Actor, draft: DraftId, request: Request) -> Result<Sent, Error> {
    let multipart = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if !multipart {
        let bytes = axum::body::to_bytes(request.into_body(), TEXT).await.map_err(|_| Error::TooLarge)?;
        let pairs = form_urlencoded::parse(&bytes).map(|(name, value)| (name.into_owned(), lines(&value))).collect();
        return Ok(Sent { pairs, ..Sent::default() });
    }
    let mut form = Multipart::from_request(request, site).await.map_err(|_| unreadable())?;
    let mut sent = Sent::default();
    let mut text = 0;
    while let Some(mut field) = form.next_field().await.map_err(|error| broken(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        match (name.strip_prefix(FILE), file) {
            (Some(question), Some(file)) => {
                // A box that was left empty comes as a file without a name.
                if file.is_empty() {
                    continue;
                }
                match take(site, actor, draft, question, &file, &mut field).await {
                    Ok(()) => sent.attached.push(question.to_owned()),
                    Err(Stopped::Wrong(findings)) => {
                        sent.findings.extend(findings);
                        // The rest of the file is passed by, so that the fields after it are read.
                        while field.chunk().await.map_err(|error| broken(&error))?.is_some() {}
                    }
                    Err(Stopped::Failed(error)) => return Err(error),
                }
            }
            (Some(_), None) | (None, _) => {
                let mut bytes = Vec::new();
                while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
                    text += piece.len();
                    if text > TEXT {
                        return Err(Error::TooLarge);
                    }
                    bytes.extend_from_slice(&piece);
                }
                sent.pairs.push((name, lines(&String::from_utf8_lossy(&bytes))));
            }
        }
    }
    Ok(sent)
}

enum Stopped {
    Wrong(Vec<Finding>),
    Failed(Error),
}

impl From<ServiceError> for Stopped {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Invalid(findings) => Self::Wrong(findings),
            other => Self::Failed(other.into()),
        }
    }
}

async fn take(
    site: &Site,
    actor: &Actor,
    draft: DraftId,
    question: &str,
    name: &str,
    field: &mut axum::extract::multipart::Field<'_>,
) -> Result<(), Stopped> {
    let mut upload = Upload::begin(&site.tenant, actor, draft, question).await?;
    while let Some(piece) = field.chunk().await.map_err(|error| Stopped::Failed(broken(&error)))? {
        upload.write(&piece)?;
    }
    Ok(drafts::attach(&site.tenant, actor, upload, name).await?)
}

/// Browsers send line ends of their own.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn unreadable() -> Error {
    Error::BadRequest(Localized::both(
        "Formuläret kom inte fram helt. Gå tillbaka och skicka det igen.",
        "The form did not arrive whole. Go back and send it again.",
    ))
}

fn broken(error: &axum::extract::multipart::MultipartError) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { unreadable() }
}

/// A short text of a form with a file: what is longer is cut, and the form is read on.
pub(in crate::web) async fn short(field: &mut axum::extract::multipart::Field<'_>, most: usize) -> String {
    let mut bytes = Vec::new();
    while let Ok(Some(piece)) = field.chunk().await {
        let left = most.saturating_sub(bytes.len()).min(piece.len());
        bytes.extend_from_slice(&piece[..left]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What became of a file that came with a form: what is wrong with it is told on the page, and the rest of it is passed by, so that the
/// browser comes to the answer.
pub(in crate::web) async fn settle(
    kept: Result<(), ServiceError>,
    field: &mut axum::extract::multipart::Field<'_>,
) -> Result<Vec<Finding>, Error> {
    match kept {
        Ok(()) => Ok(Vec::new()),
        Err(ServiceError::Invalid(findings)) => {
            while let Ok(Some(_)) = field.chunk().await {}
            Ok(findings)
        }
        Err(other) => Err(other.into()),
    }
}
