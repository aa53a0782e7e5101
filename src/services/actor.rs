//! Who acts, and the one place that says whether she may.

use chrono::NaiveDate;

use super::{ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::id::{OrganisationId, UserId};
use crate::store::users::{Role, RoleRow, UserRow};
use crate::store::{Tx, organisations, users};

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A member of the staff or a politician, with the roles that hold today.
    Staff {
        /// Who.
        user: UserRow,
        /// What she may.
        roles: Vec<RoleRow>,
    },
    /// Somebody who acts for an association.
    Association {
        /// Whose.
        organisation: OrganisationId,
        /// The name on the paper.
        name: String,
    },
    /// The service itself.
    Service,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// Hand in, replace, answer or send attendance for an association.
    ActFor(OrganisationId),
    /// Handle a case: tasks, supplement requests, notes.
    Handle {
        /// Whose case.
        committee: &'a str,
    },
    /// Decide a case of a grant type up to an amount.
    Decide {
        /// Whose case.
        committee: &'a str,
        /// Which grant.
        grant_type: &'a str,
        /// How much.
        amount: Money,
    },
    /// Granskningsattest.
    Review {
        /// How much.
        amount: Money,
    },
    /// Beslutsattest.
    Attest {
        /// How much.
        amount: Money,
    },
    /// Make payment files, release holds.
    Pay,
    /// Close periods, import packages, report to meetings.
    Administer,
    /// Read a case.
    Read(OrganisationId),
}

impl Actor {
    /// A member of the staff with her roles of today.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there is nobody of that id.
    pub async fn staff(tenant: &Tenant, id: UserId) -> ServiceResult<Self> {
        let mut tx = tenant.db.read().await?;
        let user = users::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
        Self::with_roles(&mut tx, user, tenant.clock.today()).await
    }

    /// A member of the staff by name, for the command line.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there is nobody of that name.
    pub async fn staff_named(tenant: &Tenant, name: &str) -> ServiceResult<Self> {
        let mut tx = tenant.db.read().await?;
        let user = users::by_name(&mut tx, name).await?.ok_or(ServiceError::NotFound)?;
        Self::with_roles(&mut tx, user, tenant.clock.today()).await
    }

    async fn with_roles(tx: &mut Tx, user: UserRow, today: NaiveDate) -> ServiceResult<Self> {
        let roles = users::roles(tx, user.id, today).await?;
        Ok(Self::Staff { user, roles })
    }

    /// Somebody who acts for an association, by its organisation number.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when no such association is registered.
    pub async fn association(tenant: &Tenant, number: &str, name: &str) -> ServiceResult<Self> {
        let mut tx = tenant.db.read().await?;
        let row = organisations::by_number(&mut tx, number).await?.ok_or(ServiceError::NotFound)?;
        Ok(Self::Association { organisation: row.id, name: name.to_owned() })
    }

    /// How the history names the actor: an id, never a name.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Staff { user, .. } => format!("user:{}", user.id),
            Self::Association { organisation, .. } => format!("association:{organisation}"),
            Self::Service => "service".to_owned(),
        }
    }

    /// The member of the staff, where it is one.
    #[must_use]
    pub fn user(&self) -> Option<&UserRow> {
        match self {
            Self::Staff { user, .. } => Some(user),
            Self::Association { .. } | Self::Service => None,
        }
    }

    fn role(&self, wanted: Role, fits: impl Fn(&RoleRow) -> bool) -> Option<&RoleRow> {
        match self {
            Self::Staff { roles, .. } => roles.iter().find(|role| role.role == wanted && fits(role)),
            Self::Association { .. } | Self::Service => None,
        }
    }
}

