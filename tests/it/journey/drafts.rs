//! Applications that are being written: together, in peace, and handed in once.

mod affirmed;
mod later;
mod on_paper;
mod promised;

use std::io::Write;

use bifall::domain::draft::{AnswerSource, SectionState};
use bifall::domain::grant::ApplicantKind;
use bifall::domain::id::{DraftId, OrganisationId, UserId};
use bifall::domain::inputs::{Answer, Attachment};
use bifall::domain::mandate::Mandate;
use bifall::forms::Entry;
use bifall::services::drafts::{self, Change, Draft, Saved, Start, Upload, cosign, my};
use bifall::services::organisations::NewOrganisation;
use bifall::services::papers::{self, Came};
use bifall::services::{Actor, ServiceError, ServiceResult, mandates, organisations};
use bifall::store::drafts as rows;

use crate::support::actors::{day, invented};
use crate::support::dak::{girls, occasion};
use crate::support::{TestTenant, on_both};

/// An association with a chair and a treasurer who sign, and a secretary who fills in.
struct Board<'t> {
    t: &'t TestTenant,
    id: OrganisationId,
    chair: Actor,
    treasurer: Actor,
    secretary: Actor,
}

async fn person(t: &TestTenant, club: OrganisationId, name: &str, mandate: Mandate) -> Actor {
    let user: UserId = mandates::add_person(&t.tenant, &Actor::Service, name, None).await.unwrap();
    mandates::give(&t.tenant, &Actor::Service, club, user, mandate).await.unwrap();
    Actor::Association { organisation: club, name: name.to_owned(), user: Some(user), mandate }
}

impl<'t> Board<'t> {
    /// A club that is approved and has a bankgiro, founded this year, with attendance of the spring.
    async fn of(t: &'t TestTenant, no: u32) -> Self {
        let club = t.club(no).await;
        club.send(&[occasion("2026-02-03", &format!("spring-{no}"), &girls(0, 5))]).await;
        Self::with(t, club.id).await
    }

    async fn with(t: &'t TestTenant, id: OrganisationId) -> Self {
        Self {
            t,
            id,
            chair: person(t, id, &format!("Ordföranden {id}"), Mandate::Signatory).await,
            treasurer: person(t, id, &format!("Kassören {id}"), Mandate::Signatory).await,
            secretary: person(t, id, &format!("Sekreteraren {id}"), Mandate::Writer).await,
        }
    }

    async fn begin(&self, actor: &Actor, grant: &str, period: &str) -> DraftId {
        drafts::begin(&self.t.tenant, actor, self.id, grant, period, Start::GoOn).await.unwrap()
    }

    async fn open(&self, id: DraftId) -> Draft {
        drafts::open(&self.t.tenant, &self.secretary, id).await.unwrap()
    }

    async fn write(&self, actor: &Actor, id: DraftId, seen: i64, field: &str, text: &str) -> Saved {
        let change = Change { field: field.to_owned(), entry: Entry::One(text.to_owned()), seen_version: seen };
        drafts::save(&self.t.tenant, actor, id, &[change], None).await.unwrap()
    }

    /// An activity grant's application with everything filled in.
    async fn activity(&self) -> DraftId {
        let id = self.begin(&self.secretary, "aktivitetsstod", "2026-H1").await;
        for (field, text) in [("narvaro_stammer", "ja"), ("ny_lokal", "nej"), ("intygar", "ja")] {
            self.write(&self.secretary, id, 0, field, text).await;
        }
        // The account is filled in from the register; going through it makes it hers.
        let draft = self.open(id).await;
        let account = draft.written["kontonummer"].entry.clone();
        let change = Change { field: "kontonummer".to_owned(), entry: account, seen_version: 1 };
        drafts::save(&self.t.tenant, &self.secretary, id, &[change], None).await.unwrap();
        id
    }
}

async fn upload(t: &TestTenant, actor: &Actor, draft: DraftId, field: &str, name: &str, bytes: &[u8]) -> ServiceResult<()> {
    let mut upload = Upload::begin(&t.tenant, actor, draft, field).await?;
    for piece in bytes.chunks(64 * 1024) {
        upload.write(piece)?;
    }
    drafts::attach(&t.tenant, actor, upload, name).await
}

fn state(draft: &Draft, section: &str) -> SectionState {
    draft.sections.iter().find(|known| known.id == section).unwrap().state
}

