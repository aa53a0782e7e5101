//! Loads grant types from files and checks each as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::case_rounds::RoundCase;
use super::cases::{Case, CaseFile, nothing_expected, read_case_file};
use super::cross;
use super::files::Files;
use crate::domain::canonical::Sha;
use crate::domain::grant::GrantKind;
use crate::domain::{Localized, Place, Problem};
use crate::forms::{self, FieldKind, Form};
use crate::rules::{self, RuleSet, RuleSources};
use crate::text::definition::{did_you_mean, nearest};
use crate::workflows::{self, Workflow};

/// A whole grant type, ready to use.
#[derive(Clone, Debug)]
pub struct Package {
    /// The grant type's id.
    pub id: String,
    /// What it asks.
    pub form: Form,
    /// How its cases are handled.
    pub workflow: Workflow,
    /// How it is calculated.
    pub rules: RuleSet,
    /// The texts of letters by id, those of the grant type before those shared by all.
    pub letters: BTreeMap<String, String>,
    /// Its test cases.
    pub cases: Vec<Case>,
    /// Its test rounds.
    pub rounds: Vec<RoundCase>,
    /// SHA-256 of the canonical archive of `files`: names the version.
    pub hash: Sha,
    /// The files it is made of, the workflow and shared letters included.
    pub files: Files,
}

/// What is known besides the files: what a grant type may lean on.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Workflows and letters to take where the files have none of that name.
    pub shared: Files,
    /// Approval grant types that exist elsewhere.
    pub approvals: BTreeSet<String>,
    /// All grant types that exist elsewhere.
    pub grant_types: BTreeSet<String>,
    /// The units of the municipality's settings; none where it is not known whose grant type it is.
    pub units: Option<BTreeSet<String>>,
    /// What a report may lean on, by the grant type it is about.
    pub reported: BTreeMap<String, Reportable>,
    /// Whether the files were looked at before, when they were imported: what they leaned on was there then.
    pub looked_at_before: bool,
}

/// What a report may lean on of the grant it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reportable {
    /// Whether its decisions reserve the right to claim back (förvaltningslagen 37 §).
    pub reserves: bool,
    /// The dates that its form asks for.
    pub dates: BTreeSet<String>,
    /// Its periods.
    pub periods: BTreeSet<String>,
}

impl Reportable {
    fn of(form: &Form) -> Self {
        let is_date = |field: &&forms::Field| matches!(field.kind, FieldKind::Date(_) | FieldKind::DateRange(_));
        Self {
            reserves: form.recall_reservation.is_some(),
            dates: form.fields().filter(is_date).map(|field| field.id.clone()).collect(),
            periods: form.periods.iter().map(|period| period.dates.id.clone()).collect(),
        }
    }
}

impl Surroundings {
    /// What comes with the program.
    #[must_use]
    pub fn built_in() -> Self {
        let shared = Files::built_in();
        let forms: Vec<Form> = forms_of(&shared).into_iter().filter_map(|(_, form, _)| form).collect();
        Self {
            approvals: forms.iter().filter(|form| form.kind == GrantKind::Approval).map(|form| form.id.clone()).collect(),
            grant_types: forms.iter().map(|form| form.id.clone()).collect(),
            reported: forms.iter().map(|form| (form.id.clone(), Reportable::of(form))).collect(),
            looked_at_before: false,
            shared,
            units: None,
        }
    }

    /// The same in a municipality that has these units.
    #[must_use]
    pub fn with_units<'a>(mut self, units: impl IntoIterator<Item = &'a str>) -> Self {
        self.units = Some(units.into_iter().map(str::to_owned).collect());
        self
    }

    /// Adds the grant types and approvals that some files declare.
    pub fn know(&mut self, files: &Files) {
        for form in forms_of(files).into_iter().filter_map(|(_, form, _)| form) {
            if form.kind == GrantKind::Approval {
                self.approvals.insert(form.id.clone());
            }
            self.reported.insert(form.id.clone(), Reportable::of(&form));
            self.grant_types.insert(form.id);
        }
    }
}

