//! Who gets a case by itself: by load and by unit, never somebody who is away or conflicted; and who stands in for whom.

use std::collections::BTreeMap;

use bifall::domain::assignment::{Because, Candidate, choose};
use bifall::domain::id::{CaseId, UserId};
use bifall::packages::{Files, Surroundings, load_all};
use bifall::services::assignment::absence::{self, Away};
use bifall::services::assignment::{units, views};
use bifall::services::cases::{handing_over, list, withdrawal};
use bifall::services::staff::{self, Grant};
use bifall::services::{Actor, ServiceError, verify};
use bifall::store::queue::{Filter, Whose};
use bifall::store::users::Role;
use bifall::store::{events, queue as rows};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::queue::in_check;
use crate::support::actors::{activity_answers, day, tie};
use crate::support::{TestTenant, on_both};

const BY_LOAD: &str = "[assignment]\nby = \"load\"\n";

async fn officers(t: &TestTenant, names: &[&str]) {
    let grant = Grant { role: Role::Officer, committee: "KFN", up_to: None, reference: None, from: day("2020-01-01") };
    for name in names {
        let email = format!("{name}@exempelstad.example");
        staff::add(&t.tenant, &Actor::Service, name, &email, std::slice::from_ref(&grant)).await.unwrap();
    }
}

async fn id(t: &TestTenant, name: &str) -> UserId {
    t.officer(name).await.actor.user().unwrap().id
}

/// Who handles a case, by name.
async fn officer(t: &TestTenant, case: CaseId) -> Option<String> {
    let mut tx = t.tenant.db.read().await.unwrap();
    let user = rows::handling(&mut tx, case).await.unwrap().officer_id?;
    Some(bifall::store::users::by_id(&mut tx, user).await.unwrap().unwrap().name)
}

/// What the history says of how a case got its officer.
async fn told(t: &TestTenant, case: CaseId) -> Vec<(String, Value)> {
    let mut tx = t.tenant.db.read().await.unwrap();
    let rows = events::of_stream(&mut tx, "case", case.0).await.unwrap();
    let of = |row: &events::EventRow| (row.kind.clone(), serde_json::from_slice(&row.body).unwrap());
    rows.iter().filter(|row| row.kind.ends_with("assigned")).map(of).collect()
}

async fn because(t: &TestTenant, case: CaseId) -> String {
    told(t, case).await.last().unwrap().1["because"].as_str().unwrap().to_owned()
}

fn away(from: &str, until: &str, substitute: Option<UserId>) -> Away {
    Away { from: from.parse().ok(), until: until.parse().ok(), substitute }
}