#[test]
fn nobody_writes_over_what_somebody_else_has_written_since_she_looked() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.begin(&board.secretary, "arrangemangsbidrag", "2026").await;
        let first = board.write(&board.secretary, id, 0, "beskrivning", "Kulturdag").await;
        assert_eq!(first.draft.written["beskrivning"].version, 1);
        // The treasurer saw version 1 and writes version 2; the secretary still has version 1 on her screen.
        board.write(&board.treasurer, id, 1, "beskrivning", "Kulturdag i parken").await;
        let late = board.write(&board.secretary, id, 1, "beskrivning", "Kulturdag på torget").await;
        let clash = &late.conflicts["beskrivning"];
        assert_eq!((clash.theirs.clone(), clash.version), (Entry::One("Kulturdag i parken".to_owned()), 2));
        assert!(clash.who.starts_with("Kassören"), "{}", clash.who);
        assert_eq!(board.open(id).await.written["beskrivning"].entry, Entry::One("Kulturdag i parken".to_owned()));
        // Choosing her own names the version she now knows of.
        let chosen = board.write(&board.secretary, id, 2, "beskrivning", "Kulturdag på torget").await;
        assert!(chosen.conflicts.is_empty());
        assert_eq!(chosen.draft.written["beskrivning"].version, 3);
        // Saying the same is no conflict, whatever she has seen.
        assert!(board.write(&board.treasurer, id, 1, "beskrivning", "Kulturdag på torget").await.conflicts.is_empty());
    });
}

#[test]
fn a_draft_is_for_its_association_alone_and_lies_sealed() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (board, other) = (Board::of(&t, 1).await, Board::of(&t, 2).await);
        let id = board.begin(&board.secretary, "arrangemangsbidrag", "2026").await;
        board.write(&board.secretary, id, 0, "beskrivning", "Hemlig planering").await;
        for actor in [&t.officer("anna").await.actor, &t.officer("dag").await.actor, &Actor::Service, &other.chair] {
            assert!(matches!(drafts::open(&t.tenant, actor, id).await, Err(ServiceError::NotFound)), "{}", actor.code());
            let saved = drafts::save(&t.tenant, actor, id, &[], None).await;
            assert!(matches!(saved, Err(ServiceError::NotFound)), "{}", actor.code());
            let began = drafts::begin(&t.tenant, actor, board.id, "arrangemangsbidrag", "2026", Start::Anew).await;
            assert!(matches!(began, Err(ServiceError::NotFound)), "{}", actor.code());
        }
        let mut tx = t.tenant.db.read().await.unwrap();
        let stored = rows::answers(&mut tx, id).await.unwrap();
        let readable = stored.iter().any(|row| row.content.windows(6).any(|bytes| bytes == b"Hemlig"));
        assert!(!stored.is_empty() && !readable, "what was typed lies sealed");
    });
}

#[test]
fn beginning_again_goes_on_and_beginning_anew_forgets() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let first = board.begin(&board.secretary, "arrangemangsbidrag", "2026").await;
        board.write(&board.secretary, first, 0, "beskrivning", "Kulturdag").await;
        assert_eq!(board.begin(&board.treasurer, "arrangemangsbidrag", "2026").await, first);
        let anew = drafts::begin(&t.tenant, &board.chair, board.id, "arrangemangsbidrag", "2026", Start::Anew).await.unwrap();
        assert_ne!(anew, first);
        assert!(!board.open(anew).await.written.contains_key("beskrivning"));
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(rows::answers(&mut tx, first).await.unwrap().len(), 0, "what was thrown away is gone");
        drop(tx);
        let change = Change { field: "beskrivning".to_owned(), entry: Entry::One("Sent".to_owned()), seen_version: 1 };
        let stale = drafts::save(&t.tenant, &board.secretary, first, &[change], None).await;
        assert!(matches!(stale, Err(ServiceError::Refused(_))), "{stale:?}");
    });
}

