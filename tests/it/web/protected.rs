//! Fifty people with protected data among many: nobody but the role and those who sent them meets them, on any page,
//! in any file to download, mail or log (offentlighets- och sekretesslagen 21 kap. 3 och 3 a §§, 22 kap. 1–2 §§).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::StatusCode;
use bifall::demo::municipality::ASSOCIATIONS;
use bifall::demo::personas;
use bifall::demo::seed::cast::Cast;
use bifall::domain::person_number::PersonNumber;
use bifall::integrations::population::Protection;
use bifall::services::Actor;
use bifall::services::population::{self, Resident};

use super::visitors::{Browser, Town};
use crate::demo::secrecy;
use crate::support::Engine;
use crate::support::actors::day;
use crate::support::dak::{self, Person, adult, girls, occasion};

/// How many are protected.
const FIFTY: usize = 50;
/// What they are called, and nobody else.
const GIVEN: &str = "Hemlina";
const FAMILY: &str = "Skyddhult";
/// How many pages of one form are looked at for each person.
const MOST: usize = 3;

/// The two clubs that both have sent all of them, at the same time: who sends, and the club's number.
const SENDERS: [(&str, &str); 2] = [("Hassan Yildiz", "802999-9052"), ("Malin Rask", "802999-9045")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_protected_persons_are_met_by_nobody_but_the_role_and_the_senders() {
    let _listening = secrecy::listen();
    let town = Town::new(Engine::Sqlite).await;
    let everybody = strangers(&town);
    protect(&town, &everybody).await;
    for (at, (name, number)) in SENDERS.into_iter().enumerate() {
        let file = named(dak::file(external_of(number), number, &evening(&everybody, at)), &everybody);
        let sent = town.person(name).await.upload("/narvaro/2026-H1/fil", &[], ("fil", "skyddade.xml"), &file).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.page);
    }
    town.work().await;

    let wanted = Wanted::of(&everybody);
    let marked = marked(&town).await;
    assert!(marked.len() >= SENDERS.len(), "the senders' cases are not marked");
    let outside = [
        None,
        Some("Camilla Rosén"),
        Some(personas::OFFICER),
        Some(personas::HEAD),
        Some(personas::REVIEWER),
        Some(personas::ATTESTER),
        Some(personas::ADMINISTRATOR),
        Some(personas::AUDITOR),
        Some(personas::TIED_OFFICER),
    ];
    for who in outside {
        let browser = match who {
            Some(name) => town.person(name).await,
            None => town.anybody(),
        };
        let walk = crawl(&browser, &wanted, &marked).await;
        assert!(walk.seen > 15, "{who:?} came to {} pages only", walk.seen);
        assert!(walk.met.is_empty(), "{who:?} meets them at {:?}", walk.met);
    }
    // The search can find them: the role reads the file they stand in.
    let role = crawl(&town.person(personas::PROTECTED_OFFICER).await, &wanted, &marked).await;
    assert!(role.met.iter().any(|path| path.contains("/handling/")), "the role does not meet them: {:?}", role.met);
    assert!(!wanted.in_text(&secrecy::log_so_far()), "the log tells of them");
    files_are_reserved(&town, &marked[0]).await;
}

/// That a report is reserved is told in the list of a case's files; its way is there for the role alone.
async fn files_are_reserved(town: &Town, case: &str) {
    let (anna, farid) = (town.person(personas::OFFICER).await, town.person(personas::PROTECTED_OFFICER).await);
    let list = format!("/arenden/{case}/filer");
    let read = farid.get(&list).await.page;
    let report = format!("{list}/{}", read.split(&format!("href=\"{list}/")).nth(1).unwrap().split('"').next().unwrap());
    assert_eq!(farid.get(&report).await.status, StatusCode::OK);
    let shown = anna.get(&list).await.page;
    assert!(shown.contains("Rapporten innehåller skyddade personuppgifter.") && !shown.contains(&report), "{shown}");
    assert_eq!(anna.get(&report).await.status, StatusCode::CONFLICT);
}

/// People whom the town does not know yet: others send files with its own.
fn strangers(town: &Town) -> Vec<Person> {
    let known: BTreeSet<String> =
        Cast::call(&town.demo.tenant.profile.code).unwrap().residents.into_iter().map(|resident| resident.number.expose()).collect();
    let found: Vec<Person> = girls(0, 5_000).into_iter().filter(|girl| !known.contains(&girl.number())).take(FIFTY).collect();
    assert_eq!(found.len(), FIFTY);
    found
}

async fn protect(town: &Town, everybody: &[Person]) {
    let resident = |person: &Person| Resident {
        number: PersonNumber::parse(&person.number()).unwrap(),
        as_of: day("2020-01-01"),
        municipality: Some("1480".to_owned()),
        protection: Some(Protection::Marked),
    };
    let residents: Vec<Resident> = everybody.iter().map(resident).collect();
    population::fill(&town.demo.tenant, &Actor::Service, &residents).await.unwrap();
}

