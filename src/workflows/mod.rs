//! Workflows: states, tasks, clocks and the pure machine that moves a case. Definitions lie in `workflows/`.

pub mod clock;
pub mod machine;
mod model;
mod reach;
mod read;
mod read_task;

pub use model::{
    AutomaticCondition, ChecklistComment, ChecklistItem, Clock, ClockEnd, ClockStart, Count, Next, Role, SEND_BACK, Scale, State,
    StateKind, Step, Target, Task, TaskField, TaskFieldKind, TaskNeed, WaitFor, Workflow,
};
pub use read::read;
