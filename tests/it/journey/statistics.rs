//! Statistics: right to the öre, silent about few persons, and held against budgets.

use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::services::payments::{Channel, Told, mark};
use bifall::services::statistics::{Figures, Filter, NewBudget, read, set_budget, share};
use bifall::services::{Actor, ServiceError};
use bifall::store::{Tx, statistics as rows};

use super::payments::{attested, build, granted};
use crate::support::{TestTenant, on_both};

/// Rows of whole numbers and words, straight from the database.
async fn raw(t: &TestTenant, sql: &'static str) -> Vec<(String, String, i64)> {
    let mut tx = t.tenant.db.read().await.unwrap();
    match &mut tx {
        Tx::Sqlite(tx) => sqlx::query_as(sql).fetch_all(&mut **tx).await.unwrap(),
        Tx::Postgres(tx) => sqlx::query_as(sql).fetch_all(&mut **tx).await.unwrap(),
    }
}

/// Counted one by one, without sums or groups of the database.
async fn one_by_one(t: &TestTenant, sql: &'static str) -> BTreeMap<(String, String), (i64, i64)> {
    let mut sums: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
    for (grant, period, ore) in raw(t, sql).await {
        let of = sums.entry((grant, period)).or_default();
        *of = (of.0 + 1, of.1 + ore);
    }
    sums
}

const APPLIED: &str = "select grant_type, period, coalesce(amount_ore, 0) from cases";
const GRANTED: &str = "select grant_type, period, amount_ore from (select c.grant_type, c.period, d.amount_ore, d.outcome, d.undone_at
     from cases c, decision d where d.case_id = c.id) x where undone_at is null and outcome <> 'avslag' and outcome <> 'avvisning'";
const ORDERED: &str = "select c.grant_type, c.period, p.amount_ore from cases c, payment_order p where p.case_id = c.id
     and p.state <> 'rejected' and p.state <> 'returned' and p.state <> 'cancelled'";
const PAID: &str = "select c.grant_type, c.period, p.amount_ore from cases c, payment_order p where p.case_id = c.id
     and p.batch_id is not null and p.state = 'booked'";

fn figures(cases: i64, applied: i64, granted: (i64, i64), ordered: i64, paid: (i64, i64)) -> Figures {
    let ore = Money::from_ore;
    Figures {
        cases,
        applied: ore(applied),
        granted_cases: granted.0,
        granted: ore(granted.1),
        ordered: ore(ordered),
        paid_cases: paid.0,
        paid: ore(paid.1),
    }
}

#[test]
fn the_sums_are_those_of_the_rows_to_the_ore() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 4).await;
        // One applies and waits; what it came to is no whole krona.
        let late = t.club(9).await;
        late.apply(&crate::support::actors::activity_answers(), "sen").await;
        t.execute("update cases set amount_ore = 12345 where closed_at is null".to_owned()).await.unwrap();
        attested(&t).await;
        build(&t, Channel::Bank).await.unwrap();
        let cilla = t.officer("cilla").await.actor;
        let first = t.orders(clubs[0].1).await.remove(0).id;
        mark(&t.tenant, &cilla, first, Some(Told::Rejected), "Kontot finns inte.").await.unwrap();
        let anna = t.officer("anna").await.actor;
        // What was only sent is ordered, not paid.
        let sent = read(&t.tenant, &anna, &Filter::default()).await.unwrap().total;
        assert_eq!((sent.ordered.ore(), sent.paid_cases, sent.paid), (3 * 5_700, 0, Money::ZERO));
        for club in &clubs[1..3] {
            let order = t.orders(club.1).await.remove(0).id;
            mark(&t.tenant, &cilla, order, Some(Told::Booked), "").await.unwrap();
        }

        let found = read(&t.tenant, &t.officer("anna").await.actor, &Filter::default()).await.unwrap();
        assert_eq!(found.lines.len(), 1);
        let line = &found.lines[0];
        // By hand: four clubs with 57 kr each, and 123,45 kr that is not decided; three are ordered, two of them paid.
        assert_eq!(line.figures, Some(figures(5, 4 * 5_700 + 12_345, (4, 4 * 5_700), 3 * 5_700, (2, 2 * 5_700))));
        assert_eq!(Some(found.total), line.figures);

        let key = (line.grant_type.clone(), line.period.clone());
        let (applied, granted) = (one_by_one(&t, APPLIED).await, one_by_one(&t, GRANTED).await);
        let (ordered, paid) = (one_by_one(&t, ORDERED).await, one_by_one(&t, PAID).await);
        assert_eq!(line.figures, Some(figures(applied[&key].0, applied[&key].1, granted[&key], ordered[&key].1, paid[&key])));

        let none = read(&t.tenant, &t.officer("anna").await.actor, &Filter { period: "2025-H2".to_owned(), ..Filter::default() }).await;
        let none = none.unwrap();
        assert!(none.lines.is_empty() && none.total == Figures::default());
    });
}