/// Two evenings of a club, all of them present.
fn evening(everybody: &[Person], club: usize) -> Vec<dak::Occasion> {
    ["2026-02-04", "2026-02-11"]
        .map(|date| {
            let halves: Vec<&[Person]> = everybody.chunks(25).collect();
            halves.into_iter().enumerate().map(move |(at, half)| {
                occasion(date, &format!("s{club}{at}{date}"), half).led_by(adult(700 + u64::try_from(club).unwrap()))
            })
        })
        .into_iter()
        .flatten()
        .collect()
}

/// The file with names that nobody else has.
fn named(file: Vec<u8>, everybody: &[Person]) -> Vec<u8> {
    let mut text = String::from_utf8(file).unwrap();
    for person in everybody {
        let number = format!("<Personnummer>{}</Personnummer>", person.number());
        let at = text.find(&number).expect("everybody stands in the register");
        let from = text[..at].rfind("<Foernamn>").unwrap();
        text.replace_range(from..at, &format!("<Foernamn>{GIVEN}</Foernamn><Efternamn>{FAMILY}</Efternamn>"));
    }
    text.into_bytes()
}

/// What an association is called in attendance systems.
fn external_of(number: &str) -> &'static str {
    ASSOCIATIONS.iter().find(|association| association.number == number).map(|association| association.external).unwrap()
}

/// The cases whose papers name somebody who is protected.
async fn marked(town: &Town) -> Vec<String> {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let all = bifall::store::cases::all(&mut tx).await.unwrap();
    all.into_iter().filter(|case| case.protected).map(|case| case.id.to_string()).collect()
}

/// What gives them away.
struct Wanted {
    /// The numbers' ten last digits, without a hyphen.
    numbers: BTreeSet<String>,
}

impl Wanted {
    fn of(everybody: &[Person]) -> Self {
        Self { numbers: everybody.iter().map(|person| person.number()[2..].to_owned()).collect() }
    }

    /// Names, and numbers with or without century and hyphen. Every run of digits and hyphens is looked at once.
    fn in_text(&self, text: &str) -> bool {
        let hidden = |run: &str| {
            let digits: String = run.chars().filter(char::is_ascii_digit).collect();
            (10..=digits.len()).any(|end| self.numbers.contains(&digits[end - 10..end]))
        };
        let mut runs = text.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|run| run.len() >= 10);
        text.contains(GIVEN) || text.contains(FAMILY) || runs.any(hidden)
    }
}

#[test]
fn the_search_finds_a_number_in_every_form_it_is_written() {
    let girl = girls(0, 1).remove(0);
    let (wanted, number) = (Wanted::of(&[girl]), girl.number());
    for form in [number.clone(), format!("{}-{}", &number[..8], &number[8..]), format!("{}-{}", &number[2..8], &number[8..])] {
        assert!(wanted.in_text(&format!("<td>{form}</td>")), "one form is not found");
    }
    assert!(!wanted.in_text("2026-08-20 20260820 8029999052"));
}

/// Where a walk led.
struct Walk {
    seen: usize,
    met: Vec<String>,
}

/// Follows every link from the first page and the person's own, files to download too: everything of the marked
/// cases, a few pages of each other form.
async fn crawl(browser: &Browser<'_>, wanted: &Wanted, marked: &[String]) -> Walk {
    let starts =
        ["/", "/arenden?handlaggare=alla&att_gora=alla", "/mina-sidor", "/foreningar", "/utbetalningar", "/statistik.csv", "/perioder"];
    let mut queue: VecDeque<String> = starts.map(str::to_owned).into();
    // Whoever guesses the addresses of the marked cases comes no further than who follows links.
    queue.extend(marked.iter().flat_map(|case| ["", "/steg", "/utskrift", "/meddelanden"].map(|page| format!("/arenden/{case}{page}"))));
    let mut known: BTreeSet<String> = queue.iter().cloned().collect();
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    let mut walk = Walk { seen: 0, met: Vec::new() };
    while let Some(path) = queue.pop_front() {
        let times = shapes.entry(shape(&path)).or_default();
        *times += 1;
        // A letter is set as a document again for each reading; what it says is on its page.
        let of_marked = marked.iter().any(|case| path.contains(case.as_str()));
        if *times > MOST && !of_marked || path.ends_with("/pdf") || path.contains("lang=") {
            continue;
        }
        let answer = browser.get(&path).await;
        walk.seen += usize::from(answer.status == StatusCode::OK);
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        if wanted.in_text(&answer.page) {
            walk.met.push(path.clone());
        }
        for link in answer.page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.split('#').next().unwrap_or_default().replace("&amp;", "&");
            if link.starts_with('/') && known.insert(link.clone()) {
                queue.push_back(link);
            }
        }
    }
    walk
}

/// An address without what differs from object to object.
fn shape(path: &str) -> String {
    let part = |part: &str| if part.len() == 36 && part.matches('-').count() == 4 { "…".to_owned() } else { part.to_owned() };
    path.split('?').next().unwrap_or_default().split('/').map(part).collect::<Vec<_>>().join("/")
}
