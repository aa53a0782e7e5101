//! Every shipped workflow, state by state: who may do what. The rule is written by hand here, from the municipality's side, and every
//! person tries every action of the workflow in every state, those that belong to another state too.

use std::collections::{BTreeMap, BTreeSet};

use bifall::demo::answers;
use bifall::domain::Money;
use bifall::domain::id::{CaseId, TaskId};
use bifall::domain::inputs::Answer;
use bifall::packages::Package;
use bifall::services::tasks::{self, Filled, Score, SupplementRequest};
use bifall::services::{Actor, ServiceError, ServiceResult, committee, decisions, packages, staff};
use bifall::store::cases::{self, StateRow};
use bifall::store::reports::{self, DutyRow};
use bifall::store::tasks::{self as task_rows, TaskRow};
use bifall::store::users::Role;
use bifall::workflows::{State, StateKind, TaskFieldKind, WaitFor};

use super::assessment::project;
use super::investments::{hall, invoices};
use super::reports::{granted, outcome};
use super::workflow::event;
use crate::support::actors::{activity_answers, day, tie};
use crate::support::{TestTenant, on_both};

/// Who tries.
const PERSONS: [&str; 10] = ["anna", "eva", "tied", "elsewhere", "bo", "cilla", "dag", "rut", "signatory", "another"];

/// What happened when somebody tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Got {
    /// It was done.
    Done,
    /// She may, but what she wrote must be corrected first.
    Corrected,
    /// She may not, or not here.
    No,
}

fn got<T>(result: &ServiceResult<T>) -> Got {
    match result {
        Ok(_) => Got::Done,
        Err(ServiceError::Invalid(_)) => Got::Corrected,
        Err(ServiceError::Refused(_) | ServiceError::NotFound | ServiceError::Stale | ServiceError::KeptAway(_)) => Got::No,
        Err(other) => panic!("{other:?}"),
    }
}

/// An action that somebody may try.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Try {
    /// To finish the state's task in a way.
    Task(String),
    /// To ask the applicant for what is missing.
    Supplement,
    /// To decide by delegation.
    Decide,
    /// To put the case on the committee's agenda.
    Agenda,
    /// To answer for the applicant.
    View,
}

/// Who may, by hand: officers of the committee without ties do tasks and ask for supplements where the state offers it, the delegate
/// decides what is hers and waits for a decision, officers prepare what is the committee's, and the applicant is heard, herself or through an officer.
fn may(package: &Package, state: &State, wanted: &Try) -> BTreeSet<&'static str> {
    let offered = |action: &str| state.next.iter().any(|next| next.action.as_deref() == Some(action));
    let committee = package.form.decision_mode == bifall::domain::grant::DecisionMode::Committee;
    let who: &[&str] = match (wanted, &state.kind) {
        (Try::Task(action), StateKind::Task(_)) if offered(action) => &["anna", "eva"],
        (Try::Supplement, StateKind::Task(_)) if offered("request_supplement") => &["anna", "eva"],
        (Try::Decide, StateKind::Decision) if !committee => &["anna"],
        (Try::Agenda, StateKind::Decision) if committee => &["anna", "eva"],
        // An officer writes in what the applicant has said on the phone or on paper.
        (Try::View, StateKind::Wait { until: WaitFor::Applicant, .. }) => &["signatory", "anna", "eva"],
        _ => &[],
    };
    who.iter().copied().collect()
}

struct World<'t> {
    t: &'t TestTenant,
    people: BTreeMap<&'static str, Actor>,
    meeting: uuid::Uuid,
}

/// Puts a case into a state as if it had come there now, with the state's tasks open.
async fn put(t: &TestTenant, package: &Package, id: CaseId, state: &State) -> Option<TaskId> {
    let mut tx = t.tenant.db.write().await.unwrap();
    let mut case = cases::lock(&mut tx, id).await.unwrap().unwrap();
    let before = case.entered;
    task_rows::close_of_case(&mut tx, id, t.tenant.clock.now()).await.unwrap();
    cases::leave_state(&mut tx, id, before, t.tenant.clock.now()).await.unwrap();
    case.entered += 1;
    case.state.clone_from(&state.id);
    // What returns, returns to where the workflow begins.
    case.came_from = serde_json::to_string(&[package.workflow.states[1].id.clone()]).unwrap();
    case.closed_at = matches!(state.kind, StateKind::End).then(|| t.tenant.clock.now());
    let row = StateRow {
        case_id: id,
        entered: case.entered,
        state: case.state.clone(),
        entered_at: t.tenant.clock.now(),
        left_at: None,
        reason: None,
    };
    cases::insert_state(&mut tx, &row).await.unwrap();
    assert!(cases::update(&mut tx, &case, before).await.unwrap());
    let mut first = None;
    if let StateKind::Task(list) = &state.kind {
        for task in list {
            let row = TaskRow {
                id: TaskId(t.tenant.ids.uuid()),
                case_id: id,
                entered: case.entered,
                task: task.id.clone(),
                role: "officer".to_owned(),
                reason: task.id.clone(),
                opened_at: t.tenant.clock.now(),
                due: None,
                closed_at: None,
            };
            task_rows::insert(&mut tx, &row).await.unwrap();
            first.get_or_insert(row.id);
        }
    }
    tx.commit().await.unwrap();
    first
}