/// A grant type that was looked at.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its id, from the file names.
    pub id: String,
    /// The package; there is none when something is in error.
    pub package: Option<Package>,
    /// Everything to mend or look at, in the order of files, lines and columns.
    pub problems: Vec<Problem>,
}

/// The packages in some files that are free of errors, and all problems.
#[must_use]
pub fn load(files: &Files, around: &Surroundings) -> (Vec<Package>, Vec<Problem>) {
    let (mut packages, mut problems) = (Vec::new(), Vec::new());
    for checked in load_all(files, around) {
        packages.extend(checked.package);
        problems.extend(checked.problems);
    }
    (packages, problems)
}

/// Every grant type in some files with its problems, in the order of their ids.
#[must_use]
pub fn load_all(files: &Files, around: &Surroundings) -> Vec<Checked> {
    let forms = forms_of(files);
    let mut around = around.clone();
    around.know(files);
    let mut checked: Vec<Checked> = forms.into_iter().map(|(id, form, problems)| check(files, &around, id, form, problems)).collect();
    checked.extend(orphans(files, &checked));
    checked.sort_by(|a, b| a.id.cmp(&b.id));
    checked
}

fn forms_of(files: &Files) -> Vec<(String, Option<Form>, Vec<Problem>)> {
    files
        .directly_in("forms", ".toml")
        .map(|path| {
            let id = path.trim_start_matches("forms/").trim_end_matches(".toml").to_owned();
            let Some(text) = files.text(path) else { return (id, None, vec![not_text(path)]) };
            let (form, mut problems) = forms::read(path, text);
            if let Some(form) = form.as_ref().filter(|form| form.id != id) {
                problems.push(whole_file(
                    path,
                    "id_mismatch",
                    (
                        format!("Filen heter {id}.toml men bidraget ”{}”.", form.id),
                        format!("The file is called {id}.toml but the grant \"{}\".", form.id),
                    ),
                    Localized::both(
                        format!("Döp filen till {}.toml eller skriv id = \"{id}\".", form.id),
                        format!("Call the file {}.toml or write id = \"{id}\".", form.id),
                    ),
                ));
            }
            (id, form, problems)
        })
        .collect()
}

pub(super) fn whole_file(path: &str, code: &str, (sv, en): (String, String), hint: Localized) -> Problem {
    Problem::error(Place { file: path.to_owned(), line: 0, column: 0 }, code, Localized::both(sv, en), hint)
}

fn not_text(path: &str) -> Problem {
    whole_file(
        path,
        "not_utf8",
        ("Filen är inte text i UTF-8.".to_owned(), "The file is not UTF-8 text.".to_owned()),
        Localized::both("Spara filen som UTF-8.", "Save the file as UTF-8."),
    )
}

fn check(files: &Files, around: &Surroundings, id: String, form: Option<Form>, mut problems: Vec<Problem>) -> Checked {
    let mut own = Files::default();
    own.take(files, &format!("forms/{id}.toml"));
    for path in files.0.keys().filter(|path| path.starts_with(&format!("rules/{id}/")) || path.starts_with(&format!("letters/{id}/"))) {
        own.take(files, path);
    }
    let rules = compile(files, &id, &mut problems);
    let workflow = form.as_ref().and_then(|form| find_workflow(files, around, form, &mut own, &mut problems));
    let letters =
        form.as_ref().map(|form| find_letters(files, around, form, workflow.as_ref(), &mut own, &mut problems)).unwrap_or_default();
    let CaseFile { cases, rounds } = form.as_ref().map(|form| find_cases(files, form, &id, &mut problems)).unwrap_or_default();
    if let (Some(form), Some(rules)) = (&form, &rules) {
        problems.retain(|problem| !cross::used_outside(form, workflow.as_ref(), rules, problem));
    }
    if let Some(form) = &form {
        let (path, script) = script(files, &id);
        let found = cross::problems(form, workflow.as_ref(), rules.as_ref(), &cases, around);
        problems.extend(found.into_iter().filter(|problem| !rules::accepted(&path, script, problem)));
    }
    problems.extend(super::unread::unread(files, &id, workflow.as_ref().map(|_| &letters)));
    problems.sort_by(|a, b| (&a.place, &a.code).cmp(&(&b.place, &b.code)));
    problems.dedup();
    let whole = match (form, workflow, rules) {
        (Some(form), Some(workflow), Some(rules)) if !problems.iter().any(Problem::is_error) => {
            Some(Package { id: id.clone(), form, workflow, rules, letters, cases, rounds, hash: own.hash(), files: own })
        }
        _ => None,
    };
    Checked { id, package: whole, problems }
}

