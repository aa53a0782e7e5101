//! The culture projects of the autumn: scored by two, one of them half way with an expert invited, a round to be ranked.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::Days;

use super::stage::{Sampled, Stage};
use crate::demo::answers::{self, Project};
use crate::demo::municipality::{ASSOCIATIONS, who};
use crate::demo::personas::{ADMINISTRATOR, EXPERT, EXPERT_EMAIL, HEAD, OFFICER, PROTECTED_OFFICER};
use crate::domain::Money;
use crate::domain::id::CaseId;
use crate::services::budgets::{self, Which};
use crate::services::experts::{self, Invited};
use crate::services::tasks::{self, Filled, Score};
use crate::store::tasks as task_rows;

const PROJECT: &str = "projektbidrag-kultur";
const AUTUMN: &str = "2026-HOST";

/// What an assessor gives: levels of quality, participation and feasibility, and an amount.
struct Given {
    levels: [u32; 3],
    kronor: i64,
    whole: &'static str,
}

/// An application and what two assessors make of it; the second only where she has. Where she has not, an expert from outside is
/// asked too.
struct Scene {
    at: usize,
    project: Project,
    first: Given,
    second: Option<Given>,
}

const SCENES: [Scene; 4] = [
    Scene {
        at: who::THEATRE,
        project: Project { name: "Hemliga trädgården", form: "teater", district: "centrum", costs: 120_000, applied: 90_000 },
        first: Given { levels: [3, 3, 2], kronor: 90_000, whole: "Ungdomarna skriver pjäsen själva och planen håller." },
        second: Some(Given { levels: [3, 3, 3], kronor: 90_000, whole: "Egen idé och en grupp som har gjort det förut." }),
    },
    Scene {
        at: who::DANCE,
        project: Project { name: "Dansa på torget", form: "dans", district: "norr", costs: 80_000, applied: 60_000 },
        first: Given { levels: [2, 3, 2], kronor: 50_000, whole: "Många unga kan vara med. Kostnaden för scenen är hög." },
        second: Some(Given { levels: [2, 2, 2], kronor: 50_000, whole: "Bra öppna pass på helgerna." }),
    },
    Scene {
        at: who::CULTURE,
        project: Project { name: "Berättelser från byn", form: "litteratur", district: "landsbygd", costs: 45_000, applied: 36_000 },
        first: Given { levels: [3, 1, 2], kronor: 36_000, whole: "Stark idé. De unga är mest publik." },
        second: Some(Given { levels: [1, 2, 2], kronor: 25_000, whole: "Tveksamt om det blir något eget av materialet." }),
    },
    Scene {
        at: who::CHOIR,
        project: Project { name: "Körfest i december", form: "musik", district: "soder", costs: 40_000, applied: 30_000 },
        first: Given { levels: [2, 2, 3], kronor: 20_000, whole: "Väl genomtänkt konsert, men den riktar sig mest till vuxna." },
        second: None,
    },
];

/// August: the last week before the autumn's projects must be in.
pub(super) async fn autumn(stage: &Stage) -> anyhow::Result<()> {
    let administrator = stage.staff(ADMINISTRATOR).await?;
    let which = Which { grant_type: PROJECT, unit: "KFN", year: 2026 };
    budgets::set(&stage.tenant, &administrator, which, Money::from_kronor(170_000)?).await?;
    stage.at("2026-08-19 20:05").await?;
    let mut cases = Vec::new();
    for scene in &SCENES {
        let answers = answers::project(ASSOCIATIONS[scene.at].account.1, &scene.project);
        cases.push(stage.apply(scene.at, PROJECT, AUTUMN, &answers, Sampled::NotDrawn).await?);
    }
    stage.at("2026-08-20 08:20").await?;
    for (scene, case) in SCENES.iter().zip(cases) {
        let ticked = [("kalkyl", true), ("annat_stod", true)].map(|(id, on)| (id.to_owned(), on));
        finish(stage, OFFICER, case, "complete", &Filled { checked: ticked.into(), ..Filled::default() }, "").await?;
        finish(stage, OFFICER, case, "assessed", &filled(&scene.first), scene.first.whole).await?;
        let Some(second) = &scene.second else {
            let last_day = stage.tenant.clock.today().checked_add_days(Days::new(21)).context("a day")?;
            let invited = Invited { name: EXPERT, email: EXPERT_EMAIL, last_day };
            experts::invite(&stage.tenant, &stage.staff(OFFICER).await?, case, &invited).await?;
            continue;
        };
        finish(stage, HEAD, case, "assessed", &filled(second), second.whole).await?;
        // What the two do not agree about is left for whoever plays: the demo opens with something to weigh together.
        if scene.first.levels.iter().zip(&second.levels).all(|(first, second)| first.abs_diff(*second) <= 1) {
            finish(stage, PROTECTED_OFFICER, case, "weighed", &weighed(&scene.first, second), "Bedömarna är överens i sak.").await?;
        }
    }
    Ok(())
}

const SCALES: [&str; 3] = ["kvalitet", "delaktighet", "genomforbarhet"];

fn filled(given: &Given) -> Filled {
    let score = |(id, level): (&str, u32)| (id.to_owned(), Score { level, why: "Det framgår av beskrivningen och kalkylen.".to_owned() });
    let scores: BTreeMap<_, _> = SCALES.into_iter().zip(given.levels).map(score).collect();
    Filled { scores, amount: Money::from_kronor(given.kronor).ok(), ..Filled::default() }
}

/// The first assessor's levels, with a word where the second gave another.
fn weighed(first: &Given, second: &Given) -> Filled {
    let mut filled = filled(first);
    for (id, (own, other)) in SCALES.into_iter().zip(first.levels.into_iter().zip(second.levels)) {
        let why = if own == other { String::new() } else { "Vi talade om det och stannade här.".to_owned() };
        filled.scores.insert(id.to_owned(), Score { level: own, why });
    }
    filled
}

async fn finish(stage: &Stage, who: &str, case: CaseId, action: &str, filled: &Filled, comment: &str) -> anyhow::Result<()> {
    let mut tx = stage.tenant.db.read().await?;
    let open = task_rows::open_of_case(&mut tx, case).await?.into_iter().next().context("an open task")?;
    drop(tx);
    tasks::complete(&stage.tenant, &stage.staff(who).await?, open.id, action, filled, comment).await?;
    stage.work().await
}
