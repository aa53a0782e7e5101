//! Attendance sent again, changed, withdrawn, late, foreign: what it does to a case before and after the close.
//!
//! Amounts by hand: a girl's participation is 9.89 kr, a leader's 8.02 kr, the sum in whole kronor (2026).

use bifall::attendance::codec;
use bifall::services::attendance as service;
use bifall::services::tasks::{self, Filled};
use bifall::services::{Actor, ServiceError};
use bifall::store::{attendance, files, packages, persons, snapshots};

use crate::support::actors::activity_answers;
use crate::support::dak::{self, Occasion, adult, boy, girl, girls, occasion, older_girl};
use crate::support::on_both;

/// Two occasions of five girls and a leader: 2 × (5 × 9.89 + 8.02) = 114.94, 115 kr.
fn two() -> Vec<Occasion> {
    vec![occasion("2026-02-03", "a", &girls(0, 5)), occasion("2026-02-10", "b", &girls(0, 5))]
}

#[test]
fn a_file_sent_again_changes_nothing_and_a_changed_one_changes_the_preliminary_amount() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let first = club.send(&two()).await;
        assert_eq!((first.written, first.unchanged, first.withdrawn), (2, 0, 0));
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        assert_eq!(t.total(case).await, 11_500);

        let again = club.send(&two()).await;
        assert_eq!((again.written, again.unchanged, again.withdrawn), (0, 2, 0));
        t.work().await;
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(attendance::volume(&mut tx).await.unwrap().0, 2, "a version was written");
        drop(tx);
        assert_eq!(t.total(case).await, 11_500);

        // A sixth girl on the second day: 114.94 + 9.89 = 124.83.
        let changed = club.send(&[occasion("2026-02-03", "a", &girls(0, 5)), occasion("2026-02-10", "b", &girls(0, 6))]).await;
        assert_eq!((changed.written, changed.unchanged), (1, 1));
        t.work().await;
        assert_eq!(t.total(case).await, 12_500);

        // Update sends only what changes: a seventh girl, 134.72.
        club.send(&[occasion("2026-02-10", "b", &[girl(6)]).method("Update")]).await;
        t.work().await;
        assert_eq!(t.total(case).await, 13_500);

        // Remove takes the second day away: 49.45 + 8.02 = 57.47.
        let removed = club.send(&[occasion("2026-02-10", "b", &[]).method("Remove")]).await;
        assert_eq!(removed.withdrawn, 1);
        t.work().await;
        assert_eq!(t.total(case).await, 5_700);

        // Sent once more it is there again.
        club.send(&two()).await;
        t.work().await;
        assert_eq!(t.total(case).await, 11_500);
        assert_eq!(t.case(case).await.state, "awaiting_close");
        t.history_holds().await;
    });
}

#[test]
fn after_the_close_nothing_sent_changes_the_case_and_an_officer_is_told() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&two()).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        let before = t.newest(case).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let snapshot = snapshots::all(&mut tx).await.unwrap().remove(0);
        let parts = snapshots::parts(&mut tx, snapshot.id).await.unwrap();
        drop(tx);
        assert_eq!(before.total_ore.ore(), 11_500);

        club.send(&two()).await;
        assert_eq!(t.open_tasks(case).await.len(), 0, "the same file again is nothing to look at");
        club.send(&[occasion("2026-02-10", "b", &girls(0, 9))]).await;
        club.send(&[occasion("2026-02-03", "a", &[]).method("Remove")]).await;
        club.send(&[occasion("2026-08-04", "h2", &girls(0, 9))]).await;
        t.work().await;
        let open = t.open_tasks(case).await;
        assert_eq!(open.iter().map(|task| task.task.as_str()).collect::<Vec<_>>(), ["late_attendance"]);
        assert_eq!(t.newest(case).await.id, before.id);

        // It keeps the case from nothing and outlives the decision.
        t.decided(case).await;
        assert_eq!(t.case(case).await.state, "closed");
        assert_eq!(t.case(case).await.amount_ore.unwrap().ore(), 11_500);
        let open = t.open_tasks(case).await;
        assert_eq!(open.len(), 1, "closed by itself");
        let mut tx = t.tenant.db.read().await.unwrap();
        let after = snapshots::parts(&mut tx, snapshot.id).await.unwrap();
        assert_eq!(parts.iter().map(|part| &part.sha256).collect::<Vec<_>>(), after.iter().map(|part| &part.sha256).collect::<Vec<_>>());
        drop(tx);
        let anna = t.officer("anna").await;
        let filled = Filled::default();
        let silent = tasks::complete(&t.tenant, &anna.actor, open[0].id, "noted", &filled, " ").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))), "{silent:?}");
        tasks::complete(&t.tenant, &anna.actor, open[0].id, "noted", &filled, "Beslutet står fast.").await.unwrap();
        assert_eq!(t.open_tasks(case).await.len(), 0);

        // A decided case that is sent to again gets a new task.
        club.send(&[occasion("2026-02-10", "b", &girls(0, 10))]).await;
        assert_eq!(t.open_tasks(case).await.len(), 1);
        assert_eq!(t.case(case).await.amount_ore.unwrap().ore(), 11_500);
        t.history_holds().await;
    });
}

