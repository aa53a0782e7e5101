//! What happened in Exempelstad before the demo begins, and what is to come.

use anyhow::{Context, ensure};
use chrono::{Days, NaiveDate};

use super::cast::Cast;
use super::stage::{self, Sampled, Stage};
use crate::demo::answers::{self, Papers, Premises};
use crate::demo::municipality::{ASSOCIATIONS, Association, who};
use crate::demo::personas::{ADMINISTRATOR, ATTESTER, HEAD, HELPER, OFFICER, REVIEWER, STAFF, TIED_OFFICER};
use crate::domain::Money;
use crate::domain::account_number::{self, AccountKind, AccountNumber};
use crate::domain::conflict::TieKind;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::CaseId;
use crate::domain::mandate::Mandate;
use crate::services::budgets::{self as year_budgets, Which};
use crate::services::clashes::Side;
use crate::services::conflicts::ties::{self, NewTie};
use crate::services::decisions::meetings;
use crate::services::organisations::NewOrganisation;
use crate::services::payments::Channel;
use crate::services::staff::Grant;
use crate::services::statistics::{self, NewBudget};
use crate::services::tasks::{Filled, SupplementRequest};
use crate::services::{Actor, clashes, decisions, mandates, organisations, packages, payments, periods, population, staff, tasks};
use crate::store::clashes::{self as clash_rows, ClashAnswer};
use crate::store::organisations::EarlierRow;
use crate::store::payments as payment_rows;
use crate::store::{cases, decisions as decision_rows};

const ACTIVITY: &str = "aktivitetsstod";
const SPRING: &str = "2026-H1";
const PREMISES: &str = "lokalbidrag";
const START_UP: &str = "startbidrag";
const EVENT: &str = "arrangemangsbidrag";
const APPROVAL: &str = "godkand-forening";

/// January: grant types, staff and associations are put in; the population register is there.
pub(super) async fn winter(stage: &Stage, cast: &Cast) -> anyhow::Result<()> {
    let t = &stage.tenant;
    let imported = packages::import_builtin(t).await?;
    let wrong = imported.problems.iter().find(|problem| problem.is_error());
    ensure!(wrong.is_none(), "a built-in grant type has errors: {wrong:?}");
    for persona in STAFF {
        let roles = persona.roles.iter().map(|given| {
            Ok(Grant {
                role: given.role,
                committee: "KFN",
                up_to: given.up_to.map(Money::from_kronor).transpose()?,
                reference: given.reference,
                from: day("2025-01-01")?,
            })
        });
        let roles = roles.collect::<anyhow::Result<Vec<_>>>()?;
        staff::add(t, &Actor::Service, persona.name, persona.email, &roles).await?;
    }
    let administrator = stage.staff(ADMINISTRATOR).await?;
    population::fill(t, &administrator, &cast.residents).await?;
    for association in ASSOCIATIONS.iter().enumerate().filter(|(at, _)| *at != who::GAMES).map(|(_, association)| association) {
        register(stage, &administrator, association, "2025-12-31").await?;
    }
    budgets(stage, &administrator).await?;
    people(stage, &administrator).await
}

/// What the committee set aside for the year.
async fn budgets(stage: &Stage, administrator: &Actor) -> anyhow::Result<()> {
    for (grant_type, period, kronor) in
        [(ACTIVITY, "2025-H2", 30_000), (ACTIVITY, SPRING, 120_000), (PREMISES, "2026", 400_000), (START_UP, "2026", 25_000)]
    {
        let amount = Some(Money::from_kronor(kronor)?);
        let budget = NewBudget { grant_type, period, amount, reference: "KFN 2025-12-11 § 140" };
        statistics::set_budget(&stage.tenant, administrator, &budget).await?;
    }
    // What the year's decisions may cost, which is another thing than the budget of a period.
    for (grant_type, kronor) in [(ACTIVITY, 400_000), (START_UP, 50_000)] {
        let which = Which { grant_type, unit: "KFN", year: 2026 };
        year_budgets::set(&stage.tenant, administrator, which, Money::from_kronor(kronor)?).await?;
    }
    Ok(())
}

