//! What a form says that invited experts may read is checked where it stands.

use bifall::packages::Files;

use super::errors_of;

const FORM: &str = "forms/projektbidrag-kultur.toml";
const DECLARED: &str = "sections = [\"projektet\", \"ekonomi\"]";

fn errors(from: &str, to: &str) -> Vec<String> {
    errors_of(FORM, from, to)
}

/// The line that a text stands on.
fn line_of(text: &str) -> usize {
    let form = String::from_utf8(Files::built_in().0[FORM].clone()).unwrap();
    1 + form.split(text).next().unwrap().matches('\n').count()
}

#[test]
fn a_section_that_is_not_in_the_form_is_an_error_with_its_line() {
    assert_eq!(errors(DECLARED, DECLARED), Vec::<String>::new());
    let line = line_of(DECLARED);
    assert_eq!(errors(DECLARED, "sections = [\"projektet\", \"ekonomin\"]"), [format!("{FORM} {line} unknown_section")]);
}

#[test]
fn a_list_without_sections_and_a_workflow_without_scales_are_errors() {
    let line = line_of(DECLARED);
    assert_eq!(errors(DECLARED, "sections = []"), [format!("{FORM} {line} nothing_to_read")]);
    assert_eq!(errors(DECLARED, "section = [\"projektet\"]").len(), 2, "the key is unknown, and the one that is needed is missing");
    let scored = errors("workflow = \"assessed\"", "workflow = \"officer\"");
    assert!(scored.iter().any(|problem| problem.ends_with(" experts_without_scales")), "{scored:?}");
}
