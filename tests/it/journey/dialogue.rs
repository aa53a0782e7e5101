//! The dialogue with its files, receipts and templates, and what a hand-over shows before it is done.

use bifall::domain::id::{CaseId, UserId};
use bifall::services::assignment::{absence, units};
use bifall::services::cases::handing_over;
use bifall::services::cases::handing_preview::{self, To, Unable};
use bifall::services::dialogue::attachments::{MOST, MOST_BYTES, Upload};
use bifall::services::dialogue::templates::{self, Use};
use bifall::services::dialogue::{self, Written};
use bifall::services::staff::{self, Grant};
use bifall::services::tasks::{self, SupplementRequest};
use bifall::services::{Actor, ServiceError, cases, documents, verify};
use bifall::store::queue as rows;
use bifall::store::users::Role;
use bifall::text::placeholders::{self, Place};

use super::queue::in_check;
use crate::support::actors::{day, tie};
use crate::support::{TestTenant, on_both};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\nendobj\n";

fn places<T: std::fmt::Debug>(result: Result<T, ServiceError>) -> Vec<String> {
    match result {
        Err(ServiceError::Invalid(found)) => found.into_iter().map(|finding| finding.place).collect(),
        other => panic!("{other:?}"),
    }
}

async fn officers(t: &TestTenant, names: &[(&str, &str)]) {
    for (name, committee) in names {
        let grant = Grant { role: Role::Officer, committee, up_to: None, reference: None, from: day("2020-01-01") };
        let email = format!("{name}@exempelstad.example");
        staff::add(&t.tenant, &Actor::Service, name, &email, &[grant]).await.unwrap();
    }
}

async fn id(t: &TestTenant, name: &str) -> UserId {
    t.officer(name).await.actor.user().unwrap().id
}

fn upload(t: &TestTenant, others: usize, bytes: &[u8], name: &str) -> Result<dialogue::attachments::Attached, ServiceError> {
    let mut upload = Upload::begin(&t.tenant, others)?;
    upload.write(bytes)?;
    upload.finish(&t.tenant, name)
}

/// How many files lie in the store.
fn stored(t: &TestTenant) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&t.folder.path().join("files"))
}

#[test]
fn files_of_a_message_are_documents_and_what_is_not_sent_leaves_none() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let anna = t.officer("anna").await.actor;
        let club = Actor::on_paper(t.case(case).await.organisation_id, "Kassören");
        let (before, files) = (t.documents(case).await.len(), stored(&t));
        let own = vec![upload(&t, 0, PDF, "C:\\Hyra\\avtal 2026.pdf").unwrap(), upload(&t, 1, b"ar;kr\n2026;10\n", "hyra.csv").unwrap()];
        let written = Written { text: "Här är avtalet.", form_key: Some("form-1") };
        dialogue::send(&t.tenant, &club, case, written, own).await.unwrap();
        let documents = t.documents(case).await;
        assert_eq!(documents.len(), before + 3, "the message and both its files are in the diary");
        let words: Vec<_> = documents[before..].iter().map(|row| (row.direction.word(), row.subject.as_str())).collect();
        assert_eq!(words, [("in", "Meddelande"), ("in", "Bilaga till meddelande"), ("in", "Bilaga till meddelande")]);
        let thread = dialogue::open(&t.tenant, &anna, case).await.unwrap();
        let named: Vec<_> = thread.files.iter().map(|file| (file.name.as_str(), file.message == thread.messages[0].id)).collect();
        assert_eq!(named, [("avtal 2026.pdf", true), ("hyra.csv", true)]);
        let read = documents::read(&t.tenant, &anna, case, thread.files[0].document).await.unwrap();
        assert_eq!((read.bytes.as_slice(), read.ending), (PDF, "pdf"));
        let other = t.club(2).await;
        assert!(documents::read(&t.tenant, &other.actor, case, thread.files[0].document).await.is_err());
        // The same form once more, a text that says nothing, somebody who may not: none of it leaves a file.
        let stood = stored(&t);
        assert_eq!(stood, files + 3);
        dialogue::send(&t.tenant, &club, case, written, vec![upload(&t, 0, PDF, "avtal.pdf").unwrap()]).await.unwrap();
        assert_eq!(t.documents(case).await.len(), before + 3);
        let empty = Written { text: " ", form_key: Some("form-2") };
        assert_eq!(places(dialogue::send(&t.tenant, &club, case, empty, vec![upload(&t, 0, PDF, "a.pdf").unwrap()]).await), ["text"]);
        let foreign = vec![upload(&t, 0, PDF, "a.pdf").unwrap()];
        assert!(dialogue::send(&t.tenant, &other.actor, case, Written { text: "Hej", form_key: None }, foreign).await.is_err());
        assert_eq!(stored(&t), stood);
        // The officer answers with a file of her own.
        let answer = Written { text: "Tack! Här är mallen.", form_key: None };
        dialogue::send(&t.tenant, &anna, case, answer, vec![upload(&t, 0, PDF, "mall.pdf").unwrap()]).await.unwrap();
        assert_eq!(t.documents(case).await.last().unwrap().direction.word(), "out");
        let mail = t.mails(case).await.pop().unwrap();
        assert!(!mail.text.contains("mall") && mail.text.contains("nytt meddelande"), "{}", mail.text);
        assert!(verify::verify(&t.tenant, &|_| ()).await.unwrap().sound());
    });
}