#[test]
fn what_is_known_is_filled_in_marked_and_gone_through_before_it_counts() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let club = crate::journey::workflow::event(60_000, 35_000, 25_000);
        let key = "earlier";
        let submission = bifall::services::applications::Submission {
            organisation: board.id,
            grant_type: "arrangemangsbidrag",
            period: "2026",
            answers: &club,
            signed_by: "Ordföranden",
            idempotency_key: key,
        };
        bifall::services::applications::submit(&t.tenant, &board.chair, submission).await.unwrap();
        t.clock.set("2026-11-01 10:00");
        let id = board.begin(&board.secretary, "arrangemangsbidrag", "2027").await;
        let draft = board.open(id).await;
        assert_eq!(draft.prefilled_from.as_ref().map(|period| period.sv.as_str()), Some("2026"));
        assert_eq!(draft.written["beskrivning"].source, AnswerSource::Earlier);
        assert_eq!(draft.written["kontonummer"].source, AnswerSource::Register);
        assert_eq!(
            draft.written["kontonummer"].entry,
            Entry::Parts([("kind", "bankgiro"), ("number", "5012-3454")].map(|(a, b)| (a.to_owned(), b.to_owned())).into())
        );
        assert!(!draft.written.contains_key("intygar"), "nobody affirms for next year by what she affirmed last year");
        assert_eq!(state(&draft, "arrangemang"), SectionState::InProgress, "filled in, but nobody has gone through it");
        let fields = ["beskrivning", "datum", "oppet"];
        let changes: Vec<Change> = fields
            .iter()
            .map(|field| Change { field: (*field).to_owned(), entry: draft.written[*field].entry.clone(), seen_version: 1 })
            .collect();
        let saved = drafts::save(&t.tenant, &board.secretary, id, &changes, Some("arrangemang")).await.unwrap();
        assert_eq!(state(&saved.draft, "arrangemang"), SectionState::Done);
        assert_eq!(saved.draft.written["beskrivning"].source, AnswerSource::Typed);
    });
}

#[test]
fn hidden_answers_are_kept_told_of_and_not_sent() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.begin(&board.secretary, "aktivitetsstod", "2026-H1").await;
        let draft = board.write(&board.secretary, id, 0, "ny_lokal", "ja").await.draft;
        assert!(draft.outlook.shows("hyreskontrakt"));
        board.write(&board.secretary, id, 0, "hyreskontrakt", "later").await;
        let draft = board.write(&board.secretary, id, 1, "ny_lokal", "nej").await.draft;
        assert_eq!(draft.answers["hyreskontrakt"], Answer::Attachment(Attachment::Later), "kept");
        assert_eq!(draft.not_sent().iter().map(|field| field.id.as_str()).collect::<Vec<_>>(), ["hyreskontrakt"], "told of");
        assert!(!draft.to_send().contains_key("hyreskontrakt"), "not sent");
        let draft = board.write(&board.secretary, id, 2, "ny_lokal", "ja").await.draft;
        assert!(draft.to_send().contains_key("hyreskontrakt"), "and there again when it is asked for again");
    });
}

#[test]
fn what_cannot_be_read_stays_as_typed_and_numbers_come_back_written_the_swedish_way() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.begin(&board.secretary, "arrangemangsbidrag", "2026").await;
        let draft = board.write(&board.secretary, id, 0, "sokt_belopp", "femtusen").await.draft;
        assert_eq!(draft.unreadable["sokt_belopp"][0].code, "not_a_number");
        assert_eq!(draft.written["sokt_belopp"].entry, Entry::One("femtusen".to_owned()));
        let draft = board.write(&board.secretary, id, 1, "sokt_belopp", "25000.50 kr").await.draft;
        let field = draft.package.form.field("sokt_belopp").unwrap();
        let shown = bifall::forms::echo(field, &draft.answers["sokt_belopp"]);
        assert_eq!(shown, Entry::One("25\u{202f}000,50".to_owned()));
        assert_eq!(bifall::forms::enter(field, &shown).unwrap().as_ref(), Some(&draft.answers["sokt_belopp"]), "and can be read again");
    });
}

