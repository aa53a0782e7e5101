//! What a workflow declares.

use crate::domain::condition::Written;
use crate::domain::score::Criterion;
use crate::domain::{Localized, Place};
use crate::text::definition::Located;

/// A workflow: how a case goes from received to closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Workflow {
    /// Stable id.
    pub id: String,
    /// What it is called, where it has a name.
    pub title: Option<Localized>,
    /// Clocks; they belong to the case and survive states.
    pub clocks: Vec<Clock>,
    /// The states; the first is where a case starts.
    pub states: Vec<State>,
}

impl Workflow {
    /// The state of an id.
    #[must_use]
    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|state| state.id == id)
    }
}

/// A clock that counts days of handling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Stable id.
    pub id: String,
    /// What starts it.
    pub starts: ClockStart,
    /// What stops it.
    pub stops: ClockEnd,
    /// States in which it stands still.
    pub pauses_in: Vec<Located<String>>,
    /// How many running days it allows.
    pub days: u32,
}

/// What starts a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockStart {
    /// The application was received.
    Received,
    /// The application was complete.
    Complete,
    /// The period closed.
    PeriodClose,
}

/// What stops a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockEnd {
    /// The case was decided.
    Decided,
    /// The grant was paid.
    Paid,
    /// The case was closed.
    Closed,
}

/// A state of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Stable id.
    pub id: String,
    /// What officers and applicants read, where it has a name of its own.
    pub label: Option<Localized>,
    /// What happens in it.
    pub kind: StateKind,
    /// Where a case goes from it, in the order they are tried.
    pub next: Vec<Next>,
    /// Where it is declared.
    pub place: Place,
}

/// What happens in a state.
#[derive(Clone, Debug, PartialEq)]
pub enum StateKind {
    /// The service does these steps, then moves on by itself.
    Automatic(Vec<Step>),
    /// People do these tasks.
    Task(Vec<Task>),
    /// Somebody decides; who follows from the grant type's decision mode.
    Decision,
    /// The case waits.
    Wait {
        /// For what.
        until: WaitFor,
        /// How many days at most; the case then moves on as it is.
        days: Option<u32>,
    },
    /// The case is closed.
    End,
}

/// The action by which an officer gives a requisition back: its case ends, and the association is told why.
pub const SEND_BACK: &str = "send_back";

/// An automatic step. The list is closed; a new step is one more word here and one file in the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Judge the answers and run the rules' checks.
    Validate,
    /// Register in the diary.
    Register,
    /// Look up residence in the population register.
    Population,
    /// Gather the period's attendance.
    Attendance,
    /// Run the rules' calculation.
    Calculate,
    /// Write the proposed decision.
    Propose,
    /// Send the letter.
    Notify,
    /// Make the payment order.
    Payout,
    /// Let go the part of the payment that an accepted requisition was waited for.
    Release,
    /// Settle a grant by its report: pay what is left, or claim back what was paid too much.
    Settle,
}

impl Step {
    /// All steps with their words.
    pub const ALL: [(&'static str, Self); 10] = [
        ("validate", Self::Validate),
        ("register", Self::Register),
        ("population", Self::Population),
        ("attendance", Self::Attendance),
        ("calculate", Self::Calculate),
        ("propose", Self::Propose),
        ("notify", Self::Notify),
        ("payout", Self::Payout),
        ("release", Self::Release),
        ("settle", Self::Settle),
    ];

    /// The word in definitions and in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Validate => "validate",
            Self::Register => "register",
            Self::Population => "population",
            Self::Attendance => "attendance",
            Self::Calculate => "calculate",
            Self::Propose => "propose",
            Self::Notify => "notify",
            Self::Payout => "payout",
            Self::Release => "release",
            Self::Settle => "settle",
        }
    }
}

/// What a wait waits for. Whatever it waits for, `days` ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitFor {
    /// The applicant answers.
    Applicant,
    /// The application period closes.
    PeriodClose,
    /// The time of appeal passes.
    LegalForce,
    /// A report of how the grant was used.
    Report,
    /// The round's applications are ranked against the budget, together.
    Ranking,
}

/// A way out of a state. It is taken when everything it asks for holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// Where to.
    pub to: Target,
    /// A circumstance the service knows.
    pub when: Option<AutomaticCondition>,
    /// What a person chose.
    pub action: Option<String>,
    /// A condition on answers and facts.
    pub guard: Option<Located<Written>>,
    /// What the button says, where it is not just the name of the state it leads to.
    pub label: Option<Localized>,
    /// The letter that is sent on the way.
    pub letter: Option<Located<String>>,
    /// Steps done again on arrival.
    pub rerun: Vec<Step>,
    /// Where it is declared.
    pub place: Place,
}

/// Where a way out leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a state.
    State(String),
    /// Back to the state the case came from.
    Return,
}

/// A circumstance the service knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AutomaticCondition {
    /// A rule, a risk or the random sample sends the case to an officer.
    Checkpoint,
    /// The amount was reduced by material the applicant has not seen (förvaltningslagen 25 §).
    ReducedOnUnseenMaterial,
    /// The decision grants something.
    Granted,
    /// The decision grants nothing.
    NotGranted,
    /// The committee sends the case back to be prepared further (återremiss).
    ReferredBack,
    /// The report gives less than was paid: something would be claimed back.
    ClaimsBack,
}

