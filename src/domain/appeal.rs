//! Appeals: where one stands and the only ways on (förvaltningslagen 43-47 §§, kommunallagen 13 kap.).
//!
//! Under förvaltningsbesvär the appeal comes to us: we test whether it came in time, reconsider, and forward it. Under
//! legality review (laglighetsprövning) the court receives and tests, and nothing of that is ours (förvaltningslagen 2 §):
//! what comes to us all the same is sent on at once, and the court's requests are answered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::{self, weeks_after};
use super::grant::AppealForm;

/// Where an appeal came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// To the municipality.
    Us,
    /// To the court, which has told us.
    Court,
}

/// Where an appeal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealState {
    /// It has come to us.
    Received,
    /// It was reconsidered and goes to the court.
    ToForward,
    /// The court has it.
    AtCourt,
    /// The court has asked us to answer.
    Requested,
    /// It is over.
    Closed,
}

/// How an appeal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealOutcome {
    /// It came too late and was rejected (avvisat).
    Rejected,
    /// We changed the decision as was asked.
    ChangedAsAsked,
    /// The decision stands.
    Stands,
    /// The court changed the decision.
    Changed,
    /// The court set the decision aside (upphävt).
    SetAside,
    /// The appeal was withdrawn.
    Withdrawn,
}

impl AppealOutcome {
    /// Whether payments of the decision may go on: it is as it was, or as we have decided anew.
    #[must_use]
    pub const fn lets_pay(self) -> bool {
        match self {
            Self::Rejected | Self::ChangedAsAsked | Self::Stands | Self::Withdrawn => true,
            Self::Changed | Self::SetAside => false,
        }
    }
}

/// What was done with an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Rejected for lateness.
    Rejected,
    /// Reconsidered.
    Reconsidered,
    /// Forwarded to the court, or sent on to it.
    Forwarded,
    /// The court has asked for an answer.
    Requested,
    /// The court was answered.
    Answered,
    /// The court has decided.
    Judged,
    /// The appellant has withdrawn it.
    Withdrawn,
}

/// How a reconsideration came out (omprövning, förvaltningslagen 38-39, 46 §§).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reconsidered {
    /// The decision stands.
    Stands,
    /// It was changed as was asked; the appeal falls.
    ChangedAsAsked,
    /// It was changed otherwise; the appeal is forwarded and taken to concern the new decision.
    ChangedOtherwise,
}

/// How the court's trial came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgment {
    /// The decision stands.
    Stands,
    /// The court changed it; not possible under legality review (kommunallagen 13 kap. 8 §).
    Changed,
    /// The court set it aside.
    SetAside,
    /// The court wrote it off, for it was withdrawn.
    Withdrawn,
}

/// What somebody does with an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Rejects it for lateness.
    Reject,
    /// Says how the reconsideration came out.
    Reconsider(Reconsidered),
    /// Forwards it to the court.
    Forward,
    /// Notes that the court asks for an answer, with its last day.
    Request(NaiveDate),
    /// Answers the court.
    Answer,
    /// Notes what the court has decided.
    Judge(Judgment),
    /// Notes that the appellant has withdrawn it, before the court has it.
    Withdraw,
}

/// An appeal as the ways on see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// How the decision is appealed.
    pub form: AppealForm,
    /// Where it stands.
    pub state: AppealState,
    /// The day it came in.
    pub received_on: NaiveDate,
    /// The day the party received the decision.
    pub served_on: Option<NaiveDate>,
}

/// Where an act leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// Where it stands then.
    pub state: AppealState,
    /// The day by which the next thing is to be done by us.
    pub due: Option<NaiveDate>,
    /// How it ended, when it did.
    pub outcome: Option<AppealOutcome>,
}

/// An act that is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongAct {
    /// The state does not allow it.
    #[error("not possible where the appeal stands")]
    State,
    /// It belongs to the court under legality review.
    #[error("under legality review that is the court's")]
    Courts,
    /// It came in time.
    #[error("it came in time")]
    InTime,
}