#[test]
fn who_comes_after_the_close_is_counted_but_loses_every_clash() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (early, late) = (t.club(1).await, t.club(2).await);
        early.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let in_time = early.apply(&activity_answers(), "e").await.case;
        t.work().await;
        t.closed().await;
        // Girls 3 and 4 were with the other club at that hour.
        late.send(&[occasion("2026-02-03", "x", &girls(3, 7)).led_by(adult(1))]).await;
        let case = late.apply(&activity_answers(), "l").await.case;
        t.work().await;
        // One day late: (5 × 9.89 + 8.02) × 75 % = 43.1025.
        assert_eq!(t.account_line(case, "without_collisions").await, -2);
        assert_eq!(t.total(case).await, 4_300);
        assert_eq!(t.total(in_time).await, 5_700);
        // She applied late with attendance that came late: an officer looks, then it goes on to the decision.
        let open = t.open_tasks(case).await;
        assert_eq!(open.len(), 1);
        assert_eq!(t.case(case).await.state, "check");
    });
}

#[test]
fn another_source_takes_the_place_of_the_one_before_in_every_half_year_it_touches() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&two()).await;
        club.send(&[occasion("2026-07-07", "h", &girls(0, 4))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        // One file over both half-years from the attendance system: 6 × 9.89 + 8.02 = 67.36 in the first.
        let pushed = club.push(&[occasion("2026-03-03", "p", &girls(0, 6)), occasion("2026-08-04", "q", &girls(0, 3))]).await;
        assert!(pushed.report.accepted, "{:#?}", pushed.report.findings);
        t.work().await;
        assert_eq!(t.total(case).await, 6_700);
        let mut tx = t.tenant.db.read().await.unwrap();
        for period in ["2026-H1", "2026-H2"] {
            let active = attendance::active_source(&mut tx, club.id, period).await.unwrap();
            assert_eq!(active, Some(attendance::SourceKind::Push), "{period}");
        }
    });
}

#[test]
fn a_refused_file_is_kept_with_its_report_and_changes_nothing_else() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, other) = (t.club(1).await, t.club(2).await);
        let foreign = dak::file(&other.external, &other.number, &two());
        let imported = club.upload(foreign.clone()).await;
        assert!(!imported.report.accepted);
        let broken = club.upload(dak::file(&club.external, &club.number, &two())[..900].to_vec()).await;
        assert!(!broken.report.accepted);
        let mut tx = t.tenant.db.read().await.unwrap();
        let rows = attendance::imports(&mut tx, club.id).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.accepted).collect::<Vec<_>>(), [false, false]);
        let (row, report) = service::views::report(&t.tenant, &club.actor, imported.id).await.unwrap();
        assert!(!report.findings.is_empty());
        // The file is a public record: the same bytes as came.
        assert_eq!(bifall::services::diary::read_file(&mut tx, &t.tenant, row.file_id).await.unwrap(), foreign);
        assert!(files::by_id(&mut tx, rows[0].file_id).await.unwrap().is_some());
        assert_eq!(attendance::volume(&mut tx).await.unwrap().0, 0);
        assert_eq!(attendance::all_cards(&mut tx).await.unwrap().len(), 0);
        assert_eq!(persons::secrets(&mut tx, row.no).await.unwrap().len(), 0);
        let theirs = service::views::report(&t.tenant, &other.actor, imported.id).await;
        assert!(matches!(theirs, Err(ServiceError::NotFound)), "{theirs:?}");
    });
}