#[test]
fn fewer_than_five_persons_show_in_no_line_and_no_sum() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 5).await;
        let anna = t.officer("anna").await.actor;
        let person =
            |at: usize| format!("update organisation set kind = 'person' where number = '{}'", clubs[at].0.number.replace('-', ""));
        for at in 0..4 {
            assert_eq!(t.execute(person(at)).await.unwrap(), 1);
            let found = read(&t.tenant, &anna, &Filter::default()).await.unwrap();
            assert_eq!((found.hidden, found.lines[0].figures, found.total), (1, None, Figures::default()), "{} persons", at + 1);
        }
        t.execute(person(4)).await.unwrap();
        let found = read(&t.tenant, &anna, &Filter::default()).await.unwrap();
        assert_eq!((found.hidden, found.total.cases, found.total.granted.ore()), (0, 5, 5 * 5_700));
    });
}

#[test]
fn what_a_reader_must_keep_away_from_is_not_in_her_figures() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 2).await;
        let anna = t.officer("anna").await.actor.person().unwrap();
        crate::support::actors::tie(&t.tenant, &t.officer("dag").await.actor, anna, clubs[0].0.id, "Kassör.").await;
        let hers = read(&t.tenant, &t.officer("anna").await.actor, &Filter::default()).await.unwrap();
        assert_eq!((hers.limited, hers.total.cases), (true, 1));
        let other = read(&t.tenant, &t.officer("bo").await.actor, &Filter::default()).await.unwrap();
        assert_eq!((other.limited, other.total.cases), (false, 2));
        assert!(matches!(read(&t.tenant, &clubs[0].0.actor, &Filter::default()).await, Err(ServiceError::NotFound)));
    });
}

#[test]
fn the_newest_budget_counts_and_the_one_before_is_kept() {
    on_both(|t| async move {
        let t = t.staffed().await;
        granted(&t, 2).await;
        let dag = t.officer("dag").await.actor;
        let budget = |kronor: i64, reference: &'static str| NewBudget {
            grant_type: "aktivitetsstod",
            period: "2026-H1",
            amount: Some(Money::from_kronor(kronor).unwrap()),
            reference,
        };
        set_budget(&t.tenant, &dag, &budget(1_000, "§ 1")).await.unwrap();
        t.clock.forward(chrono::TimeDelta::minutes(1));
        set_budget(&t.tenant, &dag, &budget(200, "§ 2")).await.unwrap();
        let found = read(&t.tenant, &dag, &Filter::default()).await.unwrap();
        assert_eq!(found.lines[0].budget, Some((Money::from_kronor(200).unwrap(), "§ 2".to_owned())));
        // 2 * 57 of 200 is 57 percent.
        assert_eq!(share(found.granted_of_budget, found.budget.unwrap()), Some(rust_decimal::Decimal::from(57)));
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(rows::budgets(&mut tx).await.unwrap().len(), 2);
        drop(tx);
        assert!(t.execute("update round_budget set amount_ore = 1".to_owned()).await.is_err());
        let wrong = NewBudget { grant_type: "aktivitetsstod", period: "1999", amount: None, reference: " " };
        let Err(ServiceError::Invalid(findings)) = set_budget(&t.tenant, &dag, &wrong).await else { panic!("taken") };
        assert_eq!(findings.iter().map(|finding| finding.place.as_str()).collect::<Vec<_>>(), ["omgang", "belopp", "underlag"]);
        let anna: Actor = t.officer("anna").await.actor;
        assert!(matches!(set_budget(&t.tenant, &anna, &budget(1, "§ 3")).await, Err(ServiceError::Refused(_))));
        t.history_holds().await;
    });
}
