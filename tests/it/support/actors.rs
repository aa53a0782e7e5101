//! The people of a test municipality, and what they do in a sentence.

use std::collections::BTreeMap;

use bifall::app::Tenant;
use bifall::domain::Money;
use bifall::domain::account_number::{AccountKind, parse};
use bifall::domain::conflict::TieKind;
use bifall::domain::grant::ApplicantKind;
use bifall::domain::id::{CaseId, DecisionId, OrganisationId, UserId};
use bifall::domain::inputs::Answer;
use bifall::services::applications::{Receipt, Submission};
use bifall::services::attendance::{Imported, Received};
use bifall::services::conflicts::ties::{self, NewTie};
use bifall::services::organisations::NewOrganisation;
use bifall::services::staff::Grant;
use bifall::services::{
    Actor, ServiceResult, applications, attendance, calculation, decisions, organisations, packages, payments, periods, staff,
};
use bifall::store::Tx;
use bifall::store::attendance::SourceKind;
use bifall::store::calculations::{self, CalculationRow};
use bifall::store::cases::{self, CaseRow};
use bifall::store::diary::DocumentRow;
use bifall::store::payments::OrderRow;
use bifall::store::tasks::{self, TaskRow};
use bifall::store::users::Role;
use chrono::{NaiveDate, TimeDelta};

use super::TestTenant;
use super::dak::{self, Occasion};

/// A date, `2026-01-01`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Somebody of the staff.
pub struct Staff<'t> {
    tenant: &'t Tenant,
    /// The actor.
    pub actor: Actor,
}

/// Somebody who acts for an association.
pub struct Association<'t> {
    tenant: &'t Tenant,
    /// The actor.
    pub actor: Actor,
    /// The association.
    pub id: OrganisationId,
    /// What attendance systems know it as.
    pub external: String,
    /// Its organisation number.
    pub number: String,
}

/// The organisation number of an invented association: `802999 8` and two digits, with a right check digit.
pub fn invented(no: u32) -> String {
    let body = format!("8029998{no:02}");
    let sum: u32 = body
        .bytes()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| {
            let product = u32::from(digit - b'0') * weight;
            product / 10 + product % 10
        })
        .sum();
    format!("{}-{}{}", &body[..6], &body[6..], (10 - sum % 10) % 10)
}

/// Enters a tie of somebody from today.
pub async fn tie(tenant: &Tenant, actor: &Actor, user: UserId, organisation: OrganisationId, reason: &str) {
    let from = tenant.clock.today();
    let new = NewTie { organisation, kind: Some(TieKind::Other), reason, from, to: None };
    ties::enter(tenant, actor, user, &new).await.unwrap();
}

impl TestTenant {
    /// Imports the built-in packages and hires Anna (officer, delegate up to 200 000 kr), Bo (reviewer), Cilla
    /// (attester) and Dag (administrator).
    pub async fn staffed(self) -> Self {
        self.staffed_with("").await
    }

    /// The same, with settings of its own at the end of the activity grant's form.
    pub async fn staffed_with(self, settings: &str) -> Self {
        // Without the random sample: a test that one draw in twenty sends another way proves nothing.
        let mut files = bifall::packages::Files::built_in();
        let form = files.0.get_mut("forms/aktivitetsstod.toml").unwrap();
        let text = String::from_utf8(form.clone()).unwrap().replace("sample_percent = 5", "sample_percent = 0");
        *form = format!("{text}\n{settings}").into_bytes();
        let imported = packages::import(&self.tenant, &Actor::Service, &files).await.unwrap();
        assert_eq!(imported.problems.iter().filter(|problem| problem.is_error()).count(), 0, "{:#?}", imported.problems);
        let from = day("2020-01-01");
        let role = |role, up_to: Option<i64>| Grant {
            role,
            committee: "KFN",
            up_to: up_to.map(|kronor| Money::from_kronor(kronor).unwrap()),
            reference: Some("punkt 4.2"),
            from,
        };
        let people = [
            ("anna", vec![role(Role::Officer, None), role(Role::Delegate, Some(200_000))]),
            ("bo", vec![role(Role::Reviewer, Some(1_000_000))]),
            ("cilla", vec![role(Role::Attester, Some(1_000_000))]),
            ("dag", vec![role(Role::Administrator, None)]),
        ];
        for (name, roles) in people {
            staff::add(&self.tenant, &Actor::Service, name, &format!("{name}@exempelstad.example"), &roles).await.unwrap();
        }
        self
    }

