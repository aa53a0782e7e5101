//! Attendance kept by hand: the same way in as a system's file, so that amounts, clashes and the close hold for it too.
//!
//! By hand: a girl's participation is 9.89 kr, a leader's 8.02 kr, the sum in whole kronor (2026).

use std::collections::BTreeSet;

use bifall::domain::Money;
use bifall::domain::attendance::ActivityKind;
use bifall::domain::id::OrganisationId;
use bifall::services::attendance::hand::{self, Disability, Entry, GroupRole, NewGroup, NewPerson};
use bifall::services::attendance::{SourceKind, halves};
use bifall::services::{Actor, Claim, ServiceError, ServiceResult, preliminary};
use uuid::Uuid;

use crate::support::actors::activity_answers;
use crate::support::dak::{self, adult, boy, girl, girls, occasion};
use crate::support::{TestTenant, on_both};

/// A club with a pen.
struct Pen<'t> {
    t: &'t TestTenant,
    actor: Actor,
    club: OrganisationId,
}

impl Pen<'_> {
    async fn group(&self, name: &str) -> Uuid {
        let new = NewGroup { name, activity: "Träning", place: "Hallen" };
        hand::add_group(&self.t.tenant, &self.actor, self.club, new).await.unwrap()
    }

    async fn add(&self, group: Uuid, person: dak::Person, role: GroupRole) -> ServiceResult<Uuid> {
        let number = person.number();
        let new = NewPerson { number: &number, given: "Åsa", family: "Öberg", role, disability: Disability::Unsaid };
        hand::add_person(&self.t.tenant, &self.actor, self.club, group, new).await
    }

    async fn save(&self, group: Uuid, code: Option<&str>, entry: &Entry) -> ServiceResult<()> {
        hand::save(&self.t.tenant, &self.actor, self.club, "2026-H1", group, code, entry).await.map(|_| ())
    }

    async fn kronor(&self) -> Money {
        let claim = Claim { organisation: self.club, grant_type: "aktivitetsstod", period: "2026-H1" };
        preliminary::as_it_stands(&self.t.tenant, &self.actor, &claim).await.unwrap().total
    }
}

fn entry(date: &str, present: &[Uuid]) -> Entry {
    Entry {
        date: date.to_owned(),
        start: "18.00".to_owned(),
        stop: "19:30".to_owned(),
        kind: ActivityKind::Training,
        activity: "Träning".to_owned(),
        place: "Hallen".to_owned(),
        present: present.iter().copied().collect::<BTreeSet<_>>(),
        replaces: false,
    }
}

fn places(result: &ServiceResult<()>) -> Vec<String> {
    match result {
        Err(ServiceError::Invalid(findings)) => findings.iter().map(|finding| finding.place.clone()).collect(),
        other => panic!("not refused at a place: {:?}", other.is_ok()),
    }
}

fn sek(kronor: i64) -> Money {
    Money::from_kronor(kronor).unwrap()
}

