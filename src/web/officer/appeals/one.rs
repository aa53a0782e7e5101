//! One appeal: where it stands, what has been done, and what can be done next.

use askama::Template;
use axum::extract::{Form, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::sent::{self, Brought, FileForm};
use super::words;
use crate::domain::appeal::{AppealState, Judgment, Reconsidered, Via};
use crate::domain::grant::AppealForm;
use crate::domain::id::{AppealId, CaseId};
use crate::services::appeals::views::{self, AppealView, OfCase};
use crate::services::appeals::{self, FromCourt, Statement};
use crate::services::{ServiceError, ServiceResult};
use crate::text::number;
use crate::web::officer::case::opened::Opened;
use crate::web::officer::typed::{Post, Sent, Typed, value};
use crate::web::officer::words::say;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// An appeal.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/appeal.html")]
pub struct AppealPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// Who appeals.
    pub appellant: String,
    /// Where it stands.
    pub state: Shown,
    /// What is to be done, and by when.
    pub todo: String,
    /// What is known of it.
    pub facts: Vec<(String, String)>,
    /// Whether it came in time, where that is ours to test.
    pub timeliness: Option<Shown>,
    /// What is claimed.
    pub claim: String,
    /// The appeal itself.
    pub paper: Link,
    /// What has been done, oldest first.
    pub steps: Vec<Step>,
    /// What can be done.
    pub forms: Vec<Action>,
    /// What can be noted with a file.
    pub from_court: Vec<FileForm>,
    /// The way to change the decision, where it is to be reconsidered.
    pub change: Option<Link>,
    /// Why nothing can be done.
    pub closed: String,
}

/// A step that was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub what: String,
    /// When, by whom.
    pub when: String,
    /// In her words.
    pub text: String,
    /// Its document.
    pub document: Option<Link>,
}

type Place = Path<(CaseId, AppealId)>;

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path((case, appeal)): Place) -> Result<Response, Error> {
    html(&fill(&site, &visitor, case, appeal, None).await?)
}

pub(super) async fn reject(State(site): State<Site>, visitor: Visitor, Path(place): Place, Form(sent): Post) -> Result<Response, Error> {
    of(&site, &visitor, place).await?;
    let done = appeals::reject(&site.tenant, visitor.staff()?, place.1, value(&sent, "avvisa_skal")).await;
    answered(&site, &visitor, place, sent, done, ("avvisat-overklagande", &[("text", "avvisa_skal")])).await
}

pub(super) async fn reconsider(
    State(site): State<Site>,
    visitor: Visitor,
    Path(place): Place,
    Form(sent): Post,
) -> Result<Response, Error> {
    of(&site, &visitor, place).await?;
    let how = match value(&sent, "omprovning") {
        "star-fast" => Some(Reconsidered::Stands),
        "som-begart" => Some(Reconsidered::ChangedAsAsked),
        "annat" => Some(Reconsidered::ChangedOtherwise),
        _ => None,
    };
    let actor = visitor.staff()?;
    let done = match how {
        Some(how) => appeals::reconsider(&site.tenant, actor, place.1, how, value(&sent, "omprova_text")).await,
        None => Err(missing("omprovning", &visitor, "appealed-reconsider-choose")),
    };
    answered(&site, &visitor, place, sent, done, ("omprovat", &[("text", "omprova_text")])).await
}

pub(super) async fn forward(State(site): State<Site>, visitor: Visitor, Path(place): Place, Form(sent): Post) -> Result<Response, Error> {
    of(&site, &visitor, place).await?;
    let done = appeals::forward(&site.tenant, visitor.staff()?, place.1, statement(&sent)).await;
    answered(&site, &visitor, place, sent, done, ("overlamnat-till-domstol", STATEMENT)).await
}

pub(super) async fn answer(State(site): State<Site>, visitor: Visitor, Path(place): Place, Form(sent): Post) -> Result<Response, Error> {
    of(&site, &visitor, place).await?;
    let done = appeals::answer(&site.tenant, visitor.staff()?, place.1, statement(&sent)).await;
    answered(&site, &visitor, place, sent, done, ("svarat-domstolen", STATEMENT)).await
}

