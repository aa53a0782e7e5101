//! The public page of a grant: its rules in plain words, generated from the package that decides the cases.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::domain::grant::{AppealForm, DecisionMode, GrantKind, SignedBy};
use crate::domain::localized::Language;
use crate::services::grants::page::{self as grants, Figure, GrantView};
use crate::text::number;
use crate::web::page::Section;
use crate::web::parts::{CheckLine, Line, Link};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, Page, html};

/// A number of the rules.
#[derive(Clone, Debug, Default)]
pub struct FigureRow {
    /// What it is called.
    pub label: String,
    /// Its value with its unit.
    pub value: String,
    /// The paragraph.
    pub paragraph: String,
    /// Since when, as `sedan 1 januari 2026`.
    pub since: String,
    /// Earlier values.
    pub earlier: Vec<String>,
}

/// A round.
#[derive(Clone, Debug, Default)]
pub struct RoundRow {
    /// The period.
    pub period: String,
    /// From when one can apply.
    pub opens: String,
    /// Until when.
    pub last_day: String,
    /// Where one applies now; empty when it is not open.
    pub apply: String,
}

/// The page of a grant.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/grant.html")]
pub struct GrantPage {
    /// What stands around it.
    pub page: Page,
    /// What it is for.
    pub summary: String,
    /// What one can get.
    pub benefit: String,
    /// Who may apply.
    pub applicants: String,
    /// How the amount comes about.
    pub how: String,
    /// When it is paid.
    pub payment: String,
    /// The approval one needs first.
    pub requires: Option<Link>,
    /// Where one applies now; empty when it is not open.
    pub apply: String,
    /// The last day of the open round.
    pub last_day: String,
    /// The rounds ahead.
    pub rounds: Vec<RoundRow>,
    /// The rules' numbers.
    pub figures: Vec<FigureRow>,
    /// The papers that are asked for.
    pub papers: Vec<String>,
    /// The rows of the worked example; empty where there is none.
    pub example: Vec<Line>,
    /// The example's account of marks.
    pub example_account: Vec<Line>,
    /// The example's checks.
    pub example_checks: Vec<CheckLine>,
    /// Who decides, who signs, how one appeals: in sentences.
    pub procedure: Vec<String>,
    /// Who decided the rules.
    pub decided: String,
    /// The versions of the rules.
    pub versions: Vec<String>,
    /// Where the numbers come from.
    pub sources: Vec<String>,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Error> {
    let view = grants::of(&site.tenant, &id).await?;
    let language = visitor.language;
    let offer = &view.offer;
    let title = offer.title.get(language).to_owned();
    let crumbs = vec![Link::new("/", visitor.t("nav-grants")), Link::here(title.clone())];
    let page = visitor.page(&site, Section::Public, title, crumbs).await?;
    let today = site.tenant.clock.today();
    // Those who work here apply for nobody from here.
    let apply = |period: &str| if visitor.is_staff() { String::new() } else { format!("/ansok/{}/{period}", offer.id) };
    let rounds = view.periods.iter().filter(|period| today <= period.last_day).map(|period| RoundRow {
        period: number::span(period.period.covers, language),
        opens: number::date(period.period.opens, language),
        last_day: number::date(period.last_day, language),
        apply: if period.period.opens <= today { apply(&period.period.id) } else { String::new() },
    });
    let rounds: Vec<RoundRow> = rounds.collect();
    let lines = view.example.as_ref().map(|example| example.evaluation.account.len()).unwrap_or_default();
    let example = view.example.as_ref().map(|example| &example.evaluation);
    let mut sources: Vec<String> = view.figures.iter().filter_map(|figure| figure.source.clone()).collect();
    sources.sort();
    sources.dedup();
    html(&GrantPage {
        summary: offer.summary.as_ref().map_or_else(String::new, |text| text.get(language).to_owned()),
        benefit: offer.benefit.as_ref().unwrap_or(&offer.how).get(language).to_owned(),
        applicants: offer.applicants.get(language).to_owned(),
        how: offer.how.get(language).to_owned(),
        payment: offer.payment.get(language).to_owned(),
        requires: view.requires.as_ref().map(|(id, title)| Link::new(format!("/bidrag/{id}"), title.get(language))),
        apply: offer.open.as_ref().map_or_else(String::new, |period| apply(&period.period.id)),
        last_day: offer.open.as_ref().map_or_else(String::new, |period| number::date(period.last_day, language)),
        rounds,
        figures: view.figures.iter().map(|figure| figure_row(&page, figure, language)).collect(),
        papers: view.papers.iter().map(|paper| paper.get(language).to_owned()).collect(),
        example: example
            .map(|done| done.rows.iter().map(|row| Line { how: None, ..words::row(row, language) }).collect())
            .unwrap_or_default(),
        example_account: example
            .map(|done| done.account.iter().enumerate().map(|(at, line)| words::account(line, at, lines, language)).collect())
            .unwrap_or_default(),
        example_checks: example.map(|done| done.checks.iter().map(|check| words::check(check, language)).collect()).unwrap_or_default(),
        procedure: procedure(&page, &view),
        decided: decided(&page, &view, language),
        versions: view
            .versions
            .iter()
            .map(|version| format!("{}: {}", page.fill("grant-version", "number", version.number), number::moment(version.at, language)))
            .collect(),
        sources,
        page,
    })
}

fn figure_row(page: &Page, figure: &Figure, language: Language) -> FigureRow {
    let value = figure.value.get(language);
    // The words of money and percent carry their unit themselves.
    let unit = match figure.unit.as_str() {
        "" | "procent" => String::new(),
        unit if unit.starts_with("kr") => unit.strip_prefix("kr").map(|rest| rest.replacen('/', " per ", 1)).unwrap_or_default(),
        // A list of words needs no word for what it lists.
        "ord" => String::new(),
        unit => format!(" {unit}"),
    };
    FigureRow {
        label: figure.label.get(language).to_owned(),
        value: format!("{value}{unit}"),
        paragraph: figure.paragraph.clone(),
        since: page.fill("grant-since", "date", number::date(figure.since, language)),
        earlier: figure
            .earlier
            .iter()
            .map(|(from, value)| format!("{}: {}", page.fill("grant-since", "date", number::date(*from, language)), value.get(language)))
            .collect(),
    }
}

fn procedure(page: &Page, view: &GrantView) -> Vec<String> {
    let signed = match view.signed_by {
        SignedBy::Role => "grant-signed-role",
        SignedBy::OneSignatory => "grant-signed-one",
        SignedBy::Firmateckning => "grant-signed-rule",
    };
    let decided = match (view.kind, view.mode) {
        (_, DecisionMode::BatchDelegate) => "grant-decided-delegate",
        (_, DecisionMode::Automatic) => "grant-decided-automatic",
        (_, DecisionMode::Officer) => "grant-decided-officer",
        (_, DecisionMode::Committee) => "grant-decided-committee",
    };
    let appeal = match view.appeal {
        AppealForm::Laglighetsprovning => "grant-appeal-legality",
        AppealForm::Forvaltningsbesvar => "grant-appeal-full",
    };
    let mut sentences = vec![page.t(signed), page.t(decided), page.t(appeal)];
    if view.kind == GrantKind::Approval {
        sentences.push(page.t("grant-approval-year"));
    }
    sentences
}

fn decided(page: &Page, view: &GrantView, language: Language) -> String {
    let Some(decided) = &view.decided else { return String::new() };
    let parts = [Some(number::date(decided.date, language)), decided.paragraph.clone(), decided.diary_number.clone()];
    let place = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    page.fill("grant-rules-decided", "who", format!("{} {place}", decided.body))
}
