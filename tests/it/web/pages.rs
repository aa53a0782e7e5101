//! Every page in both languages, in the shell: what it holds, and what it must never hold.
//!
//! The pages are also written to `target/look/`, from where `tests/browser/look.mjs` opens them in Chromium.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::routing::get;
use bifall::domain::clock::SystemIds;
use bifall::domain::localized::Language;
use bifall::web::{Shell, Spoken, Transport, assets, html, shell};
use tower::ServiceExt;

use super::samples;

macro_rules! pages {
    ($($name:ident),* $(,)?) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*, "missing"];

        fn router() -> Router {
            let router = Router::new()$(.route(
                concat!("/", stringify!($name)),
                get(|Spoken(language): Spoken| async move { html(&samples::$name(language)) }),
            ))*;
            shell(router, Shell::new(samples::frame(), Arc::new(SystemIds), Transport::Plain))
        }
    };
}

pages![
    start,
    cases,
    no_cases,
    case,
    case_with_errors,
    decided_case,
    decide,
    nothing_to_decide,
    letter,
    diary,
    mailbox,
    no_mails,
    import,
    trace,
];

async fn fetch(path: &str) -> (BTreeMap<String, String>, Vec<u8>) {
    let request = Request::builder().uri(path).body(Body::empty()).unwrap();
    let response = router().oneshot(request).await.unwrap();
    let headers = response.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (headers, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
}

async fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for name in NAMES {
        for language in ["sv", "en"] {
            let (_, body) = fetch(&format!("/{name}?lang={language}")).await;
            pages.push((format!("{name}-{language}"), String::from_utf8(body).unwrap()));
        }
    }
    pages
}

#[tokio::test]
async fn every_page_is_whole_and_obeys_the_content_policy() {
    for (name, page) in pages().await {
        assert_eq!(page.matches("<h1").count(), 1, "{name}: one first heading");
        assert_eq!(page.matches("<main id=\"main\"").count(), 1, "{name}: one main");
        assert!(page.contains("class=\"ds-skip-link\" href=\"#main\""), "{name}: a way past the menu");
        assert!(page.starts_with("<!doctype html>"), "{name}: begins with its type");
        for never in [" style=", "<style", "javascript:", " onclick=", "http://", "⟦"] {
            assert!(!page.contains(never), "{name}: {never}");
        }
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script type=\"module\" src=\"/assets/").count(),
            "{name}: only our own scripts"
        );
        assert_eq!(page.matches("<form").count(), page.matches("</form>").count(), "{name}: forms are closed");
        let posts = page.matches("method=\"post\"").count();
        assert_eq!(page.matches("name=\"idempotency_key\"").count(), posts, "{name}: every changing form has a key");
        assert!(page.len() < 40_000, "{name}: {} bytes", page.len());
    }
}

#[tokio::test]
async fn titles_are_unique() {
    let mut titles = BTreeMap::new();
    for (name, page) in pages().await {
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap().to_owned();
        assert!(title.ends_with("– Exempelstad"), "{name}: {title}");
        // An empty state is the same page as the full one.
        if let Some(other) = titles.insert(title.clone(), name.clone()) {
            assert!(
                name.contains("case") || name.contains("no_") || name.contains("nothing") || other[..4] == name[..4],
                "{name} and {other}: {title}"
            );
        }
    }
}

#[test]
fn what_a_visitor_wrote_is_never_markup() {
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
    let mut case = samples::case(Language::Sv);
    for text in
        [&mut case.head.association, &mut case.head.state.word, &mut case.rows[0].text, &mut case.events[0].text, &mut case.page.title]
    {
        attack.clone_into(text);
    }
    case.actions[1].fields[0].value = format!("</textarea>{attack}");
    let mut diary = samples::diary(Language::Sv);
    attack.clone_into(&mut diary.filter.query);
    let mut mailbox = samples::mailbox(Language::Sv);
    attack.clone_into(&mut mailbox.open.as_mut().unwrap().text);
    for page in [case.render().unwrap(), diary.render().unwrap(), mailbox.render().unwrap()] {
        assert!(page.contains("&#60;script&#62;"), "the text is shown");
        assert!(!page.contains("<script>") && !page.contains("<img src=x"), "the text is not obeyed");
    }
}

#[test]
fn templates_never_switch_escaping_off() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // The letters' stand-alone form holds its own constant style sheet; the letters' tests answer for it.
            if path.is_dir() && !path.ends_with("letters") {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                seen += 1;
                let text = fs::read_to_string(&path).unwrap();
                assert!(!text.contains("|safe") && !text.contains("| safe") && !text.contains("escape(\"none\""), "{}", path.display());
            }
        }
    }
    assert!(seen > 10);
}

#[test]
fn only_rows_without_remarks_are_ticked_from_the_start() {
    let page = samples::decide(Language::Sv);
    let html = page.render().unwrap();
    assert_eq!(html.matches("name=\"arende\"").count(), page.ready.len());
    assert_eq!(html.matches(" checked aria-label=").count(), 6);
    assert!(html.contains("41 krockar väntar på svar"));
    let sum: i64 = page.ready.iter().filter(|row| row.selected).map(|row| row.ore).sum();
    assert_eq!(sum, 19_843_100);
}

#[test]
fn who_may_not_decide_gets_no_ticks_and_no_button() {
    let mut page = samples::decide(Language::Sv);
    page.url = String::new();
    let html = page.render().unwrap();
    assert!(!html.contains("name=\"arende\"") && !html.contains("name=\"bekrafta\""));
    assert!(html.contains("Du har inte delegation"));
}

#[test]
fn an_error_in_a_form_is_told_above_at_the_field_and_in_the_title() {
    let html = samples::case_with_errors(Language::Sv).render().unwrap();
    assert!(html.contains("<title>Fel: KFN 2026/123"));
    assert!(html.contains("href=\"#saknas\""));
    assert!(html.contains("id=\"saknas-error\"") && html.contains("aria-describedby=\"saknas-error saknas-hint\""));
    assert!(html.contains("aria-invalid=\"true\""));
}

/// What the browser test opens: the pages, the assets, and the headers they are served with.
#[tokio::test]
async fn pages_are_written_for_the_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/look");
    fs::create_dir_all(&folder).unwrap();
    // The fonts are asked for by the styles, everything else by the pages.
    let mut asked_for = BTreeSet::from(["source-sans-3-latin.woff2", "source-sans-3-latin-ext.woff2"].map(String::from));
    for (name, page) in pages().await {
        asked_for.extend(page.split(&assets::url("")).skip(1).filter_map(|rest| rest.split('"').next()).map(String::from));
        fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
    for file in asked_for {
        let (_, body) = fetch(&assets::url(&file)).await;
        let target = folder.join(assets::url(&file).trim_start_matches('/'));
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, body).unwrap();
    }
    let (headers, _) = fetch("/start").await;
    fs::write(folder.join("index.json"), serde_json::json!({ "pages": NAMES, "headers": headers }).to_string()).unwrap();
    assert!(folder.join("start-sv.html").exists());
}
