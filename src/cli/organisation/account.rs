//! The account that grants are paid to: entered by one, confirmed by another.

use std::io::Write;
use std::process::ExitCode;

use crate::cli::instance::{Instance, staff};
use crate::domain::account_number::AccountNumber;
use crate::domain::organisation_number::OrganisationNumber;
use crate::services::organisations;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall organisation account 802999-9904 5012-3462 --as Dag")]
pub(super) struct Enter {
    /// The organisation number
    #[arg(value_name = "NUMBER")]
    number: OrganisationNumber,
    /// The account: a bankgiro, plusgiro:NUMBER or bank:NUMBER
    #[arg(value_name = "ACCOUNT", value_parser = super::account_number)]
    account: AccountNumber,
    /// Who enters it
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall organisation confirm-account 802999-9904 --as Cilla")]
pub(super) struct Confirm {
    /// The organisation number
    #[arg(value_name = "NUMBER")]
    number: OrganisationNumber,
    /// Who confirms it: not who entered it
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
}

pub(super) fn enter(args: &Enter, instance: &Instance) -> anyhow::Result<ExitCode> {
    instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let id = super::find(tenant, args.number).await?;
        Ok(organisations::set_account(tenant, &actor, id, &args.account).await?)
    })?;
    writeln!(std::io::stdout(), "Kontot är inlagt. Utbetalningar väntar tills någon annan har kontrollerat det med föreningen.")?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn confirm(args: &Confirm, instance: &Instance) -> anyhow::Result<ExitCode> {
    instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let id = super::find(tenant, args.number).await?;
        Ok(organisations::confirm_account(tenant, &actor, id).await?)
    })?;
    writeln!(std::io::stdout(), "Kontot är bekräftat.")?;
    Ok(ExitCode::SUCCESS)
}
