//! Protected identities (OSL 21 kap. 3-3 a §§ and 22 kap. 1-2 §§): what is kept from whom.
//!
//! A case is protected when its material names somebody whose data are protected: somebody in the applicant's attendance,
//! or somebody that an answer gives the personal number of. Once set it stays: what named her lies in the diary.
//!
//! What follows is for the staff. Papers and reports that hold names are read by the role `protected_identities` alone,
//! and each reading is noted. The applicant notices nothing: she sees what she sent, amounts and texts are as for anybody,
//! and her name stands in the diary as before. Leaving an association out of the diary, because one of its members is
//! protected, would tell everybody that one is.

use std::collections::BTreeMap;

use serde_json::json;

use super::attendance::half_years;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::OrganisationId;
use crate::domain::inputs::Answer;
use crate::domain::person_number::PersonNumber;
use crate::forms::{Field, FieldKind, Form};
use crate::packages::Package;
use crate::rules::TraceLine;
use crate::store::attendance::ImportRow;
use crate::store::cases::{self, CaseRow};
use crate::store::diary::{self, DocumentRow};
use crate::store::users::Role;
use crate::store::{Tx, organisations, persons};

/// What stands where a protected value stood.
const HIDDEN: &str = "skyddad uppgift";

/// Whether an actor may read what is protected: the applicant what is her own, of the staff only who has the role.
#[must_use]
pub fn may_read(actor: &Actor) -> bool {
    match actor {
        Actor::Staff { roles, .. } => roles.iter().any(|role| role.role == Role::ProtectedIdentities),
        Actor::Association { .. } | Actor::Service => true,
        Actor::Person { .. } => false,
    }
}

/// The answer to somebody of the staff who may not.
#[must_use]
pub fn refusal() -> ServiceError {
    ServiceError::refused(
        "Underlaget innehåller skyddade personuppgifter. Be en kollega som har behörighet till sådana ärenden.",
        "The material holds protected personal data. Ask a colleague who is allowed to handle such cases.",
    )
}

/// What stands for the name of an applicant who is protected herself.
pub const HIDDEN_PERSON: &str = "Skyddad person";

/// Whether the applicant herself is the one who is protected, so that her name must not stand in diary, lists or files.
#[must_use]
pub fn hides_applicant(case: &CaseRow, kind: ApplicantKind) -> bool {
    hides(case.protected, kind)
}

/// The same for a line of a list, which says itself whether the case is protected.
#[must_use]
pub fn hides(protected: bool, kind: ApplicantKind) -> bool {
    match kind {
        ApplicantKind::Person => protected,
        ApplicantKind::Association | ApplicantKind::Company => false,
    }
}

