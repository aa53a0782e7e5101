//! Objects of association A that fill the places of addresses.

use std::collections::BTreeMap;

use bifall::demo::answers::{self, Project};
use bifall::demo::municipality::{ASSOCIATIONS, who};
use bifall::demo::personas;
use bifall::domain::Money;
use bifall::domain::attendance::ActivityKind;
use bifall::domain::conflict::Kept;
use bifall::domain::id::{CaseId, InvitationId, OrganisationId, TaskId};
use bifall::services::applications::{self, Submission};
use bifall::services::attendance::hand::{self, Disability, Entry, GroupRole, NewGroup, NewPerson};
use bifall::services::drafts::{self, Start};
use bifall::services::experts::{self, Invited};
use bifall::services::tasks::Filled;
use bifall::services::{self, Actor, papers, standing};
use bifall::store::scope::Scope;
use bifall::store::{attendance, cases, clashes, decisions, diary, organisations, payments, reports, tasks};

use crate::web::visitors::Town;

/// What to put into a path's places, by their names. Identities that nothing has stand for what the story lacks:
/// where a table says `i` for an address with such a place, the story must be given one.
pub async fn of_association_a(town: &Town) -> BTreeMap<&'static str, String> {
    let mut tx = town.demo.tenant.db.read().await.unwrap();
    let number = ASSOCIATIONS[who::FOOTBALL].number.replace('-', "");
    let organisation = organisations::by_number(&mut tx, &number).await.unwrap().unwrap();
    let case = cases::of_organisation(&mut tx, organisation.id).await.unwrap().into_iter().next().unwrap();
    let document = diary::documents_of_case(&mut tx, case.id).await.unwrap().into_iter().next().unwrap();
    let batch = payments::batches(&mut tx).await.unwrap().into_iter().next().unwrap();
    let meeting = decisions::meetings(&mut tx).await.unwrap().into_iter().next().unwrap();
    let chair = Actor::on_paper(organisation.id, ASSOCIATIONS[who::FOOTBALL].board.0);
    let import = attendance::imports(&mut tx, organisation.id).await.unwrap().into_iter().next().unwrap();
    let clash =
        clashes::of_organisation(&mut tx, organisation.id, "aktivitetsstod", "2026-H1").await.unwrap().into_iter().find(|one| one.asked);
    let duty =
        reports::open(&mut tx, &Scope::Staff { except: Kept::default() }, town.demo.tenant.clock.today()).await.unwrap().remove(0).id;
    drop(tx);
    // Matrix cells throw drafts away: each asking finds the open one or begins another.
    let draft = drafts::begin(&town.demo.tenant, &chair, organisation.id, "arrangemangsbidrag", "2026", Start::GoOn).await.unwrap();
    let card = a_card(town, organisation.id).await;
    let debt = standing::enter_debt(&town.demo.tenant, &Actor::Service, organisation.id, Money::from_ore(50_000), "Hyra").await.unwrap();
    let (assessed, sheet) = an_assessment(town, &chair, organisation.id).await;
    let invitation = an_invitation(town, assessed).await;
    let nothing = "0190ffff-ffff-7fff-bfff-ffffffffffff".to_owned();
    BTreeMap::from([
        ("period", "2026-H1".to_owned()),
        ("draft", draft.to_string()),
        ("section", "arrangemang".to_owned()),
        ("question", "beskrivning".to_owned()),
        ("file", "0190ffff-ffff-7fff-bfff-ffffffffffff".to_owned()),
        ("forening", organisation.id.to_string()),
        ("paper", a_paper(town, &chair, organisation.id).await),
        ("debt", debt.to_string()),
        ("case", case.id.to_string()),
        ("document", document.id.to_string()),
        ("order", nothing.clone()),
        ("meeting", meeting.id.to_string()),
        ("committee", "KFN".to_owned()),
        ("unit", "foreningar".to_owned()),
        ("batch", batch.id.to_string()),
        ("kind", "pain001".to_owned()),
        ("form", "pdf".to_owned()),
        ("grant", "aktivitetsstod".to_owned()),
        ("half", CARD_HALF.to_owned()),
        ("import", import.id.to_string()),
        ("clash", clash.unwrap().id.to_string()),
        ("group", card.0),
        ("member", card.1),
        ("code", card.2),
        ("assessed", assessed.to_string()),
        ("sheet", sheet.to_string()),
        ("invitation", invitation.to_string()),
        ("ranked", PROJECT.to_owned()),
        ("round", "2026-HOST".to_owned()),
        ("ranking", nothing.clone()),
        ("bundle", nothing.clone()),
        ("duty", duty.to_string()),
        ("task", nothing.clone()),
        ("template", nothing.clone()),
        ("view", nothing.clone()),
        ("decision", nothing.clone()),
        ("officer", nothing.clone()),
        ("association_section", nothing.clone()),
        ("contact", nothing.clone()),
        ("mandate", nothing.clone()),
        ("hold", nothing.clone()),
        ("person", nothing.clone()),
        ("tie", nothing.clone()),
        ("appeal", nothing.clone()),
        ("mail", nothing),
    ])
}

