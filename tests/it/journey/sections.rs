//! The sections of an association, and what has been changed in its entry.

use bifall::domain::account_number::{AccountKind, parse};
use bifall::domain::association::BoardRole;
use bifall::services::associations::changes::{self, What};
use bifall::services::associations::sections::{self, NewSection};
use bifall::services::associations::{self, NewOfficer, views};
use bifall::services::{Actor, ServiceError, ServiceResult, organisations};

use crate::support::actors::{Association, day};
use crate::support::{TestTenant, on_both};

async fn add(t: &TestTenant, actor: &Actor, club: &Association<'_>, name: &str, activity: &str) -> ServiceResult<()> {
    let new = NewSection { name, activity, contact: "Eva Ek, eva@klubb.example", from: day("2026-08-01") };
    sections::add(&t.tenant, actor, club.id, &new).await
}

/// The sections that go on and those that have ended, by name.
async fn seen(t: &TestTenant, actor: &Actor, club: &Association<'_>) -> (Vec<String>, Vec<String>) {
    let view = views::of(&t.tenant, actor, club.id).await.unwrap();
    let names = |rows: Vec<views::AssociationSection>| rows.into_iter().map(|row| row.name).collect();
    (names(view.sections), names(view.former_sections))
}

fn places(result: ServiceResult<()>) -> Vec<String> {
    let Err(ServiceError::Invalid(findings)) = result else { panic!("{result:?}") };
    findings.into_iter().map(|finding| finding.place).collect()
}

#[test]
fn a_section_begins_and_ends_with_a_day_and_the_officer_sees_both() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        add(&t, &club.actor, &club, "Innebandy", "innebandy").await.unwrap();
        add(&t, &club.actor, &club, "Fotboll", "fotboll").await.unwrap();
        assert_eq!(places(add(&t, &club.actor, &club, "fotboll ", "fotboll").await), ["name"], "one of a name");
        assert_eq!(places(add(&t, &club.actor, &club, " ", "").await), ["name", "activity"]);
        let anna = t.officer("anna").await;
        assert_eq!(seen(&t, &anna.actor, &club).await.0, ["Fotboll", "Innebandy"]);

        let id = views::of(&t.tenant, &club.actor, club.id).await.unwrap().sections[0].id;
        sections::end(&t.tenant, &club.actor, club.id, id).await.unwrap();
        let again = sections::end(&t.tenant, &club.actor, club.id, id).await;
        assert!(matches!(again, Err(ServiceError::NotFound)), "{again:?}");
        // Today is its last day.
        assert_eq!(seen(&t, &anna.actor, &club).await.0.len(), 2);
        t.clock.set("2026-08-21 00:00");
        assert_eq!(seen(&t, &anna.actor, &club).await, (vec!["Innebandy".to_owned()], vec!["Fotboll".to_owned()]));
        add(&t, &club.actor, &club, "Fotboll", "fotboll").await.unwrap();
        t.history_holds().await;
    });
}

#[test]
fn sections_are_the_associations_own() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, other) = (t.club(1).await, t.club(2).await);
        add(&t, &club.actor, &club, "Fotboll", "fotboll").await.unwrap();
        let id = views::of(&t.tenant, &club.actor, club.id).await.unwrap().sections[0].id;
        let foreign = add(&t, &other.actor, &club, "Bandy", "bandy").await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        for organisation in [club.id, other.id] {
            let foreign = sections::end(&t.tenant, &other.actor, organisation, id).await;
            assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        }
        assert_eq!(seen(&t, &club.actor, &club).await.0, ["Fotboll"]);
    });
}

#[test]
fn the_history_says_who_changed_what_and_shows_the_end_of_an_account_alone() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, other) = (t.club(1).await, t.club(2).await);
        add(&t, &club.actor, &club, "Fotboll", "fotboll").await.unwrap();
        let new = NewOfficer { role: BoardRole::Chair, name: "Eva Ek", from: day("2026-08-01") };
        associations::add_officer(&t.tenant, &club.actor, club.id, &new).await.unwrap();
        let officer = views::of(&t.tenant, &club.actor, club.id).await.unwrap().officers[0].id;
        associations::end_officer(&t.tenant, &club.actor, club.id, officer).await.unwrap();
        let account = parse(AccountKind::Bankgiro, "991-2346").unwrap().number;
        organisations::set_account(&t.tenant, &club.actor, club.id, &account).await.unwrap();
        let anna = t.officer("anna").await;
        let found = changes::of(&t.tenant, &anna.actor, club.id).await.unwrap();
        // The latest first, by the association; below them what the service entered when it was registered.
        let own: Vec<&What> = found.iter().take_while(|change| change.who == "Klubb 1").map(|change| &change.what).collect();
        let expected = [
            What::Account("…2346".to_owned()),
            What::OfficerEnded("Eva Ek".to_owned()),
            What::OfficerAdded("Eva Ek".to_owned()),
            What::SectionAdded("Fotboll".to_owned()),
        ];
        assert_eq!(own, expected.iter().collect::<Vec<_>>());
        let last = found.last().unwrap();
        assert_eq!((&last.what, last.who.as_str()), (&What::Registered("Klubb 1".to_owned()), ""));
        assert!(!format!("{found:?}").contains("991-2346") && !format!("{found:?}").contains("5012-3454"), "{found:?}");
        assert_eq!(changes::of(&t.tenant, &club.actor, club.id).await.unwrap(), found);
        let foreign = changes::of(&t.tenant, &other.actor, club.id).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
    });
}
