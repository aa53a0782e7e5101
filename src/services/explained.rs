//! The account of a case mark by mark: which filter cut which mark, and by which paragraph. Paged and without names.

use std::sync::Arc;

use chrono::NaiveDateTime;

use super::actor::{About, Action, authorize};
use super::attendance::{Registration, Residence, assemble, in_days};
use super::replay::{Material, material};
use super::{Actor, Claim, ServiceError, ServiceResult, calculation, clashes, packages};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::attendance::{AttendanceData, Sex};
use crate::domain::calculation::AccountLine;
use crate::domain::id::CaseId;
use crate::domain::inputs::Inputs;
use crate::packages::Package;
use crate::rules::{self, Shown};
use crate::store::calculations::CalculationRow;
use crate::store::cases::{self, CaseRow};
use crate::store::persons::{self, FactKind};
use crate::store::{Tx, calculations, organisations};

/// How many marks a page holds.
pub const PAGE: usize = 50;

/// A mark that was not paid, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutMark {
    /// When the occasion began, local time.
    pub start: NaiveDateTime,
    /// The attendance card's number in the sender's system.
    pub card: i32,
    /// What the sender called the activity.
    pub activity: String,
    /// A number that stands for the person within the case; the same on every page.
    pub person: usize,
    /// Year of birth and legal sex; nothing of somebody who is protected.
    pub about: Option<(i32, Sex)>,
    /// Whether it is a leader's mark.
    pub leader: bool,
    /// The line of the account it stands in.
    pub line: String,
    /// What that line says.
    pub why: Localized,
    /// The paragraph of the municipality's rules.
    pub paragraph: Option<String>,
}

/// A page of marks that were not paid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CutPage {
    /// The account, which adds up: sent, less what each filter cut, is what is paid.
    pub account: Vec<AccountLine>,
    /// The marks of this page, in the order they happened.
    pub marks: Vec<CutMark>,
    /// How many there are on all pages.
    pub count: usize,
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are; at least 1.
    pub pages: usize,
}

/// The marks of a case that were not paid; only those of one line of the account where one is named.
///
/// # Errors
/// [`ServiceError::NotFound`] for who may not read the case or when nothing is calculated;
/// [`ServiceError::Refused`] when the attendance was disposed of.
pub async fn cut_marks(tenant: &Tenant, actor: &Actor, case: CaseId, line: Option<&str>, page: usize) -> ServiceResult<CutPage> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let newest = calculations::newest(&mut tx, case.id).await?.ok_or(ServiceError::NotFound)?;
    let package = packages::version(&mut tx, tenant, newest.package_version_id).await?;
    let (inputs, data) = rested_on(&mut tx, tenant, &package, &case, &newest).await?;
    let data = Arc::new(data);
    let run = (Arc::clone(&package), Arc::clone(&data));
    let shown = tokio::task::spawn_blocking(move || rules::shown(&run.0.rules, &inputs, Some(run.1)))
        .await
        .map_err(|error| anyhow::anyhow!("the rules were not run: {error}"))?
        .map_err(calculation::rule_error)?;
    let Some(shown) = shown else { return Ok(CutPage { page: 1, pages: 1, ..CutPage::default() }) };
    let protected = protected(&mut tx, &package, &case, &data).await?;
    Ok(page_of(&shown, &data, &protected, line, page))
}

fn page_of(shown: &Shown, data: &AttendanceData, protected: &[bool], line: Option<&str>, page: usize) -> CutPage {
    let cut: Vec<(usize, &str)> = shown.selection.cuts().filter(|(_, step)| line.is_none_or(|line| line == *step)).collect();
    let pages = cut.len().div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let marks = cut.iter().skip((page - 1) * PAGE).take(PAGE).filter_map(|(at, step)| {
        let mark = data.marks.get(*at)?;
        let occasion = data.occasions.get(usize::try_from(mark.occasion).ok()?)?;
        let index = usize::try_from(mark.person).ok()?;
        let person = data.persons.get(index)?;
        let told = shown.account.iter().find(|line| line.id == *step)?;
        let hidden = protected.get(index).copied().unwrap_or(true);
        Some(CutMark {
            start: occasion.start,
            card: occasion.card,
            activity: occasion.activity.clone(),
            person: index + 1,
            about: (!hidden).then(|| (chrono::Datelike::year(&person.birth), person.sex)),
            leader: mark.class.is_leader(),
            line: (*step).to_owned(),
            why: told.text.clone(),
            paragraph: told.paragraph.clone(),
        })
    });
    CutPage { account: shown.account.clone(), marks: marks.collect(), count: cut.len(), page, pages }
}

/// What the newest calculation rested on: the locked snapshot, or the attendance as it was then.
async fn rested_on(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    newest: &CalculationRow,
) -> ServiceResult<(Inputs, AttendanceData)> {
    if let (None, Some(watermark)) = (newest.snapshot_id, newest.watermark) {
        let inputs: Inputs = serde_json::from_slice(&newest.inputs)?;
        let organisation = organisations::by_id(tx, case.organisation_id).await?.ok_or(ServiceError::NotFound)?;
        let covers = inputs.period.covers;
        let rows = in_days(tx, organisation.no, covers, watermark).await?;
        let valid = rows.iter().map(|row| row.id).collect();
        let lost = clashes::lost_so_far(tx, package, &Claim::of(case), &valid).await?;
        let residence = Residence::AsOf(covers.to, tenant.profile.code.clone());
        let data = assemble(tx, rows, &lost, &residence, Registration::of(package)).await?;
        return Ok((inputs, data));
    }
    match material(tx, package, case, newest).await? {
        Material::Whole { inputs, attendance } => Ok((*inputs, attendance.unwrap_or_default())),
        Material::Disposed => Err(ServiceError::refused(
            "Underlaget är gallrat: markeringarna finns inte kvar.",
            "The material was disposed of: the marks are no longer kept.",
        )),
    }
}

/// By person of the data: whether her particulars are protected, on whatever day that was found out.
async fn protected(tx: &mut Tx, package: &Package, case: &CaseRow, data: &AttendanceData) -> ServiceResult<Vec<bool>> {
    let covers = package.form.period(&case.period).ok_or_else(|| anyhow::anyhow!("no period {}", case.period))?.covers;
    let numbers: Vec<_> = data.persons.iter().map(|person| person.no).collect();
    let facts = persons::facts_on(tx, &numbers, covers.to).await?;
    let hidden: std::collections::HashSet<_> =
        facts.into_iter().filter(|fact| fact.kind == FactKind::Protection).map(|fact| fact.person_no).collect();
    Ok(numbers.iter().map(|no| hidden.contains(no)).collect())
}
