//! Protected identities: which cases are marked, who reads what, and that nobody outside can tell.

use bifall::domain::id::CaseId;
use bifall::domain::inputs::Answer;
use bifall::domain::person_number::PersonNumber;
use bifall::integrations::population::Protection;
use bifall::packages::Files;
use bifall::rules::TraceLine;
use bifall::services::attendance::{Received, import, views};
use bifall::services::population::{self, Resident};
use bifall::services::public_diary::{self, Wanted};
use bifall::services::staff::{self, Grant};
use bifall::services::{Actor, ServiceError, cases, decisions, dialogue, documents, packages, protection};
use bifall::store::attendance::SourceKind;
use bifall::store::events;
use bifall::store::users::Role;

use crate::support::actors::{Association, activity_answers, day};
use crate::support::dak::{self, Person, adult, girl, girls, occasion};
use crate::support::{TestTenant, on_both};

/// The register says of a person that her data are protected.
async fn protect(t: &TestTenant, person: Person) {
    let resident = Resident {
        number: PersonNumber::parse(&person.number()).unwrap(),
        as_of: day("2020-01-01"),
        municipality: Some("1480".to_owned()),
        protection: Some(Protection::Marked),
    };
    population::fill(&t.tenant, &Actor::Service, &[resident]).await.unwrap();
}

/// Farid may handle what is protected.
async fn farid(t: &TestTenant) -> Actor {
    let role = |role| Grant { role, committee: "KFN", up_to: None, reference: None, from: day("2020-01-01") };
    let roles = [role(Role::Officer), role(Role::ProtectedIdentities)];
    staff::add(&t.tenant, &Actor::Service, "farid", "farid@exempelstad.example", &roles).await.unwrap();
    Actor::staff_named(&t.tenant, "farid").await.unwrap()
}

/// Two clubs have applied; girl 3 of the first is protected.
async fn two_clubs(t: &TestTenant) -> ((Association<'_>, CaseId), (Association<'_>, CaseId)) {
    protect(t, girl(3)).await;
    let mut both = Vec::new();
    for no in 1..=2_u32 {
        let club = t.club(no).await;
        let people = girls(u64::from(no - 1) * 20, 5);
        club.send(&[occasion("2026-02-03", "a", &people).led_by(adult(u64::from(no)))]).await;
        let case = club.apply(&activity_answers(), &format!("k{no}")).await.case;
        both.push((club, case));
    }
    t.work().await;
    let second = both.pop().unwrap();
    (both.pop().unwrap(), second)
}

async fn told(t: &TestTenant, case: CaseId, kind: &str) -> usize {
    let mut tx = t.tenant.db.read().await.unwrap();
    events::of_stream(&mut tx, "case", case.0).await.unwrap().iter().filter(|event| event.kind == kind).count()
}

fn refused<T: std::fmt::Debug>(result: Result<T, ServiceError>) {
    let Err(ServiceError::Refused(text)) = result else { panic!("{result:?}") };
    assert!(text.sv.starts_with("Underlaget innehåller skyddade personuppgifter."), "{}", text.sv);
}

#[test]
fn a_case_whose_attendance_names_a_protected_person_is_marked_and_stays_so() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let ((one, marked), (_, other)) = two_clubs(&t).await;
        assert!(t.case(marked).await.protected);
        assert!(!t.case(other).await.protected);
        // A file without her takes nothing back: the first one lies in the diary.
        one.send(&[occasion("2026-02-03", "a", &girls(40, 5)).led_by(adult(1))]).await;
        t.work().await;
        t.closed().await;
        assert!(t.case(marked).await.protected);
        // A calculation, a decision: who is protected costs nobody a krona.
        assert_eq!(t.total(marked).await, t.total(other).await);
        t.history_holds().await;
    });
}

#[test]
fn her_arrival_after_the_lock_marks_the_case_that_knows_her() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (_, (two, case)) = two_clubs(&t).await;
        t.closed().await;
        assert!(!t.case(case).await.protected);
        two.send(&[occasion("2026-02-10", "b", &girls(3, 5)).led_by(adult(2))]).await;
        assert!(t.case(case).await.protected);
    });
}

