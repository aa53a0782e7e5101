//! A file that a browser sends: streamed to the service as it comes, never in memory as a whole.

use std::io::{self, Read};

use axum::body::Bytes;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use tokio::sync::mpsc;

use super::half::{Fault, show};
use super::place::{InHalf, Place};
use crate::services::attendance::SourceKind;
use crate::services::attendance::{self, Received};
use crate::web::Error;
use crate::web::site::Site;

/// The largest file that is received, in bytes.
const MOST: u64 = 200_000_000;
/// How many pieces may wait to be read.
const WAITING: usize = 8;

pub(super) async fn receive(State(site): State<Site>, Path(InHalf { half }): Path<InHalf>, request: Request) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    let place = <Place as axum::extract::FromRequestParts<Site>>::from_request_parts(&mut parts, &site).await?;
    let visitor = &place.visitor;
    let mut request = Request::from_parts(parts, body);
    // Counted here, piece by piece: what is too large is told on the page.
    DefaultBodyLimit::disable().apply(&mut request);
    let refuse = async |fault: Fault| show(&site, &place, &half, StatusCode::UNPROCESSABLE_ENTITY, fault).await;
    let Ok(mut form) = Multipart::from_request(request, &site).await else {
        return refuse(Fault { file: visitor.t("att-no-file"), ..Fault::default() }).await;
    };
    let mut agreed = false;
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return refuse(Fault { file: visitor.t("att-no-file"), ..Fault::default() }).await,
            Err(error) => return refuse(Fault { file: visitor.t(broken(&error)), ..Fault::default() }).await,
        };
        match field.name() {
            Some("byt") => agreed = field.text().await.is_ok_and(|value| value == "ja"),
            Some("fil") => {
                return match take(&site, &place, &half, agreed, field).await? {
                    Taken::In(import) => Ok(Redirect::to(&format!("{}/{half}/fil/{import}", place.base)).into_response()),
                    Taken::Not(fault) => refuse(fault).await,
                };
            }
            Some(_) | None => {}
        }
    }
}

enum Taken {
    In(crate::domain::id::ImportId),
    Not(Fault),
}

async fn take(site: &Site, place: &Place, half: &str, agreed: bool, mut field: Field<'_>) -> Result<Taken, Error> {
    let (organisation, actor) = (place.organisation, place.actor()?);
    let name = field.file_name().unwrap_or_default().to_owned();
    let not = |key: &str| Ok(Taken::Not(Fault { file: place.visitor.t(key), ..Fault::default() }));
    let first = match field.chunk().await {
        Ok(Some(first)) if !first.is_empty() => first,
        Ok(_) => return not(if name.is_empty() { "att-no-file" } else { "att-empty-file" }),
        Err(error) => return not(broken(&error)),
    };
    let wrong = wrong_kind(&first);
    let known = attendance::halves::half(&site.tenant, actor, organisation, half).await?;
    let displaces = known.source.is_some_and(|source| source != SourceKind::Upload) && known.sum.occasions > 0;
    if wrong.is_some() || (displaces && !agreed) {
        drain(&mut field).await;
    }
    if let Some(key) = wrong {
        return not(key);
    }
    if displaces && !agreed {
        return Ok(Taken::Not(Fault { confirm: place.visitor.t("att-confirm-missing"), ..Fault::default() }));
    }
    let (pieces, waiting) = mpsc::channel(WAITING);
    let allowed = if agreed { vec![half.to_owned()] } else { Vec::new() };
    let received = Received::new(organisation, SourceKind::Upload, Arriving { waiting, current: first.clone() })
        .named(&name)
        .meant_for(half)
        .replacing(allowed);
    let (sent, imported) = tokio::join!(feed(&mut field, pieces, first.len()), attendance::take_in(&site.tenant, actor, received));
    match sent {
        Fed::Whole => Ok(Taken::In(imported?.id)),
        Fed::TooLarge => {
            drain(&mut field).await;
            not("att-too-large")
        }
        Fed::Broken => not("att-broken"),
    }
}

/// What became of the sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fed {
    Whole,
    TooLarge,
    Broken,
}

/// Hands on the pieces of a file as they come. A reader that has seen enough of a bad file still reads to its end.
async fn feed(field: &mut Field<'_>, pieces: mpsc::Sender<io::Result<Bytes>>, already: usize) -> Fed {
    let mut size = u64::try_from(already).unwrap_or(u64::MAX);
    loop {
        match field.chunk().await {
            Ok(None) => return Fed::Whole,
            Ok(Some(piece)) => {
                size = size.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
                if size > MOST {
                    // The import fails and keeps nothing: half a file is nobody's record.
                    drop(pieces.send(Err(io::Error::other("the file is too large"))).await);
                    return Fed::TooLarge;
                }
                if pieces.send(Ok(piece)).await.is_err() {
                    // Nobody reads any more: the import itself says why.
                    drain(field).await;
                    return Fed::Whole;
                }
            }
            Err(_) => {
                drop(pieces.send(Err(io::Error::other("the sending broke off"))).await);
                return Fed::Broken;
            }
        }
    }
}

/// Reads what is left, so that the browser comes to the answer.
async fn drain(field: &mut Field<'_>) {
    while let Ok(Some(_)) = field.chunk().await {}
}

/// A file as it arrives, for a reader that waits.
struct Arriving {
    waiting: mpsc::Receiver<io::Result<Bytes>>,
    current: Bytes,
}

impl Read for Arriving {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() {
            match self.waiting.blocking_recv() {
                Some(piece) => self.current = piece?,
                None => return Ok(0),
            }
        }
        let count = self.current.len().min(into.len());
        into[..count].copy_from_slice(&self.current.split_to(count));
        Ok(count)
    }
}

/// Files of another kind, by their first bytes: what to say of each.
fn wrong_kind(first: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"%PDF", "att-wrong-pdf"),
        (b"PK\x03\x04", "att-wrong-excel"),
        (b"\xd0\xcf\x11\xe0", "att-wrong-excel"),
        (b"\x89PNG", "att-wrong-picture"),
        (b"\xff\xd8\xff", "att-wrong-picture"),
        (b"GIF8", "att-wrong-picture"),
        (b"{", "att-wrong-json"),
        (b"[", "att-wrong-json"),
    ];
    KINDS.iter().find(|(start, _)| first.starts_with(start)).map(|(_, key)| *key)
}

fn broken(error: &axum::extract::multipart::MultipartError) -> &'static str {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { "att-too-large" } else { "att-broken" }
}
