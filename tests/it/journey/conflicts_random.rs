//! Whatever is tied, declared and lifted in whatever order: nobody acts in a case that she must keep away from. What is
//! expected comes from a model of its own, which replays what has happened and knows nothing of the service's.

use std::collections::BTreeSet;

use bifall::domain::Money;
use bifall::domain::conflict::{CaseRef, Declared, Ground, Kept, Lifted, OverrideWhy, Tie, TieKind};
use bifall::domain::id::{CaseId, OrganisationId, UserId};
use bifall::services::actor::{Action, authorize};
use bifall::services::conflicts::declaring::{self, Declaration};
use bifall::services::conflicts::overriding;
use bifall::services::conflicts::ties::{self, NewTie};
use bifall::services::staff::{self, Grant};
use bifall::services::{Actor, ServiceError, decisions};
use bifall::store::users::{Role, RoleRow, UserRow};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use crate::support::actors::{activity_answers, day};
use crate::support::dak::{adult, girls, occasion};
use crate::support::{TestTenant, on_both};

const PEOPLE: usize = 4;
const CLUBS: usize = 3;
/// Two cases a club: case `c` is club `c % CLUBS`'s.
const CASES: usize = 6;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most as u64).unwrap()
    }

    fn hours(&mut self, most: usize) -> TimeDelta {
        TimeDelta::hours(i64::try_from(self.below(most)).unwrap())
    }

    fn days(&mut self, most: usize) -> Days {
        Days::new(u64::try_from(self.below(most)).unwrap())
    }
}

/// What has happened, in order.
#[derive(Clone, Copy, Debug)]
enum Happened {
    Tied {
        person: usize,
        club: usize,
        from: NaiveDate,
        to: Option<NaiveDate>,
    },
    /// The first tie of hers to the club that is open gets a last day.
    TieEnded {
        person: usize,
        club: usize,
        last: NaiveDate,
    },
    Declared {
        person: usize,
        case: usize,
    },
    Lifted {
        person: usize,
        case: usize,
    },
    LiftEnded {
        person: usize,
        case: usize,
    },
}

/// The model: replays everything for one person and one case.
fn must_keep_away(history: &[Happened], who: usize, which: usize, today: NaiveDate) -> bool {
    let mut declared = false;
    let mut declared_ever = false;
    let mut ties: Vec<(NaiveDate, Option<NaiveDate>)> = Vec::new();
    let mut excused: BTreeSet<usize> = BTreeSet::new();
    for happened in history {
        match *happened {
            Happened::Tied { person, club, from, to } if person == who && club == which % CLUBS => ties.push((from, to)),
            Happened::TieEnded { person, club, last } if person == who && club == which % CLUBS => {
                if let Some(tie) = ties.iter_mut().find(|(_, to)| to.is_none()) {
                    tie.1 = Some(last.max(tie.0));
                }
            }
            Happened::Declared { person, case } if person == who && case == which => {
                (declared, declared_ever) = (true, true);
                excused.clear();
            }
            Happened::Lifted { person, case } if person == who && case == which => {
                declared = false;
                excused = (0..ties.len()).collect();
            }
            Happened::LiftEnded { person, case } if person == who && case == which => {
                declared = declared_ever;
                excused.clear();
            }
            _ => {}
        }
    }
    let tied = |(at, (from, to)): (usize, &(NaiveDate, Option<NaiveDate>))| {
        !excused.contains(&at) && *from <= today && to.is_none_or(|last| today <= last)
    };
    declared || ties.iter().enumerate().any(tied)
}

fn uuid(kind: u128, no: usize) -> Uuid {
    Uuid::from_u128((kind << 64) | no as u128)
}

fn about(case: usize) -> CaseRef {
    CaseRef { case: CaseId(uuid(1, case)), applicant: OrganisationId(uuid(2, case % CLUBS)) }
}

/// The facts as the service would have them stored.
#[derive(Default)]
struct Stored {
    ties: Vec<(usize, Tie)>,
    declared: Vec<(usize, Declared)>,
    lifted: Vec<(usize, Lifted)>,
}