/// Whether an actor may; the role that allows it where the amount or committee matters.
///
/// # Errors
/// [`ServiceError::NotFound`] when the actor may not know of it, [`ServiceError::Refused`] when a staff member
/// lacks the role or the amount is above her limit.
pub fn authorize<'a>(actor: &'a Actor, action: Action<'_>) -> ServiceResult<Option<&'a RoleRow>> {
    match (actor, action) {
        (Actor::Service, _) => Ok(None),
        (Actor::Association { organisation, .. }, Action::ActFor(whose) | Action::Read(whose)) if *organisation == whose => Ok(None),
        (Actor::Association { .. }, _) => Err(ServiceError::NotFound),
        // An officer enters what came on paper (förvaltningslagen 6 §).
        (Actor::Staff { .. }, Action::ActFor(_)) => need(actor, Role::Officer, "handlägga ansökningar", "handle applications"),
        (Actor::Staff { roles, .. }, Action::Read(_)) => {
            if roles.is_empty() {
                return Err(ServiceError::NotFound);
            }
            Ok(None)
        }
        (Actor::Staff { .. }, Action::Handle { committee }) => actor
            .role(Role::Officer, |role| role.committee == committee)
            .map(Some)
            .ok_or_else(|| lacks("handlägga ärenden för nämnden", "handle this committee's cases")),
        (Actor::Staff { .. }, Action::Decide { committee, grant_type, amount }) => decide(actor, committee, grant_type, amount),
        (Actor::Staff { .. }, Action::Review { amount }) => {
            within(actor, Role::Reviewer, amount, "granskningsattestera", "review payments")
        }
        (Actor::Staff { .. }, Action::Attest { amount }) => within(actor, Role::Attester, amount, "beslutsattestera", "attest payments"),
        (Actor::Staff { .. }, Action::Pay) => {
            let allowed = actor.role(Role::Attester, |_| true).or_else(|| actor.role(Role::Reviewer, |_| true));
            allowed.map(Some).ok_or_else(|| lacks("göra betalfiler", "make payment files"))
        }
        (Actor::Staff { .. }, Action::Administer) => need(actor, Role::Administrator, "göra detta", "do this"),
    }
}

fn decide<'a>(actor: &'a Actor, committee: &str, grant_type: &str, amount: Money) -> ServiceResult<Option<&'a RoleRow>> {
    let delegation = |role: &RoleRow| role.committee == committee && role.grant_type.as_deref().is_none_or(|only| only == grant_type);
    let any = actor.role(Role::Delegate, delegation);
    let Some(any) = any else { return Err(lacks("fatta beslut i nämndens ärenden", "decide this committee's cases")) };
    actor.role(Role::Delegate, |role| delegation(role) && role.max_ore.is_none_or(|most| amount <= most)).map(Some).ok_or_else(|| {
        let limit = any.max_ore.map_or_else(String::new, |most| most.to_string());
        ServiceError::refused(
            format!("Beloppet är högre än din delegation ({limit} kr). Ärendet ska till någon med högre delegation eller till nämnden."),
            format!("The amount is above your delegation (SEK {limit}). Send the case to someone with a higher limit or to the committee."),
        )
    })
}

fn within<'a>(actor: &'a Actor, wanted: Role, amount: Money, sv: &str, en: &str) -> ServiceResult<Option<&'a RoleRow>> {
    if actor.role(wanted, |_| true).is_none() {
        return Err(lacks(sv, en));
    }
    actor.role(wanted, |role| role.max_ore.is_none_or(|most| amount <= most)).map(Some).ok_or_else(|| {
        ServiceError::refused(
            format!("Beloppet {amount} kr är högre än din beloppsgräns för att {sv}."),
            format!("The amount SEK {amount} is above your limit to {en}."),
        )
    })
}

fn need<'a>(actor: &'a Actor, wanted: Role, sv: &str, en: &str) -> ServiceResult<Option<&'a RoleRow>> {
    actor.role(wanted, |_| true).map(Some).ok_or_else(|| lacks(sv, en))
}

fn lacks(sv: &str, en: &str) -> ServiceError {
    ServiceError::refused(format!("Du har inte behörighet att {sv}."), format!("You are not allowed to {en}."))
}
