//! `bifall organisation`: registers associations and keeps what is known of them.

use std::io::Write;
use std::process::ExitCode;

use anyhow::anyhow;
use chrono::NaiveDate;
use serde_json::json;

use super::instance::Instance;
use super::out;
use crate::app::Tenant;
use crate::domain::account_number::{AccountKind, AccountNumber, parse};
use crate::domain::grant::ApplicantKind;
use crate::domain::id::OrganisationId;
use crate::domain::organisation_number::OrganisationNumber;
use crate::services::organisations::{self, NewOrganisation};
use crate::services::{Actor, ServiceError};
use crate::store;

mod account;
mod standing;

/// Works on the register of associations.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Registers an association, with what is given of ids, account, contact and approval.
    #[command(after_help = "\
Example:
  bifall organisation add 802999-9904 --name \"Ängsholmens Scoutkår\" --external-id 4711 --account 5012-3454 \\
      --town Exempelstad --contact kassor@scouterna.example --approved-from 2026-01-01 --approved-to 2027-06-30")]
    Add(Add),
    /// Enters a new account; payments wait until somebody else has confirmed it.
    Account(account::Enter),
    /// Confirms the account in force: after asking the association in another way than the change came.
    ConfirmAccount(account::Confirm),
    /// Enters how an association stands from a day.
    Status(standing::Enter),
    /// Enters a debt, which is taken off coming payments.
    Debt(standing::Owe),
    /// Reduces a debt that was paid in another way, or written off.
    ReduceDebt(standing::Reduce),
    /// Lists what an association owes.
    Debts(standing::List),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The organisation number
    #[arg(value_name = "NUMBER")]
    number: OrganisationNumber,
    /// The name
    #[arg(long)]
    name: String,
    /// The id that attendance systems know it under (foereningsID); may be given several times
    #[arg(long, value_name = "ID")]
    external_id: Vec<String>,
    /// The account that grants are paid to: a bankgiro, or plusgiro:NUMBER
    #[arg(long, value_name = "ACCOUNT", value_parser = account_number)]
    account: Option<AccountNumber>,
    /// The postal town; the municipality's when left out
    #[arg(long)]
    town: Option<String>,
    /// The day it was founded
    #[arg(long, value_name = "DATE")]
    founded: Option<NaiveDate>,
    /// Free classification that rules may read
    #[arg(long)]
    category: Option<String>,
    /// The e-mail address that messages go to
    #[arg(long, value_name = "E-MAIL")]
    contact: Option<String>,
    /// The contact's name
    #[arg(long, value_name = "NAME", default_value = "Kassören")]
    contact_name: String,
    /// The day since when it is known here; today when left out
    #[arg(long, value_name = "DATE")]
    since: Option<NaiveDate>,
    /// The first day of an approval from an older system
    #[arg(long, value_name = "DATE", requires = "approved_to")]
    approved_from: Option<NaiveDate>,
    /// The last day of that approval
    #[arg(long, value_name = "DATE", requires = "approved_from")]
    approved_to: Option<NaiveDate>,
    /// The grant type of that approval
    #[arg(long, value_name = "ID", default_value = "godkand-forening")]
    approval: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the association is registered already or something of it is wrong.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let add = match args.command {
        Command::Add(add) => add,
        Command::Account(args) => return account::enter(&args, instance),
        Command::ConfirmAccount(args) => return account::confirm(&args, instance),
        Command::Status(args) => return standing::enter(&args, instance),
        Command::Debt(args) => return standing::owe(&args, instance),
        Command::ReduceDebt(args) => return standing::reduce(&args, instance),
        Command::Debts(args) => return standing::list(&args, instance),
    };
    let id = instance.with(async |tenant| Ok(register(tenant, &add).await?))?;
    if add.json {
        out::json(&json!({ "organisation": id, "number": add.number.digits(), "name": add.name }))?;
    } else {
        writeln!(std::io::stdout(), "{} ({}) är registrerad.", add.name, add.number)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// An association by its number, for other commands.
pub(super) async fn find(tenant: &Tenant, number: OrganisationNumber) -> anyhow::Result<OrganisationId> {
    let mut tx = tenant.db.read().await?;
    let row = store::organisations::by_number(&mut tx, &number.digits()).await?;
    row.map(|row| row.id).ok_or_else(|| anyhow!("{number} är inte registrerad. Lägg till med: bifall organisation add {number} --name …"))
}

/// Somebody who acts for an association, with her name on the paper.
pub(super) async fn acting(tenant: &Tenant, number: OrganisationNumber, name: &str) -> anyhow::Result<Actor> {
    Ok(Actor::on_paper(find(tenant, number).await?, name))
}

async fn register(tenant: &Tenant, add: &Add) -> Result<OrganisationId, ServiceError> {
    let since = add.since.unwrap_or_else(|| tenant.clock.today());
    let number = add.number.digits();
    let new = NewOrganisation {
        number: &number,
        name: &add.name,
        kind: ApplicantKind::Association,
        category: add.category.as_deref(),
        founded: add.founded,
        town: add.town.as_deref().unwrap_or(&tenant.profile.town),
        since,
    };
    let service = Actor::Service;
    let id = organisations::register(tenant, &service, new).await?;
    for external in &add.external_id {
        organisations::link(tenant, &service, id, "dak", external, since).await?;
    }
    if let Some(email) = &add.contact {
        organisations::add_contact(tenant, &service, id, &add.contact_name, email, "kassör").await?;
    }
    if let Some(account) = &add.account {
        organisations::set_account(tenant, &service, id, account).await?;
    }
    if let (Some(from), Some(to)) = (add.approved_from, add.approved_to) {
        organisations::take_over_approval(tenant, &service, id, &add.approval, from, to).await?;
    }
    Ok(id)
}

fn account_number(text: &str) -> Result<AccountNumber, String> {
    let (kind, number) = match text.split_once(':') {
        Some(("bankgiro", number)) => (AccountKind::Bankgiro, number),
        Some(("plusgiro", number)) => (AccountKind::Plusgiro, number),
        Some(("bank", number)) => (AccountKind::Bank, number),
        Some((other, _)) => return Err(format!("okänt slag av konto ”{other}”: skriv bankgiro, plusgiro eller bank före kolonet")),
        None => (AccountKind::Bankgiro, text),
    };
    parse(kind, number).map(|checked| checked.number).map_err(|error| error.message().sv)
}