/// Those who act for associations besides the board, and the officer who is tied to one.
async fn people(stage: &Stage, administrator: &Actor) -> anyhow::Result<()> {
    let t = &stage.tenant;
    let helper = mandates::add_person(t, administrator, HELPER, Some("mirja.ahonen@example.org")).await?;
    for (at, mandate) in [(who::SMALL_SCOUTS, Mandate::Writer), (who::FOOTBALL, Mandate::Reader)] {
        let (organisation, _) = stage.association(at).await?;
        mandates::give(t, administrator, organisation, helper, mandate).await?;
    }
    let tied = stage.staff(TIED_OFFICER).await?;
    let tied = tied.person().context("the officer is a person")?;
    let (football, _) = stage.association(who::FOOTBALL).await?;
    let tie = NewTie {
        organisation: football,
        kind: Some(TieKind::Board),
        reason: "Sitter i föreningens styrelse.",
        from: stage.today(),
        to: None,
    };
    ties::enter(t, administrator, tied, &tie).await?;
    // The others are still asked to go through theirs.
    for name in [OFFICER, HEAD, ADMINISTRATOR, ATTESTER, TIED_OFFICER] {
        ties::confirm(t, &stage.staff(name).await?).await?;
    }
    Ok(())
}

async fn register(stage: &Stage, administrator: &Actor, association: &Association, members_on: &str) -> anyhow::Result<()> {
    let t = &stage.tenant;
    let founded = day(association.founded)?;
    let new = NewOrganisation {
        number: association.number,
        name: association.name,
        kind: ApplicantKind::Association,
        category: Some(association.category),
        founded: Some(founded),
        town: "Exempelstad",
        since: founded,
    };
    let id = organisations::register(t, administrator, new).await?;
    organisations::link(t, administrator, id, "dak", association.external, founded).await?;
    for (role, name) in [("ordförande", association.board.0), ("kassör", association.board.1)] {
        let mailbox = if role == "kassör" { "kassor" } else { "ordforande" };
        let email = format!("{mailbox}@{}.example", association.external);
        organisations::add_contact(t, administrator, id, name, &email, role).await?;
        let person = mandates::add_person(t, administrator, name, Some(&email)).await?;
        mandates::give(t, administrator, id, person, Mandate::Signatory).await?;
    }
    organisations::set_account(t, administrator, id, &account(association.account)?).await?;
    organisations::confirm_account(t, &stage.staff(ATTESTER).await?, id).await?;
    let members = answers::member_table(association.members);
    organisations::report_members(t, administrator, id, day(members_on)?, &members).await?;
    if let Some((from, to)) = association.approved {
        organisations::take_over_approval(t, administrator, id, APPROVAL, day(from)?, day(to)?).await?;
    }
    if let Some((spring, autumn)) = association.earlier {
        for (period, kronor) in [("2025-H1", spring), ("2025-H2", autumn)] {
            let amount_ore = Money::from_kronor(kronor)?;
            let grant = EarlierRow { grant_type: ACTIVITY.to_owned(), period: period.to_owned(), amount_ore };
            organisations::take_over_grant(t, administrator, id, &grant).await?;
        }
    }
    Ok(())
}

/// February to April: premises grants, from application to payment after the time for appeal.
pub(super) async fn spring(stage: &Stage) -> anyhow::Result<()> {
    let t = &stage.tenant;
    stage.at("2026-02-16 19:42").await?;
    let riding = ("ungdom", [("Hyra ridhus", 184_000), ("El", 41_500)], [("Uthyrning", 36_000)], 80);
    let choir = ("ungdom", [("Hyra repetitionslokal", 22_000), ("Städning", 3_600)], [("Uthyrning", 0)], 35);
    for (at, (whom, costs, incomes, own_use)) in [(who::RIDING, riding), (who::CHOIR, choir)] {
        let answers = answers::premises(ASSOCIATIONS[at].account.1, whom, &costs, &incomes, own_use);
        stage.apply(at, PREMISES, "2026", &answers, Sampled::NotDrawn).await?;
    }
    stage.at("2026-02-24 10:15").await?;
    let pensioners = answers::premises(
        ASSOCIATIONS[who::PENSIONERS].account.1,
        "pensionar",
        &[("Hyra möteslokal", 48_000)],
        &[("Uthyrning", 4_000)],
        90,
    );
    stage.apply(who::PENSIONERS, PREMISES, "2026", &pensioners, Sampled::NotDrawn).await?;
    stage.at("2026-03-03 08:30").await?;
    let administrator = stage.staff(ADMINISTRATOR).await?;
    periods::close(t, &administrator, PREMISES, "2026").await?;
    stage.work().await?;
    let officer = stage.staff(OFFICER).await?;
    decide(stage, &officer, &ready(stage, PREMISES, "2026").await?, "2026-03-03 09:05").await?;
    let meeting = day("2026-03-19")?;
    stage.at("2026-03-20 13:00").await?;
    meetings::report(t, &administrator, "KFN", meeting, Some("§ 31")).await?;
    stage.at("2026-04-15 09:00").await?;
    meetings::announce(t, &administrator, "KFN", meeting, day("2026-03-23")?, day("2026-04-14")?).await?;
    pay(stage, "2026-04-16 10:30").await
}

