//! What is to be reported and what is claimed back.

pub(in crate::web) mod claims;
pub(in crate::web) mod list;
pub(in crate::web) mod plan;

use askama::Template;

use crate::domain::role::Role;
use crate::web::Page;
// The template of an act asks what kind each field is.
use crate::web::parts::FieldKind;
use crate::web::parts::{Action, Field, Link, State};
use crate::web::site::routes::{Access, Route};

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    let staff = Access::Staff;
    let officer = Access::Roles(&[Role::Officer]);
    vec![
        Route::get("/redovisningar", staff, list::page),
        Route::post("/redovisningar", staff, list::remind),
        Route::get("/redovisningar/{duty}/aterkrav", officer, claims::before),
        Route::post("/redovisningar/{duty}/aterkrav", officer, claims::open),
        Route::get("/redovisningar/aterkrav", staff, claims::page),
        Route::get("/arenden/{case}/avbetalning", staff, plan::page),
        Route::post("/arenden/{case}/avbetalning", staff, plan::set),
    ]
}

/// The list of what is to be reported. Its form sends `redovisning` = ids to its own address.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/reports.html")]
pub struct ReportsPage {
    /// The page around it.
    pub page: Page,
    /// What is waited for and has not come, the first last day before.
    pub waited_for: Vec<Row>,
    /// What has come and is not settled.
    pub come: Vec<Row>,
    /// Whether the visitor may remind somebody.
    pub may_remind: bool,
    /// How many claims are not paid, in words; empty for none.
    pub claims: String,
}

/// A report in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The duty's identity.
    pub id: String,
    /// Whose.
    pub name: String,
    /// What is to be reported and for which period.
    pub what: String,
    /// The granted case.
    pub case: Link,
    /// What was granted.
    pub amount: String,
    /// The last day.
    pub due: String,
    /// How it stands.
    pub state: State,
    /// When somebody last wrote to her.
    pub written: String,
    /// What its box is called.
    pub choose: String,
    /// Whether she can be reminded.
    pub can_remind: bool,
    /// Where the report is reviewed, or the grant claimed back without one.
    pub way: Option<Link>,
}

/// The claims.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/claims.html")]
pub struct ClaimsPage {
    /// The page around it.
    pub page: Page,
    /// The claims, unpaid before paid.
    pub claims: Vec<ClaimRow>,
}

/// A claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimRow {
    /// Whose.
    pub name: String,
    /// The case of the report.
    pub case: Link,
    /// What is claimed.
    pub claimed: String,
    /// What is left.
    pub left: String,
    /// What is set off in payments that have not left, in words; empty for nothing.
    pub set_off: String,
    /// The next last day.
    pub next: String,
    /// How it stands.
    pub state: State,
    /// Where the plan is made; none where nothing is left.
    pub plan: Option<Link>,
}

/// A plan for paying back.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/recovery.html")]
pub struct PlanPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// What is left, in words.
    pub left: String,
    /// The plan that counts, a line a part; empty without one.
    pub now: Vec<(String, String)>,
    /// In how many parts, and from which day: sent to the page's own address with GET.
    pub ask: Vec<Field>,
    /// The parts as they would be; empty before they were asked for.
    pub parts: Vec<PartRow>,
    /// The page's own address.
    pub action: String,
    /// Why there is no form; empty where there is.
    pub closed: String,
}

/// A part of a plan as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartRow {
    /// Its number.
    pub no: usize,
    /// The last day as typed.
    pub due: String,
    /// The amount as typed.
    pub amount: String,
    /// What is wrong with the day.
    pub due_error: Option<String>,
    /// What is wrong with the amount.
    pub amount_error: Option<String>,
}

/// The page before a grant is claimed back without a report.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/act.html")]
pub struct ClaimBackPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// What the page is called.
    pub heading: String,
    /// What is done here.
    pub lead: String,
    /// Nothing is reckoned here.
    pub rows: Vec<crate::web::parts::Line>,
    /// The form.
    pub forms: Vec<Action>,
    /// Why there is none.
    pub closed: String,
}
