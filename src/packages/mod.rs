//! A whole grant type: its files, form, workflow, rules, letters and test cases, checked against each other.

mod attendance_files;
pub mod benefit;
mod case_answers;
mod case_expected;
mod case_occasions;
mod case_rounds;
mod cases;
mod compare;
mod cross;
mod cross_answers;
mod cross_reports;
mod cross_tasks;
mod files;
mod load;
mod reference;
mod run;
mod run_round;
mod unread;

pub use attendance_files::{AttendanceSource, attendance_of};
pub use case_answers::read_answer_file;
pub use case_rounds::{Member, RoundCase};
pub use cases::{Case, CaseAttendance, CaseFile, Expected, read_case_file, read_single_case};
pub use files::{FOLDERS, Files, FilesError, HOST, MAX_BYTES, MAX_FILES};
pub use load::{Checked, FEWEST_CASES, Package, Reportable, Surroundings, load, load_all};
pub use reference::{MAX_TABLE_BYTES, TableDiff, read_table};
pub use run::{CaseResult, Difference, input_hash, run_case, run_cases};
pub use run_round::{entry_of, run_round};