#[test]
fn a_file_is_judged_by_what_is_in_it_and_there_is_an_end_to_how_many_and_how_large() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let files = stored(&t);
        assert_eq!(places(upload(&t, 0, b"MZ\x90\x00 a program", "avtal.pdf")), ["fil"]);
        assert_eq!(places(upload(&t, 0, b"<html><script>", "avtal.pdf")), ["fil"]);
        assert_eq!(places(upload(&t, 0, b"", "avtal.pdf")), ["fil"]);
        assert_eq!(places(Upload::begin(&t.tenant, MOST)), ["fil"]);
        let piece = vec![b'%'; 1_000_000];
        let mut large = Upload::begin(&t.tenant, 0).unwrap();
        let taken = (0..=MOST_BYTES / 1_000_000).take_while(|_| large.write(&piece).is_ok()).count();
        assert_eq!(u64::try_from(taken).unwrap(), MOST_BYTES / 1_000_000);
        drop(large);
        assert_eq!(stored(&t), files);
    });
}

#[test]
fn an_officer_sees_who_has_read_and_when_and_the_applicant_that_the_municipality_has() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let (anna, bo) = (t.officer("anna").await.actor, t.officer("bo").await.actor);
        let club = Actor::on_paper(t.case(case).await.organisation_id, "Sekreteraren");
        dialogue::write(&t.tenant, &anna, case, "Vilken lokal?").await.unwrap();
        dialogue::write(&t.tenant, &club, case, "Gympasalen.").await.unwrap();
        let read = async |by: &Actor, at: usize| {
            let row = dialogue::open(&t.tenant, by, case).await.unwrap().messages.remove(at);
            row.read_at.map(|when| (when.to_rfc3339(), row.read_by.unwrap_or_default()))
        };
        assert_eq!(read(&anna, 0).await, None);
        t.clock.set("2026-08-03 14:02");
        dialogue::open(&t.tenant, &club, case).await.unwrap();
        t.clock.set("2026-08-04 09:00");
        let club_two = Actor::on_paper(t.case(case).await.organisation_id, "Ordföranden");
        dialogue::open(&t.tenant, &club_two, case).await.unwrap();
        let first = Some(("2026-08-03T12:02:00+00:00".to_owned(), "Sekreteraren".to_owned()));
        assert_eq!(read(&anna, 0).await, first, "the first reading counts");
        // A colleague who does not handle the case reads without it counting; the officer's own reading counted above.
        dialogue::write(&t.tenant, &club, case, "En sak till.").await.unwrap();
        dialogue::open(&t.tenant, &bo, case).await.unwrap();
        assert_eq!(read(&club, 2).await, None);
        dialogue::open(&t.tenant, &anna, case).await.unwrap();
        assert!(read(&club, 2).await.is_some());
    });
}