fn invalid<T: std::fmt::Debug>(result: Result<T, ServiceError>, at: &str) {
    match result {
        Err(ServiceError::Invalid(found)) => assert!(found.iter().any(|finding| finding.place == at), "{found:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_case_goes_to_whoever_has_the_least_to_do_and_the_history_says_why() {
    on_both(|t| async move {
        let t = t.staffed_with(BY_LOAD).await;
        officers(&t, &["elsa"]).await;
        let (one, two) = (in_check(&t, 1).await, in_check(&t, 2).await);
        assert_eq!((officer(&t, one).await.as_deref(), because(&t, one).await.as_str()), (Some("anna"), "name"));
        assert_eq!((officer(&t, two).await.as_deref(), because(&t, two).await.as_str()), (Some("elsa"), "open"));
        // Anna's goes to Elsa by hand: Anna has none, so the next two are hers; then both have two, but Elsa was given fewer.
        let anna = t.officer("anna").await.actor;
        handing_over::hand_over(&t.tenant, &anna, one, Some(id(&t, "elsa").await), "").await.unwrap();
        let (three, four) = (in_check(&t, 3).await, in_check(&t, 4).await);
        assert_eq!((officer(&t, three).await.as_deref(), because(&t, three).await.as_str()), (Some("anna"), "open"));
        assert_eq!(officer(&t, four).await.as_deref(), Some("anna"));
        let five = in_check(&t, 5).await;
        assert_eq!((officer(&t, five).await.as_deref(), because(&t, five).await.as_str()), (Some("elsa"), "lately"));
        let told = told(&t, five).await;
        assert_eq!((told.len(), &told[0].1["open"], &told[0].1["lately"], &told[0].1["among"]), (1, &2.into(), &1.into(), &2.into()));
        assert!(verify::verify(&t.tenant, &|_| ()).await.unwrap().sound());
    });
}

#[test]
fn a_grant_type_that_does_not_ask_for_it_gives_nobody_a_case() {
    on_both(|t| async move {
        let t = t.staffed_with("[assignment]\nby = \"none\"\n").await;
        let case = in_check(&t, 1).await;
        assert_eq!((officer(&t, case).await, told(&t, case).await.len()), (None, 0));
    });
}

#[test]
fn who_is_away_or_conflicted_gets_none_and_that_nobody_could_is_told() {
    on_both(|t| async move {
        let t = t.staffed_with(BY_LOAD).await;
        officers(&t, &["elsa"]).await;
        t.clock.set("2026-08-01 08:00");
        let (anna, elsa) = (t.officer("anna").await.actor, t.officer("elsa").await.actor);
        absence::say(&t.tenant, &anna, &away("2026-08-01", "2026-08-14", None)).await.unwrap();
        let one = in_check(&t, 1).await;
        assert_eq!((officer(&t, one).await.as_deref(), because(&t, one).await.as_str()), (Some("elsa"), "only"));
        // The club that Elsa is tied to applies while Anna is away: nobody is left.
        let two = {
            let club = t.club(2).await;
            tie(&t.tenant, &elsa, elsa.user().unwrap().id, club.id, "kassör").await;
            let mut answers = activity_answers();
            answers.insert("ny_lokal".to_owned(), bifall::domain::inputs::Answer::YesNo(true));
            let later = bifall::domain::inputs::Attachment::Later;
            answers.insert("hyreskontrakt".to_owned(), bifall::domain::inputs::Answer::Attachment(later));
            club.apply(&answers, "two").await.case
        };
        t.work().await;
        assert_eq!(t.case(two).await.state, "check");
        assert_eq!(officer(&t, two).await, None);
        assert_eq!(told(&t, two).await[0].0, "case.unassigned");
        // She comes back early: the next is hers, though it is of the days she had said.
        absence::back(&t.tenant, &anna).await.unwrap();
        assert_eq!(officer(&t, in_check(&t, 3).await).await.as_deref(), Some("anna"));
    });
}

#[test]
fn the_first_route_that_holds_names_the_unit_and_only_its_officers_come_in_question() {
    on_both(|t| async move {
        let routes = "[[assignment.route]]\nguard = \"ny_lokal == false\"\nunit = \"foreningar\"\n
                      [[assignment.route]]\nguard = \"ny_lokal == true\"\nunit = \"kultur\"\n";
        let t = t.staffed_with(&format!("{BY_LOAD}{routes}")).await;
        officers(&t, &["elsa", "filip"]).await;
        let dag = t.officer("dag").await.actor;
        let anna = t.officer("anna").await.actor;
        assert!(units::set(&t.tenant, &anna, "kultur", &[id(&t, "elsa").await]).await.is_err(), "an administrator's to say");
        assert!(matches!(units::set(&t.tenant, &dag, "parker", &[]).await, Err(ServiceError::NotFound)));
        assert!(matches!(units::set(&t.tenant, &dag, "kultur", &[id(&t, "bo").await]).await, Err(ServiceError::NotFound)));
        let nobody = in_check(&t, 1).await;
        assert_eq!(officer(&t, nobody).await, None, "the unit is empty");
        units::set(&t.tenant, &dag, "foreningar", &[id(&t, "anna").await]).await.unwrap();
        units::set(&t.tenant, &dag, "kultur", &[id(&t, "elsa").await, id(&t, "filip").await]).await.unwrap();
        let mut given = Vec::new();
        for no in 2..=5 {
            let case = in_check(&t, no).await;
            given.push(officer(&t, case).await.unwrap());
            assert_eq!(told(&t, case).await[0].1["unit"], "kultur");
        }
        assert_eq!(given, ["elsa", "filip", "elsa", "filip"]);
        let shared = views::shared(&t.tenant, &anna).await.unwrap().officers;
        let of = |name: &str| shared.iter().find(|one| one.user.name == name).map(|one| (one.open, one.lately, one.units.clone()));
        assert_eq!(of("anna"), Some((0, 0, vec!["foreningar".to_owned()])));
        assert_eq!(of("filip"), Some((2, 2, vec!["kultur".to_owned()])));
    });
}

#[test]
fn those_given_at_the_same_time_do_not_count_the_same_load() {
    on_both(|t| async move {
        let t = t.staffed_with(BY_LOAD).await;
        officers(&t, &["elsa", "filip"]).await;
        t.clock.set("2026-08-01 08:00");
        let mut clubs = Vec::new();
        for no in 1..=6 {
            let club = t.club(no).await;
            let case = club.apply(&activity_answers(), &format!("k{no}")).await.case;
            clubs.push((club, case));
        }
        t.work().await;
        // Six take back their applications at once: each opens a task of an officer.
        let at_once = clubs.iter().map(|(club, case)| withdrawal::request(&t.tenant, &club.actor, *case, ""));
        for done in futures_of(at_once).await {
            done.unwrap();
        }
        let mut loads: BTreeMap<String, u32> = BTreeMap::new();
        for (_, case) in &clubs {
            *loads.entry(officer(&t, *case).await.unwrap()).or_default() += 1;
        }
        assert_eq!(loads.values().copied().collect::<Vec<_>>(), [2, 2, 2]);
    });
}

/// All at once, in the order they were begun.
async fn futures_of<F: Future>(each: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut open: Vec<_> = each.map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        let mut pending = false;
        for (future, done) in &mut open {
            if done.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *done = Some(value),
                    std::task::Poll::Pending => pending = true,
                }
            }
        }
        if pending { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    open.into_iter().filter_map(|(_, done)| done).collect()
}

#[test]
fn a_substitute_sees_what_is_due_while_the_other_is_away_and_nothing_she_is_conflicted_in() {
    on_both(|t| async move {
        let t = t.staffed().await;
        officers(&t, &["elsa"]).await;
        let (one, two) = (in_check(&t, 1).await, in_check(&t, 2).await);
        let (anna, elsa) = (t.officer("anna").await.actor, t.officer("elsa").await.actor);
        for case in [one, two] {
            handing_over::hand_over(&t.tenant, &anna, case, Some(id(&t, "anna").await), "").await.unwrap();
        }
        let sees = async |actor: &Actor| {
            let filter = Filter { whose: Whose::Hers(actor.user().unwrap().id), ..Filter::default() };
            let lines = list::page(&t.tenant, actor, &filter, None, 10).await.unwrap().0;
            let counted = list::counts_of(&t.tenant, actor, &filter).await.unwrap().all;
            assert_eq!(i64::try_from(lines.len()).unwrap(), counted);
            lines.into_iter().map(|line| line.row.standing.case_id).collect::<Vec<_>>()
        };
        assert!(sees(&elsa).await.is_empty());
        absence::say(&t.tenant, &anna, &away("2026-08-03", "2026-08-05", Some(id(&t, "elsa").await))).await.unwrap();
        assert!(sees(&elsa).await.is_empty(), "not before the first day");
        t.clock.set("2026-08-03 08:00");
        assert_eq!(sees(&elsa).await.len(), 2);
        assert_eq!(sees(&anna).await.len(), 2, "they are still hers");
        tie(&t.tenant, &elsa, elsa.user().unwrap().id, t.case(one).await.organisation_id, "ledamot").await;
        assert_eq!(sees(&t.officer("elsa").await.actor).await, [two]);
        t.clock.set("2026-08-05 23:00");
        assert_eq!(sees(&t.officer("elsa").await.actor).await, [two], "the last day is one of them");
        t.clock.set("2026-08-06 08:00");
        assert!(sees(&t.officer("elsa").await.actor).await.is_empty());
    });
}

#[test]
fn being_away_is_said_with_days_that_hold_and_a_substitute_who_can() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-01 08:00");
        officers(&t, &["elsa"]).await;
        let (anna, elsa, bo) = (t.officer("anna").await.actor, t.officer("elsa").await.actor, t.officer("bo").await.actor);
        let say = async |actor: &Actor, said: Away| absence::say(&t.tenant, actor, &said).await;
        invalid(say(&anna, away("", "2026-08-10", None)).await, "fran");
        invalid(say(&anna, away("2026-08-10", "2026-08-09", None)).await, "till");
        invalid(say(&anna, away("2026-07-01", "2026-07-31", None)).await, "till");
        invalid(say(&anna, away("2026-08-10", "2062-08-12", None)).await, "till");
        invalid(say(&anna, away("2026-08-10", "2026-08-12", Some(id(&t, "bo").await))).await, "vikarie");
        invalid(say(&anna, away("2026-08-10", "2026-08-12", Some(id(&t, "anna").await))).await, "vikarie");
        assert!(matches!(say(&bo, away("2026-08-10", "2026-08-12", None)).await, Err(ServiceError::Refused(_))));
        say(&elsa, away("2026-08-12", "2026-08-20", None)).await.unwrap();
        invalid(say(&anna, away("2026-08-10", "2026-08-12", Some(id(&t, "elsa").await))).await, "vikarie");
        say(&anna, away("2026-08-10", "2026-08-11", Some(id(&t, "elsa").await))).await.unwrap();
        // What she says last counts alone.
        say(&anna, away("2026-08-03", "2026-08-04", None)).await.unwrap();
        let own = views::shared(&t.tenant, &anna).await.unwrap().own.unwrap();
        assert_eq!((own.from, own.until, own.substitute), (day("2026-08-03"), day("2026-08-04"), None));
        absence::back(&t.tenant, &anna).await.unwrap();
        assert_eq!(views::shared(&t.tenant, &anna).await.unwrap().own, None);
        assert!(matches!(absence::back(&t.tenant, &anna).await, Err(ServiceError::Refused(_))));
    });
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most as u64).unwrap()
    }
}

