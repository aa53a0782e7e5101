//! The files of attendance as an officer reads them from a case: what is wrong, and never whose.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas::{AUDITOR, OFFICER, TIED_OFFICER};
use bifall::domain::id::{CaseId, ImportId};
use bifall::store::{attendance, cases, organisations};

use super::visitors::Town;
use crate::support::Engine;
use crate::support::dak::{self, girls, occasion};

const FORMS: &[u8] = include_bytes!("../../fixtures/attendance/bad/personnummer_forms.xml");
const HALF: &str = "2026-H1";

/// The page without the demonstration's bar, which names everybody one may play.
fn own(page: &str) -> &str {
    page.split("<main").nth(1).unwrap()
}

/// What the file says between two tags.
fn said(tag: &str) -> Vec<String> {
    let text = String::from_utf8(FORMS.to_vec()).unwrap();
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let found: Vec<String> = text.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap().to_owned()).collect();
    assert!(!found.is_empty(), "{tag}");
    found
}

/// An association's case of a grant that counts attendance.
async fn case_of(town: &Town, at: usize) -> CaseId {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let row = organisations::by_number(&mut tx, &ASSOCIATIONS[at].number.replace('-', "")).await.unwrap().unwrap();
    let all = cases::of_organisation(&mut tx, row.id).await.unwrap();
    all.into_iter().find(|case| case.grant_type == "aktivitetsstod" && case.period == HALF).unwrap().id
}

/// An association's newest import of a half-year.
async fn newest(town: &Town, at: usize, half: &str) -> ImportId {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let row = organisations::by_number(&mut tx, &ASSOCIATIONS[at].number.replace('-', "")).await.unwrap().unwrap();
    attendance::imports(&mut tx, row.id).await.unwrap().into_iter().find(|import| import.period == half).unwrap().id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_reads_what_is_wrong_with_a_file_and_nobodys_name_or_number() {
    let town = Town::new(Engine::Sqlite).await;
    let (per, anna) = (town.person("Per Sandgren").await, town.person(OFFICER).await);
    let sent = per.upload(&format!("/narvaro/{HALF}/fil"), &[], ("fil", "Wilmas grupp.xml"), FORMS).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.page);
    let (case, import) = (case_of(&town, who::LARGE_SCOUTS).await, newest(&town, who::LARGE_SCOUTS, HALF).await);
    let (list, report) = (format!("/arenden/{case}/filer"), format!("/arenden/{case}/filer/{import}"));
    assert!(anna.get(&format!("/arenden/{case}")).await.page.contains(&format!("href=\"{list}\"")), "the case leads there");
    let files = anna.get(&list).await.page;
    assert!(files.contains(&format!("href=\"{report}\"")) && files.contains("31 markeringar räknas inte"), "{files}");
    let read = anna.get(&report).await;
    assert_eq!(read.status, StatusCode::OK);
    for part in
        ["Delvis inläst", "31 markeringar räknas inte förrän föreningen har rättat dem", "Uppladdad fil", "januari–juni 2026", "DAK"]
    {
        assert!(read.page.contains(part), "{part}: {}", read.page);
    }
    // A row says where it stands in the file, why it is left out and how many marks with it.
    let row = own(&read.page).split("<tr>").find(|row| row.contains("<td class=\"num\">225</td>")).unwrap();
    assert!(row.contains("Räknas inte") && row.contains("tolv siffror") && row.contains("<td class=\"num\">6</td>"), "{row}");

    for page in [&files, &read.page] {
        let words: BTreeSet<&str> = own(page).split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        for name in ["Foernamn", "Efternamn"].into_iter().flat_map(said) {
            assert!(!words.contains(name.as_str()), "a name is on the page");
        }
        let digits = own(page).replace('-', "");
        for number in said("Personnummer") {
            let number = number.replace('-', "");
            assert!(
                !digits.contains(&number[number.len() - 10..]) && !digits.contains(&number[..8]),
                "a number or day of birth is on the page"
            );
        }
        assert!(!page.contains("Wilmas grupp"), "what they call their file is for themselves");
    }
    // What the association does about a row is seen, and who only reads may read it.
    let corrected = per.post(&format!("{}/ratta", own_report(import)), &[("rad", "225"), ("personnummer", &dak::girl(12).number())]).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.page);
    assert!(town.person(AUDITOR).await.get(&report).await.page.contains("Rättad"));
}

/// The report as the association itself reads it.
fn own_report(import: ImportId) -> String {
    format!("/narvaro/{HALF}/fil/{import}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_has_its_own_associations_files_of_its_own_period_and_no_others() {
    let town = Town::new(Engine::Sqlite).await;
    let anna = town.person(OFFICER).await;
    let club = &ASSOCIATIONS[who::FOOTBALL];
    let file = dak::file(club.external, club.number, &[occasion("2026-08-18", "host", &girls(0, 5))]);
    let sent = town.person("Hassan Yildiz").await.upload("/narvaro/2026-H2/fil", &[], ("fil", "host.xml"), &file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.page);
    let case = case_of(&town, who::FOOTBALL).await;
    let list = format!("/arenden/{case}/filer");
    let mine = newest(&town, who::FOOTBALL, HALF).await;
    let autumn = newest(&town, who::FOOTBALL, "2026-H2").await;
    let theirs = newest(&town, who::LARGE_SCOUTS, HALF).await;
    let shown = anna.get(&list).await.page;
    assert!(shown.contains(&mine.to_string()) && !shown.contains(&autumn.to_string()), "{shown}");
    for (import, status) in [(mine, StatusCode::OK), (autumn, StatusCode::NOT_FOUND), (theirs, StatusCode::NOT_FOUND)] {
        assert_eq!(anna.get(&format!("{list}/{import}")).await.status, status, "{import}");
    }
    // Of whom one is tied to there is nothing, and an applicant has her own report.
    let gunvor = town.person(TIED_OFFICER).await;
    assert_eq!(gunvor.get(&list).await.status, StatusCode::NOT_FOUND);
    assert_eq!(gunvor.get(&format!("{list}/{mine}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(town.person("Hassan Yildiz").await.get(&format!("{list}/{mine}")).await.status, StatusCode::NOT_FOUND);
}
