//! Who acts, and the one place that says whether she may.

use chrono::NaiveDate;

use super::{ServiceError, ServiceResult, conflicts};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::conflict::Kept;
pub use crate::domain::conflict::{About, CaseRef};
use crate::domain::id::{OrganisationId, UserId};
use crate::domain::mandate::Mandate;
use crate::store::scope::Scope;
use crate::store::users::{Role, RoleRow, UserRow};
use crate::store::{Tx, organisations, users};
use crate::text::number;

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A member of the staff or a politician, with the roles that hold today.
    Staff {
        /// Who.
        user: UserRow,
        /// What she may.
        roles: Vec<RoleRow>,
        /// What she must keep away from (jäv, förvaltningslagen 16 §).
        conflicts: Kept,
    },
    /// Somebody who acts for an association.
    Association {
        /// Whose.
        organisation: OrganisationId,
        /// The name on the paper.
        name: String,
        /// Who, where she has logged in; none where an officer enters what came on paper.
        user: Option<UserId>,
        /// How far she may act.
        mandate: Mandate,
    },
    /// Somebody who has logged in and acts for nobody yet.
    Person {
        /// Who.
        user: UserRow,
    },
    /// The service itself.
    Service,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// Fill in, answer, hand in papers or attendance for an association.
    ActFor(About),
    /// Sign for an association: hand in, replace, withdraw, hand out mandates, change the account.
    SignFor(About),
    /// Handle a case: tasks, supplement requests, notes.
    Handle {
        /// Which case.
        about: CaseRef,
        /// Which committee's.
        committee: &'a str,
    },
    /// Prepare a committee's rounds and meetings: rank, propose, hand over.
    Prepare {
        /// Which committee's.
        committee: &'a str,
    },
    /// Decide a case of a grant type up to an amount.
    Decide {
        /// Which case.
        about: CaseRef,
        /// Which committee's.
        committee: &'a str,
        /// Which grant.
        grant_type: &'a str,
        /// How much.
        amount: Money,
    },
    /// Granskningsattest.
    Review {
        /// In which case, to whom.
        about: CaseRef,
        /// How much.
        amount: Money,
    },
    /// Beslutsattest.
    Attest {
        /// In which case, to whom.
        about: CaseRef,
        /// How much.
        amount: Money,
    },
    /// Make payment files, release holds.
    Pay,
    /// Close periods, import packages, report to meetings.
    Administer,
    /// Read what belongs to an association, or a case.
    Read(About),
    /// Read lists over all associations; what one may not see is left out of them.
    Browse,
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

    /// A person as what she is today: a member of the staff where she has a role, else just a person.
    pub(super) async fn with_roles(tx: &mut Tx, user: UserRow, today: NaiveDate) -> ServiceResult<Self> {
        let roles = users::roles(tx, user.id, today).await?;
        if roles.is_empty() {
            return Ok(Self::Person { user });
        }
        let conflicts = conflicts::kept(tx, user.id, today).await?;
        Ok(Self::Staff { user, roles, conflicts })
    }

    /// Somebody who acts for an association, by its organisation number.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when no such association is registered.
    pub async fn association(tenant: &Tenant, number: &str, name: &str) -> ServiceResult<Self> {
        let mut tx = tenant.db.read().await?;
        let row = organisations::by_number(&mut tx, number).await?.ok_or(ServiceError::NotFound)?;
        Ok(Self::on_paper(row.id, name))
    }

    /// Whoever stands behind what an association sends on paper or from the command line.
    #[must_use]
    pub fn on_paper(organisation: OrganisationId, name: &str) -> Self {
        Self::Association { organisation, name: name.to_owned(), user: None, mandate: Mandate::Signatory }
    }

    /// How the history names the actor: an id, never a name.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Staff { user, .. } | Self::Person { user } => format!("user:{}", user.id),
            Self::Association { user: Some(user), .. } => format!("user:{user}"),
            Self::Association { organisation, user: None, .. } => format!("association:{organisation}"),
            Self::Service => "service".to_owned(),
        }
    }

    /// The member of the staff, where it is one.
    #[must_use]
    pub fn user(&self) -> Option<&UserRow> {
        match self {
            Self::Staff { user, .. } => Some(user),
            Self::Association { .. } | Self::Person { .. } | Self::Service => None,
        }
    }

    /// The person who has logged in, whatever she does.
    #[must_use]
    pub fn person(&self) -> Option<UserId> {
        match self {
            Self::Staff { user, .. } | Self::Person { user } => Some(user.id),
            Self::Association { user, .. } => *user,
            Self::Service => None,
        }
    }

    /// Whether she has a role today.
    #[must_use]
    pub fn has(&self, wanted: Role) -> bool {
        self.role(wanted, |_| true).is_some()
    }

    /// Whether she handles a committee's cases today.
    #[must_use]
    pub fn handles(&self, committee: &str) -> bool {
        self.role(Role::Officer, |role| role.committee == committee).is_some()
    }

    /// What her lists may hold.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for somebody who acts for nobody.
    pub fn scope(&self) -> ServiceResult<Scope> {
        match self {
            Self::Staff { conflicts, .. } => Ok(Scope::Staff { except: conflicts.clone() }),
            Self::Association { organisation, .. } => Ok(Scope::Association(*organisation)),
            Self::Person { .. } => Err(ServiceError::NotFound),
            Self::Service => Ok(Scope::Staff { except: Kept::default() }),
        }
    }

    /// Whether she must keep away from something.
    #[must_use]
    pub fn is_kept_from(&self, about: About) -> bool {
        match self {
            Self::Staff { conflicts, .. } => conflicts.from_any(about),
            Self::Association { .. } | Self::Person { .. } | Self::Service => false,
        }
    }

    fn role(&self, wanted: Role, fits: impl Fn(&RoleRow) -> bool) -> Option<&RoleRow> {
        match self {
            Self::Staff { roles, .. } => roles.iter().find(|role| role.role == wanted && fits(role)),
            Self::Association { .. } | Self::Person { .. } | Self::Service => None,
        }
    }
}