#[test]
fn a_template_is_filled_by_the_case_and_what_it_lacks_must_be_written() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let number = t.case(case).await.number;
        let anna = t.officer("anna").await.actor;
        let text = "Hej {förening}!\n{ Bidrag } {period}, {ärendenummer}. Svara {sista dag}. {handläggare}";
        let template = templates::save(&t.tenant, &anna, None, "Lokal", text).await.unwrap();
        let filled = templates::fill(&t.tenant, &anna, template, case).await.unwrap();
        let expected = format!("Hej Klubb 1!\nAktivitetsstöd januari–juni 2026, {number}. Svara {{sista dag}}. anna");
        assert_eq!((filled.text.as_str(), filled.missing.as_slice()), (expected.as_str(), &[Place::LastDay][..]));
        assert_eq!(places(dialogue::write(&t.tenant, &anna, case, &filled.text).await), ["text"], "a place is left");
        // When the case waits for an answer, its last day is known.
        let request = SupplementRequest { missing: "Avtalet", last_day: day("2026-08-20"), consequence: "Vi avgör utan.", sections: &[] };
        tasks::request_supplement(&t.tenant, &anna, case, &request).await.unwrap();
        let filled = templates::fill(&t.tenant, &anna, template, case).await.unwrap();
        assert!(filled.missing.is_empty() && filled.text.contains("Svara 20 aug"), "{}", filled.text);
        dialogue::write(&t.tenant, &anna, case, &filled.text).await.unwrap();
        // The preview: by number, or the first of the queue; never a case she must keep away from.
        let shown = templates::preview(&t.tenant, &anna, "{förening}", &number).await.unwrap().unwrap();
        assert_eq!((shown.text.as_str(), shown.number.as_str()), ("Klubb 1", number.as_str()));
        assert_eq!(templates::preview(&t.tenant, &anna, "{förening}", "").await.unwrap().unwrap().text, "Klubb 1");
        assert_eq!(places(templates::preview(&t.tenant, &anna, "Hej", "KFN 1999/1").await), ["arende"]);
        tie(&t.tenant, &anna, id(&t, "anna").await, t.case(case).await.organisation_id, "kassör").await;
        let tied = t.officer("anna").await.actor;
        assert_eq!(places(templates::preview(&t.tenant, &tied, "{förening}", &number).await), ["arende"]);
        assert_eq!(templates::preview(&t.tenant, &tied, "{förening}", "").await.unwrap(), None);
        assert!(templates::fill(&t.tenant, &tied, template, case).await.is_err());
    });
}

#[test]
fn templates_are_written_by_those_who_use_them_and_retired_without_touching_what_was_sent() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let (anna, bo, dag) = (t.officer("anna").await.actor, t.officer("bo").await.actor, t.officer("dag").await.actor);
        assert!(matches!(templates::save(&t.tenant, &bo, None, "Lokal", "Hej").await, Err(ServiceError::Refused(_))));
        let club = Actor::on_paper(t.case(case).await.organisation_id, "Kassören");
        assert!(templates::list(&t.tenant, &club).await.is_err());
        assert_eq!(places(templates::save(&t.tenant, &anna, None, " ", " ").await), ["namn", "text"]);
        let template = templates::save(&t.tenant, &anna, None, "Lokal", "Hej {förening}").await.unwrap();
        dialogue::write(&t.tenant, &anna, case, &templates::fill(&t.tenant, &anna, template, case).await.unwrap().text).await.unwrap();
        templates::save(&t.tenant, &dag, Some(template), "Lokalen", "Hallå {förening}").await.unwrap();
        assert_eq!(templates::fill(&t.tenant, &anna, template, case).await.unwrap().text, "Hallå Klubb 1");
        templates::set_use(&t.tenant, &anna, template, Use::Retired).await.unwrap();
        assert!(matches!(templates::fill(&t.tenant, &anna, template, case).await, Err(ServiceError::NotFound)));
        assert_eq!(dialogue::open(&t.tenant, &anna, case).await.unwrap().messages[0].text, "Hej Klubb 1");
        templates::set_use(&t.tenant, &anna, template, Use::Offered).await.unwrap();
        assert_eq!(templates::list(&t.tenant, &anna).await.unwrap()[0].title, "Lokalen");
    });
}

#[test]
fn what_is_no_place_is_told_at_its_line_and_column_with_what_was_meant() {
    let faults = placeholders::read("Hej {förening}!\nDitt {arendenumer} och {kaffe} och {period").unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column, fault.word.as_deref(), fault.near)).collect();
    assert_eq!(told, [(2, 6, Some("arendenumer"), Some(Place::Number)), (2, 24, Some("kaffe"), None), (2, 36, None, None)]);
    on_both(|t| async move {
        let t = t.staffed().await;
        let anna = t.officer("anna").await.actor;
        match templates::save(&t.tenant, &anna, None, "Lokal", "Hej\n  {forening}").await {
            Err(ServiceError::Invalid(found)) => {
                assert_eq!(found[0].message.sv, "Rad 2, tecken 3: det finns inget {forening}. Menade du {förening}?");
            }
            other => panic!("{other:?}"),
        }
    });
}