/// A model of its own: who is away on which days and who is tied to which club, as it was said.
#[test]
fn whatever_is_said_nobody_away_or_conflicted_is_given_a_case() {
    on_both(|t| async move {
        const NAMES: [&str; 4] = ["anna", "elsa", "filip", "gun"];
        let t = t.staffed_with(BY_LOAD).await;
        officers(&t, &NAMES[1..]).await;
        let mut dice = Dice(14);
        let mut tied: Vec<(usize, u32)> = Vec::new();
        let mut gone: BTreeMap<usize, (NaiveDate, NaiveDate)> = BTreeMap::new();
        let mut given = 0;
        for no in 1..=10_u32 {
            t.clock.set("2026-08-01 08:00");
            let today = t.tenant.clock.today();
            for (who, name) in NAMES.iter().enumerate() {
                let actor = t.officer(name).await.actor;
                match dice.below(4) {
                    0 => {
                        let from = today + Days::new(dice.below(2) as u64);
                        let until = from + Days::new(dice.below(3) as u64);
                        absence::say(&t.tenant, &actor, &Away { from: Some(from), until: Some(until), substitute: None }).await.unwrap();
                        gone.insert(who, (from, until));
                    }
                    1 if gone.remove(&who).is_some() => absence::back(&t.tenant, &actor).await.unwrap(),
                    _ => {}
                }
            }
            let club = t.club(no).await;
            for (who, name) in NAMES.iter().enumerate() {
                if dice.below(3) == 0 {
                    let actor = t.officer(name).await.actor;
                    tie(&t.tenant, &actor, actor.user().unwrap().id, club.id, "medlem").await;
                    tied.push((who, no));
                }
            }
            let case = club.apply(&activity_answers(), &format!("k{no}")).await.case;
            t.work().await;
            withdrawal::request(&t.tenant, &club.actor, case, "").await.unwrap();
            let able = |who: usize| {
                let away = gone.get(&who).is_some_and(|(from, until)| *from <= today && today <= *until);
                !away && !tied.contains(&(who, no))
            };
            match officer(&t, case).await {
                Some(name) => {
                    given += 1;
                    assert!(able(NAMES.iter().position(|one| *one == name).unwrap()), "{name} got case {no}");
                }
                None => assert!(!(0..NAMES.len()).any(able), "somebody could take case {no}"),
            }
        }
        assert!(given > 3, "{given}");
    });
}