impl AutomaticCondition {
    /// All circumstances with their words.
    pub const ALL: [(&'static str, Self); 6] = [
        ("checkpoint", Self::Checkpoint),
        ("reduced_on_unseen_material", Self::ReducedOnUnseenMaterial),
        ("granted", Self::Granted),
        ("not_granted", Self::NotGranted),
        ("referred_back", Self::ReferredBack),
        ("claims_back", Self::ClaimsBack),
    ];
}

/// Something people do in a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Stable id.
    pub id: String,
    /// What it is called, where it has a name of its own.
    pub label: Option<Localized>,
    /// Who does it.
    pub role: Role,
    /// How many persons do it, each on her own.
    pub count: Count,
    /// Whether they see each other's results only afterwards.
    pub blind: bool,
    /// Whether it must be done by somebody else than the state's other tasks and the case's officer.
    pub four_eyes: bool,
    /// Whether the state waits for it.
    pub need: TaskNeed,
    /// What to tick off.
    pub checklist: Vec<ChecklistItem>,
    /// What to fill in.
    pub form: Vec<TaskField>,
}

impl Task {
    /// The scales it scores by, with what they are called.
    pub fn scales(&self) -> impl Iterator<Item = (&TaskField, &Scale)> {
        self.form.iter().filter_map(|field| match &field.kind {
            TaskFieldKind::Scale(scale) => Some((field, scale)),
            TaskFieldKind::Moderation(_) | TaskFieldKind::Text | TaskFieldKind::Conditions | TaskFieldKind::Amount => None,
        })
    }

    /// What its scales weigh.
    #[must_use]
    pub fn criteria(&self) -> Vec<Criterion> {
        let criterion =
            |(field, scale): (&TaskField, &Scale)| Criterion { id: field.id.clone(), weight: scale.weight, highest: scale.highest() };
        self.scales().map(criterion).collect()
    }

    /// The task whose scores it weighs together and may change.
    #[must_use]
    pub fn moderates(&self) -> Option<&Located<String>> {
        self.form.iter().find_map(|field| match &field.kind {
            TaskFieldKind::Moderation(of) => Some(of),
            TaskFieldKind::Scale(_) | TaskFieldKind::Text | TaskFieldKind::Conditions | TaskFieldKind::Amount => None,
        })
    }

    /// Whether somebody from outside can be invited to do it too: it scores by scales of its own.
    #[must_use]
    pub fn takes_experts(&self) -> bool {
        self.scales().next().is_some() && self.moderates().is_none()
    }

    /// Whether what it asks for is filled in on a page of its own: scores, conditions, or more than one text.
    #[must_use]
    pub fn has_sheet(&self) -> bool {
        let of = |wanted: &TaskFieldKind| self.form.iter().filter(|field| field.kind == *wanted).count();
        let written = of(&TaskFieldKind::Conditions) > 0 || of(&TaskFieldKind::Text) > 1;
        written || self.scales().next().is_some() || self.moderates().is_some()
    }
}

/// How many persons do a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Fixed(u32),
    /// As many as a whole-number parameter of the grant type says: the municipality's setting.
    Parameter(Located<String>),
}

/// Whether a state waits for a task.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskNeed {
    /// Always.
    Mandatory,
    /// When the condition on answers and facts holds; unknown counts as holding, so that nothing is skipped.
    When(Located<Written>),
    /// Never; it may be done.
    Optional,
}

/// Who does a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Officer (handläggare).
    Officer,
    /// Delegate or member of the committee.
    DecisionMaker,
    /// Administrator of grant types.
    Administrator,
    /// Payment officer.
    PaymentOfficer,
}

/// A line to tick off.
#[derive(Clone, Debug, PartialEq)]
pub struct ChecklistItem {
    /// Stable id.
    pub id: String,
    /// What is to be done.
    pub label: Localized,
    /// When a comment is asked for.
    pub comment: ChecklistComment,
    /// When the line is there; always when none.
    pub when: Option<Located<Written>>,
}

/// When a checklist's line asks for a comment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChecklistComment {
    /// A comment may be written.
    #[default]
    Optional,
    /// A comment is demanded when the line is not ticked.
    WhenNotDone,
    /// A comment is always demanded.
    Always,
}

/// Something to fill in while doing a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskField {
    /// Stable id.
    pub id: String,
    /// The question.
    pub label: Localized,
    /// What is filled in.
    pub kind: TaskFieldKind,
}

/// What is filled in while doing a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskFieldKind {
    /// A level of a scale, with the reasons for it.
    Scale(Scale),
    /// The scores of the task of this id, weighed together; each may be changed with a reason.
    Moderation(Located<String>),
    /// A judgement in words.
    Text,
    /// Conditions that go with the decision, one a line.
    Conditions,
    /// A proposed amount.
    Amount,
}

/// A scale whose every level says what it means, so that two assessors mean the same by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// How much the criterion weighs beside the others.
    pub weight: u32,
    /// The number of the first level.
    pub from: u32,
    /// What each level means, the lowest first.
    pub levels: Vec<Localized>,
}

impl Scale {
    /// The number of the highest level.
    #[must_use]
    pub fn highest(&self) -> u32 {
        self.from + u32::try_from(self.levels.len()).unwrap_or(u32::MAX).saturating_sub(1)
    }

    /// What a level means; `None` for a number that is none of its levels.
    #[must_use]
    pub fn anchor(&self, level: u32) -> Option<&Localized> {
        self.levels.get(usize::try_from(level.checked_sub(self.from)?).ok()?)
    }
}
