//! Payment orders: what is paid, who attests it, what holds it, and what became of it.

mod accounting;
mod attest;
mod hold;
mod order;
mod reference;
mod settlement;
mod state;

pub use accounting::{AccountingError, AccountingString};
pub use attest::{AttestAuthority, AttestBasis, AttestKind, AttestRefused, may_attest};
pub use hold::{Hold, HoldReason};
pub use order::{OrderError, PaymentOrder};
pub use reference::{PaymentId, PaymentIdError};
pub use settlement::{LineError, LineKind, PaymentLine, RemainingDebt, Settlement, settle};
pub use state::{PaymentState, Transition, WrongState};