fn candidate(no: u8, open: i64, lately: i64) -> Candidate {
    Candidate { user: UserId(Uuid::from_u128(u128::from(no))), name_key: format!("namn {}", no % 3), open, lately }
}

proptest! {
    #[test]
    fn loads_of_those_who_are_all_free_never_differ_by_more_than_one(people in 1_u8..7, cases in 0_usize..60) {
        let mut all: Vec<Candidate> = (0..people).map(|no| candidate(no, 0, 0)).collect();
        for _ in 0..cases {
            let user = choose(&all).unwrap().0.user;
            for one in all.iter_mut().filter(|one| one.user == user) {
                one.open += 1;
                one.lately += 1;
            }
            let (least, most) = (all.iter().map(|one| one.open).min().unwrap(), all.iter().map(|one| one.open).max().unwrap());
            prop_assert!(most - least <= 1, "{all:?}");
        }
    }

    #[test]
    fn the_choice_does_not_hang_on_the_order_and_has_the_fewest_open(
        counts in proptest::collection::vec((0_i64..4, 0_i64..4), 1..8), turn in 0_usize..8,
    ) {
        let mut all: Vec<Candidate> = counts.iter().zip(0_u8..).map(|((open, lately), no)| candidate(no, *open, *lately)).collect();
        let (best, why) = choose(&all).map(|(best, why)| (best.clone(), why)).unwrap();
        let turns = turn % all.len();
        all.rotate_left(turns);
        prop_assert_eq!(choose(&all).map(|(best, why)| (best.clone(), why)), Some((best.clone(), why)));
        prop_assert!(all.iter().all(|one| (best.open, best.lately) <= (one.open, one.lately)));
        prop_assert_eq!(why == Because::Only, all.len() == 1);
    }
}