/// July and August: the activity grant's round, a new association, events.
pub(super) async fn summer(stage: &Stage, cast: &Cast) -> anyhow::Result<()> {
    let administrator = stage.staff(ADMINISTRATOR).await?;
    for (moment, at) in [
        ("2026-07-02 20:11", who::SMALL_SCOUTS),
        ("2026-07-03 09:27", who::FOOTBALL),
        ("2026-07-06 18:40", who::CHOIR),
        ("2026-07-08 21:03", who::SWIMMING),
        ("2026-07-09 11:30", who::PENSIONERS),
        ("2026-07-13 16:55", who::THEATRE),
    ] {
        activity(stage, cast, moment, at).await?;
    }
    let festival = answers::Event {
        description: "Kulturnatt i Exempelstad: musik, film och öppna ateljéer på tolv platser, fri entré.",
        on: day("2026-10-17")?,
        costs: &[("Scen och ljud", 64_000), ("Gager", 52_000), ("Annonser", 9_500)],
        incomes: &[("Sponsorer", 30_000), ("Kaffeförsäljning", 8_000)],
        applied: 60_000,
    };
    let account = ASSOCIATIONS[who::CULTURE].account.1;
    stage.at("2026-07-15 14:20").await?;
    let festival = stage.apply(who::CULTURE, EVENT, "2026", &answers::event(account, festival), Sampled::NotDrawn).await?;
    activity(stage, cast, "2026-07-20 08:45", who::RIDING).await?;
    activity(stage, cast, "2026-07-27 19:10", who::GYMNASTICS).await?;
    stage.at("2026-08-03 09:00").await?;
    register(stage, &administrator, &ASSOCIATIONS[who::GAMES], "2026-06-30").await?;
    let (approval, start_up) = new_association(stage).await?;
    activity(stage, cast, "2026-08-03 20:32", who::FLOORBALL).await?;
    activity(stage, cast, "2026-08-04 17:18", who::JUDO).await?;
    let officer = stage.staff(OFFICER).await?;
    stage.at("2026-08-05 10:40").await?;
    stage.do_task(&officer, approval, &["protokoll", "styrelse", "revision"], "approve", Filled::default(), "").await?;
    decide(stage, &officer, &[approval, start_up], "2026-08-05 10:55").await?;
    pay(stage, "2026-08-06 10:30").await?;
    activity(stage, cast, "2026-08-06 18:02", who::CHESS).await?;
    activity(stage, cast, "2026-08-06 21:44", who::MIDNIGHT).await?;
    activity(stage, cast, "2026-08-10 12:09", who::ORIENTEERING).await?;
    late_premises(stage).await?;
    supplements(stage, cast, &officer).await?;
    events(stage, &officer, festival).await?;
    activity(stage, cast, "2026-08-19 19:48", who::LARGE_SCOUTS).await?;
    Ok(())
}

/// A club sends its attendance and applies for the spring.
async fn activity(stage: &Stage, cast: &Cast, moment: &str, at: usize) -> anyhow::Result<CaseId> {
    stage.at(moment).await?;
    stage.upload(cast, at).await?;
    let premises = match at {
        who::PARASPORT => Premises::NewWithoutLease,
        who::CHOIR => Premises::New,
        _ => Premises::Same,
    };
    let sampled = if at == who::THEATRE { Sampled::Drawn } else { Sampled::NotDrawn };
    stage.apply(at, ACTIVITY, SPRING, &answers::activity(ASSOCIATIONS[at].account.1, premises), sampled).await
}

/// A new association asks to be approved, and for its start-up grant.
async fn new_association(stage: &Stage) -> anyhow::Result<(CaseId, CaseId)> {
    let games = &ASSOCIATIONS[who::GAMES];
    let papers = answers::approval(games.board.0, games.board.1, games.members, Papers::Complete);
    let approval = stage.apply(who::GAMES, APPROVAL, "2026", &papers, Sampled::NotDrawn).await?;
    let purpose = "Brädspel och rollspel för unga två kvällar i veckan på fritidsgården.";
    let start_up = stage.apply(who::GAMES, START_UP, "2026", &answers::start_up(games.account.1, purpose), Sampled::NotDrawn).await?;
    Ok((approval, start_up))
}