const PROJECT: &str = "projektbidrag-kultur";

/// A case of hers that somebody is to assess, with the task.
async fn an_assessment(town: &Town, chair: &Actor, organisation: OrganisationId) -> (CaseId, TaskId) {
    let tenant = &town.demo.tenant;
    let project = Project { name: "Fotboll möter dans", form: "dans", district: "norr", costs: 50_000, applied: 40_000 };
    let submission = Submission {
        organisation,
        grant_type: PROJECT,
        period: "2026-HOST",
        answers: &answers::project(ASSOCIATIONS[who::FOOTBALL].account.1, &project),
        signed_by: ASSOCIATIONS[who::FOOTBALL].board.0,
        idempotency_key: "matrix/project",
    };
    let case = applications::submit(tenant, chair, submission).await.unwrap().case;
    town.work().await;
    let officer = Actor::staff_named(tenant, personas::OFFICER).await.unwrap();
    let task = async || {
        let mut tx = tenant.db.read().await.unwrap();
        tasks::open_of_case(&mut tx, case).await.unwrap()[0].id
    };
    let checked = [("kalkyl", true), ("annat_stod", true)].map(|(id, on)| (id.to_owned(), on)).into();
    services::tasks::complete(tenant, &officer, task().await, "complete", &Filled { checked, ..Filled::default() }, "").await.unwrap();
    (case, task().await)
}

/// Somebody from outside who is asked to score a case.
pub async fn an_invitation(town: &Town, case: CaseId) -> InvitationId {
    let tenant = &town.demo.tenant;
    let officer = Actor::staff_named(tenant, personas::OFFICER).await.unwrap();
    let last_day = tenant.clock.today().checked_add_days(chrono::Days::new(14)).unwrap();
    let invited = Invited { name: "Ines Öberg", email: "ines@konst.example", last_day };
    experts::invite(tenant, &officer, case, &invited).await.unwrap()
}

/// The half-year of the card, which is not the file's: what is written by hand takes no file's place.
const CARD_HALF: &str = "2026-H2";

/// A card with somebody on it and an occasion: group, person, code.
async fn a_card(town: &Town, organisation: OrganisationId) -> (String, String, String) {
    let (tenant, actor) = (&town.demo.tenant, Actor::on_paper(organisation, "Kassören"));
    let new = NewGroup { name: "Knatteskolan", activity: "Fotboll", place: "Norrängens IP" };
    let group = hand::add_group(tenant, &actor, organisation, new).await.unwrap();
    let number = crate::support::dak::girl(7).number();
    let person =
        NewPerson { number: &number, given: "Åsa", family: "Öberg", role: GroupRole::Participant, disability: Disability::Unsaid };
    let person = hand::add_person(tenant, &actor, organisation, group, person).await.unwrap();
    let entry = Entry {
        date: "2026-08-11".to_owned(),
        start: "17.00".to_owned(),
        stop: "18.00".to_owned(),
        kind: ActivityKind::Training,
        activity: "Fotboll".to_owned(),
        place: "Norrängens IP".to_owned(),
        present: [person].into(),
        replaces: false,
    };
    hand::save(tenant, &actor, organisation, CARD_HALF, group, None, &entry).await.unwrap();
    let (_, _, kept) = hand::card(tenant, &actor, organisation, CARD_HALF, group).await.unwrap();
    (group.to_string(), person.to_string(), kept[0].code.clone())
}

/// A paper that was handed in beside every case.
async fn a_paper(town: &Town, chair: &Actor, organisation: OrganisationId) -> String {
    let tenant = &town.demo.tenant;
    let mut upload = papers::Upload::begin(tenant, chair, organisation, "stadgar", "2020").await.unwrap();
    upload.write(b"%PDF-1.7 stadgar").unwrap();
    papers::hand_in(tenant, chair, upload, "stadgar.pdf").await.unwrap();
    let found = papers::of(tenant, chair, organisation).await.unwrap();
    let mut all = found.iter().flat_map(|kind| &kind.papers);
    all.find(|paper| paper.came == papers::Came::Alone).unwrap().id.to_string()
}

/// A path with its places filled.
pub fn fill(path: &str, objects: &BTreeMap<&'static str, String>) -> String {
    let mut filled = path.to_owned();
    for (place, value) in objects {
        filled = filled.replace(&format!("{{{place}}}"), value);
    }
    assert!(!filled.contains('{'), "no object for {filled}");
    filled
}
