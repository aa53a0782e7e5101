//! A half-year's attendance: what counts and what does not, files, sources, and the amount it gives.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::place::{InHalf, Place};
use super::{home, words};
use crate::domain::Localized;
use crate::domain::localized::Language;
use crate::services::attendance::{self, halves};
use crate::services::attendance::{ImportRow, SourceKind};
use crate::services::preliminary::{self, Preliminary};
use crate::services::{Claim, ServiceError};
use crate::text::{fluent, number};
use crate::web::live_amount::LiveAmount;
use crate::web::page::Page;
use crate::web::parts::{Line, Link, State as Shown};
use crate::web::site::{Site, Visitor, words as site_words};
use crate::web::{Error, html_with};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/half.html")]
pub struct HalfPage {
    /// The page around it.
    pub page: Page,
    /// The half-year's path.
    pub path: String,
    /// Whether the association's own people see it.
    pub own: bool,
    /// Which grants, for when.
    pub uses: Vec<String>,
    /// The ways back to the applications that are being written.
    pub back: Vec<Link>,
    /// The half-year in words.
    pub words: String,
    /// What counts now; none where nothing has come.
    pub current: Option<Current>,
    /// What the grants make of it.
    pub accounts: Vec<Account>,
    /// The amounts.
    pub amounts: Vec<LiveAmount>,
    /// Questions that wait, in a sentence.
    pub questions: String,
    /// Who is asked the same.
    pub questions_text: String,
    /// Marks left out that wait for a word, in a sentence.
    pub left_out: String,
    /// Where the report with those rows is.
    pub left_out_href: String,
    /// Why nothing changes any more.
    pub locked: String,
    /// Files that have come.
    pub files: Vec<FileLine>,
    /// Other sources to go back to.
    pub others: Vec<OtherSource>,
    /// What must be agreed to before a file or card takes the place of what counts: empty where nothing does.
    pub confirm: String,
    /// What is wrong with the file that was sent.
    pub file_error: String,
    /// What is wrong with the agreement.
    pub confirm_error: String,
}

/// What counts now.
#[derive(Clone, Debug, Default)]
pub struct Current {
    /// The file's name, or what it is.
    pub title: String,
    /// Where it stands.
    pub state: Shown,
    /// How and when it came.
    pub how: String,
    /// Occasions, participants' and leaders' marks.
    pub figures: Vec<(String, String)>,
    /// Its report, or its cards.
    pub link: Option<Link>,
}

/// The account of marks for a grant.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Which grant.
    pub title: String,
    /// Its lines, each with where its rows are listed.
    pub lines: Vec<(Line, String)>,
    /// Where all rows are listed.
    pub href: String,
}

/// A file that came.
#[derive(Clone, Debug, Default)]
pub struct FileLine {
    /// Its report.
    pub link: Link,
    /// When it came and how.
    pub when: String,
    /// What became of it.
    pub state: Shown,
}

/// A source that can count again.
#[derive(Clone, Debug, Default)]
pub struct OtherSource {
    /// What the form sends.
    pub value: String,
    /// What it is and what it has.
    pub text: String,
    /// The button.
    pub button: String,
}

/// What was wrong with what was sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Fault {
    pub file: String,
    pub confirm: String,
}

pub(super) async fn page(State(site): State<Site>, place: Place, Path(InHalf { half }): Path<InHalf>) -> Result<Response, Error> {
    show(&site, &place, &half, StatusCode::OK, Fault::default()).await
}

/// The page, as it stands or with what was wrong.
pub(super) async fn show(site: &Site, place: &Place, half: &str, status: StatusCode, fault: Fault) -> Result<Response, Error> {
    let (organisation, actor, visitor) = (place.organisation, place.actor()?, &place.visitor);
    let language = visitor.language;
    let half = halves::half(&site.tenant, actor, organisation, half).await?;
    let words = half.words.get(language).to_owned();
    let title = fluent::t(language, "att-half-title", &[("period", words.clone().into())]);
    let crumbs = place.crumbs(None, &words);
    let mut page = visitor.page(site, place.section(), title, crumbs).await?;
    for (text, place) in [(&fault.file, "#fil"), (&fault.confirm, "#byt")] {
        if !text.is_empty() {
            page.errors.push(Link::new(place, text.clone()));
        }
    }
    let path = format!("{}/{}", place.base, half.id);
    let (mut accounts, mut amounts) = (Vec::new(), Vec::new());
    for one in half.uses.iter().filter(|_| half.sum.occasions > 0) {
        let claim = Claim { organisation, grant_type: &one.grant_type, period: &one.period.id };
        let amount = match preliminary::as_it_stands(&site.tenant, actor, &claim).await {
            Ok(amount) => amount,
            // A period that no version governs yet has no rules to reckon by.
            Err(ServiceError::NotFound) => continue,
            Err(error) => return Err(error.into()),
        };
        let rows = if place.is_own() { format!("{path}/rader/{}", one.grant_type) } else { String::new() };
        accounts.extend(account(&amount, &rows, language));
        // The questions are asked about beside the attendance itself.
        amounts.push(LiveAmount { questions: None, ..LiveAmount::of(&amount, language) });
    }
    let newest = half.files.iter().find(|file| file.accepted && Some(file.source) == half.source);
    html_with(
        status,
        &HalfPage {
            back: match place.way_back() {
                Some(paper) => vec![paper],
                None => home::ways_back(site, visitor, &half.id).await?,
            },
            own: place.is_own(),
            uses: half.uses.iter().map(|one| home::used_for(one, visitor)).collect(),
            words,
            current: half.source.filter(|_| half.sum.occasions > 0).map(|source| current(&half, source, newest, &path, visitor)),
            accounts,
            amounts,
            questions: waiting(half.open_questions.count, "att-questions", language),
            questions_text: visitor.t(match half.open_questions.count - half.open_questions.own {
                0 => "att-questions-own",
                _ if half.open_questions.own == 0 => "att-questions-text",
                _ => "att-questions-mixed",
            }),
            left_out: waiting(usize::try_from(half.left_out).unwrap_or(usize::MAX), "att-left-out", language),
            left_out_href: newest.map_or_else(String::new, |file| format!("{path}/fil/{}", file.id)),
            locked: half
                .locked_at()
                .map_or_else(String::new, |at| fluent::t(language, "att-locked", &[("day", words::moment(at, language).into())])),
            files: half.files.iter().map(|file| file_line(file, &path, visitor)).collect(),
            others: half.others.iter().map(|other| other_source(*other, visitor)).collect(),
            confirm: match half.source.filter(|_| half.sum.occasions > 0) {
                Some(SourceKind::Push) => visitor.t("att-confirm-push"),
                Some(SourceKind::Hand) => visitor.t("att-confirm-hand"),
                Some(SourceKind::Upload) | None => String::new(),
            },
            file_error: fault.file,
            confirm_error: fault.confirm,
            path,
            page,
        },
    )
}