/// A premises application half a year after the last day.
async fn late_premises(stage: &Stage) -> anyhow::Result<()> {
    stage.at("2026-08-11 15:26").await?;
    let answers = answers::premises(
        ASSOCIATIONS[who::GYMNASTICS].account.1,
        "ungdom",
        &[("Hyra gymnastikhall", 96_000)],
        &[("Uthyrning", 12_000)],
        75,
    );
    stage.apply(who::GYMNASTICS, PREMISES, "2026", &answers, Sampled::NotDrawn).await?;
    Ok(())
}

/// What is asked for and waited for, what is changed and answered.
async fn supplements(stage: &Stage, cast: &Cast, officer: &Actor) -> anyhow::Result<()> {
    let t = &stage.tenant;
    let lease = activity(stage, cast, "2026-08-11 19:55", who::PARASPORT).await?;
    stage.at("2026-08-12 09:12").await?;
    let dance = &ASSOCIATIONS[who::DANCE];
    let papers = answers::approval(dance.board.0, dance.board.1, dance.members, Papers::AuditLater);
    let approval = stage.apply(who::DANCE, APPROVAL, "2026", &papers, Sampled::NotDrawn).await?;
    activity(stage, cast, "2026-08-12 09:31", who::DANCE).await?;
    activity(stage, cast, "2026-08-13 08:14", who::ALL_FEATURES).await?;
    stage.at("2026-08-13 10:20").await?;
    let consequence = "Om svaret uteblir avgör vi ärendet på de uppgifter som finns.";
    for (case, missing) in [(lease, "Hyreskontraktet för den nya lokalen."), (approval, "Revisionsberättelsen för 2025.")] {
        let request = SupplementRequest { missing, last_day: stage.today() + Days::new(14), consequence, sections: &[] };
        tasks::request_supplement(t, officer, case, &request).await?;
    }
    stage.work().await?;
    stage.at("2026-08-14 20:05").await?;
    answer_clashes(stage, who::SWIMMING, who::JUDO).await?;
    stage.at("2026-08-17 12:50").await?;
    let (floorball, treasurer) = stage.association(who::FLOORBALL).await?;
    organisations::set_account(t, &treasurer, floorball, &account((AccountKind::Bankgiro, "999-1464"))?).await?;
    let chess = &ASSOCIATIONS[who::CHESS];
    stage.at("2026-08-18 18:33").await?;
    let papers = answers::approval(chess.board.0, chess.board.1, chess.members, Papers::Complete);
    stage.apply(who::CHESS, APPROVAL, "2026", &papers, Sampled::NotDrawn).await?;
    Ok(())
}

/// One association answers what it was asked about its clashes with another: its registration is right.
async fn answer_clashes(stage: &Stage, at: usize, other: usize) -> anyhow::Result<()> {
    let (organisation, actor) = stage.association(at).await?;
    let (other, _) = stage.association(other).await?;
    let mut tx = stage.tenant.db.read().await?;
    let rows = clash_rows::of_organisation(&mut tx, organisation, ACTIVITY, SPRING).await?;
    drop(tx);
    for row in rows.iter().filter(|row| row.asked && [row.organisation_a, row.organisation_b].contains(&other)) {
        clashes::answer(&stage.tenant, &actor, organisation, row.id, Side::First, ClashAnswer::Keep).await?;
    }
    Ok(())
}

