//! Judges the frozen answers once more with what registers say, and runs the rules' pre-check.

use serde_json::json;

use super::Ticket;
use crate::app::Tenant;
use crate::domain::calculation::CheckStatus;
use crate::forms;
use crate::rules;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceResult, calculation};

pub(super) async fn run(tenant: &Tenant, ticket: Ticket<'_>) -> ServiceResult<()> {
    let mut read = tenant.db.read().await?;
    let basis = calculation::gather(&mut read, tenant, &ticket.package, &ticket.case).await?;
    drop(read);
    let findings = forms::validate(&ticket.package.form, &basis.inputs.answers, &basis.inputs.facts);
    let package = ticket.package.clone();
    let inputs = basis.inputs;
    let checks = tokio::task::spawn_blocking(move || rules::evaluate_eligible(&package.rules, inputs))
        .await
        .map_err(|error| anyhow::anyhow!("the pre-check was not carried out: {error}"))?
        .map_err(calculation::rule_error)?
        .evaluation
        .checks;
    let count = |status: CheckStatus| checks.iter().filter(|check| check.status == status).count();
    let body = json!({
        "findings": findings.iter().map(|finding| json!({ "field": finding.field, "code": finding.code })).collect::<Vec<_>>(),
        "ok": count(CheckStatus::Ok), "soft": count(CheckStatus::Soft), "unknown": count(CheckStatus::Unknown), "fail": count(CheckStatus::Fail),
    });
    let mut tx = ticket.begin(tenant).await?;
    history::record(&mut tx, tenant, Stream::Case(ticket.case.id), &Actor::Service, Event { kind: "case.validated", body, texts: &[] })
        .await?;
    ticket.finish(tx, tenant).await
}