/// The script's path and text; without a script nothing in it is accepted either.
fn script<'f>(files: &'f Files, id: &str) -> (String, &'f str) {
    let path = format!("rules/{id}/rules.rhai");
    let text = files.text(&path).unwrap_or_default();
    (path, text)
}

impl Files {
    fn take(&mut self, from: &Self, path: &str) {
        if let Some(bytes) = from.0.get(path) {
            self.0.insert(path.to_owned(), bytes.clone());
        }
    }
}

fn compile(files: &Files, id: &str, problems: &mut Vec<Problem>) -> Option<RuleSet> {
    let paths = ["rules.rhai", "parameters.toml", "texts.toml"].map(|name| format!("rules/{id}/{name}"));
    for path in paths.iter().filter(|path| files.0.contains_key(*path) && files.text(path).is_none()) {
        problems.push(not_text(path));
    }
    let [script, parameters, texts] = paths.each_ref().map(|path| files.text(path).map(|text| (path.as_str(), text)));
    if script.is_none() {
        problems.push(whole_file(
            &paths[0],
            "missing_rules",
            (format!("Bidraget ”{id}” har inga regler."), format!("The grant \"{id}\" has no rules.")),
            Localized::both(format!("Lägg till filen rules/{id}/rules.rhai."), format!("Add the file rules/{id}/rules.rhai.")),
        ));
        return None;
    }
    let (rules, found) = rules::compile(&RuleSources { id, script, parameters, texts });
    problems.extend(found);
    rules
}

fn find_workflow(files: &Files, around: &Surroundings, form: &Form, own: &mut Files, problems: &mut Vec<Problem>) -> Option<Workflow> {
    let path = format!("workflows/{}.toml", form.workflow.value);
    let from = [files, &around.shared].into_iter().find(|files| files.0.contains_key(&path));
    let Some(from) = from else {
        let known: BTreeSet<&str> = [files, &around.shared]
            .into_iter()
            .flat_map(|files| files.directly_in("workflows", ".toml"))
            .map(|path| path.trim_start_matches("workflows/").trim_end_matches(".toml"))
            .collect();
        problems.push(Problem::error(
            form.workflow.place.clone(),
            "unknown_workflow",
            Localized::both(
                format!("Det finns inget arbetsflöde ”{}”.", form.workflow.value),
                format!("There is no workflow \"{}\".", form.workflow.value),
            ),
            did_you_mean(&form.workflow.value, known.into_iter()),
        ));
        return None;
    };
    own.take(from, &path);
    let Some(text) = from.text(&path) else {
        problems.push(not_text(&path));
        return None;
    };
    let (workflow, found) = workflows::read(&path, text);
    problems.extend(found);
    workflow
}