#[test]
fn papers_with_names_are_read_by_the_role_alone_and_the_reading_is_noted() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let ((one, marked), (_, other)) = two_clubs(&t).await;
        let (anna, farid) = (t.officer("anna").await.actor, farid(&t).await);
        let paper = |documents: &[bifall::store::diary::DocumentRow], kind: &str| {
            documents.iter().find(|row| row.document_type == kind).unwrap().id
        };
        let papers = t.documents(marked).await;
        let (list, application) = (paper(&papers, "narvaro"), paper(&papers, "ansokan"));
        refused(documents::read(&t.tenant, &anna, marked, list).await);
        assert_eq!(told(&t, marked, "protected.read").await, 0);
        let read = documents::read(&t.tenant, &farid, marked, list).await.unwrap();
        assert!(String::from_utf8(read.bytes).unwrap().contains(&girl(3).number()));
        assert_eq!(told(&t, marked, "protected.read").await, 1);
        // The application names nobody, and the club reads what she sent: nothing of that is noted.
        documents::read(&t.tenant, &anna, marked, application).await.unwrap();
        documents::read(&t.tenant, &one.actor, marked, list).await.unwrap();
        let open = paper(&t.documents(other).await, "narvaro");
        documents::read(&t.tenant, &anna, other, open).await.unwrap();
        assert_eq!((told(&t, marked, "protected.read").await, told(&t, other, "protected.read").await), (1, 0));
    });
}

#[test]
fn the_report_of_an_import_that_names_her_is_for_the_role_and_for_the_sender() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let ((one, _), (two, _)) = two_clubs(&t).await;
        let (anna, farid) = (t.officer("anna").await.actor, farid(&t).await);
        // A refused file keeps nobody's number, but it is of the same club and half-year.
        let bad = one.upload("<fel/>").await;
        assert!(!bad.report.accepted);
        let hers = views::imports(&t.tenant, &farid, one.id).await.unwrap();
        assert_eq!(hers.len(), 2);
        for import in &hers {
            refused(views::report(&t.tenant, &anna, import.id).await);
            assert!(!views::report(&t.tenant, &farid, import.id).await.unwrap().0.report.is_empty());
            views::report(&t.tenant, &one.actor, import.id).await.unwrap();
        }
        let listed = views::imports(&t.tenant, &anna, one.id).await.unwrap();
        assert!(listed.iter().all(|import| import.report.is_empty()), "a report is in the list");
        let others = views::imports(&t.tenant, &anna, two.id).await.unwrap();
        views::report(&t.tenant, &anna, others[0].id).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let noted = events::of_stream(&mut tx, "organisation", one.id.0).await.unwrap();
        assert_eq!(noted.iter().filter(|event| event.kind == "protected.read").count(), 2);
    });
}

#[test]
fn the_staff_sees_masked_numbers_where_the_sender_sees_the_names_she_sent() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let file = String::from_utf8(dak::file(&club.external, &club.number, &[occasion("2026-02-03", "a", &girls(0, 5))])).unwrap();
        let number = girl(0).number();
        let last = if number.ends_with('0') { '1' } else { '0' };
        let wrong = format!("{}{last}", &number[..11]);
        let file = file.replace(&number, &wrong);
        let sent = club.upload(file.clone()).await.report;
        assert_eq!(sent.excluded[0].name.given, "Åsa0");
        let received = Received::new(club.id, SourceKind::Upload, std::io::Cursor::new(file.into_bytes()));
        let keyed = import(&t.tenant, &t.officer("anna").await.actor, received).await.unwrap().report;
        assert_eq!((keyed.excluded.len(), keyed.excluded[0].name.given.as_str()), (1, ""));
    });
}

#[test]
fn an_association_stands_in_the_diary_as_before_when_a_member_is_protected() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let ((one, marked), _) = two_clubs(&t).await;
        t.closed().await;
        t.decided(marked).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let lines = public_diary::extract(&mut tx, &Wanted::of(2026)).await.unwrap().lines;
        drop(tx);
        let hers: Vec<_> = lines.iter().filter(|line| line.party.as_deref() == Some("Klubb 1")).collect();
        assert_eq!(hers.len(), 4, "{lines:#?}");
        // Nor does the association herself notice anything.
        let view = cases::views::case(&t.tenant, &one.actor, marked).await.unwrap();
        assert_eq!(view.line.applicant, "Klubb 1");
    });
}