/// Whether an actor may; the role that allows it where the amount or committee matters.
///
/// # Errors
/// [`ServiceError::KeptAway`] for whom a conflict of interest keeps away, [`ServiceError::NotFound`] when the actor may not
/// know of it, [`ServiceError::Refused`] when a staff member lacks the role or the amount is above her limit.
pub fn authorize<'a>(actor: &'a Actor, action: Action<'_>) -> ServiceResult<Option<&'a RoleRow>> {
    // A conflicted person gets the same answer as if there were no such case.
    if let Some(about) = action.about().filter(|about| actor.is_kept_from(*about)) {
        return Err(ServiceError::KeptAway(Box::new(about)));
    }
    match (actor, action) {
        (Actor::Service, _) => Ok(None),
        (Actor::Association { organisation, mandate, .. }, _) => {
            let (whose, needed) = action.mandate().ok_or(ServiceError::NotFound)?;
            match (*organisation == whose, mandate.covers(needed)) {
                (false, _) => Err(ServiceError::NotFound),
                (true, true) => Ok(None),
                (true, false) => Err(beyond(needed)),
            }
        }
        (Actor::Person { .. }, _) => Err(ServiceError::NotFound),
        // An officer enters what came on paper (förvaltningslagen 6 §).
        (Actor::Staff { .. }, Action::ActFor(_) | Action::SignFor(_)) => {
            need(actor, Role::Officer, "handlägga ansökningar", "handle applications")
        }
        (Actor::Staff { roles, .. }, Action::Read(_) | Action::Browse) => {
            if roles.is_empty() {
                return Err(ServiceError::NotFound);
            }
            Ok(None)
        }
        (Actor::Staff { .. }, Action::Handle { committee, .. }) => actor
            .role(Role::Officer, |role| role.committee == committee)
            .map(Some)
            .ok_or_else(|| lacks("handlägga ärenden för nämnden", "handle this committee's cases")),
        (Actor::Staff { .. }, Action::Prepare { committee }) => actor
            .role(Role::Officer, |role| role.committee == committee)
            .or_else(|| actor.role(Role::Delegate, |role| role.committee == committee))
            .map(Some)
            .ok_or_else(|| lacks("bereda nämndens omgångar", "prepare this committee's rounds")),
        (Actor::Staff { .. }, Action::Decide { committee, grant_type, amount, .. }) => decide(actor, committee, grant_type, amount),
        (Actor::Staff { .. }, Action::Review { amount, .. }) => {
            within(actor, Role::Reviewer, amount, "granskningsattestera", "review payments")
        }
        (Actor::Staff { .. }, Action::Attest { amount, .. }) => {
            within(actor, Role::Attester, amount, "beslutsattestera", "attest payments")
        }
        (Actor::Staff { .. }, Action::Pay) => {
            let allowed = actor.role(Role::Attester, |_| true).or_else(|| actor.role(Role::Reviewer, |_| true));
            allowed.map(Some).ok_or_else(|| lacks("göra betalfiler", "make payment files"))
        }
        (Actor::Staff { .. }, Action::Administer) => need(actor, Role::Administrator, "göra detta", "do this"),
    }
}