/// The letters a workflow sends: the grant type's own before the shared.
fn find_letters(
    files: &Files,
    around: &Surroundings,
    form: &Form,
    workflow: Option<&Workflow>,
    own: &mut Files,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, String> {
    let mut letters = BTreeMap::new();
    for letter in
        workflow.into_iter().flat_map(|workflow| &workflow.states).flat_map(|state| &state.next).filter_map(|next| next.letter.as_ref())
    {
        let paths = [format!("letters/{}/{}.txt", form.id, letter.value), format!("letters/{}.txt", letter.value)];
        let found = paths.iter().find_map(|path| {
            [files, &around.shared].into_iter().find_map(|files| files.text(path).map(|text| (files, path, text.to_owned())))
        });
        match found {
            Some((from, path, text)) => {
                own.take(from, path);
                letters.insert(letter.value.clone(), text);
            }
            None => {
                let folder = format!("letters/{}", form.id);
                let known: BTreeSet<&str> = [files, &around.shared]
                    .into_iter()
                    .flat_map(|files| files.directly_in("letters", ".txt").chain(files.directly_in(&folder, ".txt")))
                    .filter_map(|path| path.rsplit('/').next())
                    .map(|name| name.trim_end_matches(".txt"))
                    .collect();
                problems.push(Problem::error(
                    letter.place.clone(),
                    "unknown_letter",
                    Localized::both(
                        format!("Det finns inget brev ”{}”.", letter.value),
                        format!("There is no letter \"{}\".", letter.value),
                    ),
                    did_you_mean(&letter.value, known.into_iter()),
                ));
            }
        }
    }
    letters
}

fn find_cases(files: &Files, form: &Form, id: &str, problems: &mut Vec<Problem>) -> CaseFile {
    let path = format!("rules/{id}/cases.toml");
    let Some(text) = files.text(&path) else {
        problems.push(if files.0.contains_key(&path) { not_text(&path) } else { no_cases(&path) });
        return CaseFile::default();
    };
    let (cases, found) = read_case_file(&path, text, form);
    if cases.cases.is_empty() && !found.iter().any(Problem::is_error) {
        problems.push(no_cases(&path));
    }
    problems.extend(nothing_expected(&cases));
    problems.extend(found);
    cases
}

/// The fewest cases that try a grant from all sides.
pub const FEWEST_CASES: usize = 5;

fn no_cases(path: &str) -> Problem {
    Problem::warning(
        Place { file: path.to_owned(), line: 0, column: 0 },
        "no_cases",
        Localized::both(
            "Bidraget har inga testfall: ingen har prövat att reglerna räknar rätt.",
            "The grant has no test cases: nobody has tried whether the rules reckon right.",
        ),
        Localized::both(
            format!(
                "Skriv minst {FEWEST_CASES} fall i {path}: ett vanligt, varje gräns från båda hållen, ett försent och ett avslag, med belopp uträknade för hand."
            ),
            format!(
                "Write at least {FEWEST_CASES} cases in {path}: a typical one, each limit from both sides, a late one and a refusal, with amounts worked out by hand."
            ),
        ),
    )
}

/// Rules without a form belong to nothing. Who began with the rules has the form left to write.
fn orphans(files: &Files, checked: &[Checked]) -> Vec<Checked> {
    let ids: BTreeSet<&str> = files.0.keys().filter_map(|path| path.strip_prefix("rules/")?.split_once('/')).map(|(id, _)| id).collect();
    ids.into_iter()
        .filter(|id| !checked.iter().any(|checked| checked.id == *id))
        .map(|id| {
            let path = format!("forms/{id}.toml");
            let (mut sv, mut en) = (
                format!(
                    "Skriv formuläret i {path} med id = \"{id}\". Avsnittet ”Formuläret” i docs/RULES.md visar hur; sedan kontrolleras reglerna mot det."
                ),
                format!("Write the form in {path} with id = \"{id}\". docs/RULES.md shows how; the rules are then checked against it."),
            );
            // A form of nearly that name is more likely misspelt than missing.
            if let Some(near) = nearest(id, checked.iter().map(|checked| checked.id.as_str())) {
                sv.push_str(&format!(" Hör reglerna till formuläret forms/{near}.toml? Döp då om mappen till rules/{near}."));
                en.push_str(&format!(" Do the rules belong to the form forms/{near}.toml? Rename the folder to rules/{near} then."));
            }
            let message = (
                format!("Reglerna i rules/{id} har inget formulär: {path} finns inte."),
                format!("The rules in rules/{id} have no form: there is no {path}."),
            );
            Checked { id: id.to_owned(), package: None, problems: vec![whole_file(&path, "missing_form", message, Localized::both(sv, en))] }
        })
        .collect()
}
