//! Reads of the register of associations.

use chrono::NaiveDate;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::{OrganisationId, UserId};
use crate::services::actor::{About, Action, authorize};
use crate::services::mandates::Representative;
use crate::services::{Actor, ServiceError, ServiceResult, mandates, packages};
use crate::store::associations::{self as rows, DetailRow, ListRow, OfficerRow, SigningRow};
use crate::store::cases;
use crate::store::organisations::{self, ContactRow, OrganisationRow};
use crate::store::sections::{self, SectionRow};
use crate::store::standing;

/// A line of the register.
pub use crate::store::associations::ListRow as Listed;
/// Somebody on the board, or the auditor.
pub use crate::store::associations::OfficerRow as Officer;
/// A section.
pub use crate::store::sections::SectionRow as AssociationSection;
/// How an association stands with the world.
pub use crate::store::standing::Status as Stands;

/// An account as the register shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    /// As printed: `Bankgiro 5012-3454`.
    pub text: String,
    /// When it was entered.
    pub changed_on: NaiveDate,
    /// Until which day payments are held, while they are.
    pub hold_until: Option<NaiveDate>,
    /// Whether somebody has confirmed it.
    pub confirmed: bool,
    /// Who entered it.
    pub entered_by: Option<UserId>,
    /// The one before.
    pub before: Option<String>,
}

/// Everything the register says of an association.
#[derive(Clone, Debug)]
pub struct AssociationView {
    /// The row.
    pub row: OrganisationRow,
    /// Its name today.
    pub name: String,
    /// How it stands today.
    pub status: Stands,
    /// What it says of itself.
    pub detail: Option<DetailRow>,
    /// Board and auditor of today.
    pub officers: Vec<OfficerRow>,
    /// Those who have left, the latest first.
    pub former: Vec<OfficerRow>,
    /// Its sections of today and to come.
    pub sections: Vec<SectionRow>,
    /// Those that have ended.
    pub former_sections: Vec<SectionRow>,
    /// How it signs.
    pub signing: Option<SigningRow>,
    /// Contacts.
    pub contacts: Vec<ContactRow>,
    /// Who acts for it.
    pub people: Vec<Representative>,
    /// Its account.
    pub account: Option<AccountView>,
    /// Approvals: the grant type's name, first and last day.
    pub approvals: Vec<(Localized, NaiveDate, NaiveDate)>,
    /// Members as last reported.
    pub members: Option<i64>,
    /// Ids that attendance systems know it under.
    pub external: Vec<String>,
    /// Its cases: identity, number, grant and period.
    pub cases: Vec<(crate::domain::id::CaseId, String, Localized, Localized)>,
}

impl AssociationView {
    /// How it stands today.
    #[must_use]
    pub const fn stands(&self) -> Stands {
        self.status
    }
}

/// What the register says of an association.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn of(tenant: &Tenant, actor: &Actor, id: OrganisationId) -> ServiceResult<AssociationView> {
    authorize(actor, Action::Read(About::Association(id)))?;
    let today = tenant.clock.today();
    let people = mandates::of(tenant, actor, id).await?;
    let mut tx = tenant.db.read().await?;
    let row = organisations::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let (officers, former): (Vec<OfficerRow>, Vec<OfficerRow>) =
        rows::officers(&mut tx, id).await?.into_iter().partition(|row| row.valid_to.is_none_or(|last| last >= today));
    let mut officers = officers;
    officers.sort_by_key(|row| row.role);
    let (sections, former_sections): (Vec<SectionRow>, Vec<SectionRow>) =
        sections::of_organisation(&mut tx, id).await?.into_iter().partition(|row| row.valid_to.is_none_or(|last| last >= today));
    let accounts = organisations::accounts(&mut tx, id).await?;
    let printed = |at: usize| {
        let row = accounts.get(at)?;
        crate::services::payments::account_number(&row.account).ok().map(|number| number.to_string())
    };
    let account = accounts.first().map(|row| AccountView {
        text: printed(0).unwrap_or_default(),
        changed_on: crate::domain::clock::swedish_date(row.changed_at),
        hold_until: row.hold_until.filter(|until| *until >= today),
        confirmed: row.confirmed_at.is_some(),
        entered_by: row.entered_by,
        before: printed(1),
    });
    let active = packages::active(&mut tx, tenant).await?;
    let title = |grant: &str| {
        active
            .iter()
            .find(|(_, package)| package.id == grant)
            .map_or_else(|| Localized::sv(grant.to_owned()), |(_, package)| package.form.title.clone())
    };
    let words = |grant: &str, period: &str| {
        let known = active.iter().find(|(_, package)| package.id == grant);
        known.map_or_else(|| Localized::sv(period), |(_, package)| package.form.period_words(period))
    };
    let approvals = organisations::approvals(&mut tx, id).await?;
    let members = organisations::members(&mut tx, id, today).await?;
    let scope = actor.scope()?;
    let mut list = cases::of_organisation(&mut tx, id).await?;
    list.retain(|case| scope.holds_case(case.about()));
    Ok(AssociationView {
        name: organisations::name(&mut tx, id, today).await?,
        status: standing::status_on(&mut tx, id, today).await?.map_or(Stands::Active, |row| row.status),
        detail: rows::detail(&mut tx, id, today).await?,
        officers,
        former: former.into_iter().rev().collect(),
        sections,
        former_sections,
        signing: rows::signing(&mut tx, id).await?,
        contacts: organisations::contacts(&mut tx, id, today).await?,
        people,
        account,
        approvals: approvals.iter().map(|row| (title(&row.grant_type), row.valid_from, row.valid_to)).collect(),
        members: members.map(|all| all.iter().map(|count| count.count).sum()),
        external: organisations::external_ids(&mut tx, id, today).await?,
        cases: list
            .into_iter()
            .map(|case| (case.id, case.number, title(&case.grant_type), words(&case.grant_type, &case.period)))
            .collect(),
        row,
    })
}

/// A page of the register: whose name or number begins with a word, after a name.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read the register.
pub async fn list(
    tenant: &Tenant,
    actor: &Actor,
    word: &str,
    after: Option<(&str, OrganisationId)>,
    most: i64,
) -> ServiceResult<Vec<ListRow>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    Ok(rows::list(&mut tx, &actor.scope()?, word.trim(), after, tenant.clock.today(), most).await?)
}