impl Stored {
    fn take(&mut self, happened: Happened, at: DateTime<Utc>) {
        match happened {
            Happened::Tied { person, club, from, to } => {
                self.ties.push((person, Tie { organisation: OrganisationId(uuid(2, club)), from, to, entered: Some(at) }));
            }
            Happened::TieEnded { person, club, last } => {
                let of = OrganisationId(uuid(2, club));
                let open = self.ties.iter_mut().find(|(who, tie)| *who == person && tie.organisation == of && tie.to.is_none());
                if let Some((_, tie)) = open {
                    tie.to = Some(last.max(tie.from));
                }
            }
            Happened::Declared { person, case } => {
                self.lifted.retain(|(who, one)| *who != person || one.about != about(case));
                self.declared.push((person, Declared { about: about(case), at }));
            }
            Happened::Lifted { person, case } => {
                self.lifted.retain(|(who, one)| *who != person || one.about != about(case));
                self.lifted.push((person, Lifted { about: about(case), at }));
            }
            Happened::LiftEnded { person, case } => self.lifted.retain(|(who, one)| *who != person || one.about != about(case)),
        }
    }

    fn kept(&self, person: usize, today: NaiveDate) -> Kept {
        let ties: Vec<Tie> = self.ties.iter().filter(|(who, _)| *who == person).map(|(_, tie)| *tie).collect();
        let declared: Vec<Declared> = self.declared.iter().filter(|(who, _)| *who == person).map(|(_, one)| *one).collect();
        let lifted: Vec<Lifted> = self.lifted.iter().filter(|(who, _)| *who == person).map(|(_, one)| *one).collect();
        Kept::of(&ties, &declared, &lifted, today)
    }
}

fn happens(dice: &mut Dice, today: NaiveDate) -> Happened {
    let (person, club, case) = (dice.below(PEOPLE), dice.below(CLUBS), dice.below(CASES));
    let later = today + dice.days(5);
    match dice.below(6) {
        0 => Happened::Tied { person, club, from: today - dice.days(4), to: None },
        1 => Happened::Tied { person, club, from: later, to: Some(later + dice.days(6)) },
        2 => Happened::TieEnded { person, club, last: later },
        3 => Happened::Declared { person, case },
        4 => Happened::Lifted { person, case },
        _ => Happened::LiftEnded { person, case },
    }
}

/// Somebody with every role, for whom nothing but a conflict stands in the way.
fn actor(person: usize, conflicts: Kept) -> Actor {
    let user = UserRow { id: UserId(uuid(3, person)), name: format!("p{person}"), email: None, hide_name: false };
    let role = |role| RoleRow {
        id: uuid(4, 0),
        user_id: user.id,
        role,
        committee: "KFN".to_owned(),
        grant_type: None,
        max_ore: None,
        reference: None,
        valid_from: day("2020-01-01"),
        valid_to: None,
    };
    let roles = [Role::Officer, Role::Delegate, Role::Reviewer, Role::Attester].map(role).to_vec();
    Actor::Staff { user, roles, conflicts }
}

#[test]
fn ten_thousand_random_worlds_have_no_conflicted_act() {
    let amount = Money::from_kronor(1_000).unwrap();
    let (mut conflicted, mut allowed, mut hindered, mut differs) = (0, 0, 0, 0);
    for seed in 0..10_000_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9) + 7);
        let mut at = day("2026-03-01").and_hms_opt(9, 0, 0).unwrap().and_utc();
        let (mut history, mut stored) = (Vec::new(), Stored::default());
        for _ in 0..12 {
            at += TimeDelta::hours(1) + dice.hours(40);
            let happened = happens(&mut dice, at.date_naive());
            stored.take(happened, at);
            history.push(happened);
            let (person, case) = (dice.below(PEOPLE), dice.below(CASES));
            at += dice.hours(30);
            let today = at.date_naive();
            let who = actor(person, stored.kept(person, today));
            let action = match dice.below(4) {
                0 => Action::Handle { about: about(case), committee: "KFN" },
                1 => Action::Decide { about: about(case), committee: "KFN", grant_type: "x", amount },
                2 => Action::Review { about: about(case), amount },
                _ => Action::Attest { about: about(case), amount },
            };
            let wanted = must_keep_away(&history, person, case, today);
            match authorize(&who, action) {
                Ok(_) if wanted => conflicted += 1,
                Ok(_) => allowed += 1,
                Err(ServiceError::KeptAway(_)) if wanted => hindered += 1,
                Err(_) => differs += 1,
            }
        }
    }
    assert_eq!((conflicted, differs), (0, 0), "acts in spite of a conflict, and hindrances without one");
    assert_eq!(allowed + hindered, 120_000);
    assert!(hindered > 10_000 && allowed > 10_000, "{allowed} allowed, {hindered} hindered: it tries both");
}

