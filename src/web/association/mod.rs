//! The register of associations: the association's own pages, and the same read by the municipality.

use crate::domain::mandate::Mandate::{Reader, Signatory, Writer};
use crate::domain::role::Role::{Administrator, Attester, Reviewer};
use crate::web::site::routes::{Access, Route};

mod actions;
mod history;
mod list;
mod own;
mod papers;
mod shown;
mod standing;

pub(in crate::web) use shown::board_key;

pub use history::HistoryPage;
pub use list::{AssociationRow, AssociationsPage};
pub use own::{AssociationPage, PeoplePage};
pub use papers::{KindOfPaper, PaperForm, PaperLine, PapersPage};
pub use shown::{Facts, Line as AssociationLine};
pub use standing::{DebtLine, Standing, StatusLine};

/// The room's addresses.
pub(in crate::web) fn routes() -> Vec<Route> {
    let payers = Access::Roles(&[Administrator, Attester, Reviewer]);
    vec![
        Route::get("/forening", Access::Applicant(Reader), own::page),
        Route::get("/forening/personer", Access::Applicant(Reader), own::people),
        Route::get("/forening/handlingar", Access::Applicant(Reader), papers::page),
        Route::post("/forening/handlingar", Access::Applicant(Writer), papers::hand_in),
        Route::get("/forening/handlingar/{paper}", Access::Applicant(Reader), papers::own_file),
        Route::get("/forening/historik", Access::Applicant(Reader), history::own),
        Route::post("/forening/sektioner", Access::Applicant(Writer), actions::add_section),
        Route::post("/forening/sektioner/{association_section}", Access::Applicant(Writer), actions::end_section),
        Route::post("/forening/uppgifter", Access::Applicant(Writer), actions::details),
        Route::post("/forening/styrelse", Access::Applicant(Writer), actions::add_officer),
        Route::post("/forening/styrelse/{officer}", Access::Applicant(Writer), actions::end_officer),
        Route::post("/forening/firmateckning", Access::Applicant(Signatory), actions::signing),
        Route::post("/forening/kontakter", Access::Applicant(Writer), actions::add_contact),
        Route::post("/forening/kontakter/{contact}", Access::Applicant(Writer), actions::end_contact),
        Route::post("/forening/konto", Access::Applicant(Signatory), actions::account),
        Route::post("/forening/personer", Access::Applicant(Signatory), actions::invite),
        Route::post("/forening/personer/{mandate}", Access::Applicant(Signatory), actions::end_mandate),
        Route::get("/foreningar", Access::Staff, list::page),
        Route::post("/foreningar", Access::Roles(&[Administrator]), list::register),
        Route::get("/foreningar/{forening}", Access::Staff, list::one),
        Route::get("/foreningar/{forening}/historik", Access::Staff, history::one),
        Route::get("/foreningar/{forening}/handlingar/{paper}", Access::Staff, papers::file),
        Route::post("/foreningar/{forening}/konto", payers, list::confirm_account),
        Route::post("/foreningar/{forening}/lage", Access::Roles(&[Administrator]), standing::set_status),
        Route::post("/foreningar/{forening}/skulder", payers, standing::enter_debt),
        Route::post("/foreningar/{forening}/skulder/{debt}", payers, standing::reduce_debt),
    ]
}
