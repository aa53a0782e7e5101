//! `bifall staff add`: somebody of the staff and what she may do.

use std::io::Write;
use std::process::ExitCode;

use chrono::NaiveDate;
use serde_json::json;

use super::instance::Instance;
use super::out;
use crate::domain::Money;
use crate::services::Actor;
use crate::services::staff::{self, Grant};
use crate::store::users::Role;

/// Works on the register of the staff.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Adds somebody with roles: officer, delegate, reviewer, attester, administrator, auditor,
    /// `protected_identities`. A colon and an amount in kronor bounds what she may decide or attest in one case.
    #[command(after_help = "\
Example:
  bifall staff add \"Anna Ek\" --role officer,delegate:200000 --reference \"punkt 4.2\" --email anna.ek@exempelstad.example
  bifall staff add \"Cilla Lind\" --role attester:1000000")]
    Add(Add),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The name
    name: String,
    /// The roles, with commas between; delegate:200000 is bounded to 200 000 kronor
    #[arg(long = "role", value_name = "ROLE[:KRONOR]", required = true, value_delimiter = ',', value_parser = role)]
    roles: Vec<(Role, Option<Money>)>,
    /// The committee; the municipality's first when left out
    #[arg(long, value_name = "CODE")]
    committee: Option<String>,
    /// The point in the delegation order
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// The first day; today when left out
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// The e-mail address
    #[arg(long, default_value = "")]
    email: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the name is taken or the database refuses.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let Command::Add(add) = args.command;
    let id = instance.with(async |tenant| {
        if Actor::staff_named(tenant, &add.name).await.is_ok() {
            anyhow::bail!("Det finns redan någon i personalen som heter {}. Kommandona skiljer dem åt på namnet.", add.name);
        }
        let committee = match &add.committee {
            Some(code) => code.clone(),
            None => tenant.profile.committees.first().map(|committee| committee.code.clone()).unwrap_or_default(),
        };
        if tenant.profile.committee(&committee).is_none() {
            let known: Vec<&str> = tenant.profile.committees.iter().map(|committee| committee.code.as_str()).collect();
            anyhow::bail!("Kommunen har ingen nämnd med koden ”{committee}”. Det finns: {}", known.join(", "));
        }
        let from = add.from.unwrap_or_else(|| tenant.clock.today());
        let grants: Vec<Grant<'_>> = add
            .roles
            .iter()
            .map(|(role, up_to)| Grant { role: *role, committee: &committee, up_to: *up_to, reference: add.reference.as_deref(), from })
            .collect();
        Ok(staff::add(tenant, &Actor::Service, &add.name, &add.email, &grants).await?)
    })?;
    if add.json {
        out::json(&json!({ "user": id, "name": add.name }))?;
    } else {
        writeln!(std::io::stdout(), "{} finns nu i personalen.", add.name)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn role(text: &str) -> Result<(Role, Option<Money>), String> {
    let (word, amount) = text.split_once(':').map_or((text, None), |(word, amount)| (word, Some(amount)));
    let role = Role::from_word(word.trim()).ok_or_else(|| {
        format!("okänd roll ”{word}”: skriv officer, delegate, reviewer, attester, administrator, auditor eller protected_identities")
    })?;
    let amount = amount.map(|amount| amount.parse::<Money>().map_err(|_| format!("”{amount}” är inget belopp i kronor: skriv som 200000")));
    Ok((role, amount.transpose()?))
}