#[test]
fn an_applicant_who_is_herself_protected_leaves_the_public_extract_with_what_came_before() {
    on_both(|t| async move {
        let t = t.staffed().await;
        protect(&t, girl(3)).await;
        let club = t.club(1).await;
        t.execute(format!("update organisation set kind = 'person' where number = '{}'", club.number.replace('-', ""))).await.unwrap();
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5)).led_by(adult(1))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        // Registered first, looked up after that.
        t.work().await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let lines = public_diary::extract(&mut tx, &Wanted::of(2026)).await.unwrap().lines;
        drop(tx);
        // Her file, which came before her application; the application; the file again.
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.party.is_none() && line.subject.is_none() && line.matter.is_empty()), "{lines:#?}");
        let anna = cases::views::case(&t.tenant, &t.officer("anna").await.actor, case).await.unwrap();
        assert_eq!(anna.line.applicant, "Skyddad person");
        assert!(anna.events.iter().all(|event| event.texts.is_empty()));
        // What she sends besides is as hidden.
        assert!(!club.upload("<fel/>").await.report.accepted);
        let mut tx = t.tenant.db.read().await.unwrap();
        let lines = public_diary::extract(&mut tx, &Wanted::of(2026)).await.unwrap().lines;
        drop(tx);
        assert_eq!(lines.iter().filter(|line| line.party.is_none()).count(), 4);
        let keeper = farid(&t).await;
        let farid = cases::views::case(&t.tenant, &keeper, case).await.unwrap();
        assert_eq!(farid.line.applicant, "Klubb 1");
        assert!(farid.events.iter().any(|event| event.texts.contains_key("signed_by")));
        // Number, party, notes, messages and letter are kept with her name.
        assert!(anna.organisation_number.is_empty() && !farid.organisation_number.is_empty());
        assert!(anna.documents.iter().all(|document| document.party.as_deref() == Some("Skyddad person")));
        cases::notes::write(&t.tenant, &keeper, case, "Klubb 1 har bytt adress.").await.unwrap();
        dialogue::write(&t.tenant, &keeper, case, "Hej Klubb 1!").await.unwrap();
        let officer = t.officer("anna").await.actor;
        let beside = cases::beside::of(&t.tenant, &officer, case).await.unwrap();
        assert!(beside.notes.is_empty() && beside.messages.is_empty() && beside.compared.is_empty());
        let thread = dialogue::open(&t.tenant, &officer, case).await.unwrap();
        assert!(thread.reserved && thread.messages.is_empty());
        assert_eq!(dialogue::open(&t.tenant, &keeper, case).await.unwrap().messages.len(), 1);
        t.closed().await;
        let decision = t.decided(case).await;
        refused(decisions::views::letter(&t.tenant, &officer, case, decision).await);
        assert!(decisions::views::letter(&t.tenant, &keeper, case, decision).await.is_ok());
    });
}

/// The grant for events with a question for somebody's personal number.
fn asking() -> Files {
    let mut files = Files::built_in();
    let form = files.0.get_mut("forms/arrangemangsbidrag.toml").unwrap();
    let field = "[[section.field]]\nid = \"ledare\"\ntype = \"personal_number\"\nlabel = { sv = \"Ledarens personnummer\" }\n\
                 justification = { sv = \"Stipendiet betalas till en person.\" }\n\n[[section.field]]\nid = \"oppet\"";
    *form = String::from_utf8(form.clone()).unwrap().replace("[[section.field]]\nid = \"oppet\"", field).into_bytes();
    files
}

#[test]
fn somebody_whom_an_answer_names_marks_the_case_too() {
    on_both(|t| async move {
        let imported = packages::import(&t.tenant, &Actor::Service, &asking()).await.unwrap();
        assert!(!imported.problems.iter().any(bifall::domain::Problem::is_error), "{:#?}", imported.problems);
        let t = t.staffed().await;
        protect(&t, adult(7)).await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        let mut answers = super::workflow::event(60_000, 35_000, 25_000);
        let mut cases = Vec::new();
        for (club, person) in [(&one, adult(7)), (&two, adult(8))] {
            answers.insert("ledare".to_owned(), Answer::Text(person.number()));
            cases.push(club.submit("arrangemangsbidrag", "2026", &answers, &club.external).await.unwrap().case);
        }
        t.work().await;
        assert_eq!((t.case(cases[0]).await.protected, t.case(cases[1]).await.protected), (true, false));
        // The form asks for numbers, so its papers are for the role; of the case beside it they are not.
        let anna = t.officer("anna").await.actor;
        let (hers, other) = (t.documents(cases[0]).await[0].id, t.documents(cases[1]).await[0].id);
        refused(documents::read(&t.tenant, &anna, cases[0], hers).await);
        documents::read(&t.tenant, &anna, cases[1], other).await.unwrap();
    });
}

#[test]
fn steps_of_a_calculation_lose_their_words_and_keep_their_numbers() {
    let step = |line: usize, text: &str| TraceLine { line, text: text.to_owned() };
    let trace = vec![step(2, "grund = 5 000,50"), step(3, "namn = Eva Ek"), step(4, "ok = true"), step(5, "a = -3"), step(6, "Eva")];
    let hidden = [
        step(2, "grund = 5 000,50"),
        step(3, "namn = skyddad uppgift"),
        step(4, "ok = true"),
        step(5, "a = -3"),
        step(6, "skyddad uppgift"),
    ];
    assert_eq!(protection::without_words(trace), hidden);
}
