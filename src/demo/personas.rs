//! Who can be played in the demo.

use crate::store::users::Role;

/// A member of the staff.
#[derive(Clone, Copy, Debug)]
pub struct Persona {
    /// Name, unique.
    pub name: &'static str,
    /// E-mail.
    pub email: &'static str,
    /// What she does, in Swedish.
    pub title: &'static str,
    /// Her roles.
    pub roles: &'static [Given],
}

/// A role with its bounds.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// What.
    pub role: Role,
    /// Up to how many kronor a case.
    pub up_to: Option<i64>,
    /// The point in the delegation order.
    pub reference: Option<&'static str>,
}

/// The officer and delegate that the story follows.
pub const OFFICER: &str = "Anna Lindqvist";
/// The head of the office, with the higher delegation.
pub const HEAD: &str = "Margareta Holm";
/// Gives the granskningsattest.
pub const REVIEWER: &str = "Bo Nyberg";
/// Gives the beslutsattest.
pub const ATTESTER: &str = "Cecilia Frank";
/// Closes periods and configures grant types.
pub const ADMINISTRATOR: &str = "David Ström";
/// Reads.
pub const AUDITOR: &str = "Eva Sandin";
/// Handles cases with protected identities.
pub const PROTECTED_OFFICER: &str = "Farid Karimi";

/// Handles cases, but never those of the football club she is on the board of (jäv).
pub const TIED_OFFICER: &str = "Gunvor Wallin";
/// Fills in for one association and reads for another.
pub const HELPER: &str = "Mirja Ahonen";

/// Dances and teaches dance; asked from outside to assess a project.
pub const EXPERT: &str = "Ylva Sandberg";
/// Her e-mail.
pub const EXPERT_EMAIL: &str = "ylva.sandberg@scenkonst.example";

/// The staff.
pub const STAFF: [Persona; 8] = [
    Persona {
        name: OFFICER,
        email: "anna.lindqvist@exempelstad.example",
        title: "Handläggare och delegat",
        roles: &[role(Role::Officer), bounded(Role::Delegate, 200_000, "punkt 4.2")],
    },
    Persona {
        name: HEAD,
        email: "margareta.holm@exempelstad.example",
        title: "Avdelningschef",
        roles: &[role(Role::Officer), bounded(Role::Delegate, 1_000_000, "punkt 4.1")],
    },
    Persona {
        name: REVIEWER,
        email: "bo.nyberg@exempelstad.example",
        title: "Granskningsattestant",
        roles: &[bounded(Role::Reviewer, 1_000_000, "attestförteckningen")],
    },
    Persona {
        name: ATTESTER,
        email: "cecilia.frank@exempelstad.example",
        title: "Beslutsattestant",
        roles: &[bounded(Role::Attester, 1_000_000, "attestförteckningen")],
    },
    Persona {
        name: ADMINISTRATOR,
        email: "david.strom@exempelstad.example",
        title: "Systemförvaltare",
        roles: &[role(Role::Administrator)],
    },
    Persona { name: AUDITOR, email: "eva.sandin@exempelstad.example", title: "Revisor", roles: &[role(Role::Auditor)] },
    Persona {
        name: PROTECTED_OFFICER,
        email: "farid.karimi@exempelstad.example",
        title: "Handläggare för skyddade personuppgifter",
        roles: &[role(Role::Officer), role(Role::ProtectedIdentities)],
    },
    Persona { name: TIED_OFFICER, email: "gunvor.wallin@exempelstad.example", title: "Handläggare", roles: &[role(Role::Officer)] },
];

const fn role(role: Role) -> Given {
    Given { role, up_to: None, reference: None }
}

const fn bounded(role: Role, kronor: i64, reference: &'static str) -> Given {
    Given { role, up_to: Some(kronor), reference: Some(reference) }
}
