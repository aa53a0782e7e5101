//! What a report leans on in the grant it is about is checked before anybody is granted anything.

use super::errors_of;

const EVENT: &str = "forms/arrangemangsbidrag.toml";
const REPORT: &str = "forms/arrangemangsbidrag-redovisning.toml";
const REQUISITION: &str = "forms/investeringsbidrag-rekvisition.toml";

/// Each change with what is said of it.
const FAULTS: [(&str, &str, &str, &str); 8] = [
    (REPORT, "of = \"arrangemangsbidrag\"", "of = \"arrangemangsbidraget\"", "unknown_grant"),
    (REPORT, "due_answer = \"datum\"", "due_answer = \"dag\"", "unknown_date"),
    (REPORT, "id = \"2027\"\ncovers = [2027-01-01, 2027-12-31]", "id = \"2028\"\ncovers = [2028-01-01, 2028-12-31]", "period_not_reported"),
    (REPORT, "workflow = \"report\"", "workflow = \"requisition\"", "step_missing"),
    (REPORT, "workflow = \"report\"", "workflow = \"officer\"", "step_unfit"),
    (REPORT, "workflow = \"report\"", "workflow = \"requisition\"", "action_unfit"),
    (REQUISITION, "workflow = \"requisition\"", "workflow = \"report\"", "step_unfit"),
    (EVENT, "recall_reservation = ", "# ", "no_reservation"),
];

#[test]
fn a_report_that_does_not_fit_its_grant_is_an_error_with_its_place() {
    for (path, from, to, code) in FAULTS {
        let errors = errors_of(path, from, to);
        assert!(errors.iter().any(|error| error.ends_with(&format!(" {code}"))), "{to}: {errors:?}");
    }
    assert_eq!(errors_of(REPORT, "due_days = 60", "due_days = 61"), Vec::<String>::new(), "and one that fits is none");
}