/// Whether party and subject of a case's documents are left out of the public extract (OSL 5 kap. 2 § 2 st.).
///
/// # Errors
/// When the database cannot be read.
pub async fn masks_party(tx: &mut Tx, case: &CaseRow) -> ServiceResult<bool> {
    if !case.protected {
        return Ok(false);
    }
    let applicant = organisations::by_id(tx, case.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    Ok(hides_applicant(case, applicant.kind))
}

/// The same of what an association sends besides her cases.
///
/// # Errors
/// When the database cannot be read.
pub async fn masks_sender(tx: &mut Tx, sender: OrganisationId) -> ServiceResult<bool> {
    let kind = organisations::by_id(tx, sender).await?.ok_or(ServiceError::NotFound)?.kind;
    let cases = cases::of_organisation(tx, sender).await?;
    Ok(cases.iter().any(|case| hides_applicant(case, kind)))
}

/// The persons that answers give the personal numbers of.
#[must_use]
pub fn named(form: &Form, answers: &BTreeMap<String, Answer>) -> Vec<PersonNumber> {
    let mut found = Vec::new();
    for field in form.sections.iter().flat_map(|section| &section.fields) {
        named_in(field, answers.get(&field.id), &mut found);
    }
    found
}

fn named_in(field: &Field, answer: Option<&Answer>, found: &mut Vec<PersonNumber>) {
    if let (FieldKind::PersonalNumber { .. }, Some(Answer::Text(text))) = (&field.kind, answer) {
        found.extend(PersonNumber::parse(text));
    }
    if let (FieldKind::Group(group), Some(Answer::Group(rows))) = (&field.kind, answer) {
        for row in rows {
            for below in &group.fields {
                named_in(below, row.get(&below.id), found);
            }
        }
    }
}

/// Whether a document of a case is for the role alone: an attendance file holds every name, and a paper of a form that
/// asks for personal numbers, or of an applicant who is herself protected, names her.
#[must_use]
pub fn reserves(case: &CaseRow, kind: ApplicantKind, package: &Package, document: &DocumentRow) -> bool {
    let asks = package.form.sections.iter().flat_map(|section| &section.fields).any(asks_for_numbers);
    case.protected && (document.document_type == "narvaro" || hides_applicant(case, kind) || asks)
}

fn asks_for_numbers(field: &Field) -> bool {
    if let FieldKind::Group(group) = &field.kind {
        return group.fields.iter().any(asks_for_numbers);
    }
    matches!(field.kind, FieldKind::PersonalNumber { .. })
}

/// Whether an import's report is for the role alone: somebody of hers is protected, or a case of the association and
/// half-year is. The second holds for refused files, of whose persons nothing is kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn reserves_import(tx: &mut Tx, tenant: &Tenant, import: &ImportRow) -> ServiceResult<bool> {
    if persons::import_names_protected(tx, import.no).await? {
        return Ok(true);
    }
    for case in cases::of_organisation(tx, import.organisation_id).await?.into_iter().filter(|case| case.protected) {
        let package = packages::version(tx, tenant, case.package_version_id).await?;
        let covers = package.form.period(&case.period).map(|period| period.covers);
        // Of which half-year a refused file is, nobody can tell.
        let same = !import.accepted || covers.is_some_and(|covers| half_years(covers).contains(&import.period));
        if package.form.uses_attendance() && same {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Marks a case (the caller writes it). Where her own name is what must not be seen, it leaves the public extract, also of
/// what was registered before. A file without her that comes later takes nothing back: the one that names her lies in the
/// diary.
///
/// # Errors
/// When the database refuses.
pub async fn mark(tx: &mut Tx, case: &mut CaseRow) -> ServiceResult<()> {
    case.protected = true;
    if masks_party(tx, case).await? {
        diary::mask_documents(tx, case.id, case.organisation_id).await?;
        super::cases::queue::forget_applicant(tx, case).await?;
    }
    Ok(())
}

/// Marks a case when an import brings somebody who is known to be protected; the case is locked by the caller.
///
/// # Errors
/// When the database refuses.
pub async fn note_import(tx: &mut Tx, case: &mut CaseRow, import_no: i64) -> ServiceResult<()> {
    if !case.protected && persons::import_names_protected(tx, import_no).await? {
        mark(tx, case).await?;
        let entered = case.entered;
        cases::update(tx, case, entered).await?;
    }
    Ok(())
}

/// Notes that somebody read what is protected (dataskyddsförordningen art. 5.2: whose data did she see, and when).
///
/// # Errors
/// When the database refuses.
pub async fn note_reading(tenant: &Tenant, actor: &Actor, stream: Stream, what: &str, id: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let event = Event { kind: "protected.read", body: json!({ "what": what, "id": id }), texts: &[] };
    history::record(&mut tx, tenant, stream, actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// The steps of a calculation without the words it saw: numbers and yes or no stay, texts are hidden.
#[must_use]
pub fn without_words(trace: Vec<TraceLine>) -> Vec<TraceLine> {
    let hide = |line: TraceLine| {
        let Some((name, value)) = line.text.split_once(" = ") else { return TraceLine { text: HIDDEN.to_owned(), ..line } };
        let plain = matches!(value, "true" | "false") || !value.chars().any(char::is_alphabetic);
        if plain { line } else { TraceLine { text: format!("{name} = {HIDDEN}"), line: line.line } }
    };
    trace.into_iter().map(hide).collect()
}
