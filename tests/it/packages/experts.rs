//! What a form says that invited experts may read is checked where it stands.

use bifall::packages::Files;

use super::check;

const FORM: &str = "forms/projektbidrag-kultur.toml";
const DECLARED: &str = "sections = [\"projektet\", \"ekonomi\"]";

/// The errors of the built-in packages after a change of the culture grant's form, as `line code`.
fn errors(from: &str, to: &str) -> Vec<String> {
    let mut files = Files::built_in();
    let form = files.0.get_mut(FORM).unwrap();
    let text = String::from_utf8(form.clone()).unwrap();
    assert!(text.contains(from), "{from}");
    *form = text.replacen(from, to, 1).into_bytes();
    let checked = check(&files);
    let problems = checked.iter().flat_map(|checked| &checked.problems).filter(|problem| problem.is_error());
    problems.map(|problem| format!("{} {} {}", problem.place.file, problem.place.line, problem.code)).collect()
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