impl Action<'_> {
    /// What it concerns, where that is one association or case.
    const fn about(&self) -> Option<About> {
        match self {
            Self::ActFor(about) | Self::SignFor(about) | Self::Read(about) => Some(*about),
            Self::Handle { about, .. } | Self::Decide { about, .. } | Self::Review { about, .. } | Self::Attest { about, .. } => {
                Some(About::Case(*about))
            }
            Self::Prepare { .. } | Self::Pay | Self::Administer | Self::Browse => None,
        }
    }

    /// The mandate that allows it to somebody who acts for an association, and whose.
    const fn mandate(&self) -> Option<(OrganisationId, Mandate)> {
        match self {
            Self::Read(about) => Some((about.organisation(), Mandate::Reader)),
            Self::ActFor(about) => Some((about.organisation(), Mandate::Writer)),
            Self::SignFor(about) => Some((about.organisation(), Mandate::Signatory)),
            Self::Handle { .. }
            | Self::Decide { .. }
            | Self::Review { .. }
            | Self::Attest { .. }
            | Self::Prepare { .. }
            | Self::Pay
            | Self::Administer
            | Self::Browse => None,
        }
    }
}

fn beyond(needed: Mandate) -> ServiceError {
    match needed {
        Mandate::Reader | Mandate::Writer => ServiceError::refused(
            "Du får läsa föreningens ärenden men inte ändra dem. Be en firmatecknare att ge dig rätt att fylla i.",
            "You may read the association's cases but not change them. Ask a signatory to let you fill in.",
        ),
        Mandate::Signatory => ServiceError::refused(
            "Bara en firmatecknare för föreningen kan göra detta.",
            "Only a signatory of the association can do this.",
        ),
    }
}

fn decide<'a>(actor: &'a Actor, committee: &str, grant_type: &str, amount: Money) -> ServiceResult<Option<&'a RoleRow>> {
    let delegation = |role: &RoleRow| role.committee == committee && role.grant_type.as_deref().is_none_or(|only| only == grant_type);
    let any = actor.role(Role::Delegate, delegation);
    let Some(any) = any else { return Err(lacks("fatta beslut i nämndens ärenden", "decide this committee's cases")) };
    actor.role(Role::Delegate, |role| delegation(role) && role.max_ore.is_none_or(|most| amount <= most)).map(Some).ok_or_else(|| {
        let limit = any.max_ore.map_or_else(String::new, number::money);
        ServiceError::refused(
            format!("Beloppet är högre än din delegation ({limit}). Ärendet ska till någon med högre delegation eller till nämnden."),
            format!("The amount is above your delegation ({limit}). Send the case to someone with a higher limit or to the committee."),
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

pub(super) fn lacks(sv: &str, en: &str) -> ServiceError {
    ServiceError::refused(format!("Du har inte behörighet att {sv}."), format!("You are not allowed to {en}."))
}