pub(super) async fn withdraw(State(site): State<Site>, visitor: Visitor, Path(place): Place, Form(sent): Post) -> Result<Response, Error> {
    of(&site, &visitor, place).await?;
    let done = appeals::withdraw(&site.tenant, visitor.staff()?, place.1, value(&sent, "aterkalla_text")).await;
    answered(&site, &visitor, place, sent, done, ("overklagande-aterkallat", &[("text", "aterkalla_text")])).await
}

pub(super) async fn request(State(site): State<Site>, Path(place): Place, request: Request) -> Result<Response, Error> {
    let Brought { visitor, sent, file } = sent::read(&site, request).await?;
    of(&site, &visitor, place).await?;
    let came = FromCourt { on: value(&sent, "fore_dag").parse().ok(), text: value(&sent, "fore_text"), file: file.as_deref() };
    let last_day = value(&sent, "fore_sista").parse().ok();
    let done = appeals::request(&site.tenant, visitor.staff()?, place.1, came, last_day).await;
    let places: &[_] = &[("on", "fore_dag"), ("text", "fore_text"), ("last_day", "fore_sista"), ("file", "fore_fil")];
    answered(&site, &visitor, place, sent, done, ("forelagt", places)).await
}

pub(super) async fn judge(State(site): State<Site>, Path(place): Place, request: Request) -> Result<Response, Error> {
    let Brought { visitor, sent, file } = sent::read(&site, request).await?;
    of(&site, &visitor, place).await?;
    let judgment = match value(&sent, "utgang") {
        "star-fast" => Some(Judgment::Stands),
        "andrat" => Some(Judgment::Changed),
        "upphavt" => Some(Judgment::SetAside),
        "aterkallat" => Some(Judgment::Withdrawn),
        _ => None,
    };
    let came = FromCourt { on: value(&sent, "dom_dag").parse().ok(), text: value(&sent, "dom_text"), file: file.as_deref() };
    let actor = visitor.staff()?;
    let done = match judgment {
        Some(judgment) => appeals::judge(&site.tenant, actor, place.1, came, judgment).await,
        None => Err(missing("utgang", &visitor, "appealed-judge-choose")),
    };
    let places: &[_] = &[("on", "dom_dag"), ("text", "dom_text"), ("file", "dom_fil")];
    answered(&site, &visitor, place, sent, done, ("domt", places)).await
}

/// What the service calls the fields of a statement.
const STATEMENT: &[(&str, &str)] = &[("text", "yttrande"), ("decided", "namndbeslut")];

fn statement(sent: &Sent) -> Statement<'_> {
    Statement { text: value(sent, "yttrande"), decided: value(sent, "namndbeslut") }
}

fn missing(place: &str, visitor: &Visitor, key: &str) -> ServiceError {
    ServiceError::invalid(place, "missing", crate::domain::Localized::sv(visitor.t(key)))
}

/// The appeal of a case, for somebody who may see it.
async fn of(site: &Site, visitor: &Visitor, (case, appeal): (CaseId, AppealId)) -> Result<(OfCase, AppealView), Error> {
    let found = views::of_case(&site.tenant, visitor.staff()?, case).await?;
    let view = found.appeals.iter().find(|view| view.row.id == appeal).cloned().ok_or(Error::NotFound)?;
    Ok((found, view))
}