#[test]
fn two_hundred_random_attempts_through_the_services_have_no_conflicted_decision() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let names = ["per", "pia", "pol", "pim"];
        for name in names {
            let grant = |role| Grant { role, committee: "KFN", up_to: None, reference: Some("4.2"), from: day("2020-01-01") };
            let roles = [grant(Role::Officer), grant(Role::Delegate)];
            staff::add(&t.tenant, &Actor::Service, name, &format!("{name}@exempelstad.example"), &roles).await.unwrap();
        }
        let (mut clubs, mut cases) = (Vec::new(), Vec::new());
        for no in 1..=3_u32 {
            let club = t.club(no).await;
            club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5)).led_by(adult(u64::from(no)))]).await;
            cases.push(club.apply(&activity_answers(), &format!("k{no}")).await.case);
            clubs.push(club.id);
        }
        t.work().await;
        t.closed().await;
        let mut dice = Dice(20_260_301);
        let mut history = Vec::new();
        let (mut allowed, mut hindered) = (0, 0);
        for _ in 0..200 {
            t.clock.forward(TimeDelta::hours(1) + dice.hours(9));
            let happened = match happens(&mut dice, t.tenant.clock.today()) {
                // One case a club here.
                Happened::Declared { person, case } => Happened::Declared { person, case: case % CLUBS },
                Happened::Lifted { person, case } => Happened::Lifted { person, case: case % CLUBS },
                Happened::LiftEnded { person, case } => Happened::LiftEnded { person, case: case % CLUBS },
                other => other,
            };
            if carry_out(&t, &names, &clubs, &cases, happened).await {
                history.push(happened);
            }
            t.clock.forward(dice.hours(9));
            let (person, case) = (dice.below(PEOPLE), dice.below(CLUBS));
            let who = Actor::staff_named(&t.tenant, names[person]).await.unwrap();
            let wanted = must_keep_away(&history, person, case, t.tenant.clock.today());
            match decisions::decide(&t.tenant, &who, cases[case], &[]).await {
                Ok(decided) => {
                    assert!(!wanted, "{} decided in spite of a conflict: {history:?}", names[person]);
                    allowed += 1;
                    decisions::undo(&t.tenant, &who, decided, "Prov.").await.unwrap();
                }
                Err(ServiceError::KeptAway(_)) => {
                    assert!(wanted, "{} was kept away without a conflict: {history:?}", names[person]);
                    hindered += 1;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        assert!(allowed > 20 && hindered > 20 && allowed + hindered == 200, "{allowed} allowed, {hindered} hindered");
        t.history_holds().await;
    });
}

/// Makes it happen through the services; false where they refuse, as when there is nothing to end.
async fn carry_out(t: &TestTenant, names: &[&str], clubs: &[OrganisationId], cases: &[CaseId], happened: Happened) -> bool {
    let tenant = &t.tenant;
    let dag = Actor::staff_named(tenant, "dag").await.unwrap();
    let user = async |person: usize| Actor::staff_named(tenant, names[person]).await.unwrap();
    match happened {
        Happened::Tied { person, club, from, to } => {
            let who = user(person).await.person().unwrap();
            let new = NewTie { organisation: clubs[club], kind: Some(TieKind::Member), reason: "", from, to };
            ties::enter(tenant, &dag, who, &new).await.unwrap();
            true
        }
        Happened::TieEnded { person, club, last } => {
            let who = user(person).await.person().unwrap();
            let mut tx = tenant.db.read().await.unwrap();
            let mut open = bifall::store::conflicts::ties_of(&mut tx, who).await.unwrap();
            drop(tx);
            open.retain(|row| row.organisation_id == clubs[club] && row.valid_to.is_none());
            open.sort_by_key(|row| row.entered_at);
            let Some(first) = open.first() else { return false };
            ties::end(tenant, &dag, who, first.id, last).await.unwrap();
            true
        }
        Happened::Declared { person, case } => {
            let said = Declaration { ground: Some(Ground::Concerned), words: "", to: None };
            // Who is kept away already has nothing to declare in.
            declaring::declare(tenant, &user(person).await, cases[case], &said).await.is_ok()
        }
        Happened::Lifted { person, case } => {
            let who = user(person).await.person();
            overriding::give(tenant, &dag, cases[case], who, Some(OverrideWhy::NobodyElse), "Ingen annan är på plats.").await.is_ok()
        }
        Happened::LiftEnded { person, case } => {
            overriding::end(tenant, &dag, cases[case], user(person).await.person().unwrap()).await.is_ok()
        }
    }
}
