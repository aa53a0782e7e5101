//! The officers' queue: what stands where, how it is found, what is put away, what a delegate is shown.

use bifall::domain::Clock;
use bifall::domain::conflict::Kept;
use bifall::domain::id::CaseId;
use bifall::domain::inputs::{Answer, Attachment};
use bifall::services::cases::list::{self, Line};
use bifall::services::cases::queue;
use bifall::services::decisions::batch::{self, Reviewed, Round};
use bifall::services::{Actor, ServiceError, decisions, verify};
use bifall::store::decision_lists;
use bifall::store::queue::{Filter, Waits, Which, Whose};
use bifall::text::folding;

use crate::support::actors::{activity_answers, day, invented};
use crate::support::dak::{adult, girls, occasion};
use crate::support::{Engine, TestTenant, on_both};

/// A club that has applied, with five girls once: 57 kr.
async fn applied(t: &TestTenant, no: u32) -> CaseId {
    let club = t.club(no).await;
    club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5)).led_by(adult(u64::from(no)))]).await;
    club.apply(&activity_answers(), &format!("k{no}")).await.case
}

/// A case that an officer has to look at: its club has moved and sent no contract.
pub async fn in_check(t: &TestTenant, no: u32) -> CaseId {
    t.clock.set("2026-08-01 08:00");
    let club = t.club(no).await;
    club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5)).led_by(adult(u64::from(no)))]).await;
    let mut answers = activity_answers();
    answers.insert("ny_lokal".to_owned(), Answer::YesNo(true));
    answers.insert("hyreskontrakt".to_owned(), Answer::Attachment(Attachment::Later));
    let case = club.apply(&answers, &format!("check {no}")).await.case;
    t.work().await;
    assert_eq!(t.case(case).await.state, "check");
    case
}

async fn found(t: &TestTenant, actor: &Actor, filter: &Filter<'_>) -> Vec<Line> {
    list::page(&t.tenant, actor, filter, None, 100).await.unwrap().0
}

async fn named(t: &TestTenant, actor: &Actor, words: &str) -> Vec<String> {
    let words = folding::asked(words);
    let mut names: Vec<String> =
        found(t, actor, &Filter { words: &words, ..Filter::default() }).await.into_iter().map(|line| line.applicant).collect();
    names.sort();
    names
}

#[test]
fn a_case_is_found_by_the_beginnings_of_its_words_without_dots_and_case() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-01 08:00");
        let anna = t.officer("anna").await.actor;
        let bjork = t.association(&invented(81), "Björkens Scoutkår", "B").await;
        let number = bjork.apply(&activity_answers(), "b").await.number;
        t.association(&invented(82), "Åsa Gymnastik", "A").await.apply(&activity_answers(), "a").await;
        assert_eq!(named(&t, &anna, "bjork").await, ["Björkens Scoutkår"]);
        assert_eq!(named(&t, &anna, "BJÖRKENS scout").await, ["Björkens Scoutkår"]);
        assert_eq!(named(&t, &anna, "asa").await, ["Åsa Gymnastik"]);
        assert_eq!(named(&t, &anna, "aktivitetsstöd 2026").await, ["Björkens Scoutkår", "Åsa Gymnastik"]);
        assert_eq!(named(&t, &anna, &invented(81)).await, ["Björkens Scoutkår"]);
        assert_eq!(named(&t, &anna, &invented(82).replace('-', "")).await, ["Åsa Gymnastik"]);
        assert_eq!(named(&t, &anna, &number).await, ["Björkens Scoutkår"]);
        assert!(named(&t, &anna, "scoutkar gymnastik").await.is_empty(), "all words must be there");
        assert!(named(&t, &anna, "kår").await.is_empty(), "words are found by their beginning");
        // A new name finds the old case, and so does the old name.
        let mut tx = t.tenant.db.write().await.unwrap();
        bifall::store::organisations::rename(&mut tx, bjork.id, "Granens Scoutkår", day("2026-08-01")).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(named(&t, &anna, "gran").await, ["Granens Scoutkår"]);
        assert_eq!(named(&t, &anna, "bjork").await, ["Granens Scoutkår"]);
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_repeat_and_who_is_tied_sees_none_of_hers() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-01 08:00");
        let mut clubs = Vec::new();
        for no in 1..=7 {
            let club = t.club(no).await;
            club.apply(&activity_answers(), &format!("k{no}")).await;
            clubs.push(club.id);
        }
        t.work().await;
        let anna = t.officer("anna").await.actor;
        let filter = Filter::default();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let (lines, next) = list::page(&t.tenant, &anna, &filter, after, 3).await.unwrap();
            assert!(lines.len() <= 3);
            seen.extend(lines.into_iter().map(|line| line.row.standing.organisation_id));
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 7);
        clubs.iter().for_each(|club| assert_eq!(seen.iter().filter(|one| *one == club).count(), 1));
        let Actor::Staff { user, roles, .. } = anna else { panic!("anna is staff") };
        let tied = Actor::Staff { user, roles, conflicts: Kept::away_from([clubs[2]]) };
        assert_eq!(found(&t, &tied, &filter).await.len(), 6);
        assert_eq!(list::counts(&t.tenant, &tied).await.unwrap().open, 6);
    });
}