/// Event grants: one assessed, decided and taken back, one waiting for an officer, one for the applicant.
async fn events(stage: &Stage, officer: &Actor, festival: CaseId) -> anyhow::Result<()> {
    let t = &stage.tenant;
    stage.at("2026-08-18 20:17").await?;
    let play = answers::Event {
        description: "Nyskriven ungdomspjäs om stadens historia, fem föreställningar med fri entré.",
        on: day("2026-11-07")?,
        costs: &[("Lokal", 12_000), ("Scenografi", 18_500), ("Ljus", 7_000)],
        incomes: &[("Programblad", 3_000)],
        applied: 17_000,
    };
    let theatre = answers::event(ASSOCIATIONS[who::THEATRE].account.1, play);
    stage.apply(who::THEATRE, EVENT, "2026", &theatre, Sampled::NotDrawn).await?;
    let gala = answers::Event {
        description: "Öppen dansgala i Stadsparken med prova-på för alla åldrar.",
        on: day("2026-12-05")?,
        costs: &[("Scen", 21_000), ("Vakter", 9_000)],
        incomes: &[("Lotteri", 4_000)],
        applied: 15_000,
    };
    let dance =
        stage.apply(who::DANCE, EVENT, "2026", &answers::event(ASSOCIATIONS[who::DANCE].account.1, gala), Sampled::NotDrawn).await?;
    stage.at("2026-08-19 13:15").await?;
    let missing = "En tidplan för dagen och hur många besökare ni väntar er.";
    let consequence = "Om svaret uteblir bedömer vi ansökan på de uppgifter som finns.";
    let request = SupplementRequest { missing, last_day: stage.today() + Days::new(14), consequence, sections: &[] };
    tasks::request_supplement(t, officer, dance, &request).await?;
    let proposal = Filled {
        texts: [("bedomning".to_owned(), "Öppet för alla, når många och har bred medverkan.".to_owned())].into(),
        amount: Some(Money::from_kronor(55_000)?),
        ..Filled::default()
    };
    let reason = "Arrangemanget når hela kommunen. Beloppet följer nivån för liknande arrangemang.";
    stage.do_task(officer, festival, &["kalkyl", "annat_stod"], "propose", proposal, reason).await?;
    stage.at("2026-08-19 14:00").await?;
    let decided = decisions::decide(t, officer, festival, &["Kulturnatten är öppen för alla och når hela kommunen.".to_owned()]).await?;
    stage.at("2026-08-19 14:11").await?;
    decisions::undo(t, officer, decided, "Sponsorintäkten i kalkylen behöver stämmas av först.").await?;
    stage.work().await
}

/// Decides cases at a moment and lets the time for undoing pass.
pub(super) async fn decide(stage: &Stage, officer: &Actor, list: &[CaseId], moment: &str) -> anyhow::Result<()> {
    stage.at(moment).await?;
    for decided in decisions::decide_batch(&stage.tenant, officer, list).await? {
        decided.result.context("a case of the seed could not be decided")?;
    }
    stage.at(&format!("{} 17:00", &moment[..10])).await
}

/// The cases of a round that wait for decision.
async fn ready(stage: &Stage, grant_type: &str, period: &str) -> anyhow::Result<Vec<CaseId>> {
    let mut tx = stage.tenant.db.read().await?;
    let mut found = Vec::new();
    for case in cases::in_state(&mut tx, grant_type, period, "proposed").await? {
        if decision_rows::standing(&mut tx, case.id).await?.is_none() {
            found.push(case.id);
        }
    }
    Ok(found)
}

/// Both attests by their persons, and the bank's file.
pub(super) async fn pay(stage: &Stage, moment: &str) -> anyhow::Result<()> {
    stage.at(moment).await?;
    let t = &stage.tenant;
    let (reviewer, attester) = (stage.staff(REVIEWER).await?, stage.staff(ATTESTER).await?);
    for state in ["draft", "reviewed"] {
        let mut tx = t.db.read().await?;
        let orders = payment_rows::in_state(&mut tx, state).await?;
        drop(tx);
        for order in orders {
            match state {
                "draft" => payments::review(t, &reviewer, order.id).await?,
                _ => payments::attest(t, &attester, order.id).await?,
            }
        }
    }
    payments::build(t, &attester, Channel::Bank, None).await?.context("nothing could be paid")?;
    Ok(())
}

/// A club that forgot the last day: received all the same, with the reduction of the rules.
pub(super) async fn late(stage: &Stage, cast: &Cast) -> anyhow::Result<()> {
    stage.upload(cast, who::OUTDOORS).await?;
    let answers = answers::activity(ASSOCIATIONS[who::OUTDOORS].account.1, Premises::Same);
    stage.apply(who::OUTDOORS, ACTIVITY, SPRING, &answers, Sampled::NotDrawn).await?;
    Ok(())
}

/// The idempotency key of the late application.
pub(super) fn late_key() -> String {
    stage::key(who::OUTDOORS, ACTIVITY, SPRING)
}

fn account((kind, number): (AccountKind, &str)) -> anyhow::Result<AccountNumber> {
    Ok(account_number::parse(kind, number).map_err(|error| anyhow::anyhow!("{number}: {error:?}"))?.number)
}

fn day(text: &str) -> anyhow::Result<NaiveDate> {
    Ok(text.parse()?)
}
