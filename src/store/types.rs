//! How domain types lie in columns, for both drivers, by one macro each.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Type};

use crate::domain::Money;
use crate::domain::appeal::{AppealOutcome, AppealState, StepKind, Via};
use crate::domain::attendance::{PersonNo, Sex};
use crate::domain::change::{ChangeGround, ChangeKind};
use crate::domain::grant::{AppealForm, ApplicantKind, DecisionMode, Outcome};
use crate::domain::id::{
    AppealId, CalculationId, CaseId, ClashId, DecisionId, DocumentId, DraftId, FileId, ImportId, InvitationId, OrganisationId, OutboxId,
    PackageVersionId, PaymentBatchId, PaymentOrderId, SnapshotId, TaskId, UserId,
};

/// A type that is stored as another.
macro_rules! stored_as {
    ($($type:ty: $column:ty, |$value:ident| $encode:expr, |$stored:ident| $decode:expr;)*) => {$(
        impl<DB: Database> Type<DB> for $type where $column: Type<DB> {
            fn type_info() -> DB::TypeInfo {
                <$column as Type<DB>>::type_info()
            }
            fn compatible(info: &DB::TypeInfo) -> bool {
                <$column as Type<DB>>::compatible(info)
            }
        }
        impl<'q, DB: Database> Encode<'q, DB> for $type where $column: Encode<'q, DB> {
            fn encode_by_ref(&self, buffer: &mut <DB as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let $value = self;
                Encode::<DB>::encode($encode, buffer)
            }
        }
        impl<'r, DB: Database> Decode<'r, DB> for $type where $column: Decode<'r, DB> {
            fn decode(value: <DB as Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
                let $stored = <$column as Decode<DB>>::decode(value)?;
                $decode
            }
        }
    )*};
}

macro_rules! stored_ids {
    ($($type:ident),* $(,)?) => {
        stored_as! {$( $type: uuid::Uuid, |id| id.0, |stored| Ok($type(stored)); )*}
    };
}

/// Closed words: the column's text is the word, and an unknown one is an error.
macro_rules! stored_words {
    ($($type:ty { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        impl $type {
            /// The stable word, as stored and shown to machines.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The value of a stable word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
        impl<DB: sqlx::Database> sqlx::Type<DB> for $type where String: sqlx::Type<DB> {
            fn type_info() -> DB::TypeInfo {
                <String as sqlx::Type<DB>>::type_info()
            }
            fn compatible(info: &DB::TypeInfo) -> bool {
                <String as sqlx::Type<DB>>::compatible(info)
            }
        }
        impl<'q, DB: sqlx::Database> sqlx::Encode<'q, DB> for $type where String: sqlx::Encode<'q, DB> {
            fn encode_by_ref(&self, buffer: &mut <DB as sqlx::Database>::ArgumentBuffer) -> std::result::Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                sqlx::Encode::<DB>::encode(self.word().to_owned(), buffer)
            }
        }
        impl<'r, DB: sqlx::Database> sqlx::Decode<'r, DB> for $type where String: sqlx::Decode<'r, DB> {
            fn decode(value: <DB as sqlx::Database>::ValueRef<'r>) -> std::result::Result<Self, sqlx::error::BoxDynError> {
                let word = <String as sqlx::Decode<DB>>::decode(value)?;
                Self::from_word(&word).ok_or_else(|| format!("unknown word {word:?}").into())
            }
        }
    )*};
}

pub(crate) use stored_words;

stored_ids! {
    AppealId, CalculationId, CaseId, ClashId, DecisionId, DocumentId, DraftId, FileId, InvitationId, ImportId, OrganisationId, OutboxId, PackageVersionId,
    PaymentBatchId, PaymentOrderId, SnapshotId, TaskId, UserId,
}

stored_as! {
    Money: i64, |amount| amount.ore(), |stored| Ok(Money::from_ore(stored));
    PersonNo: i64, |number| number.0, |stored| Ok(PersonNo(stored));
}

stored_words! {
    Sex { Female = "female", Male = "male" }
    ApplicantKind { Association = "association", Company = "company", Person = "person" }
    AppealForm { Laglighetsprovning = "laglighetsprovning", Forvaltningsbesvar = "forvaltningsbesvar" }
    DecisionMode { BatchDelegate = "batch_delegate", Automatic = "automatic", Officer = "officer", Committee = "committee" }
    ChangeKind { Correction = "rattelse", Change = "andring" }
    ChangeGround {
        Misspelt = "skrivfel", Miscounted = "raknefel", Oversight = "forbiseende", Reservation = "forbehall", Safety = "sakerhet",
        Misled = "vilselett", Favourable = "till_formans", Reconsidered = "omprovning",
    }
    Via { Us = "us", Court = "court" }
    AppealState { Received = "received", ToForward = "to_forward", AtCourt = "at_court", Requested = "requested", Closed = "closed" }
    AppealOutcome {
        Rejected = "rejected", ChangedAsAsked = "changed_as_asked", Stands = "stands", Changed = "changed", SetAside = "set_aside",
        Withdrawn = "withdrawn",
    }
    StepKind {
        Rejected = "rejected", Reconsidered = "reconsidered", Forwarded = "forwarded", Requested = "requested", Answered = "answered",
        Judged = "judged", Withdrawn = "withdrawn",
    }
    Outcome { Bifall = "bifall", DelvisBifall = "delvis_bifall", Avslag = "avslag", Avvisning = "avvisning", Avskrivning = "avskrivning" }
}