async fn answered(
    site: &Site,
    visitor: &Visitor,
    (case, appeal): (CaseId, AppealId),
    sent: Sent,
    done: ServiceResult<()>,
    (receipt, places): (&str, &[(&str, &str)]),
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{case}/overklagande/{appeal}?kvitto={receipt}")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, places)?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, case, appeal, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, case: CaseId, appeal: AppealId, typed: Option<&Typed>) -> Result<AppealPage, Error> {
    let (found, view) = of(site, visitor, (case, appeal)).await?;
    let opened = Opened::of(site, visitor, case).await?;
    let language = visitor.language;
    let mut page = opened.page(site, visitor, "appealed-one-title").await?;
    let mut offers = Offers { site, visitor, found: &found, view: &view, base: format!("/arenden/{case}/overklagande/{appeal}") };
    let (mut forms, mut from_court) = offers.all();
    if let Some(typed) = typed {
        let mut files: Vec<Field> = from_court.iter().map(|form| Field { name: form.id.clone(), ..Field::default() }).collect();
        let fields = forms.iter_mut().flat_map(|form| form.fields.iter_mut());
        let fields = fields.chain(from_court.iter_mut().flat_map(|form| form.action.fields.iter_mut()));
        page.errors = typed.fill(language, fields.chain(files.iter_mut()));
        for (form, file) in from_court.iter_mut().zip(files) {
            form.error = file.error;
        }
    }
    let row = &view.row;
    let todo = words::todo(row, language);
    let due = row.due.map(|due| number::date(due, language));
    let document = |id| Link::new(format!("/arenden/{case}/handling/{id}"), visitor.t("appealed-document"));
    Ok(AppealPage {
        about: opened.about(language),
        appellant: row.appellant.clone(),
        state: words::state(row.state, row.outcome, language),
        todo: due.map_or(todo.clone(), |due| say(language, "appealed-todo-by", &[("todo", &todo), ("day", &due)])),
        facts: offers.facts(),
        timeliness: view.timeliness.map(|time| {
            let day = number::date(time.last_day, language);
            let key = if time.late { "appealed-late" } else { "appealed-in-time" };
            let text = say(language, key, &[("day", &day)]);
            if time.late { Shown::stop(text) } else { Shown::ok(text) }
        }),
        claim: row.claim.clone(),
        paper: Link::new(format!("/arenden/{case}/handling/{}", row.document_id), visitor.t("appealed-paper")),
        steps: view
            .steps
            .iter()
            .map(|step| Step {
                what: words::step(step.row.kind, language),
                when: format!("{}, {}", number::date(step.row.on_day, language), step.by),
                text: step.row.text.clone(),
                document: step.row.document_id.map(document),
            })
            .collect(),
        closed: if forms.is_empty() && from_court.is_empty() {
            visitor.t(if row.closed_at.is_some() { "appealed-over" } else { "act-only-read" })
        } else {
            String::new()
        },
        change: offers.change(case),
        forms,
        from_court,
        page,
    })
}

/// What can be done with an appeal where it stands.
struct Offers<'a> {
    site: &'a Site,
    visitor: &'a Visitor,
    found: &'a OfCase,
    view: &'a AppealView,
    base: String,
}