#[test]
fn a_file_is_judged_by_what_is_in_it_and_a_refused_one_leaves_nothing() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.begin(&board.secretary, "startbidrag", "2026").await;
        let before = t.tenant.files.names().unwrap();
        let codes = |result: ServiceResult<()>| match result {
            Err(ServiceError::Invalid(findings)) => (findings[0].place.clone(), findings[0].code.clone()),
            other => panic!("{other:?}"),
        };
        let program = upload(&t, &board.secretary, id, "stadgar", "stadgar.pdf", b"MZ\x90\x00 a program").await;
        assert_eq!(codes(program), ("stadgar".to_owned(), "wrong_kind".to_owned()));
        let page = upload(&t, &board.secretary, id, "stadgar", "stadgar.pdf", b"<script>alert(1)</script>").await;
        assert_eq!(codes(page).1, "wrong_kind");
        let picture = upload(&t, &board.secretary, id, "stadgar", "stadgar.pdf", b"\x89PNG\r\n\x1a\n....").await;
        assert_eq!(codes(picture).1, "wrong_kind", "the question takes PDF alone");
        assert_eq!(codes(upload(&t, &board.secretary, id, "stadgar", "tom.pdf", b"").await).1, "empty");
        // Twenty megabytes is the most: the writing stops there.
        let mut large = Upload::begin(&t.tenant, &board.secretary, id, "stadgar").await.unwrap();
        let piece = vec![b'%'; 1_000_000];
        let stopped = (0..30).find_map(|no| large.write(&piece).err().map(|error| (no, error)));
        let (no, error) = stopped.expect("it stops");
        assert_eq!((no, codes(Err(error)).1.as_str()), (20, "too_large"));
        drop(large);
        assert_eq!(t.tenant.files.names().unwrap(), before, "nothing is left on the disk");
        upload(&t, &board.secretary, id, "stadgar", "../../C:\\x\u{202e}stadgar.pdf", b"%PDF-1.7 stadgar").await.unwrap();
        upload(&t, &board.secretary, id, "stadgar", "igen.pdf", b"%PDF-1.7 stadgar").await.unwrap();
        let draft = board.open(id).await;
        assert_eq!(draft.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["xstadgar.pdf"], "the same file once");
        assert_eq!(t.tenant.files.names().unwrap().len(), before.len() + 1);
        upload(&t, &board.secretary, id, "konstituerande_protokoll", "bild.jpg", b"\xff\xd8\xff\xe0 bild").await.unwrap();
    });
}

#[test]
fn office_documents_are_known_by_what_they_hold() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.begin(&board.secretary, "startbidrag", "2026").await;
        let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        packed.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(b"<w:document/>").unwrap();
        let docx = packed.finish().unwrap().into_inner();
        let refused = upload(&t, &board.secretary, id, "stadgar", "stadgar.docx", &docx).await;
        let Err(ServiceError::Invalid(findings)) = refused else { panic!("{refused:?}") };
        assert!(findings[0].message.sv.contains("PDF"), "{}", findings[0].message.sv);
    });
}

/// A club founded in June that has reported twelve members of the right age.
pub(super) async fn new_club(t: &TestTenant, no: u32) -> OrganisationId {
    let new = NewOrganisation {
        number: &invented(no),
        name: "Nya klubben",
        kind: ApplicantKind::Association,
        category: Some("ungdom"),
        founded: Some(day("2026-06-01")),
        town: "Exempelstad",
        since: day("2026-06-01"),
    };
    organisations::register(&t.tenant, &Actor::Service, new).await.unwrap()
}

/// A start grant's application with everything filled in.
async fn start_grant(board: &Board<'_>) -> DraftId {
    let id = board.begin(&board.secretary, "startbidrag", "2026").await;
    board.write(&board.secretary, id, 0, "verksamhet", "Innebandy för barn").await;
    let account = Entry::Parts([("kind", "bankgiro"), ("number", "5012-3454")].map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    let change = Change { field: "kontonummer".to_owned(), entry: account, seen_version: 0 };
    drafts::save(&board.t.tenant, &board.secretary, id, &[change], None).await.unwrap();
    upload(board.t, &board.secretary, id, "stadgar", "stadgar.pdf", b"%PDF-1.7 stadgar").await.unwrap();
    upload(board.t, &board.secretary, id, "konstituerande_protokoll", "p.pdf", b"%PDF-1.7 protokoll").await.unwrap();
    board.write(&board.secretary, id, 0, "intygar", "ja").await;
    id
}

#[test]
fn the_signature_hands_it_in_once_with_its_files() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::with(&t, new_club(&t, 1).await).await;
        let id = start_grant(&board).await;
        assert_eq!(state(&board.open(id).await, "forening"), SectionState::Done);
        let unsigned = drafts::send(&t.tenant, &board.secretary, id).await;
        assert!(matches!(unsigned, Err(ServiceError::Refused(_))), "who fills in does not sign: {unsigned:?}");
        let first = drafts::send(&t.tenant, &board.chair, id).await.unwrap();
        assert_eq!(drafts::send(&t.tenant, &board.chair, id).await.unwrap(), first, "a second press");
        t.work().await;
        let documents = t.documents(first.case).await;
        let kinds: Vec<&str> = documents.iter().map(|document| document.document_type.as_str()).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "bilaga").count(), 2, "{kinds:?}");
        assert_eq!(kinds.iter().filter(|kind| **kind == "ansokan").count(), 1, "{kinds:?}");
        let subjects: Vec<&str> = documents.iter().map(|document| document.subject.as_str()).collect();
        assert!(subjects.contains(&"Bilaga: Stadgar"), "{subjects:?}");
        // 5 000 kr to a new club; nobody has reported members, which an officer settles.
        assert_eq!(t.total(first.case).await, 500_000);
        assert!(board.open(id).await.closed);
        assert!(!cosign::awaited(&mut t.tenant.db.read().await.unwrap(), first.case).await.unwrap(), "one signatory is enough here");
        // Next time the statutes are on file.
        let found = papers::of(&t.tenant, &board.secretary, board.id).await.unwrap();
        let statutes = found.iter().find(|kind| kind.label.sv == "Stadgar").unwrap();
        let came = &statutes.papers[0].came;
        assert!(matches!(came, Came::With { case, number, .. } if *case == first.case && *number == first.number), "{came:?}");
        let mine = my::pages(&t.tenant, &board.chair, board.id).await.unwrap();
        assert_eq!((mine.drafts.len(), mine.cases.len()), (0, 1));
        t.history_holds().await;
    });
}