#[test]
fn a_person_keeps_her_number_over_imports_and_associations_and_no_number_is_readable() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        one.send(&[occasion("2026-02-03", "a", &[girl(1), boy(1), girl(40).coordinated()])]).await;
        one.send(&[occasion("2026-02-10", "b", &[girl(1), boy(2)])]).await;
        two.send(&[occasion("2026-02-17", "c", &[girl(1), girl(40).coordinated()])]).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let key = t.tenant.keys.person.bytes();
        let hash = |person: dak::Person| {
            let number = bifall::domain::person_number::PersonNumber::parse(&person.number()).unwrap();
            bifall::attendance::identity::person_hmac(key, number).to_vec()
        };
        let everyone = [girl(1), boy(1), boy(2), girl(40).coordinated(), adult(0)].map(hash);
        assert_eq!(persons::by_hmac(&mut tx, &everyone).await.unwrap().len(), 5);
        let numbers = everyone.len();
        assert_eq!(numbers, 5);
        drop(tx);
        let case = one.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        t.decided(case).await;
        let needles: Vec<String> = [girl(1), boy(1), boy(2), girl(40).coordinated(), adult(0)].map(|one| one.number()).into();
        for file in walk(t.folder.path()) {
            let bytes = std::fs::read(&file).unwrap();
            for needle in &needles {
                for form in [
                    needle.clone(),
                    needle[2..].to_owned(),
                    format!("{}-{}", &needle[..8], &needle[8..]),
                    format!("{}-{}", &needle[2..8], &needle[8..]),
                ] {
                    let found = bytes.windows(form.len()).any(|window| window == form.as_bytes());
                    assert!(!found, "a personal number is readable in {}", file.display());
                }
            }
        }
    });
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn health_data_is_dropped_when_no_active_grant_reads_attendance() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        let disabled = |code: &str| vec![occasion("2026-02-03", code, &girls(0, 3)).disabled(adult(9))];
        one.send(&disabled("a")).await;
        let mut tx = t.tenant.db.write().await.unwrap();
        for id in packages::active(&mut tx).await.unwrap() {
            packages::set_status(&mut tx, id, packages::VersionStatus::Closed).await.unwrap();
        }
        tx.commit().await.unwrap();
        two.send(&disabled("b")).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let day = service::day_number("2026-02-03".parse().unwrap());
        let rows = attendance::occasions_on(&mut tx, (day, day), 99).await.unwrap();
        let flagged: Vec<usize> =
            rows.iter().map(|row| codec::decode(&row.marks).unwrap().iter().filter(|(_, class)| class.has_disability()).count()).collect();
        assert_eq!(flagged, [1, 0]);
    });
}

#[test]
fn midnight_absence_disability_and_leaders_for_once_count_as_the_format_says() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        // 2.2: stop before start on one date is refused; 2.1: it is the next day.
        let night = || vec![occasion("2026-02-03", "n", &girls(0, 3)).at("23:00", "00:30")];
        assert!(!club.upload(dak::file(&club.external, &club.number, &night())).await.report.accepted);
        assert!(club.upload(dak::file_21(&club.external, &club.number, &night())).await.report.accepted);
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        // 3 × 9.89 + 8.02 = 37.69.
        assert_eq!(t.total(case).await, 3_800);
        // An absent girl is not counted, a grown-up with a disability is: 4 × 9.89 + 8.02 = 47.58; with the night 85.27.
        club.send(&[occasion("2026-02-10", "b", &girls(0, 3)).absent(girl(8)).disabled(adult(9))]).await;
        t.work().await;
        assert_eq!(t.total(case).await, 8_500);
        // A coordination number is a person like any other: 3 × 9.89 + 8.02 more, 122.96.
        club.send(&[occasion("2026-02-17", "c", &[girl(0).coordinated(), girl(1), girl(2)])]).await;
        t.work().await;
        assert_eq!(t.total(case).await, 12_300);
        // Without a leader nothing is paid; with a participant of fourteen who led for once she is paid as one: 4 × 9.89.
        club.send(&[occasion("2026-02-24", "d", &girls(0, 3)).leaderless()]).await;
        t.work().await;
        assert_eq!(t.total(case).await, 12_300);
        club.send(&[occasion("2026-02-24", "d", &girls(0, 3)).leaderless().temporary_leader(older_girl(0))]).await;
        t.work().await;
        assert_eq!(t.total(case).await, 16_300);
        assert_eq!(t.account_line(case, "imported").await, 4 + 6 + 4 + 4);
    });
}

#[test]
fn an_association_does_not_send_for_another() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        let received = service::Received::new(two.id, attendance::SourceKind::Upload, std::io::Cursor::new(Vec::new()));
        let refused = service::import(&t.tenant, &one.actor, received).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        assert!(matches!(one.actor, Actor::Association { .. }));
    });
}
