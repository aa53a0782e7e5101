//! Pages that come back from a form with their errors and what was typed.
//!
//! A browser cannot go back to the answer of a sent form without sending it again. Such an answer is kept for an hour,
//! sealed, and the browser is led to an address of its own for it. The address carries a random key and nothing else,
//! and the key opens nothing to anybody but the one whose form it was.

use chrono::TimeDelta;

use super::ServiceResult;
use super::sessions::Token;
use crate::app::Tenant;
use crate::domain::Clock;
use crate::domain::canonical::Sha;
use crate::domain::clock::SystemClock;
use crate::domain::id::UserId;
use crate::store::returned::{self as rows, ReturnedRow};

/// How long a page is kept, in hours of real time.
const KEPT_HOURS: i64 = 1;

/// Whose form it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Somebody who is logged in.
    Person(UserId),
    /// A browser in which nobody is, by a secret it holds.
    Browser(Token),
}

impl Owner {
    fn text(&self) -> String {
        match self {
            Self::Person(user) => format!("person {user}"),
            Self::Browser(token) => format!("browser {}", Sha::of(token.secret().as_bytes()).hex()),
        }
    }
}

/// A page as it was answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Returned {
    /// The HTTP status.
    pub status: u16,
    /// The page.
    pub page: Vec<u8>,
}

/// It holds what somebody typed.
impl std::fmt::Debug for Returned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Returned({}, …)", self.status)
    }
}

/// Keeps a page that came back from the form at `address`, and gives the key it is found by.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tenant: &Tenant, owner: &Owner, address: &str, page: &Returned) -> ServiceResult<String> {
    let now = SystemClock.now();
    let (key, owner) = (tenant.ids.uuid().to_string(), owner.text());
    let row = ReturnedRow {
        sealed: tenant.keys.file.seal(about(&key, &owner).as_bytes(), &page.page),
        status: i64::from(page.status),
        page_key: key.clone(),
        address: address.to_owned(),
        owner,
        at: now,
    };
    let mut tx = tenant.db.write().await?;
    rows::forget_before(&mut tx, now - TimeDelta::hours(KEPT_HOURS)).await?;
    rows::insert(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(key)
}

/// The page of a key, where it is one of these owners' and came back from this address.
///
/// # Errors
/// When the database cannot be read or the page does not open.
pub async fn find(tenant: &Tenant, owners: &[Owner], address: &str, key: &str) -> ServiceResult<Option<Returned>> {
    let oldest = SystemClock.now() - TimeDelta::hours(KEPT_HOURS);
    let mut tx = tenant.db.read().await?;
    for owner in owners {
        let owner = owner.text();
        let Some(row) = rows::by_key(&mut tx, key, &owner, address).await?.filter(|row| row.at >= oldest) else { continue };
        let page = tenant.keys.file.open(about(key, &owner).as_bytes(), &row.sealed).map_err(anyhow::Error::from)?;
        let status = u16::try_from(row.status).map_err(anyhow::Error::from)?;
        return Ok(Some(Returned { status, page }));
    }
    Ok(None)
}

/// Forgets a page whose form has been sent again and led on.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tenant: &Tenant, owners: &[Owner], key: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    for owner in owners {
        rows::forget(&mut tx, key, &owner.text()).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn about(key: &str, owner: &str) -> String {
    format!("returned {key} {owner}")
}