async fn handler(t: &TestTenant, case: CaseId) -> Option<UserId> {
    let mut tx = t.tenant.db.read().await.unwrap();
    rows::handling(&mut tx, case).await.unwrap().officer_id
}

#[test]
fn a_hand_over_is_seen_before_it_is_done_with_what_the_colleague_cannot_take() {
    on_both(|t| async move {
        let t = t.staffed().await;
        officers(&t, &[("elsa", "KFN"), ("filip", "BUN"), ("gun", "KFN")]).await;
        let case = in_check(&t, 1).await;
        let organisation = t.case(case).await.organisation_id;
        let anna = t.officer("anna").await.actor;
        cases::notes::write(&t.tenant, &anna, case, "Ring på fredag.").await.unwrap();
        dialogue::write(&t.tenant, &Actor::on_paper(organisation, "Kassören"), case, "Hur går det?").await.unwrap();
        let gun = t.officer("gun").await.actor;
        tie(&t.tenant, &gun, id(&t, "gun").await, organisation, "ledamot").await;
        let elsa = t.officer("elsa").await.actor;
        let until = absence::Away { from: Some(day("2026-08-01")), until: Some(day("2026-08-14")), substitute: None };
        absence::say(&t.tenant, &elsa, &until).await.unwrap();
        let seen = async |name: &str| handing_preview::of(&t.tenant, &anna, case, &To::Colleague(id(&t, name).await)).await.unwrap();
        let to_elsa = seen("elsa").await;
        assert_eq!((to_elsa.unable, to_elsa.open, to_elsa.unread, to_elsa.notes), (None, 0, 1, 1));
        assert_eq!(to_elsa.away.map(|away| away.until), Some(day("2026-08-14")));
        assert_eq!(to_elsa.promised.iter().map(|label| label.sv.as_str()).collect::<Vec<_>>(), ["Hyreskontrakt"]);
        // The check itself, and the wait for the contract that was promised.
        assert_eq!(to_elsa.tasks.len(), t.open_tasks(case).await.len());
        assert!(!to_elsa.tasks.is_empty() && to_elsa.tasks.iter().all(|task| task.not_hers.is_none()));
        assert_eq!(to_elsa.last_day, None);
        assert_eq!(seen("gun").await.unable, Some(Unable::Conflicted));
        assert_eq!(seen("filip").await.unable, Some(Unable::OtherCommittee));
        assert_eq!(handler(&t, case).await, None, "looking changes nothing");
        // To the unit: who is away, conflicted or of another committee does not come in question.
        let dag = t.officer("dag").await.actor;
        let unit = async |names: &[&str]| {
            let mut members = Vec::new();
            for name in names {
                members.push(id(&t, name).await);
            }
            units::set(&t.tenant, &dag, "kultur", &members).await.unwrap();
            handing_preview::of(&t.tenant, &anna, case, &To::Unit("kultur".to_owned())).await.unwrap()
        };
        assert_eq!(unit(&["elsa", "gun", "filip"]).await.unable, Some(Unable::NobodyInUnit));
        assert!(matches!(handing_over::hand_over_to_unit(&t.tenant, &anna, case, "kultur", "").await, Err(ServiceError::Refused(_))));
        assert_eq!(places(handing_over::hand_over_to_unit(&t.tenant, &anna, case, "parker", "").await), ["till"]);
        absence::back(&t.tenant, &elsa).await.unwrap();
        let shown = unit(&["elsa", "gun", "filip"]).await;
        assert_eq!(shown.receiver.map(|user| user.name), Some("elsa".to_owned()));
        handing_over::hand_over_to_unit(&t.tenant, &anna, case, "kultur", "Hon väntar på avtalet.").await.unwrap();
        assert_eq!(handler(&t, case).await, Some(id(&t, "elsa").await));
        assert_eq!(seen("elsa").await.unable, Some(Unable::HasIt));
        // A supplement that is waited for follows along with its last day.
        let request = SupplementRequest { missing: "Avtalet", last_day: day("2026-08-20"), consequence: "Vi avgör utan.", sections: &[] };
        tasks::request_supplement(&t.tenant, &elsa, case, &request).await.unwrap();
        let back = handing_preview::of(&t.tenant, &elsa, case, &To::Colleague(id(&t, "anna").await)).await.unwrap();
        assert_eq!((back.last_day, back.unable), (Some(day("2026-08-20")), None));
        assert!(handing_preview::of(&t.tenant, &t.officer("gun").await.actor, case, &To::Unit("kultur".to_owned())).await.is_err());
    });
}
