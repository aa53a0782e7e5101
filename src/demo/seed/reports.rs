//! Events that were granted in the winter and are to be reported: one has been, one is late.

use anyhow::Context;

use super::scenes::{decide, pay};
use super::stage::{Sampled, Stage};
use crate::demo::answers::{self, Event};
use crate::demo::municipality::{ASSOCIATIONS, who};
use crate::demo::personas::HEAD;
use crate::domain::Money;
use crate::services::tasks::Filled;

const EVENT: &str = "arrangemangsbidrag";
const REPORT: &str = "arrangemangsbidrag-redovisning";

/// A gymnastics show in June and an evening of singing in April.
pub(super) async fn winter(stage: &Stage) -> anyhow::Result<()> {
    stage.at("2026-01-12 19:20").await?;
    let show = Event {
        description: "Gymnastikuppvisning i ishallen med prova på för alla.",
        on: "2026-06-20".parse()?,
        costs: &[("Hall", 22_000), ("Redskap", 8_000)],
        incomes: &[("Entré", 9_000)],
        applied: 15_000,
    };
    let singing = Event {
        description: "Körkväll i bygdegården med allsång.",
        on: "2026-04-18".parse()?,
        costs: &[("Lokal", 4_000), ("Musiker", 12_000)],
        incomes: &[],
        applied: 8_000,
    };
    let mut cases = Vec::new();
    for (at, event) in [(who::GYMNASTICS, show), (who::CHOIR, singing)] {
        cases.push(stage.apply(at, EVENT, "2026", &answers::event(ASSOCIATIONS[at].account.1, event), Sampled::NotDrawn).await?);
    }
    stage.at("2026-01-19 10:10").await?;
    let head = stage.staff(HEAD).await?;
    for (case, kronor) in cases.iter().zip([14_000, 8_000]) {
        let proposal = Filled {
            texts: [("bedomning".to_owned(), "Öppet för alla och rimligt planerat.".to_owned())].into(),
            amount: Some(Money::from_kronor(kronor)?),
            ..Filled::default()
        };
        stage
            .do_task(&head, *case, &["kalkyl", "annat_stod"], "propose", proposal, "Beloppet följer nivån för liknande arrangemang.")
            .await?;
    }
    decide(stage, &head, &cases, "2026-01-20 09:15").await?;
    pay(stage, "2026-01-22 10:30").await
}

/// The evening before the demo begins somebody remembers the last day.
pub(super) async fn summer(stage: &Stage) -> anyhow::Result<()> {
    stage.at("2026-08-19 20:02").await?;
    let report = answers::event_report(&[("Hall", 20_500), ("Redskap", 6_100)], &[("Entré", 10_400)]);
    stage.apply(who::GYMNASTICS, REPORT, "2026", &report, Sampled::NotDrawn).await.context("the report on the show")?;
    Ok(())
}