#[test]
fn the_queue_says_for_whom_a_case_waits_at_every_step() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-08-01 08:00");
        let anna = t.officer("anna").await.actor;
        let case = applied(&t, 1).await;
        let waits = async || found(&t, &anna, &Filter::default()).await.remove(0).row.standing.waits;
        assert_eq!(waits().await, Waits::Service);
        t.work().await;
        assert_eq!(waits().await, Waits::Close);
        t.closed().await;
        assert_eq!(waits().await, Waits::Decision);
        let counts = list::counts(&t.tenant, &anna).await.unwrap();
        assert_eq!((counts.all, counts.open, counts.todo, counts.ready, counts.clean), (1, 1, 0, 1, 1));
        let decision = decisions::decide(&t.tenant, &anna, case, &[]).await.unwrap();
        assert_eq!(waits().await, Waits::Dispatch);
        decisions::undo(&t.tenant, &anna, decision, "Fel rad").await.unwrap();
        assert_eq!(waits().await, Waits::Decision);
        t.decided(case).await;
        assert_eq!(waits().await, Waits::Nothing);
        assert!(verify::verify(&t.tenant, &|_| ()).await.unwrap().sound());
        // What was written past the services is told.
        t.execute("update case_queue set waits = 'officer'".to_owned()).await.unwrap();
        let report = verify::verify(&t.tenant, &|_| ()).await.unwrap();
        assert_eq!(report.wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>(), ["case_queue"]);
        // Cases without a line get one.
        t.execute("delete from case_queue".to_owned()).await.unwrap();
        assert_eq!(queue::catch_up(&t.tenant).await.unwrap(), 1);
        assert_eq!(waits().await, Waits::Nothing);
    });
}

#[test]
fn what_is_put_away_comes_back_on_its_day() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = in_check(&t, 1).await;
        let anna = t.officer("anna").await.actor;
        let todo = Filter { which: Which::ToDo, whose: Whose::Anybody, ..Filter::default() };
        assert_eq!(found(&t, &anna, &todo).await.len(), 1);
        let today = bifall::domain::clock::swedish_date(t.clock.now());
        let refused = list::snooze(&t.tenant, &anna, case, Some(today)).await;
        assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{refused:?}");
        let bo = t.officer("bo").await.actor;
        assert!(list::snooze(&t.tenant, &bo, case, today.succ_opt()).await.is_err(), "only who handles cases puts them away");
        list::snooze(&t.tenant, &anna, case, today.checked_add_days(chrono::Days::new(3))).await.unwrap();
        assert!(found(&t, &anna, &todo).await.is_empty());
        assert_eq!(found(&t, &anna, &Filter { which: Which::Snoozed, ..Filter::default() }).await.len(), 1);
        t.clock.forward(chrono::TimeDelta::days(3));
        assert_eq!(found(&t, &anna, &todo).await.len(), 1);
    });
}

