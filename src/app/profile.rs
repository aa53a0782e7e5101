//! What a municipality configures: who she is, her committees, her bank, her mail.

use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

/// A municipality's settings (`bifall.toml` in the data folder). Unknown keys stop the start.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Name, as on letters.
    pub name: String,
    /// Municipality code, four digits (SCB).
    pub code: String,
    /// Organisation number, ten digits.
    pub organisation_number: String,
    /// Postal town.
    pub town: String,
    /// Address of the service, without a slash at the end.
    pub base_url: String,
    /// Phone of the association service.
    pub phone: String,
    /// E-mail of the association service.
    pub email: String,
    /// The administrative court that appeals go to.
    pub court: String,
    /// Its address, e-mail included, line by line.
    pub court_address: Vec<String>,
    /// The committees.
    pub committees: Vec<Committee>,
    /// Where mail leaves, and from whom.
    pub mail: Mail,
    /// The account payments leave from.
    pub bank: Bank,
}

/// A committee with its own diary series.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// Code in diary numbers, `KFN`.
    pub code: String,
    /// Name, as on letters.
    pub name: String,
    /// The office that handles her cases.
    pub office: String,
    /// Her address, e-mail included, line by line.
    pub address: Vec<String>,
    /// The units of her office: named groups of officers that cases are given to by load.
    #[serde(default)]
    pub units: Vec<Unit>,
    /// The bodies that prepare her cases, in their order.
    #[serde(default)]
    pub stages: Vec<Stage>,
    /// The headings of memos to her (tjänsteskrivelser), in their order.
    #[serde(default = "memo_headings")]
    pub memo: Vec<MemoHeading>,
}

/// A unit of a committee's office. Who belongs to it is kept by the administrators in the service itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Id in the settings of grant types, `foreningar`.
    pub id: String,
    /// Name, as colleagues say it.
    pub name: String,
}

/// A body that prepares a committee's cases and proposes to it: its presidium, a sub-committee (utskott).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Id of its meetings, `arbetsutskottet`. It stays when the name changes.
    pub id: String,
    /// Name, as in its minutes.
    pub name: String,
    /// Whether a case must have passed it before it goes further (kommunallagen 6 kap. 41 §).
    #[serde(default)]
    pub required: bool,
}

/// A heading of a memo to a committee.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemoHeading {
    /// The heading.
    pub heading: String,
    /// What writes itself under it; an officer writes where it is none.
    pub text: Option<MemoText>,
}

/// What writes itself under a heading of a memo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoText {
    /// What the committee is proposed to decide.
    Proposal,
    /// How many have applied for what.
    Matter,
    /// How they were assessed and ranked.
    Assessment,
    /// What it takes of the budget.
    Money,
    /// Who is sent the decision.
    Recipients,
}

/// The headings where a committee's profile names none.
fn memo_headings() -> Vec<MemoHeading> {
    [
        ("Förslag till beslut", Some(MemoText::Proposal)),
        ("Ärendet", Some(MemoText::Matter)),
        ("Bedömning", Some(MemoText::Assessment)),
        ("Ekonomi", Some(MemoText::Money)),
        ("Barnets bästa", None),
        ("Jämställdhet", None),
        ("Skickas till", Some(MemoText::Recipients)),
    ]
    .map(|(heading, text)| MemoHeading { heading: heading.to_owned(), text })
    .into()
}

/// Where mail leaves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Host name of the SMTP server; none keeps mail in the outbox and shows it in the mailbox of the demo.
    pub host: Option<String>,
    /// Port.
    pub port: u16,
    /// Whether STARTTLS is demanded.
    pub starttls: bool,
    /// Sender address.
    pub from: String,
}

/// The municipality's account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    /// IBAN.
    pub iban: String,
    /// BIC of the bank.
    pub bic: String,
    /// Bankgiro, digits.
    pub bankgiro: String,
    /// The chart's account for the bank, for SIE.
    pub ledger_account: String,
}

impl Profile {
    /// Reads a profile; the built-in example municipality when there is none.
    ///
    /// # Errors
    /// When the file cannot be read or has keys that mean nothing.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml_profile(&text).with_context(|| format!("{} is not understood", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::example(),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// The example municipality of the demo, the tour and the tests.
    ///
    /// # Errors
    /// Never, as long as the built-in text is right, which a test keeps.
    pub fn example() -> anyhow::Result<Self> {
        toml_profile(include_str!("example.toml"))
    }

    /// A committee by its code.
    #[must_use]
    pub fn committee(&self, code: &str) -> Option<&Committee> {
        self.committees.iter().find(|committee| committee.code == code)
    }

    /// Every unit, in the order of the file.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.committees.iter().flat_map(|committee| &committee.units)
    }

    /// A unit by its id.
    #[must_use]
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units().find(|unit| unit.id == id)
    }
}

fn toml_profile(text: &str) -> anyhow::Result<Profile> {
    Ok(toml::from_str(text)?)
}
