//! What has been changed in an association's entry, by whom and when: read from its history.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{OrganisationId, UserId};
use crate::domain::mandate::Mandate;
use crate::services::actor::{About, Action, authorize};
use crate::services::history::Stream;
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::standing::Status;
use crate::store::{Tx, associations, events, organisations, sections, users};

/// How much of an account number is shown: its last characters.
const SHOWN: usize = 4;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by name; empty for the service itself.
    pub who: String,
    /// What.
    pub what: What,
}

/// What was changed. Names are as they stand in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The association was registered under a name.
    Registered(String),
    /// Federation, address or financial year.
    Details,
    /// Somebody came to the board, or an auditor.
    OfficerAdded(String),
    /// Somebody left it.
    OfficerEnded(String),
    /// How the association signs.
    Signing,
    /// A contact was added.
    ContactAdded,
    /// A contact was ended.
    ContactEnded,
    /// The account was changed, to one of these last digits.
    Account(String),
    /// The account was confirmed.
    AccountConfirmed(String),
    /// Somebody may act for the association, so far.
    MandateGiven(String, Option<Mandate>),
    /// Somebody may not any more.
    MandateEnded(String),
    /// A section was added.
    SectionAdded(String),
    /// A section ended.
    SectionEnded(String),
    /// A paper was handed in.
    Paper {
        /// Which kind.
        kind: Localized,
        /// About which year.
        year: i64,
    },
    /// How it stands with the world.
    Status(Option<Status>),
    /// An approval of an older system was entered, to a day.
    Approved(Option<NaiveDate>),
    /// It was reminded of an approval that ends on a day.
    Reminded(Option<NaiveDate>),
}

/// What names stand for in the events' ids.
struct Names {
    officers: BTreeMap<Uuid, String>,
    sections: BTreeMap<Uuid, String>,
    accounts: BTreeMap<Uuid, String>,
    kinds: BTreeMap<String, Localized>,
    users: BTreeMap<UserId, String>,
    own: String,
}

/// The changes, the latest first. What is not the association's own to read, and what only the service uses, is left out.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn of(tenant: &Tenant, actor: &Actor, id: OrganisationId) -> ServiceResult<Vec<Change>> {
    authorize(actor, Action::Read(About::Association(id)))?;
    let mut tx = tenant.db.read().await?;
    organisations::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let mut names = names(&mut tx, tenant, id).await?;
    let (kind, stream) = Stream::Organisation(id).key();
    let mut texts: BTreeMap<(i64, String), String> = BTreeMap::new();
    for text in events::texts_of_stream(&mut tx, kind, stream).await? {
        texts.insert((text.seq, text.name), text.text);
    }
    let mut found = Vec::new();
    for row in events::of_stream(&mut tx, kind, stream).await? {
        let body: Value = serde_json::from_slice(&row.body)?;
        let text = texts.get(&(row.seq, "name".to_owned())).cloned().unwrap_or_default();
        if let Some(user) = uuid(&body, "user").map(UserId) {
            names.know(&mut tx, user).await?;
        }
        let by = row.actor.strip_prefix("user:").and_then(|user| user.parse().ok());
        let who = match by {
            Some(user) => names.know(&mut tx, user).await?,
            None if row.actor.starts_with("association:") => names.own.clone(),
            None => String::new(),
        };
        if let Some(what) = what(&row.kind, &body, text, &names) {
            found.push(Change { at: row.at, who, what });
        }
    }
    found.reverse();
    Ok(found)
}

fn what(kind: &str, body: &Value, text: String, names: &Names) -> Option<What> {
    let named = |all: &BTreeMap<Uuid, String>, key: &str| uuid(body, key).and_then(|id| all.get(&id).cloned()).unwrap_or_default();
    let user = || uuid(body, "user").and_then(|id| names.users.get(&UserId(id)).cloned()).unwrap_or_default();
    let word = |key: &str| body.get(key).and_then(Value::as_str);
    let day = |key: &str| word(key).and_then(|text| text.parse().ok());
    Some(match kind {
        "organisation.registered" => What::Registered(text),
        "organisation.details" => What::Details,
        "organisation.officer_added" => What::OfficerAdded(text),
        "organisation.officer_ended" => What::OfficerEnded(named(&names.officers, "officer")),
        "organisation.signing" => What::Signing,
        "organisation.contact_added" => What::ContactAdded,
        "organisation.contact_ended" => What::ContactEnded,
        "organisation.account_changed" => What::Account(named(&names.accounts, "account")),
        "organisation.account_confirmed" => What::AccountConfirmed(named(&names.accounts, "account")),
        "organisation.mandate_given" => What::MandateGiven(user(), word("kind").and_then(Mandate::from_word)),
        "organisation.mandate_ended" => What::MandateEnded(user()),
        "organisation.section_added" => What::SectionAdded(text),
        "organisation.section_ended" => What::SectionEnded(named(&names.sections, "section")),
        "organisation.status" => What::Status(word("status").and_then(Status::from_word)),
        "organisation.approved" => What::Approved(day("to")),
        "approval.reminded" => What::Reminded(day("to")),
        "paper.handed_in" => {
            let kind = word("kind").unwrap_or_default();
            What::Paper {
                kind: names.kinds.get(kind).cloned().unwrap_or_else(|| Localized::sv(kind.to_owned())),
                year: body.get("year").and_then(Value::as_i64).unwrap_or_default(),
            }
        }
        _ => return None,
    })
}

impl Names {
    async fn know(&mut self, tx: &mut Tx, user: UserId) -> ServiceResult<String> {
        if let Some(name) = self.users.get(&user) {
            return Ok(name.clone());
        }
        let name = users::by_id(tx, user).await?.map_or_else(String::new, |user| user.name);
        self.users.insert(user, name.clone());
        Ok(name)
    }
}

async fn names(tx: &mut Tx, tenant: &Tenant, id: OrganisationId) -> ServiceResult<Names> {
    let kinds = crate::services::papers::kinds_of(tx, tenant).await?;
    let mut accounts = BTreeMap::new();
    for row in organisations::accounts(tx, id).await? {
        let printed = crate::services::payments::account_number(&row.account).map(|number| number.to_string()).unwrap_or_default();
        accounts.insert(row.id, shortened(&printed));
    }
    Ok(Names {
        officers: associations::officers(tx, id).await?.into_iter().map(|row| (row.id, row.name)).collect(),
        sections: sections::of_organisation(tx, id).await?.into_iter().map(|row| (row.id, row.name)).collect(),
        accounts,
        kinds: kinds.into_iter().map(|kind| (kind.id, kind.label)).collect(),
        users: BTreeMap::new(),
        own: organisations::name(tx, id, tenant.clock.today()).await?,
    })
}

/// An account number with all but its last characters left out: a history is read by many.
fn shortened(printed: &str) -> String {
    let digits: Vec<char> = printed.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.iter().skip(digits.len().saturating_sub(SHOWN)).collect();
    format!("…{last}")
}

fn uuid(body: &Value, key: &str) -> Option<Uuid> {
    body.get(key).and_then(Value::as_str).and_then(|text| text.parse().ok())
}