/// Everything that the state's first task asks for.
fn filled(state: &State) -> Filled {
    let StateKind::Task(list) = &state.kind else { return Filled::default() };
    let task = &list[0];
    let mut filled = Filled { checked: task.checklist.iter().map(|line| (line.id.clone(), true)).collect(), ..Filled::default() };
    filled.texts.insert("skal".to_owned(), "Så är det.".to_owned());
    for field in &task.form {
        match &field.kind {
            TaskFieldKind::Scale(scale) => {
                filled.scores.insert(field.id.clone(), Score { level: scale.from, why: "Så är det.".to_owned() });
            }
            TaskFieldKind::Text | TaskFieldKind::Conditions => {
                filled.texts.insert(field.id.clone(), "Så är det.".to_owned());
            }
            TaskFieldKind::Amount => filled.amount = Some(Money::from_kronor(1_000).unwrap()),
            TaskFieldKind::Moderation(_) => {}
        }
    }
    filled
}

impl World<'_> {
    async fn attempt(&self, who: &str, wanted: &Try, case: CaseId, task: Option<TaskId>, state: &State) -> Got {
        let (tenant, actor) = (&self.t.tenant, &self.people[who]);
        match wanted {
            Try::Task(action) => match task {
                Some(task) => got(&tasks::complete(tenant, actor, task, action, &filled(state), "Så är det.").await),
                None => Got::No,
            },
            Try::Supplement => {
                let request =
                    SupplementRequest {
                        missing: "Avtalet", last_day: day("2027-01-20"), consequence: "Annars avgörs det.", sections: &[]
                    };
                got(&tasks::request_supplement(tenant, actor, case, &request).await)
            }
            Try::Decide => got(&decisions::decide(tenant, actor, case, &["Så är det.".to_owned()]).await),
            Try::Agenda => match committee::put_on_agenda(tenant, actor, self.meeting, &[case]).await {
                Ok(mut each) => got(&each.remove(0).1),
                refused => got(&refused),
            },
            Try::View => got(&tasks::give_view(tenant, actor, case, "Så är det.").await),
        }
    }

    /// Takes back what was done, so that the next one tries on the same ground.
    async fn undo(&self, wanted: &Try, case: CaseId) {
        let (tenant, anna) = (&self.t.tenant, &self.people["anna"]);
        match wanted {
            Try::Decide => {
                let mut tx = tenant.db.read().await.unwrap();
                let decision = bifall::store::decisions::standing(&mut tx, case).await.unwrap().unwrap().id;
                drop(tx);
                decisions::undo(tenant, anna, decision, "Ett försök.").await.unwrap();
            }
            Try::Agenda => committee::take_off_agenda(tenant, anna, self.meeting, case).await.unwrap(),
            Try::Task(action) if action == "send_back" => {
                let mut tx = tenant.db.write().await.unwrap();
                let row = cases::by_id(&mut tx, case).await.unwrap().unwrap();
                let duty = reports::unanswered(&mut tx, row.organisation_id, &row.grant_type, &row.period).await.unwrap().unwrap();
                reports::answer(&mut tx, duty.id, Some(case)).await.unwrap();
                tx.commit().await.unwrap();
            }
            Try::Task(_) | Try::Supplement | Try::View => {}
        }
    }

    /// Every person tries everything in every state of a case's workflow; answers how many tries that were.
    async fn every_state(&self, case: CaseId) -> usize {
        let mut tx = self.t.tenant.db.read().await.unwrap();
        let version = self.t.case(case).await.package_version_id;
        let package = packages::version(&mut tx, &self.t.tenant, version).await.unwrap();
        drop(tx);
        let workflow = &package.workflow;
        let actions = workflow.states.iter().flat_map(|state| state.next.iter().filter_map(|next| next.action.clone()));
        let mut tries: BTreeSet<Try> = actions.filter(|action| action != "request_supplement").map(Try::Task).collect();
        tries.extend([Try::Supplement, Try::Decide, Try::Agenda, Try::View]);
        let mut count = 0;
        for state in &workflow.states {
            let mut task = put(self.t, &package, case, state).await;
            for wanted in &tries {
                let allowed = may(&package, state, wanted);
                for who in PERSONS {
                    let got = self.attempt(who, wanted, case, task, state).await;
                    count += 1;
                    let place = format!("{} / {} / {wanted:?} / {who}", workflow.id, state.id);
                    if allowed.contains(who) {
                        assert_ne!(got, Got::No, "{place}");
                    } else if self.is_officer(who) {
                        // She is let in to the case: what is not hers to do here is told by its place in the workflow.
                        assert_ne!(got, Got::Done, "{place}");
                    } else {
                        assert_eq!(got, Got::No, "{place}");
                    }
                    if got == Got::Done {
                        self.undo(wanted, case).await;
                        task = put(self.t, &package, case, state).await;
                    }
                }
            }
        }
        count
    }

    fn is_officer(&self, who: &str) -> bool {
        ["anna", "eva"].contains(&who)
    }
}

