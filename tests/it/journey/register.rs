//! The register of associations: accounts and who vouches for them.

use bifall::domain::account_number::{AccountKind, parse};
use bifall::domain::grant::ApplicantKind;
use bifall::services::organisations::NewOrganisation;
use bifall::services::payments::{self, Channel};
use bifall::services::staff::{self, Grant};
use bifall::services::{Actor, ServiceError, organisations};
use bifall::store::payments as rows;
use bifall::store::users::Role;

use super::payments::{attested, build, granted};
use crate::support::actors::{day, invented};
use crate::support::on_both;

#[test]
fn whoever_entered_an_account_neither_confirms_it_nor_lets_a_payment_go_to_it() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t, 1).await.remove(0);
        attested(&t).await;
        // Cilla administers too: she enters what came on paper.
        let cilla = t.officer("cilla").await.actor.user().unwrap().id;
        let role = |role| Grant { role, committee: "KFN", up_to: None, reference: None, from: day("2020-01-01") };
        let roles = [role(Role::Administrator), role(Role::Attester)];
        let eva = staff::add(&t.tenant, &Actor::Service, "eva", "eva@exempelstad.example", &roles).await.unwrap();
        let eva = Actor::staff(&t.tenant, eva).await.unwrap();
        let account = parse(AccountKind::Plusgiro, "28 65 43-4").unwrap().number;
        organisations::set_account(&t.tenant, &eva, club.id, &account).await.unwrap();
        assert_eq!(build(&t, Channel::Bank).await, None);

        let Err(ServiceError::Refused(text)) = organisations::confirm_account(&t.tenant, &eva, club.id).await else { panic!("confirmed") };
        assert!(text.sv.starts_with("Du har själv lagt in kontot."), "{}", text.sv);
        let order = t.orders(case).await[0].id;
        let mut tx = t.tenant.db.read().await.unwrap();
        let hold = rows::holds(&mut tx, order).await.unwrap().into_iter().find(|hold| hold.reason == "new_account").unwrap().id;
        drop(tx);
        let released = payments::release(&t.tenant, &eva, hold, "Kontrollerat per telefon").await;
        assert!(matches!(released, Err(ServiceError::Refused(_))), "{released:?}");
        // Not by the way around the service either.
        let now = if t.tenant.db.engine() == "sqlite" { "'2026-08-27T10:00:00+00:00'" } else { "now()" };
        let id = |id: uuid::Uuid| if t.tenant.db.engine() == "sqlite" { format!("x'{}'", id.simple()) } else { format!("'{id}'") };
        let own = format!("confirmed_at = {now}, confirmed_by = {}", id(eva.user().unwrap().id.0));
        for set in [own, format!("confirmed_at = {now}")] {
            let past = t.execute(format!("update bank_account set {set} where replaced_at is null")).await;
            assert!(past.is_err(), "{set} was written");
        }
        let by_another = format!("confirmed_at = {now}, confirmed_by = {}", id(cilla.0));
        let where_it_is = "where replaced_at is null and entered_by is not null";
        assert_eq!(t.execute(format!("update bank_account set {by_another} {where_it_is}")).await.unwrap(), 1);
        assert_eq!(t.execute(format!("update bank_account set confirmed_at = null, confirmed_by = null {where_it_is}")).await.unwrap(), 1);

        organisations::confirm_account(&t.tenant, &t.officer("cilla").await.actor, club.id).await.unwrap();
        t.clock.set("2026-09-20 10:00");
        assert!(build(&t, Channel::Bank).await.is_some());
        t.history_holds().await;
    });
}

#[test]
fn a_first_account_counts_at_once_only_when_nobody_entered_it_by_hand() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let dag = t.officer("dag").await.actor;
        let account = parse(AccountKind::Bankgiro, "5012-3454").unwrap().number;
        let in_force = async |id| {
            let mut tx = t.tenant.db.read().await.unwrap();
            bifall::store::organisations::account(&mut tx, id).await.unwrap().unwrap()
        };
        let taken_over = t.club(1).await;
        let row = in_force(taken_over.id).await;
        assert!(row.confirmed_at.is_some() && row.entered_by.is_none());
        let new = NewOrganisation {
            number: &invented(2),
            name: "Klubb 2",
            kind: ApplicantKind::Association,
            category: None,
            founded: None,
            town: "Exempelstad",
            since: day("2026-01-01"),
        };
        let id = organisations::register(&t.tenant, &dag, new).await.unwrap();
        organisations::set_account(&t.tenant, &dag, id, &account).await.unwrap();
        assert_eq!(in_force(id).await.confirmed_at, None);
        organisations::confirm_account(&t.tenant, &t.officer("bo").await.actor, id).await.unwrap();
        let row = in_force(id).await;
        assert!(row.confirmed_at.is_some());
        assert_eq!((row.hold_until, row.entered_by == row.confirmed_by), (None, false), "there is nobody to warn");
    });
}
