//! A round of selective grants: two thousand scored applications on the ranking's page, and what the committee gets of two hundred.

use std::collections::BTreeMap;
use std::time::Instant;

use bifall::app::Tenant;
use bifall::domain::Money;
use bifall::domain::committee::{Done, Memos};
use bifall::domain::id::{CaseId, TaskId};
use bifall::domain::inputs::{Answer, Budget, BudgetLine};
use bifall::domain::ranking::Terms;
use bifall::pipeline::worker::Worker;
use bifall::services::applications::{Submission, submit};
use bifall::services::committee::bundle;
use bifall::services::committee::memo::{self, OwnText};
use bifall::services::committee::{self, Ruling};
use bifall::services::staff::{self, Grant};
use bifall::services::tasks::{self, Filled, Score};
use bifall::services::{Actor, ranking};
use bifall::store::tasks as task_rows;
use bifall::store::users::Role;

use crate::city::Dice;
use crate::measure::{judge, tell};
use crate::place::{self, Engine, Place, date, register, treasurer};

const GRANT: &str = "projektbidrag-kultur";
const PERIOD: &str = "2026-HOST";
/// Cases of one meeting.
const OF_A_MEETING: usize = 200;

/// The whole way of a round; `BENCH_ROUND` for another number of applications.
pub async fn round(engine: Engine) {
    let count: u32 = std::env::var("BENCH_ROUND").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let place = Place::new(engine, "round");
    place.clear().await;
    let tenant = place.open("2026-08-20").await;
    place::with_packages(&tenant).await;
    let mut officers = Vec::new();
    for name in ["Anna Lindqvist", "Eva Sand", "Fia Berg"] {
        let role = Grant { role: Role::Officer, committee: "KFN", up_to: None, reference: None, from: date("2020-01-01") };
        staff::add(&tenant, &Actor::Service, name, &format!("{}@exempelstad.example", name.len()), &[role]).await.unwrap();
        officers.push(Actor::staff_named(&tenant, name).await.unwrap());
    }
    let worker = Worker::start(&tenant, &place.folder().join("worker.lock")).await.unwrap();
    let mut dice = Dice(0x2a2e);
    let mut cases = Vec::new();
    for number in 0..count {
        cases.push(apply(&tenant, 10_000 + number, &mut dice).await);
    }
    worker.run_due(&tenant).await.unwrap();
    for case in &cases {
        assess(&tenant, &officers, *case, &mut dice).await;
    }
    let page = format!("/namnd/rangordning/{GRANT}/{PERIOD}");
    let (middle, slow) = crate::http::asked(&tenant, "Anna Lindqvist", &page).await;
    let what = format!("the ranking's page at {count} applications, {}", engine.name());
    judge(&what, format!("{middle}, p95 {}", crate::measure::ms(slow)), "p95 under 50 ms", slow.as_millis() < 50);
    let tried = format!("{page}?budget=9000000&andel=50&poang=1");
    let (middle, slow) = crate::http::asked(&tenant, "Anna Lindqvist", &tried).await;
    let what = format!("the same with other terms, {}", engine.name());
    judge(&what, format!("{middle}, p95 {}", crate::measure::ms(slow)), "p95 under 50 ms", slow.as_millis() < 50);
    meeting(&tenant, &officers, &worker, &cases, engine).await;
    tenant.db.close().await;
    place.remove().await;
}

async fn apply(tenant: &Tenant, number: u32, dice: &mut Dice) -> CaseId {
    let organisation = register(tenant, number).await;
    let text = |text: &str| Answer::Text(text.to_owned());
    let applied = i64::from(10_000 + dice.below(90) * 1_000);
    let district = ["centrum", "norr", "soder", "landsbygd"][usize::try_from(dice.below(4)).unwrap()];
    let costs = vec![BudgetLine { text: "Koreograf".to_owned(), amount: Money::from_kronor(applied * 2).unwrap() }];
    let answers: BTreeMap<String, Answer> = [
        ("namn", text("Dansa i parken")),
        ("konstform", Answer::Choice("dans".to_owned())),
        ("stadsdel", Answer::Choice(district.to_owned())),
        ("beskrivning", text("Vi dansar i parken.")),
        ("unga", text("De bestämmer.")),
        ("start", Answer::Date(date("2026-11-01"))),
        ("i_kommunen", Answer::YesNo(true)),
        ("kalkyl", Answer::Budget(Budget { costs, incomes: Vec::new() })),
        ("sokt_belopp", Answer::Money(Money::from_kronor(applied).unwrap())),
        ("kontonummer", text("5012-3454")),
        ("intygar", Answer::YesNo(true)),
    ]
    .map(|(id, answer)| (id.to_owned(), answer))
    .into();
    let key = format!("bench/{organisation}");
    let submission =
        Submission { organisation, grant_type: GRANT, period: PERIOD, answers: &answers, signed_by: "Kassören", idempotency_key: &key };
    submit(tenant, &treasurer(organisation), submission).await.unwrap().case
}

