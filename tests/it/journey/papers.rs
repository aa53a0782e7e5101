//! An association's papers: what is on file, handing in beside every case, and using it in every application.

use bifall::services::drafts::{self, Start};
use bifall::services::papers::{self, Came, Paper, Upload};
use bifall::services::{Actor, ServiceError, ServiceResult};
use bifall::store::diary;

use crate::support::actors::Association;
use crate::support::{TestTenant, on_both};

const PDF: &[u8] = b"%PDF-1.7 stadgar";

async fn hand_in(t: &TestTenant, actor: &Actor, club: &Association<'_>, kind: &str, year: &str, bytes: &[u8]) -> ServiceResult<()> {
    let mut upload = Upload::begin(&t.tenant, actor, club.id, kind, year).await?;
    upload.write(bytes)?;
    papers::hand_in(&t.tenant, actor, upload, "C:\\Stadgar 811218-9876.pdf").await
}

/// What is on file of a kind, by its Swedish name.
async fn on_file(t: &TestTenant, actor: &Actor, club: &Association<'_>, label: &str) -> Vec<Paper> {
    let found = papers::of(&t.tenant, actor, club.id).await.unwrap();
    found.into_iter().find(|kind| kind.label.sv == label).map_or_else(Vec::new, |kind| kind.papers)
}

fn codes(result: ServiceResult<()>) -> Vec<(String, String)> {
    let Err(ServiceError::Invalid(findings)) = result else { panic!("{result:?}") };
    findings.into_iter().map(|finding| (finding.place, finding.code)).collect()
}

fn pair(place: &str, code: &str) -> (String, String) {
    (place.to_owned(), code.to_owned())
}

#[test]
fn a_paper_handed_in_beside_every_case_is_in_the_diary_and_serves_every_application() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        assert!(papers::of(&t.tenant, &club.actor, club.id).await.unwrap().is_empty());
        hand_in(&t, &club.actor, &club, "stadgar", "2025", PDF).await.unwrap();
        // The same once more changes nothing.
        hand_in(&t, &club.actor, &club, "stadgar", "2025", PDF).await.unwrap();
        let kept = on_file(&t, &club.actor, &club, "Stadgar").await;
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].year.as_str(), &kept[0].came, kept[0].name.as_str()), ("2025", &Came::Alone, "Stadgar 811218-9876.pdf"));
        let read = papers::read(&t.tenant, &club.actor, club.id, kept[0].id).await.unwrap();
        assert_eq!((read.bytes.as_slice(), read.media_type.as_str()), (PDF, "application/pdf"));
        // The diary's subject says what it is and not what the file was called.
        let mut tx = t.tenant.db.read().await.unwrap();
        let documents = diary::documents(&mut tx, "KFN", 2026).await.unwrap();
        let subjects: Vec<&str> = documents.iter().map(|document| document.subject.as_str()).collect();
        assert_eq!(subjects, ["Stadgar 2025"]);
        drop(tx);
        for (grant, period) in [("godkand-forening", "2026"), ("startbidrag", "2026")] {
            let draft = drafts::begin(&t.tenant, &club.actor, club.id, grant, period, Start::GoOn).await.unwrap();
            let open = drafts::open(&t.tenant, &club.actor, draft).await.unwrap();
            let offered: Vec<&str> = open.on_file.iter().map(|paper| paper.kind.as_str()).collect();
            assert_eq!(offered, ["stadgar"], "{grant}");
        }
        t.history_holds().await;
    });
}

#[test]
fn what_is_wrong_is_told_at_its_place_and_nothing_is_kept() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let wrong = hand_in(&t, &club.actor, &club, "lucia", "nittonhundra", PDF).await;
        assert_eq!(codes(wrong), [pair("handling", "missing"), pair("ar", "bad_year")]);
        let future = hand_in(&t, &club.actor, &club, "stadgar", "2027", PDF).await;
        assert_eq!(codes(future), [pair("ar", "bad_year")]);
        assert_eq!(codes(hand_in(&t, &club.actor, &club, "stadgar", "2025", b"").await), [pair("fil", "empty")]);
        // Statutes are taken as PDF alone, whatever the file is called.
        let picture = hand_in(&t, &club.actor, &club, "stadgar", "2025", b"\x89PNG\r\n\x1a\n").await;
        assert_eq!(codes(picture), [pair("fil", "wrong_kind")]);
        let large = hand_in(&t, &club.actor, &club, "stadgar", "2025", &vec![b'%'; 20_000_001]).await;
        assert_eq!(codes(large), [pair("fil", "too_large")]);
        assert!(papers::of(&t.tenant, &club.actor, club.id).await.unwrap().is_empty());
        assert!(t.tenant.files.names().unwrap().is_empty(), "a refused file was left");
    });
}

#[test]
fn papers_are_for_the_association_and_the_municipality_and_handed_in_by_who_may() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, other) = (t.club(1).await, t.club(2).await);
        hand_in(&t, &club.actor, &club, "stadgar", "2025", PDF).await.unwrap();
        let paper = on_file(&t, &club.actor, &club, "Stadgar").await.remove(0).id;
        let anna = t.officer("anna").await;
        assert_eq!(on_file(&t, &anna.actor, &club, "Stadgar").await.len(), 1);
        papers::read(&t.tenant, &anna.actor, club.id, paper).await.unwrap();
        let foreign = papers::of(&t.tenant, &other.actor, club.id).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        let foreign = papers::read(&t.tenant, &other.actor, club.id, paper).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        // Her own id with another's paper opens nothing either.
        let foreign = papers::read(&t.tenant, &other.actor, other.id, paper).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        let foreign = hand_in(&t, &other.actor, &club, "stadgar", "2025", PDF).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        assert!(t.execute("delete from association_paper".to_owned()).await.is_err(), "a paper was taken away");
    });
}