#[test]
fn what_is_not_whole_is_not_received_and_every_gap_is_named() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.begin(&board.secretary, "startbidrag", "2026").await;
        board.write(&board.secretary, id, 0, "verksamhet", "Innebandy").await;
        let refused = drafts::send(&t.tenant, &board.chair, id).await;
        let Err(ServiceError::Invalid(findings)) = refused else { panic!("{refused:?}") };
        let places: Vec<&str> = findings.iter().map(|finding| finding.place.as_str()).collect();
        assert_eq!(places, ["stadgar", "konstituerande_protokoll", "intygar"], "the account came from the register");
        assert!(!board.open(id).await.closed);
    });
}

#[test]
fn firmateckning_asks_for_a_second_signature_and_nothing_is_decided_before() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.activity().await;
        let case = drafts::send(&t.tenant, &board.chair, id).await.unwrap().case;
        assert!(cosign::awaited(&mut t.tenant.db.read().await.unwrap(), case).await.unwrap());
        let again = cosign::sign(&t.tenant, &board.chair, case).await;
        assert!(matches!(again, Err(ServiceError::Refused(_))), "the same person twice: {again:?}");
        let clerk = cosign::sign(&t.tenant, &board.secretary, case).await;
        assert!(matches!(clerk, Err(ServiceError::Refused(_))), "{clerk:?}");
        t.work().await;
        t.closed().await;
        let early = t.officer("anna").await.decide(&[case]).await.remove(0).result;
        assert!(matches!(&early, Err(ServiceError::Refused(text)) if text.sv.contains("underskrift")), "{early:?}");
        let to_sign = cosign::to_sign(&t.tenant, &board.treasurer, case).await.unwrap();
        assert!(to_sign.awaited.hers && to_sign.changes.is_empty());
        // It is hers to sign, not his who has.
        for (who, hers) in [(&board.treasurer, true), (&board.chair, false), (&board.secretary, false)] {
            let pages = my::pages(&t.tenant, who, board.id).await.unwrap();
            let line = pages.cases.iter().find(|line| line.line.case.id == case).unwrap();
            assert_eq!((line.unsigned, line.hers_to_sign), (true, hers));
        }
        cosign::sign(&t.tenant, &board.treasurer, case).await.unwrap();
        cosign::sign(&t.tenant, &board.treasurer, case).await.unwrap();
        let signatures = t.documents(case).await.iter().filter(|document| document.document_type == "underskrift").count();
        assert_eq!(signatures, 1, "signed once, however often she pressed");
        t.work().await;
        t.officer("anna").await.decide(&[case]).await.remove(0).result.unwrap();
        t.history_holds().await;
    });
}

