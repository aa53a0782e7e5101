use bifall::domain::Problem;
use bifall::packages::Files;

use super::{check, good, with};

const FORM: &str = "forms/prov.toml";
const RULES: &str = "rules/prov/rules.rhai";
const PARAMETERS: &str = "rules/prov/parameters.toml";
const TEXTS: &str = "rules/prov/texts.toml";
const CASES: &str = "rules/prov/cases.toml";
const WORKFLOW: &str = "workflows/prov.toml";

fn problems(files: &Files) -> Vec<Problem> {
    check(files).into_iter().flat_map(|checked| checked.problems).collect()
}

#[test]
fn a_good_package_has_no_problems() {
    let checked = check(&good());
    assert_eq!(checked.iter().flat_map(|checked| &checked.problems).collect::<Vec<_>>(), Vec::<&Problem>::new());
    assert!(checked[0].package.is_some());
}

/// One fault at a time; file, what is written, what stands there instead.
const FAULTS: [(&str, &str, &str); 46] = [
    (FORM, "kind = \"general\"", "kind = \"generel\""),
    (FORM, "decision_mode = \"batch_delegate\"", "decision_mode = \"automatic\""),
    (FORM, "workflow = \"prov\"", "workflow = \"prv\""),
    (FORM, "signed_by", "signd_by"),
    (FORM, "id = \"prov\"", "id = \"annat\""),
    (FORM, "applicants = [\"association\"]", "applicants = []"),
    (FORM, "requires_approval = \"godkand-forening\"", "requires_approval = \"godkand-forenig\""),
    (FORM, "delegation_limit = \"tak\"", "delegation_limit = \"tkk\""),
    (FORM, "closes = 2026-08-25", "closes = 2026-06-25"),
    (FORM, "late_until = 2026-09-30", "late_until = 2026-08-25"),
    (FORM, "covers = [2026-07-01", "covers = [2026-06-30"),
    (FORM, "covers = [2026-01-01, 2026-06-30]", "covers = [2026-06-30, 2026-01-01]"),
    (FORM, "id = \"2026-H2\"", "id = \"2026-H1\""),
    (FORM, "type = \"integer\"", "type = \"interger\""),
    (FORM, "id = \"antal\"", "id = \"antal-styck\""),
    (FORM, "id = \"kontrakt\"", "id = \"form\""),
    (FORM, "show_if = \"form == 'hyr'\"", "show_if = \"from == 'hyr'\""),
    (FORM, "show_if = \"form == 'hyr'\"", "show_if = \"form == 'hyra'\""),
    (FORM, "show_if = \"form == 'hyr'\"", "show_if = \"form = 'hyr'\""),
    (FORM, "type = \"attachment\"", "type = \"personal_number\""),
    (FORM, "title = \"Provbidrag\"", "title = Provbidrag"),
    (RULES, "application.answers.antal, \"minst\"", "application.answers.antl, \"minst\""),
    (RULES, "fact(\"skuld\")", "fact(\"skulder\")"),
    (RULES, "require_approved(\"godkand-forening\")", "require_approved(\"godkand\")"),
    (RULES, "\"belopp\"", "\"beloppet\""),
    (RULES, "late_reduction", "late_reducton"),
    (RULES, "cap(\"tak\");", "cap(\"tak\""),
    (RULES, "fn validate", "fn validera"),
    (PARAMETERS, "[belopp]", "[blopp]"),
    (PARAMETERS, "type = \"integer\"", "type = \"heltal\""),
    (PARAMETERS, "from = 2026-07-01", "from = 2026-04-01"),
    (PARAMETERS, "values = [{ from = 2026-01-01, value = 3 }]", "values = [{ from = 2026-02-01, value = 3 }]"),
    (PARAMETERS, "value = \"10.50\"", "value = 10.50"),
    (TEXTS, "motivation = \"Föreningen har skulder.\"\n", ""),
    (TEXTS, "motivation = \"Högst {limit} ges.\"\n", ""),
    (TEXTS, "motivation = \"Föreningen har skulder.\"\nparagraph = \"§ 1\"", "motivation = \"Föreningen har skulder.\""),
    (TEXTS, "[per_styck]", "[per_stycke]"),
    (CASES, "period = \"2026-H1\"", "period = \"2026-V1\""),
    (CASES, "antal = 4", "antl = 4"),
    (CASES, "form = \"hyr\"", "form = \"hyrr\""),
    (CASES, "skuld = false", "skulden = false"),
    (CASES, "per_styck = \"42\"", "per_stck = \"42\""),
    (CASES, "for_fa = \"ok\"", "for_fa = \"okej\""),
    (WORKFLOW, "guard = \"antal > 100\"", "guard = \"antalet > 100\""),
    (WORKFLOW, "letter = \"fraga\"", "letter = \"frga\""),
    (WORKFLOW, "to = \"proposed\" }", "to = \"propsed\" }"),
];

#[test]
fn every_fault_has_a_place_and_a_way_out() {
    let mut shown = Vec::new();
    for (path, from, to) in FAULTS {
        let problems = problems(&with(path, from, to));
        assert!(problems.iter().any(Problem::is_error), "{from} -> {to} is found");
        shown.push(format!("{} -> {}", from.replace('\n', " "), to.replace('\n', " ")));
        for problem in problems {
            assert!(!problem.message.sv.is_empty() && !problem.hint.sv.is_empty(), "{} explains itself", problem.code);
            let place = &problem.place;
            shown.push(format!("    {}:{}:{} {} | {}", place.file, place.line, place.column, problem.code, problem.hint.sv));
        }
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn missing_files_are_named() {
    let without = |path: &str| {
        let mut files = good();
        files.0.remove(path);
        problems(&files).into_iter().map(|problem| format!("{} {}", problem.place.file, problem.code)).collect::<Vec<_>>()
    };
    assert_eq!(without(RULES)[0], "rules/prov/rules.rhai missing_rules");
    assert_eq!(without(FORM), ["forms/prov.toml missing_form"]);
    assert_eq!(without(WORKFLOW), ["forms/prov.toml unknown_workflow"]);
    assert_eq!(without(CASES), ["rules/prov/cases.toml no_cases"]);
    assert_eq!(without("letters/prov/fraga.txt"), ["workflows/prov.toml unknown_letter"]);
}

#[test]
fn text_that_is_not_utf8_is_a_problem_not_a_panic() {
    for path in good().0.keys().filter(|path| !path.starts_with("letters")) {
        let mut files = good();
        files.0.insert(path.clone(), vec![0xff, 0xfe, b'a']);
        let found = problems(&files);
        assert!(found.iter().any(|problem| problem.code == "not_utf8" && problem.place.file == *path), "{path}");
    }
}

#[test]
fn an_unused_question_is_a_warning() {
    let more = "required = true\n\n[[section.field]]\nid = \"onodig\"\ntype = \"yes_no\"\nlabel = \"Onödig\"";
    let files = with(FORM, "required = true", more);
    let found: Vec<String> =
        problems(&files).iter().map(|problem| format!("{}:{} {}", problem.place.file, problem.place.line, problem.code)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("unused_field"));
    assert!(check(&files)[0].package.is_some(), "a warning does not stop a package");
}
