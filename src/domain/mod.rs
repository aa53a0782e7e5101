//! The nouns of grant handling and their state machines.
//!
//! Pure: nothing of the other rooms and no I/O. Time and randomness enter through
//! [`Clock`] and [`Ids`]; money is whole öre; every legal deadline is a date.

pub mod account_number;
pub mod allocation;
pub mod appeal;
pub mod assignment;
pub mod association;
pub mod attendance;
pub mod bands;
pub mod calculation;
pub mod calendar;
pub mod canonical;
pub mod change;
pub mod clock;
pub mod committee;
pub mod condition;
pub mod conflict;
pub mod draft;
pub mod grant;
pub mod id;
pub mod inputs;
pub mod localized;
pub mod mandate;
pub mod money;
pub mod organisation_number;
pub mod payment;
pub mod period;
pub mod person_number;
pub mod problem;
pub mod ranking;
pub mod reference;
pub mod report;
pub mod role;
pub mod score;
pub mod simulation;

pub use clock::{Clock, Ids};
pub use localized::Localized;
pub use money::Money;
pub use problem::{Place, Problem};
