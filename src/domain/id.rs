//! Identities of stored things.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A case (ärende).
    CaseId,
    /// An association or another organisation.
    OrganisationId,
    /// A person who acts: officer, delegate, signatory.
    UserId,
    /// An import of an attendance file.
    ImportId,
    /// A stored file.
    FileId,
    /// A version of a grant-type package.
    PackageVersionId,
    /// A closed period's locked snapshot.
    SnapshotId,
    /// A calculation: checks, rows and account of one rule run.
    CalculationId,
    /// A decision.
    DecisionId,
    /// A document in the diary.
    DocumentId,
    /// A payment order.
    PaymentOrderId,
    /// A batch of payment orders that leaves as one file.
    PaymentBatchId,
    /// A task in a workflow.
    TaskId,
    /// An invitation of an expert from outside to assess a case.
    InvitationId,
    /// An occasion version.
    OccasionId,
    /// A clash between two registrations.
    ClashId,
    /// An outside call.
    OutboxId,
    /// An application that is being written.
    DraftId,
    /// An appeal of a decision.
    AppealId,
}