impl Offers<'_> {
    fn t(&self, key: &str) -> String {
        self.visitor.t(key)
    }

    fn reconsiders(&self) -> bool {
        self.view.row.state == AppealState::Received && self.view.row.form == AppealForm::Forvaltningsbesvar
    }

    fn change(&self, case: CaseId) -> Option<Link> {
        (self.found.may_handle && self.reconsiders() && !self.view.reconsidered)
            .then(|| Link::new(format!("/arenden/{case}/andra-beslut"), self.t("appealed-change-way")))
    }

    fn facts(&self) -> Vec<(String, String)> {
        let (row, language) = (&self.view.row, self.visitor.language);
        let via = if row.via == Via::Us { "appealed-via-us" } else { "appealed-via-court" };
        let mut facts = vec![(self.t("appealed-came"), number::date(row.received_on, language)), (self.t("appealed-via"), self.t(via))];
        facts.extend(row.served_on.map(|day| (self.t("appealed-served"), number::date(day, language))));
        facts
    }

    fn all(&mut self) -> (Vec<Action>, Vec<FileForm>) {
        if !self.found.may_handle {
            return (Vec::new(), Vec::new());
        }
        match self.view.row.state {
            AppealState::Received if self.reconsiders() => {
                let late = self.view.timeliness.is_some_and(|time| time.late) && self.found.may_reject;
                let mut forms: Vec<Action> = late.then(|| self.rejecting()).into_iter().collect();
                forms.extend([self.reconsidering(), self.withdrawing()]);
                (forms, Vec::new())
            }
            AppealState::Received | AppealState::ToForward => (
                vec![
                    self.statement("overlamna", ["appealed-forward", "appealed-forward-text", "appealed-forward-button"]),
                    self.withdrawing(),
                ],
                Vec::new(),
            ),
            AppealState::AtCourt => (Vec::new(), vec![self.requesting(), self.judging()]),
            AppealState::Requested => (
                vec![self.statement("svara", ["appealed-answer", "appealed-answer-text", "appealed-answer-button"])],
                vec![self.requesting(), self.judging()],
            ),
            AppealState::Closed => (Vec::new(), Vec::new()),
        }
    }

    fn field(&self, name: &str, label: &str, kind: FieldKind) -> Field {
        Field { name: name.to_owned(), label: self.t(label), kind, ..Field::default() }
    }

    fn form(&self, last: &str, [title, text, button]: [&str; 3], weight: Weight, fields: Vec<Field>) -> Action {
        let url = format!("{}/{last}", self.base);
        Action { url, title: self.t(title), explanation: self.t(text), button: self.t(button), weight, fields }
    }

    fn rejecting(&self) -> Action {
        let why = self.field("avvisa_skal", "appealed-reject-why", FieldKind::LongText);
        self.form("avvisa", ["appealed-reject", "appealed-reject-text", "appealed-reject-button"], Weight::Secondary, vec![why])
    }

    fn reconsidering(&self) -> Action {
        let choice = |value: &str, key: &str| Choice { value: value.to_owned(), text: self.t(key), selected: false };
        let mut ways = Vec::new();
        if self.view.reconsidered {
            ways.push(choice("som-begart", "appealed-reconsider-as-asked"));
            ways.push(choice("annat", "appealed-reconsider-otherwise"));
        } else {
            ways.push(choice("star-fast", "appealed-reconsider-stands"));
        }
        let fields = vec![
            self.field("omprovning", "appealed-reconsider-how", FieldKind::Radios(ways)),
            self.field("omprova_text", "appealed-reconsider-why", FieldKind::LongText),
        ];
        self.form("omprova", ["appealed-reconsider", "appealed-reconsider-text", "appealed-reconsider-button"], Weight::Primary, fields)
    }

    fn statement(&self, last: &str, keys: [&str; 3]) -> Action {
        let mut fields = vec![self.field("yttrande", "appealed-statement", FieldKind::LongText)];
        if self.view.of_committee {
            let hint = Some(self.t("appealed-decided-hint"));
            fields.push(Field { hint, ..self.field("namndbeslut", "appealed-decided", FieldKind::Text) });
        }
        self.form(last, keys, Weight::Primary, fields)
    }

    fn withdrawing(&self) -> Action {
        let how = self.field("aterkalla_text", "appealed-withdraw-how", FieldKind::LongText);
        self.form("aterkalla", ["appealed-withdraw", "appealed-withdraw-text", "appealed-withdraw-button"], Weight::Secondary, vec![how])
    }

    fn file_form(&self, action: Action, id: &str) -> FileForm {
        FileForm { action, id: id.to_owned(), label: self.t("appealed-court-file"), accept: sent::accept(), error: None }
    }

    fn today(&self, name: &str, label: &str) -> Field {
        Field { value: self.site.tenant.clock.today().to_string(), ..self.field(name, label, FieldKind::Date) }
    }

    fn requesting(&self) -> FileForm {
        let fields = vec![
            self.today("fore_dag", "appealed-court-came"),
            self.field("fore_sista", "appealed-court-last-day", FieldKind::Date),
            self.field("fore_text", "appealed-request-what", FieldKind::LongText),
        ];
        self.file_form(
            self.form("forelaggande", ["appealed-request", "appealed-request-text", "appealed-request-button"], Weight::Secondary, fields),
            "fore_fil",
        )
    }

    fn judging(&self) -> FileForm {
        let choice = |value: &str, key: &str| Choice { value: value.to_owned(), text: self.t(key), selected: false };
        let mut ways = vec![choice("star-fast", "appealed-stands")];
        if self.view.row.form == AppealForm::Forvaltningsbesvar {
            ways.push(choice("andrat", "appealed-changed"));
        }
        ways.extend([choice("upphavt", "appealed-set-aside"), choice("aterkallat", "appealed-withdrawn")]);
        let fields = vec![
            self.field("utgang", "appealed-judge-how", FieldKind::Radios(ways)),
            self.today("dom_dag", "appealed-court-came"),
            self.field("dom_text", "appealed-judge-what", FieldKind::LongText),
        ];
        self.file_form(
            self.form("utgang", ["appealed-judge", "appealed-judge-text", "appealed-judge-button"], Weight::Secondary, fields),
            "dom_fil",
        )
    }
}