#[test]
fn a_signature_that_does_not_come_is_reminded_of_and_then_an_officers_task() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.activity().await;
        let case = drafts::send(&t.tenant, &board.chair, id).await.unwrap().case;
        t.work().await;
        let last_day = cosign::to_sign(&t.tenant, &board.treasurer, case).await.unwrap().awaited.last_day;
        let before = t.mails(case).await.len();
        t.clock.set(&format!("{} 08:00", last_day - chrono::Days::new(4)));
        t.work().await;
        assert_eq!(t.mails(case).await.len(), before + 1, "reminded once");
        t.clock.set(&format!("{last_day} 23:59"));
        t.work().await;
        assert!(cosign::awaited(&mut t.tenant.db.read().await.unwrap(), case).await.unwrap(), "the last day is hers to its end");
        t.clock.set(&format!("{} 00:01", last_day + chrono::Days::new(1)));
        t.work().await;
        let tasks: Vec<String> = t.open_tasks(case).await.into_iter().map(|task| task.task).collect();
        assert!(tasks.contains(&"underskrift_saknas".to_owned()), "{tasks:?}");
        let late = cosign::sign(&t.tenant, &board.treasurer, case).await;
        assert!(matches!(late, Err(ServiceError::Refused(_))), "{late:?}");
    });
}

#[test]
fn whoever_waits_for_a_signature_can_remind_once_a_day_and_take_the_request_back() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let case = drafts::send(&t.tenant, &board.chair, board.activity().await).await.unwrap().case;
        let pages = my::pages(&t.tenant, &board.chair, board.id).await.unwrap();
        let line = pages.cases.iter().find(|line| line.line.case.id == case).unwrap();
        assert_eq!(line.signers, [format!("Kassören {}", board.id)]);
        let subjects = |mails: &[bifall::integrations::mail::Message]| {
            mails.iter().filter(|mail| mail.subject.starts_with("Skriv under ansökan i ärende")).count()
        };
        let asked = t.mails(case).await;
        assert_eq!((asked.len(), subjects(&asked)), (2, 1), "a receipt and a request");
        assert!(asked.iter().any(|mail| mail.text.contains(&format!("/mina-sidor/arenden/{case}/underskrift"))), "{asked:#?}");
        let today = cosign::remind(&t.tenant, &board.chair, case).await;
        assert!(matches!(&today, Err(ServiceError::Refused(text)) if text.sv.contains("i morgon")), "asked for today: {today:?}");
        let can = async || cosign::to_sign(&t.tenant, &board.chair, case).await.unwrap().awaited.may_remind;
        assert!(!can().await);
        t.clock.forward(chrono::TimeDelta::days(1));
        assert!(can().await);
        cosign::remind(&t.tenant, &board.chair, case).await.unwrap();
        let twice = cosign::remind(&t.tenant, &board.chair, case).await;
        assert!(matches!(twice, Err(ServiceError::Refused(_))), "{twice:?}");
        assert_eq!(subjects(&t.mails(case).await), 2);
        let clerk = cosign::call_off(&t.tenant, &board.secretary, case).await;
        assert!(matches!(clerk, Err(ServiceError::Refused(_))), "{clerk:?}");
        cosign::call_off(&t.tenant, &board.chair, case).await.unwrap();
        assert!(!cosign::awaited(&mut t.tenant.db.read().await.unwrap(), case).await.unwrap());
        let late = cosign::sign(&t.tenant, &board.treasurer, case).await;
        assert!(matches!(late, Err(ServiceError::Refused(_))), "{late:?}");
        let tasks: Vec<String> = t.open_tasks(case).await.into_iter().map(|task| task.task).collect();
        assert!(tasks.contains(&"underskrift_saknas".to_owned()), "{tasks:?}");
        let again = cosign::remind(&t.tenant, &board.chair, case).await;
        assert!(matches!(again, Err(ServiceError::Refused(_))), "nothing is waited for: {again:?}");
        t.history_holds().await;
    });
}

#[test]
fn who_signs_alone_where_nobody_else_can_waits_for_nobody() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let treasurer = mandates::of(&t.tenant, &board.chair, board.id).await.unwrap();
        let hers = treasurer.iter().find(|one| one.person.id == board.treasurer.person().unwrap()).unwrap().mandate.id;
        mandates::end(&t.tenant, &board.chair, board.id, hers).await.unwrap();
        t.clock.set("2026-08-21 10:00");
        let id = board.activity().await;
        let case = drafts::send(&t.tenant, &board.chair, id).await.unwrap().case;
        assert!(!cosign::awaited(&mut t.tenant.db.read().await.unwrap(), case).await.unwrap());
    });
}