#[test]
fn a_view_is_kept_for_who_keeps_it_and_one_name_holds_one_view() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (anna, bo) = (t.officer("anna").await.actor, t.officer("bo").await.actor);
        list::save(&t.tenant, &anna, "Sena", "forsenat=ja").await.unwrap();
        list::save(&t.tenant, &anna, " Sena ", "forsenat=ja&period=2026-H1").await.unwrap();
        let views = list::saved(&t.tenant, &anna).await.unwrap();
        assert_eq!(views.iter().map(|view| view.query.as_str()).collect::<Vec<_>>(), ["forsenat=ja&period=2026-H1"]);
        assert!(list::saved(&t.tenant, &bo).await.unwrap().is_empty());
        assert!(list::forget(&t.tenant, &bo, views[0].id).await.is_err(), "hers is hers");
        list::forget(&t.tenant, &anna, views[0].id).await.unwrap();
        assert!(list::save(&t.tenant, &anna, "  ", "").await.is_err());
    });
}

#[test]
fn a_delegate_decides_exactly_what_she_was_shown() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (first, second) = (applied(&t, 1).await, applied(&t, 2).await);
        t.work().await;
        t.closed().await;
        let anna = t.officer("anna").await.actor;
        let round = Round { grant_type: Some("aktivitetsstod"), period: Some("2026-H1") };
        let shown = batch::shown(&t.tenant, &anna, round, None, 100).await.unwrap();
        assert_eq!(shown.ready.iter().map(|row| (row.case, row.amount.ore())).collect::<Vec<_>>(), [(first, 5_700), (second, 5_700)]);
        let marks: Vec<(CaseId, String)> = shown.ready.iter().map(|row| (row.case, row.mark.clone())).collect();
        // Nothing chosen, something that was not on the page.
        assert!(batch::decide_reviewed(&t.tenant, &anna, &Reviewed { shown: marks.clone(), chosen: vec![] }).await.is_err());
        let blind = Reviewed { shown: marks[..1].to_vec(), chosen: vec![second] };
        assert!(batch::decide_reviewed(&t.tenant, &anna, &blind).await.is_err());
        // The second changed after the page was made: its association has got another name meanwhile.
        let mut tx = t.tenant.db.write().await.unwrap();
        let other = t.case(second).await.organisation_id;
        bifall::store::organisations::rename(&mut tx, other, "Klubb 3", day("2026-08-26")).await.unwrap();
        tx.commit().await.unwrap();
        let reviewed = Reviewed { shown: marks, chosen: vec![first, second] };
        let done = batch::decide_reviewed(&t.tenant, &anna, &reviewed).await.unwrap();
        assert!(done[0].result.is_ok());
        assert!(matches!(done[1].result, Err(ServiceError::Refused(_))), "{:?}", done[1].result);
        let mut tx = t.tenant.db.read().await.unwrap();
        let kept = decision_lists::all(&mut tx).await.unwrap();
        assert_eq!(kept.len(), 1);
        let text = String::from_utf8(kept[0].body.clone()).unwrap();
        assert!(text.contains("\"amount_ore\":5700") && text.contains(&second.to_string()), "{text}");
        assert_eq!(bifall::domain::canonical::Sha::of(&kept[0].body).hex(), kept[0].sha256);
        t.history_holds().await;
    });
}

#[test]
fn cases_beyond_her_delegation_and_of_those_she_is_tied_to_are_not_hers_to_choose() {
    on_both(|t| async move {
        let t = t.staffed().await;
        applied(&t, 1).await;
        applied(&t, 2).await;
        t.work().await;
        t.closed().await;
        let Actor::Staff { user, mut roles, .. } = t.officer("anna").await.actor else { panic!("anna is staff") };
        roles.iter_mut().for_each(|role| role.max_ore = role.max_ore.map(|_| bifall::domain::Money::from_ore(5_699)));
        let mut tx = t.tenant.db.read().await.unwrap();
        let all = bifall::store::cases::all(&mut tx).await.unwrap();
        drop(tx);
        let poor = Actor::Staff { user, roles, conflicts: Kept::away_from([all[0].organisation_id]) };
        let shown = batch::shown(&t.tenant, &poor, Round::default(), None, 100).await.unwrap();
        assert_eq!((shown.ready.len(), shown.hindered.len(), shown.conflicts), (0, 1, 1));
        assert!(shown.hindered[0].hindrance.is_some());
    });
}