#[test]
fn what_is_ticked_counts_and_is_changed_and_taken_away() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let pen = Pen { t: &t, actor: club.actor.clone(), club: club.id };
        let group = pen.group("Flickor 2014").await;
        let mut people = vec![pen.add(group, adult(0), GroupRole::Leader).await.unwrap()];
        for no in 0..4 {
            people.push(pen.add(group, girl(no), GroupRole::Participant).await.unwrap());
        }
        pen.save(group, None, &entry("2026-03-02", &people)).await.unwrap();
        // 4 x 9.89 + 8.02 = 47.58.
        assert_eq!(pen.kronor().await, sek(48));

        let (row, members, kept) = hand::card(&t.tenant, &pen.actor, club.id, "2026-H1", group).await.unwrap();
        assert_eq!((members.len(), kept.len(), kept[0].marked.len()), (5, 1, 5));
        let next = hand::suggestion(&t.tenant, &row, "2026-H1", &members, &kept);
        assert_eq!(next.date.to_string(), "2026-03-09", "a week after the last one");
        assert_eq!(next.present, people.iter().copied().collect::<BTreeSet<_>>(), "those who were there last time");

        // Another day for the same occasion, and one girl fewer: 3 x 9.89 + 8.02 = 37.69.
        let code = kept[0].code.clone();
        pen.save(group, Some(&code), &entry("2026-03-03", &people[..4])).await.unwrap();
        assert_eq!(pen.kronor().await, sek(38));
        let (_, _, kept) = hand::card(&t.tenant, &pen.actor, club.id, "2026-H1", group).await.unwrap();
        assert_eq!((kept.len(), kept[0].facts.date().to_string()), (1, "2026-03-03".to_owned()));

        // Off the card her earlier mark stays, and she is not ticked again.
        hand::remove_person(&t.tenant, &pen.actor, club.id, group, people[1]).await.unwrap();
        let (row, members, kept) = hand::card(&t.tenant, &pen.actor, club.id, "2026-H1", group).await.unwrap();
        assert_eq!(kept[0].marked.len(), 4);
        assert!(!hand::suggestion(&t.tenant, &row, "2026-H1", &members, &kept).present.contains(&people[1]));

        hand::remove(&t.tenant, &pen.actor, club.id, "2026-H1", group, &code).await.unwrap();
        let (_, _, kept) = hand::card(&t.tenant, &pen.actor, club.id, "2026-H1", group).await.unwrap();
        assert_eq!(kept.len(), 0);
        t.history_holds().await;
    });
}

#[test]
fn a_case_is_reckoned_again_and_the_close_locks_what_was_written() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, other) = (t.club(1).await, t.club(2).await);
        let pen = Pen { t: &t, actor: club.actor.clone(), club: club.id };
        let group = pen.group("Flickor 2014").await;
        let mut people = vec![pen.add(group, adult(0), GroupRole::Leader).await.unwrap()];
        for no in 0..5 {
            people.push(pen.add(group, girl(no), GroupRole::Participant).await.unwrap());
        }
        pen.save(group, None, &entry("2026-03-02", &people)).await.unwrap();
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        // 5 x 9.89 + 8.02 = 57.47.
        assert_eq!(t.total(case).await, 5_700);
        // Girls 3 and 4 are elsewhere at half past six: neither counts while nobody has answered.
        other.send(&[occasion("2026-03-02", "x", &girls(3, 5)).at("18:30", "19:30").led_by(adult(1))]).await;
        t.closed().await;
        assert_eq!(t.account_line(case, "without_collisions").await, -2);
        assert_eq!(t.total(case).await, 3_800);
        // After the lock it is taken in and changes nothing.
        pen.save(group, None, &entry("2026-03-16", &people)).await.unwrap();
        t.work().await;
        assert_eq!(t.total(case).await, 3_800);
        assert_eq!(t.open_tasks(case).await.len(), 1);
    });
}

#[test]
fn what_cannot_be_is_refused_at_its_place_and_nothing_is_written() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let pen = Pen { t: &t, actor: club.actor.clone(), club: club.id };
        let group = pen.group("Flickor 2014").await;
        let leader = pen.add(group, adult(0), GroupRole::Leader).await.unwrap();
        let cases = [
            (entry("2026-08-21", &[leader]), "datum"),
            (entry("2025-12-31", &[leader]), "datum"),
            (entry("i går", &[leader]), "datum"),
            (entry("2026-03-02", &[]), "narvarande"),
            (Entry { start: "25.00".to_owned(), ..entry("2026-03-02", &[leader]) }, "start"),
            (Entry { stop: "18:00".to_owned(), ..entry("2026-03-02", &[leader]) }, "slut"),
            (Entry { stop: "17:30".to_owned(), ..entry("2026-03-02", &[leader]) }, "slut"),
            (Entry { activity: "  ".to_owned(), ..entry("2026-03-02", &[leader]) }, "aktivitet"),
        ];
        for (wrong, place) in cases {
            assert_eq!(places(&pen.save(group, None, &wrong).await), [place]);
        }
        let half = halves::half(&t.tenant, &pen.actor, club.id, "2026-H1").await.unwrap();
        assert_eq!((half.source, half.sum.occasions), (None, 0));
        pen.save(group, None, &entry("2026-03-02", &[leader])).await.unwrap();
        assert_eq!(places(&pen.save(group, None, &entry("2026-03-02", &[leader])).await), ["start"], "the same hour twice");
        // Over midnight: what ends before it begins ends the next day.
        let night = Entry { start: "22".to_owned(), stop: "0030".to_owned(), ..entry("2026-03-06", &[leader]) };
        pen.save(group, None, &night).await.unwrap();
        let (_, _, kept) = hand::card(&t.tenant, &pen.actor, club.id, "2026-H1", group).await.unwrap();
        assert_eq!(kept[1].facts.minutes(), 150);
    });
}