#[test]
fn nobody_is_chosen_among_nobody() {
    assert_eq!(choose(&[]), None);
}

#[test]
fn the_check_names_an_unknown_unit_and_a_broken_condition_at_their_places() {
    let problems = |settings: &str| {
        let mut files = Files::built_in();
        let form = files.0.get_mut("forms/aktivitetsstod.toml").unwrap();
        let text = String::from_utf8(form.clone()).unwrap();
        let lines = text.lines().count();
        *form = format!("{text}{settings}").into_bytes();
        let around = Surroundings::built_in().with_units(["foreningar", "kultur"]);
        let checked = load_all(&files, &around).into_iter().find(|one| one.id == "aktivitetsstod").unwrap();
        let errors = checked.problems.into_iter().filter(|problem| problem.is_error());
        errors.map(|problem| (problem.place.line - lines, problem.place.column, problem.code, problem.hint.sv)).collect::<Vec<_>>()
    };
    let route = |guard: &str, unit: &str| format!("{BY_LOAD}[[assignment.route]]\nguard = \"{guard}\"\nunit = \"{unit}\"\n");
    assert_eq!(problems(&route("ny_lokal == true", "kultur")), []);
    let unknown = problems(&route("ny_lokal == true", "kulturen"));
    assert_eq!((unknown.len(), unknown[0].0, unknown[0].1, unknown[0].2.as_str()), (1, 5, 8, "unknown_unit"));
    assert!(unknown[0].3.contains("kultur"), "{}", unknown[0].3);
    let field = problems(&route("ny_lokl == true", "kultur"));
    assert_eq!((field.len(), field[0].0, field[0].1), (1, 4, 10));
    let broken = problems(&route("ny_lokal ==", "kultur"));
    assert_eq!((broken.len(), broken[0].0), (1, 4));
    assert_eq!(problems("[assignment]\nby = \"lott\"\n").len(), 1);
    let idle = problems("[assignment]\nby = \"none\"\n[[assignment.route]]\nguard = \"ny_lokal == true\"\nunit = \"kultur\"\n");
    assert_eq!((idle.len(), idle[0].2.as_str()), (1, "route_without_load"));
}