async fn world(t: &TestTenant) -> World<'_> {
    let from = day("2020-01-01");
    let role = |role, committee| staff::Grant { role, committee, up_to: None, reference: None, from };
    for (name, role) in [
        ("eva", role(Role::Officer, "KFN")),
        ("tied", role(Role::Officer, "KFN")),
        ("elsewhere", role(Role::Officer, "SN")),
        ("rut", role(Role::Auditor, "KFN")),
    ] {
        staff::add(&t.tenant, &Actor::Service, name, &format!("{name}@exempelstad.example"), &[role]).await.unwrap();
    }
    let mut people = BTreeMap::new();
    for name in ["anna", "eva", "tied", "elsewhere", "bo", "cilla", "dag", "rut"] {
        people.insert(name, t.officer(name).await.actor);
    }
    let meeting = committee::plan(&t.tenant, &people["anna"], ("KFN", None), day("2026-12-10"), None).await.unwrap().id;
    World { t, people, meeting }
}

/// A duty to requisition a part of a granted case.
async fn requisition_owed(t: &TestTenant, granted: CaseId) {
    let mut tx = t.tenant.db.write().await.unwrap();
    let own = reports::of_case(&mut tx, granted).await.unwrap().remove(0);
    let duty = DutyRow { id: t.tenant.ids.uuid(), grant_type: "investeringsbidrag-rekvisition".to_owned(), ..own };
    reports::insert(&mut tx, &duty).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn in_every_state_of_every_workflow_only_who_may_does_what_the_state_offers() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let mut world = world(&t).await;
        let (club, granted) = granted(&t).await;
        requisition_owed(&t, granted).await;
        let eva = world.people["tied"].user().unwrap().id;
        tie(&t.tenant, &t.officer("dag").await.actor, eva, club.id, "Sitter i styrelsen.").await;
        world.people.insert("tied", t.officer("tied").await.actor);
        world.people.insert("signatory", club.actor.clone());
        world.people.insert("another", t.club(2).await.actor);
        t.clock.set("2026-08-24 10:00");
        let members: i64 = 80;
        let forms: [(&str, &str, BTreeMap<String, Answer>); 8] = [
            ("aktivitetsstod", "2026-H1", activity_answers()),
            ("godkand-forening", "2026", answers::approval("Ordföranden", "Kassören", members, answers::Papers::Complete)),
            ("startbidrag", "2026", answers::start_up("5012-3454", "Bollar")),
            ("arrangemangsbidrag", "2027", {
                let mut later = event(60_000, 35_000, 25_000);
                later.insert("datum".to_owned(), Answer::Date(day("2027-05-01")));
                later
            }),
            ("projektbidrag-kultur", "2026-HOST", project(40_000, "norr")),
            ("investeringsbidrag", "2026", hall()),
            ("arrangemangsbidrag-redovisning", "2026", outcome(60_000, 35_000)),
            ("investeringsbidrag-rekvisition", "2026", invoices(&[500_000])),
        ];
        let mut cases = Vec::new();
        for (grant, period, form) in &forms {
            if *grant == "arrangemangsbidrag" {
                t.clock.set("2026-10-01 10:00");
            }
            cases.push(club.submit(grant, period, form, grant).await.unwrap_or_else(|error| panic!("{grant}: {error:?}")).case);
            t.work().await;
            if *grant == "aktivitetsstod" {
                t.closed().await;
            }
        }
        let mut workflows = BTreeSet::new();
        let mut tries = 0;
        for case in cases {
            let version = t.case(case).await.package_version_id;
            let mut tx = t.tenant.db.read().await.unwrap();
            workflows.insert(packages::version(&mut tx, &t.tenant, version).await.unwrap().workflow.id.clone());
            drop(tx);
            tries += world.every_state(case).await;
        }
        assert_eq!(workflows.len(), 8, "every shipped workflow is tried: {workflows:?}");
        assert!(tries > 4_000, "{tries} tries");
    });
}