fn waiting(count: usize, key: &str, language: Language) -> String {
    if count == 0 { String::new() } else { words::count(language, key, count) }
}

fn current(half: &halves::Half, source: SourceKind, newest: Option<&ImportRow>, path: &str, visitor: &Visitor) -> Current {
    let named = newest.map(|file| file.file_name.clone()).filter(|name| !name.is_empty());
    let at = newest.map(|file| words::moment(file.at, visitor.language));
    let how = |key: &str| at.clone().map_or_else(String::new, |at| fluent::t(visitor.language, key, &[("at", at.into())]));
    let report = newest.map(|file| Link::new(format!("{path}/fil/{}", file.id), visitor.t("att-read-report")));
    let (title, how, link) = match source {
        SourceKind::Upload => (named.unwrap_or_else(|| visitor.t("att-source-upload")), how("att-came-upload"), report),
        SourceKind::Push => (visitor.t("att-source-push"), how("att-came-push"), report),
        SourceKind::Hand => {
            let cards = Link::new(format!("{path}/kort"), visitor.t("att-open-cards"));
            (visitor.t("att-source-hand"), visitor.t("att-came-hand"), Some(cards))
        }
    };
    let figure = |key: &str, count: usize| (visitor.t(key), words::figure(count));
    Current {
        title,
        state: words::state(half, visitor.language),
        how,
        figures: vec![
            figure("att-occasions", half.sum.occasions),
            figure("att-participants", half.sum.participants),
            figure("att-leaders", half.sum.leaders),
        ],
        link,
    }
}

fn account(amount: &Preliminary, href: &str, language: Language) -> Option<Account> {
    let count = amount.account.len();
    // What cut nothing says nothing here.
    let lines: Vec<(Line, String)> = amount
        .account
        .iter()
        .enumerate()
        .filter(|(at, line)| line.marks != 0 || *at == 0 || at + 1 == count)
        .map(|(at, line)| {
            let shown = site_words::account(line, at, count, language);
            let href = if line.marks < 0 && !href.is_empty() { format!("{href}?rad={}", line.id) } else { String::new() };
            (shown, href)
        })
        .collect();
    (!lines.is_empty()).then(|| Account { title: amount.title.get(language).to_owned(), lines, href: href.to_owned() })
}

fn file_line(file: &ImportRow, path: &str, visitor: &Visitor) -> FileLine {
    let name = if file.file_name.is_empty() { visitor.t(words::source_key(file.source)) } else { file.file_name.clone() };
    FileLine {
        link: Link::new(format!("{path}/fil/{}", file.id), name),
        when: number::moment(file.at, visitor.language),
        state: if file.accepted { Shown::ok(visitor.t("att-file-in")) } else { Shown::stop(visitor.t("att-file-refused")) },
    }
}

fn other_source(other: halves::Other, visitor: &Visitor) -> OtherSource {
    let source = visitor.t(words::source_key(other.source));
    let at = other.at.map_or_else(String::new, |at| words::moment(at, visitor.language));
    let count = words::figure(other.occasions);
    OtherSource {
        value: other.source.word().to_owned(),
        text: fluent::t(
            visitor.language,
            "att-other-text",
            &[("source", source.clone().into()), ("at", at.into()), ("count", count.into())],
        ),
        button: fluent::t(visitor.language, "att-other-use", &[("source", source.to_lowercase().into())]),
    }
}

pub(super) async fn change_source(
    State(site): State<Site>,
    place: Place,
    Path(InHalf { half }): Path<InHalf>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let source = sent.get("kalla").and_then(|word| SourceKind::from_word(word)).ok_or_else(|| {
        Error::BadRequest(Localized::both("Välj vilken närvaro som ska användas.", "Choose which attendance is to be used."))
    })?;
    attendance::use_again(&site.tenant, place.actor()?, place.organisation, &half, source).await?;
    Ok(Redirect::to(&format!("{}/{half}?kvitto=kalla", place.base)).into_response())
}