/// Read by hand: `BIFALL_MEASURE=1 cargo test --release queue_of_ten_thousand -- --nocapture`. Without it a small town is
/// measured, so that the way there stays right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "the times are read by hand; nothing is judged by them")]
async fn the_queue_of_ten_thousand_cases_counts_them_all() {
    let cases: u32 = if std::env::var_os("BIFALL_MEASURE").is_some() { 10_000 } else { 60 };
    let t = TestTenant::new(Engine::Sqlite).await.staffed().await;
    t.clock.set("2026-08-01 08:00");
    applied(&t, 1).await;
    t.work().await;
    t.closed().await;
    copies(&t, cases).await;
    let anna = t.officer("anna").await.actor;
    let words = folding::words("klubb 12");
    let filters = [
        ("all", Filter::default()),
        ("to do", Filter { which: Which::ToDo, ..Filter::default() }),
        ("search", Filter { words: &words, ..Filter::default() }),
        ("late", Filter { overdue: true, ..Filter::default() }),
        ("grant", Filter { grant_type: Some("aktivitetsstod"), ..Filter::default() }),
    ];
    for (what, filter) in filters {
        let start = std::time::Instant::now();
        let (lines, _) = list::page(&t.tenant, &anna, &filter, None, 50).await.unwrap();
        let page = start.elapsed();
        list::counts_of(&t.tenant, &anna, &filter).await.unwrap();
        println!("{what}: {} lines, page {page:?}, with counts {:?}", lines.len(), start.elapsed());
    }
    let start = std::time::Instant::now();
    let batch = batch::shown(&t.tenant, &anna, Round::default(), None, 300).await.unwrap();
    println!("batch: {} rows, {:?}", batch.ready.len(), start.elapsed());
    assert_eq!(list::counts(&t.tenant, &anna).await.unwrap().all, i64::from(cases) + 1);
}

/// Copies of a case under other numbers and 600 associations, in rows alone.
async fn copies(t: &TestTenant, count: u32) {
    let copy = format!(
        "insert into organisation (id, no, number, kind, category, founded, seat, town, created_at)
             with recursive n(i) as (select 1 union all select i + 1 from n where i < 600)
             select randomblob(16), 1000 + i, 'X' || i, kind, category, founded, seat, town, created_at from organisation, n
             where id = (select organisation_id from cases);
         insert into organisation_name (organisation_id, name, sort_key, valid_from)
             select id, 'Klubb ' || no, 'klubb', '2000-01-01' from organisation where number like 'X%';
         create temp table made as with recursive n(i) as (select 1 union all select i + 1 from n where i < {count})
             select i, randomblob(16) as id, (select id from organisation where no = 1001 + i % 600) as club from n;
         insert into cases select m.id, c.diary_case_id, 'KFN 2026/' || (10000 + m.i), c.committee, m.club, c.grant_type,
             'p' || (m.i / 600), c.package_version_id, c.state, c.entered, c.came_from, c.due, c.received_at, c.complete_on, c.amount_ore,
             c.outcome, c.protected, c.remark, c.closed_at from cases c, made m where c.id = (select case_id from case_queue);
         insert into case_queue select m.id, m.club, q.committee, q.grant_type, q.period, q.state,
             case when m.i % 40 = 0 then 'officer' else q.waits end, q.why, case when m.i % 40 = 0 then 1 else q.rank end, q.received_at,
             q.due, q.calculation_id, q.outcome, q.marks, q.remarks, q.routed, null, null, 0 from case_queue q, made m
             where q.case_id not in (select id from made);
         insert into search_term select 'klubb', id from made union all select '' || (10000 + i), id from made
             union all select '' || (1001 + i % 600), id from made union all select 'kfn', id from made;
         analyze;"
    );
    t.execute(copy).await.unwrap();
}
