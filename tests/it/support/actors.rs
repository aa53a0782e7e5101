//! The people of a test municipality, and what they do in a sentence.

use std::collections::BTreeMap;

use bifall::app::Tenant;
use bifall::domain::Money;
use bifall::domain::account_number::{AccountKind, parse};
use bifall::domain::grant::ApplicantKind;
use bifall::domain::id::{CaseId, OrganisationId};
use bifall::domain::inputs::Answer;
use bifall::services::applications::{Receipt, Submission};
use bifall::services::attendance::{Imported, Received};
use bifall::services::organisations::NewOrganisation;
use bifall::services::staff::Grant;
use bifall::services::{Actor, applications, attendance, decisions, organisations, packages, payments, periods, staff};
use bifall::store::attendance::SourceKind;
use bifall::store::users::Role;
use chrono::NaiveDate;

use super::TestTenant;

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
}

impl TestTenant {
    /// Imports the built-in packages and hires Anna (officer, delegate up to 200 000 kr), Bo (reviewer), Cilla
    /// (attester) and Dag (administrator).
    pub async fn staffed(self) -> Self {
        let imported = packages::import_builtin(&self.tenant).await.unwrap();
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
        Association { tenant: t, actor: Actor::Association { organisation: id, name: "Kassören".to_owned() }, id }
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

impl Association<'_> {
    /// Uploads an attendance file.
    pub async fn upload(&self, bytes: impl Into<Vec<u8>>) -> Imported {
        let bytes: Vec<u8> = bytes.into();
        let received = Received { organisation: self.id, source: SourceKind::Upload, bytes: Box::new(std::io::Cursor::new(bytes)) };
        attendance::import(self.tenant, &self.actor, received).await.unwrap()
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