/// The last day to appeal and whether an appeal came after it (förvaltningslagen 44 §, lag 1930:173).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeliness {
    /// The last day.
    pub last_day: NaiveDate,
    /// Whether it came after that.
    pub late: bool,
}

impl Timeliness {
    /// Of an appeal by the day the party received the decision.
    #[must_use]
    pub fn of(served_on: NaiveDate, received_on: NaiveDate) -> Self {
        let last_day = calendar::last_day_to_appeal(served_on);
        Self { last_day, late: received_on > last_day }
    }
}

impl Appeal {
    /// A new one: where it stands and what is due.
    #[must_use]
    pub fn begin(form: AppealForm, via: Via, received_on: NaiveDate) -> Next {
        let (state, due) = match (via, form) {
            (Via::Court, _) => (AppealState::AtCourt, None),
            // Normally within a week.
            (Via::Us, AppealForm::Forvaltningsbesvar) => (AppealState::Received, Some(weeks_after(received_on, 1))),
            // Sent on at once.
            (Via::Us, AppealForm::Laglighetsprovning) => (AppealState::Received, Some(received_on)),
        };
        Next { state, due, outcome: None }
    }

    /// Whether it came in time, where that is ours to test.
    #[must_use]
    pub fn timeliness(&self) -> Option<Timeliness> {
        match self.form {
            AppealForm::Forvaltningsbesvar => self.served_on.map(|served| Timeliness::of(served, self.received_on)),
            AppealForm::Laglighetsprovning => None,
        }
    }

    /// Where an act leads.
    ///
    /// # Errors
    /// Why it is not possible.
    pub fn act(&self, act: Act) -> Result<Next, WrongAct> {
        use AppealState::{AtCourt, Received, Requested, ToForward};
        let ours = match self.form {
            AppealForm::Forvaltningsbesvar => Ok(()),
            AppealForm::Laglighetsprovning => Err(WrongAct::Courts),
        };
        let closed = |outcome| Ok(Next { state: AppealState::Closed, due: None, outcome: Some(outcome) });
        let open = |state, due| Ok(Next { state, due, outcome: None });
        let week = Some(weeks_after(self.received_on, 1));
        match (act, self.state) {
            (Act::Reject, Received) => {
                ours?;
                match self.timeliness() {
                    Some(Timeliness { late: true, .. }) => closed(AppealOutcome::Rejected),
                    Some(_) | None => Err(WrongAct::InTime),
                }
            }
            (Act::Reconsider(how), Received) => {
                ours?;
                match how {
                    Reconsidered::ChangedAsAsked => closed(AppealOutcome::ChangedAsAsked),
                    Reconsidered::Stands | Reconsidered::ChangedOtherwise => open(ToForward, week),
                }
            }
            (Act::Forward, ToForward) => open(AtCourt, None),
            // Nothing is tested or reconsidered before it is sent on.
            (Act::Forward, Received) if ours.is_err() => open(AtCourt, None),
            (Act::Request(last_day), AtCourt | Requested) => open(Requested, Some(last_day)),
            (Act::Answer, Requested) => open(AtCourt, None),
            (Act::Judge(judgment), AtCourt | Requested) => match judgment {
                Judgment::Stands => closed(AppealOutcome::Stands),
                Judgment::SetAside => closed(AppealOutcome::SetAside),
                Judgment::Withdrawn => closed(AppealOutcome::Withdrawn),
                Judgment::Changed => {
                    ours?;
                    closed(AppealOutcome::Changed)
                }
            },
            (Act::Withdraw, Received | ToForward) => closed(AppealOutcome::Withdrawn),
            (
                Act::Reject | Act::Reconsider(_) | Act::Forward | Act::Request(_) | Act::Answer | Act::Judge(_) | Act::Withdraw,
                Received | ToForward | AtCourt | Requested | AppealState::Closed,
            ) => Err(WrongAct::State),
        }
    }
}