/// Checked by one, scored by two and weighed together by a third.
async fn assess(tenant: &Tenant, officers: &[Actor], case: CaseId, dice: &mut Dice) {
    let checked = [("kalkyl", true), ("annat_stod", true)].map(|(id, on)| (id.to_owned(), on)).into();
    done(tenant, &officers[0], case, "complete", &Filled { checked, ..Filled::default() }).await;
    let levels = [dice.below(4), dice.below(4), dice.below(4)];
    let amount = Money::from_kronor(i64::from(5_000 + dice.below(50) * 1_000)).unwrap();
    let scores = ["kvalitet", "delaktighet", "genomforbarhet"].into_iter().zip(levels);
    let scores = scores.map(|(id, level)| (id.to_owned(), Score { level, why: "Det framgår av planen.".to_owned() })).collect();
    let sheet = Filled { scores, amount: Some(amount), ..Filled::default() };
    done(tenant, &officers[0], case, "assessed", &sheet).await;
    done(tenant, &officers[1], case, "assessed", &sheet).await;
    done(tenant, &officers[2], case, "weighed", &sheet).await;
}

async fn done(tenant: &Tenant, officer: &Actor, case: CaseId, action: &str, filled: &Filled) {
    let mut tx = tenant.db.read().await.unwrap();
    let task: TaskId = task_rows::open_of_case(&mut tx, case).await.unwrap()[0].id;
    drop(tx);
    tasks::complete(tenant, officer, task, action, filled, "Så ser vi det.").await.unwrap();
}

/// The round is ranked and settled, two hundred of it are put before the committee, and its minutes are written in.
async fn meeting(tenant: &Tenant, officers: &[Actor], worker: &Worker, cases: &[CaseId], engine: Engine) {
    let name = engine.name();
    let budget = Money::from_kronor(20_000_000).unwrap();
    let terms = Terms { budget, most_percent: None, least_points: None, district_percent: None, rest_to_next: true };
    let begun = Instant::now();
    let ranked = ranking::propose(tenant, &officers[0], GRANT, PERIOD, &terms, None).await.unwrap();
    ranking::settle(tenant, &officers[1], ranked).await.unwrap();
    tell(&format!("ranking and settling {} applications, {name}", cases.len()), format!("{:.2} s", begun.elapsed().as_secs_f64()));
    worker.run_due(tenant).await.unwrap();
    let meeting = committee::plan(tenant, &officers[0], ("KFN", None), date("2026-08-20"), None).await.unwrap().id;
    let chosen = &cases[..cases.len().min(OF_A_MEETING)];
    for (_, result) in committee::put_on_agenda(tenant, &officers[0], meeting, chosen).await.unwrap() {
        result.unwrap();
    }
    let texts = memo::own_texts(tenant, &officers[0], meeting, GRANT).await.unwrap();
    let own: Vec<OwnText> =
        texts.into_iter().map(|own| OwnText { text: "Barn och unga är med och bestämmer.".to_owned(), ..own }).collect();
    memo::write(tenant, &officers[0], meeting, GRANT, &own).await.unwrap();
    let begun = Instant::now();
    let composed = memo::compose(tenant, &officers[0], meeting, GRANT, None).await.unwrap();
    let page = memo::html(&composed).unwrap();
    let word = memo::docx(&composed).unwrap();
    let pdf = memo::pdf(composed).await.unwrap();
    let time = begun.elapsed();
    let sizes = format!("page {} kB, Word {} kB, PDF {} kB", page.len() / 1_000, word.len() / 1_000, pdf.len() / 1_000);
    let what = format!("the committee's memo of {} cases in its three forms, {name}: {sizes}", chosen.len());
    judge(&what, format!("{:.2} s", time.as_secs_f64()), "under 60 s", time.as_secs() < 60);
    let begun = Instant::now();
    let asked = bundle::ask(tenant, &officers[0], meeting, Memos::ByCase).await.unwrap();
    worker.run_due(tenant).await.unwrap();
    let time = begun.elapsed();
    let (_, packed) = bundle::read(tenant, &officers[0], meeting, asked).await.unwrap();
    let what = format!("a meeting's papers, {} memos as PDF and Word in {} kB, {name}", chosen.len(), packed.len() / 1_000);
    judge(&what, format!("{:.2} s", time.as_secs_f64()), "under 60 s", time.as_secs() < 60);
    let (middle, slow) = crate::http::asked(tenant, "Anna Lindqvist", &format!("/namnd/{meeting}/arenden")).await;
    tell(&format!("the agenda's page at {} cases, {name}", chosen.len()), format!("{middle}, p95 {}", crate::measure::ms(slow)));
    let rulings: Vec<Ruling<'_>> = chosen
        .iter()
        .map(|case| Ruling { case: *case, done: Done::AsProposed, amount: None, reason: "", reservation: "", paragraph: "§ 1" })
        .collect();
    let begun = Instant::now();
    for (_, result) in committee::write_in(tenant, &officers[0], meeting, &rulings).await.unwrap() {
        result.unwrap();
    }
    let what = format!("writing in the minutes of {} cases, each its own decision, {name}", chosen.len());
    tell(&what, format!("{:.2} s", begun.elapsed().as_secs_f64()));
}