    /// Somebody of the staff, by name.
    pub async fn officer(&self, name: &str) -> Staff<'_> {
        Staff { tenant: &self.tenant, actor: Actor::staff_named(&self.tenant, name).await.unwrap() }
    }

    /// Registers an association that is approved for the year and has a bankgiro, known to attendance systems as `external`.
    pub async fn association(&self, number: &str, name: &str, external: &str) -> Association<'_> {
        let t = &self.tenant;
        let service = Actor::Service;
        let new = NewOrganisation {
            number,
            name,
            kind: ApplicantKind::Association,
            category: Some("ungdom"),
            founded: Some(day("1990-05-01")),
            town: "Exempelstad",
            since: day("2000-01-01"),
        };
        let id = organisations::register(t, &service, new).await.unwrap();
        organisations::link(t, &service, id, "dak", external, day("2000-01-01")).await.unwrap();
        organisations::add_contact(t, &service, id, "Kassören", &format!("kassor-{external}@forening.example"), "kassör").await.unwrap();
        let account = parse(AccountKind::Bankgiro, "5012-3454").unwrap().number;
        organisations::set_account(t, &service, id, &account).await.unwrap();
        organisations::take_over_approval(t, &service, id, "godkand-forening", day("2026-01-01"), day("2027-06-30")).await.unwrap();
        let actor = Actor::on_paper(id, "Kassören");
        Association { tenant: t, actor, id, external: external.to_owned(), number: number.to_owned() }
    }

    /// An invented association by a number below a hundred.
    pub async fn club(&self, no: u32) -> Association<'_> {
        self.association(&invented(no), &format!("Klubb {no}"), &format!("K{no}")).await
    }

    /// A case as it stands.
    pub async fn case(&self, id: CaseId) -> CaseRow {
        let mut tx = self.tenant.db.read().await.unwrap();
        cases::by_id(&mut tx, id).await.unwrap().unwrap()
    }

    /// The newest calculation of a case.
    pub async fn newest(&self, id: CaseId) -> CalculationRow {
        let mut tx = self.tenant.db.read().await.unwrap();
        calculations::newest(&mut tx, id).await.unwrap().unwrap()
    }

    /// The newest sum of a case, in öre.
    pub async fn total(&self, id: CaseId) -> i64 {
        self.newest(id).await.total_ore.ore()
    }

    /// A line of the account of a case's newest calculation.
    pub async fn account_line(&self, id: CaseId, line: &str) -> i64 {
        let evaluation = calculation::evaluation(&self.newest(id).await).unwrap();
        evaluation.account.iter().find(|known| known.id == line).unwrap_or_else(|| panic!("no {line} in {:#?}", evaluation.account)).marks
    }

    /// The open tasks of a case.
    pub async fn open_tasks(&self, id: CaseId) -> Vec<TaskRow> {
        let mut tx = self.tenant.db.read().await.unwrap();
        tasks::open_of_case(&mut tx, id).await.unwrap()
    }

    /// The documents of a case: number, direction, type.
    pub async fn documents(&self, id: CaseId) -> Vec<DocumentRow> {
        let mut tx = self.tenant.db.read().await.unwrap();
        bifall::store::diary::documents_of_case(&mut tx, id).await.unwrap()
    }

    /// The payment orders of a case.
    pub async fn orders(&self, id: CaseId) -> Vec<OrderRow> {
        let mut tx = self.tenant.db.read().await.unwrap();
        bifall::store::payments::of_case(&mut tx, id).await.unwrap()
    }

    /// The messages queued about a case: about what, and to whom.
    pub async fn mails(&self, id: CaseId) -> Vec<bifall::integrations::mail::Message> {
        let mut tx = self.tenant.db.read().await.unwrap();
        let rows = bifall::store::outbox::of_case(&mut tx, id).await.unwrap();
        rows.iter().map(|row| serde_json::from_slice(&row.request).unwrap()).collect()
    }

    /// Carries out every job that is due, whether it fails or not.
    pub async fn try_work(&self) {
        let worker = bifall::pipeline::worker::Worker::start(&self.tenant, &self.folder.path().join("worker.lock")).await.unwrap();
        worker.run_due(&self.tenant).await.unwrap();
    }

    /// One statement, straight to the database, past every service.
    pub async fn execute(&self, sql: String) -> Result<u64, sqlx::Error> {
        let mut tx = self.tenant.db.write().await.unwrap();
        let sql = sqlx::AssertSqlSafe(sql);
        let changed = match &mut tx {
            Tx::Sqlite(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(|done| done.rows_affected()),
            Tx::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(|done| done.rows_affected()),
        };
        if changed.is_ok() {
            tx.commit().await.unwrap();
        }
        changed
    }

    /// The history verifies.
    pub async fn history_holds(&self) {
        let mut tx = self.tenant.db.read().await.unwrap();
        assert_eq!(bifall::services::history::verify(&mut tx).await.unwrap().broken, []);
    }

    /// Closes the first half of 2026 and carries out what that sets going.
    pub async fn closed(&self) {
        self.clock.set("2026-08-26 08:00");
        self.officer("dag").await.close_period().await;
        self.work().await;
    }

    /// Anna decides, the time to undo passes, the decision is sent.
    pub async fn decided(&self, case: CaseId) -> DecisionId {
        let decided = self.officer("anna").await.decide(&[case]).await.remove(0);
        let id = decided.result.unwrap();
        self.clock.forward(TimeDelta::minutes(31));
        self.work().await;
        id
    }

    /// Carries out every job that is due.
    pub async fn work(&self) {
        let worker = bifall::pipeline::worker::Worker::start(&self.tenant, &self.folder.path().join("worker.lock")).await.unwrap();
        worker.run_due(&self.tenant).await.unwrap();
        let mut tx = self.tenant.db.read().await.unwrap();
        let troubled = bifall::store::jobs::troubled(&mut tx).await.unwrap();
        assert!(troubled.is_empty(), "jobs failed: {troubled:#?}");
    }
}