#[test]
fn people_are_one_in_the_whole_register_and_a_stranger_reads_none_of_it() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, other) = (t.club(1).await, t.club(2).await);
        let pen = Pen { t: &t, actor: club.actor.clone(), club: club.id };
        let (one, two) = (pen.group("Flickor 2014").await, pen.group("Blandat").await);
        let first = pen.add(one, girl(1), GroupRole::Participant).await.unwrap();
        assert_eq!(pen.add(two, girl(1), GroupRole::Leader).await.unwrap(), first, "the same person in another group");
        assert!(pen.add(one, girl(1), GroupRole::Participant).await.is_err(), "twice on one card");
        let new =
            NewPerson { number: "20140102-0000", given: "", family: "Öberg", role: GroupRole::Leader, disability: Disability::Unsaid };
        let refused = hand::add_person(&t.tenant, &pen.actor, club.id, one, new).await.map(|_| ());
        assert_eq!(places(&refused), ["fornamn", "personnummer"]);
        let same = hand::add_group(&t.tenant, &pen.actor, club.id, NewGroup { name: "flickor 2014", activity: "x", place: "y" }).await;
        assert!(matches!(same, Err(ServiceError::Invalid(_))), "a name of its own for each group");

        let stranger = hand::group(&t.tenant, &other.actor, other.id, one).await;
        assert!(matches!(stranger, Err(ServiceError::NotFound)));
        let stranger = hand::group(&t.tenant, &other.actor, club.id, one).await;
        assert!(matches!(stranger, Err(ServiceError::NotFound)));
        // Sealed: the number is nowhere to be read in the folder.
        let needle = girl(1).number();
        for entry in std::fs::read_dir(t.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                assert!(!bytes.windows(needle.len()).any(|window| window == needle.as_bytes()), "readable in {}", path.display());
            }
        }
    });
}

#[test]
fn a_card_takes_the_place_of_a_file_only_when_she_says_so() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        let pen = Pen { t: &t, actor: club.actor.clone(), club: club.id };
        let group = pen.group("Pojkar 2014").await;
        let mut people = vec![pen.add(group, adult(0), GroupRole::Leader).await.unwrap()];
        for no in 0..3 {
            people.push(pen.add(group, boy(no), GroupRole::Participant).await.unwrap());
        }
        let written = entry("2026-03-02", &people);
        assert_eq!(places(&pen.save(group, None, &written).await), ["byt"]);
        assert_eq!(pen.kronor().await, sek(57));
        pen.save(group, None, &Entry { replaces: true, ..written }).await.unwrap();
        // 3 x 8.02 + 8.02 = 32.08.
        assert_eq!(pen.kronor().await, sek(32));
        let half = halves::half(&t.tenant, &pen.actor, club.id, "2026-H1").await.unwrap();
        assert_eq!(half.source, Some(SourceKind::Hand));
        assert_eq!(half.others.iter().map(|other| other.source).collect::<Vec<_>>(), [SourceKind::Upload]);
    });
}
