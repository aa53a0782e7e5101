//! A grant with a pot, and clubs that apply for it.

use bifall::domain::id::CaseId;
use bifall::packages::Files;
use bifall::services::{Actor, packages, periods};

use crate::support::TestTenant;
use crate::support::actors::activity_answers;
use crate::support::dak::{adult, girls, occasion};

/// The grant's id.
pub const POT: &str = "pottbidrag";

/// Every occasion gives 10 kr; the rest of 1 000 kr is shared by marks.
const SCRIPT: &str = r#"
fn validate(application) {
    require("for_sent", application.received <= application.due);
}
fn calculate(application) {
    let a = application.attendance.eligible_only("alder").at_least("minst");
    row("sammankomster", a.occasions, "belopp");
    measure("marken", a.participants, "deltagartillfällen");
    allocated_row("andel");
    round_to_krona();
}
fn allocate(round) {
    pot("pott");
    fixed_part("fast", "stop");
    share_by("andel", "marken");
}
"#;

const PARAMETERS: &str = r#"
[alder]
type = "range"
paragraph = "§ 1"
values = [{ from = 2020-01-01, value = [7, 25] }]
[minst]
type = "integer"
paragraph = "§ 1"
values = [{ from = 2020-01-01, value = 3 }]
[belopp]
type = "money"
paragraph = "§ 2"
values = [{ from = 2020-01-01, value = 10 }]
[pott]
type = "money"
paragraph = "§ 3"
values = [{ from = 2020-01-01, value = 1000 }]
"#;

const TEXTS: &str = r#"
[for_sent]
text = "Kom i tid"
motivation = "Ansökan kom efter sista dagen."
paragraph = "§ 4"
[sammankomster]
text = "{quantity} sammankomster à {rate}"
[marken]
text = "{value} deltagartillfällen"
[andel]
text = "Andel av potten: {amount}"
[pott]
text = "Potten"
[fast]
text = "Fasta delar"
"#;

/// The files of a grant type made from the activity grant's form and rules of its own.
pub fn files(id: &str, script: &str, parameters: &str, texts: &str) -> Files {
    let built_in = Files::built_in();
    let form = built_in.text("forms/aktivitetsstod.toml").unwrap().replace("id = \"aktivitetsstod\"", &format!("id = \"{id}\""));
    let form = form.replace("sample_percent = 5", "sample_percent = 0");
    // The sentence on what one can get names parameters that these rules do not have.
    let form: String = form.lines().filter(|line| !line.starts_with("benefit = ")).map(|line| format!("{line}\n")).collect();
    let form = form + "\n[[table]]\nid = \"rf_lok\"\nlabel = { sv = \"Förbundets summor\" }\n";
    let mut files = Files::default();
    for (path, text) in [
        (format!("forms/{id}.toml"), form.as_str()),
        (format!("rules/{id}/rules.rhai"), script),
        (format!("rules/{id}/parameters.toml"), parameters),
        (format!("rules/{id}/texts.toml"), texts),
    ] {
        files.0.insert(path, text.as_bytes().to_vec());
    }
    files
}

/// Takes such a grant type into use.
pub async fn take_into_use(t: &TestTenant, id: &str, script: &str, parameters: &str, texts: &str) {
    let files = files(id, script, parameters, texts);
    let imported = packages::import(&t.tenant, &Actor::Service, &files).await.unwrap();
    let errors: Vec<_> = imported.problems.iter().filter(|problem| problem.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// The files of the grant with a pot of so many kronor, and so many for each occasion.
pub fn pot_files(pot: &str, each: &str) -> Files {
    let parameters =
        PARAMETERS.replace("value = 1000 }", &format!("value = {pot} }}")).replace("value = 10 }", &format!("value = {each} }}"));
    files(POT, SCRIPT, &parameters, TEXTS)
}

/// The grant with a pot.
pub async fn pot(t: &TestTenant) {
    take_into_use(t, POT, SCRIPT, PARAMETERS, TEXTS).await;
}

/// A club that met so often with so many, and applied.
pub async fn applied(t: &TestTenant, no: u32, grant: &str, days: &[&str], girls_each: u64) -> CaseId {
    let club = t.club(no).await;
    let from = u64::from(no) * 10;
    let held: Vec<_> = (0..)
        .zip(days)
        .map(|(at, day)| occasion(day, &format!("{no}-{at}"), &girls(from, girls_each)).led_by(adult(u64::from(no))))
        .collect();
    club.send(&held).await;
    club.submit(grant, "2026-H1", &activity_answers(), &format!("{grant}-{no}")).await.unwrap().case
}

/// Closes the period of a grant and carries out what that sets going.
pub async fn closed(t: &TestTenant, grant: &str) {
    t.clock.set("2026-08-26 08:00");
    periods::close(&t.tenant, &t.officer("dag").await.actor, grant, "2026-H1").await.unwrap();
    t.work().await;
}