/// The answers of an activity grant that all is well with.
pub fn activity_answers() -> BTreeMap<String, Answer> {
    BTreeMap::from([
        ("narvaro_stammer".to_owned(), Answer::YesNo(true)),
        ("ny_lokal".to_owned(), Answer::YesNo(false)),
        ("kontonummer".to_owned(), Answer::Text("5012-3454".to_owned())),
        ("intygar".to_owned(), Answer::YesNo(true)),
    ])
}

impl<'t> Association<'t> {
    /// The same association, acting elsewhere.
    pub fn copy(&self) -> Association<'t> {
        Association {
            tenant: self.tenant,
            actor: self.actor.clone(),
            id: self.id,
            external: self.external.clone(),
            number: self.number.clone(),
        }
    }

    /// Uploads an attendance file.
    pub async fn upload(&self, bytes: impl Into<Vec<u8>>) -> Imported {
        let bytes: Vec<u8> = bytes.into();
        let received = Received::new(self.id, SourceKind::Upload, std::io::Cursor::new(bytes));
        attendance::import(self.tenant, &self.actor, received).await.unwrap()
    }

    /// Uploads an attendance file of her own with some occasions.
    pub async fn send(&self, occasions: &[Occasion]) -> Imported {
        let imported = self.upload(dak::file(&self.external, &self.number, occasions)).await;
        let report = &imported.report;
        assert!(report.accepted && report.findings.is_empty(), "{:#?}", report.findings);
        imported
    }

    /// The same over the interface of attendance systems.
    pub async fn push(&self, occasions: &[Occasion]) -> Imported {
        let bytes = dak::file(&self.external, &self.number, occasions);
        let received = Received::new(self.id, SourceKind::Push, std::io::Cursor::new(bytes));
        attendance::import(self.tenant, &self.actor, received).await.unwrap()
    }

    /// Hands in anything.
    pub async fn submit(&self, grant_type: &str, period: &str, answers: &BTreeMap<String, Answer>, key: &str) -> ServiceResult<Receipt> {
        let submission = Submission { organisation: self.id, grant_type, period, answers, signed_by: "Kassören", idempotency_key: key };
        applications::submit(self.tenant, &self.actor, submission).await
    }

    /// Hands in an application for the activity grant of the first half of 2026.
    pub async fn apply(&self, answers: &BTreeMap<String, Answer>, key: &str) -> Receipt {
        let submission = Submission {
            organisation: self.id,
            grant_type: "aktivitetsstod",
            period: "2026-H1",
            answers,
            signed_by: "Kassören",
            idempotency_key: key,
        };
        applications::submit(self.tenant, &self.actor, submission).await.unwrap()
    }
}

impl Staff<'_> {
    /// Closes the first half of 2026 for the activity grant.
    pub async fn close_period(&self) -> periods::Closed {
        periods::close(self.tenant, &self.actor, "aktivitetsstod", "2026-H1").await.unwrap()
    }

    /// Decides cases as proposed.
    pub async fn decide(&self, cases: &[CaseId]) -> Vec<decisions::Decided> {
        decisions::decide_batch(self.tenant, &self.actor, cases).await.unwrap()
    }

    /// Gives the granskningsattest to every draft.
    pub async fn review_all(&self) {
        let mut tx = self.tenant.db.read().await.unwrap();
        let orders = bifall::store::payments::in_state(&mut tx, "draft").await.unwrap();
        drop(tx);
        for order in orders {
            payments::review(self.tenant, &self.actor, order.id).await.unwrap();
        }
    }

    /// Gives the beslutsattest to everything reviewed.
    pub async fn attest_all(&self) {
        let mut tx = self.tenant.db.read().await.unwrap();
        let orders = bifall::store::payments::in_state(&mut tx, "reviewed").await.unwrap();
        drop(tx);
        for order in orders {
            payments::attest(self.tenant, &self.actor, order.id).await.unwrap();
        }
    }
}
