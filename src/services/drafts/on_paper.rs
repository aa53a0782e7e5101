//! What came on paper: an officer writes it in, in the same form, and it is received on the day of its stamp.
//!
//! The paper itself is scanned and registered beside what was written in, so that anybody can compare the two.

use chrono::NaiveDate;

use super::begin::{insert, prefill, put};
use super::files::about_name;
use super::{Chosen, Draft, handed_in, load, seal, send};
use crate::app::Tenant;
use crate::domain::draft::DraftKind;
use crate::domain::id::{DraftId, OrganisationId};
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, clock};
use crate::forms::{Accept, AttachmentField};
use crate::services::actor::{About, Action, authorize};
use crate::services::applications::Receipt;
use crate::services::attendance::half_years;
use crate::services::error::Finding;
use crate::services::reports::claiming;
use crate::services::uploads::{Incoming, safe_name};
use crate::services::{Actor, Claim, ServiceError, ServiceResult, packages, reports};
use crate::store::drafts::{self, DraftFileRow};
use crate::store::files::FileRow;
use crate::store::{cases, files, organisations};

/// A grant's period for which a paper can be written in.
#[derive(Clone, Debug)]
pub struct Round {
    /// The grant type.
    pub grant_type: String,
    /// Its name.
    pub title: Localized,
    /// The period.
    pub period: ActivityPeriod,
    /// What is being written in already.
    pub draft: Option<DraftId>,
    /// The number of a case that is there already.
    pub case: Option<String>,
}

/// The association's name and the rounds that have opened, the newest first: paper that came in time may be written in after the last day.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is no officer, or is tied to the association.
pub async fn rounds(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<(String, Vec<Round>)> {
    officer(actor, organisation)?;
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    organisations::by_id(&mut tx, organisation).await?.ok_or(ServiceError::NotFound)?;
    let mut found = Vec::new();
    for (_, package) in packages::active(&mut tx, tenant).await? {
        for period in package.form.periods.iter().map(|period| &period.dates).filter(|period| period.opens <= today) {
            let case = cases::open_of(&mut tx, organisation, &package.id, &period.id).await?;
            let into_claim = match &case {
                Some(case) => claiming::takes_report(&mut tx, &package, case).await?,
                None => false,
            };
            if !into_claim && !reports::owed(&mut tx, &package, Claim { organisation, grant_type: &package.id, period: &period.id }).await?
            {
                continue;
            }
            found.push(Round {
                grant_type: package.id.clone(),
                title: package.form.title.clone(),
                period: period.clone(),
                draft: drafts::on_paper_of(&mut tx, organisation, &package.id, &period.id).await?.map(|draft| draft.id),
                case: case.filter(|_| !into_claim).map(|case| case.number),
            });
        }
    }
    found.sort_by(|a, b| (b.period.opens, &a.title.sv).cmp(&(a.period.opens, &b.title.sv)));
    Ok((organisations::name(&mut tx, organisation, today).await?, found))
}

/// Begins to write in what came on paper, or goes on with what is begun. What the register knows is filled in.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is no officer and for a round that is not there; [`ServiceError::Refused`] when the
/// association has applied already, or the round has not opened.
pub async fn begin(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, grant_type: &str, period: &str) -> ServiceResult<DraftId> {
    officer(actor, organisation)?;
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, organisation).await?;
    organisations::by_id(&mut tx, organisation).await?.ok_or(ServiceError::NotFound)?;
    let (_, package) = packages::governing(&mut tx, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    if package.form.period(period).ok_or(ServiceError::NotFound)?.opens > tenant.clock.today() {
        return Err(ServiceError::refused("Omgången har inte öppnat än.", "The round has not opened yet."));
    }
    let open = cases::open_of(&mut tx, organisation, grant_type, period).await?;
    let into_claim = super::begin::into_claim(&mut tx, &package, open.as_ref()).await?;
    if let Some(case) = open.filter(|_| !into_claim) {
        return Err(ServiceError::refused(
            format!("Föreningen har redan en ansökan för perioden: {}.", case.number),
            format!("The association has an application for the period already: {}.", case.number),
        ));
    }
    if !into_claim {
        reports::to_meet(&mut tx, &package, Claim { organisation, grant_type, period }).await?;
    }
    if let Some(open) = drafts::on_paper_of(&mut tx, organisation, grant_type, period).await? {
        return Ok(open.id);
    }
    let id = insert(&mut tx, tenant, actor, DraftKind::Application, organisation, (grant_type, period), None, None).await?;
    for (field, source, entry) in prefill(&mut tx, &package, organisation, None).await? {
        put(&mut tx, tenant, actor, id, field, source, &entry).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// A paper whose attendance its officer writes in, for a half-year of its period: the one place that says who does so on an
/// association's behalf, and when.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not the actor's, not on paper or received already, when its grant counts no
/// attendance, and for a half-year that it does not reach.
pub async fn attendance(tenant: &Tenant, actor: &Actor, id: DraftId, half: &str) -> ServiceResult<Draft> {
    let draft = load::open(tenant, actor, id).await?;
    officer(actor, draft.organisation)?;
    let open = draft.on_paper && !draft.closed && draft.package.form.uses_attendance();
    let reached = half_years(draft.period.covers).iter().any(|one| one == half);
    if open && reached { Ok(draft) } else { Err(ServiceError::NotFound) }
}

/// What stands on the paper besides the answers.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// Who signed it.
    pub signed_by: &'a str,
    /// The day of its stamp.
    pub received_on: Option<NaiveDate>,
}

/// The question that the scanned paper answers, so to say: no form has one of that id.
pub const SCAN: &str = "skannad";

/// What kinds of file a scan may be, and how large.
#[must_use]
pub fn scan_settings() -> AttachmentField {
    AttachmentField { accept: vec![Accept::Pdf, Accept::Image], max_bytes: 20_000_000, on_file: false, later: false }
}

/// The scanned paper on its way in. Dropped before its end it leaves nothing.
#[derive(Debug)]
pub struct Scan {
    draft: DraftId,
    incoming: Incoming,
}

impl Scan {
    /// Begins to take in a scan for a draft.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there is no such draft for the actor; when the disk refuses.
    pub async fn begin(tenant: &Tenant, actor: &Actor, draft: DraftId) -> ServiceResult<Self> {
        let row = drafts::by_id(&mut tenant.db.read().await?, draft).await?.filter(|row| row.on_paper).ok_or(ServiceError::NotFound)?;
        officer(actor, row.organisation_id)?;
        Ok(Self { draft, incoming: Incoming::begin(tenant, SCAN, scan_settings())? })
    }

    /// Takes in a piece.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] as soon as it is too large; when the disk refuses.
    pub fn write(&mut self, piece: &[u8]) -> ServiceResult<()> {
        self.incoming.write(piece)
    }

    /// Keeps it with the draft, in the place of one that was kept before.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] when it is empty or of a kind that is not taken.
    pub async fn keep(self, tenant: &Tenant, actor: &Actor, name: &str) -> ServiceResult<()> {
        let file = self.incoming.finish(tenant)?;
        let kept = keep(tenant, actor, self.draft, &file, name).await;
        if kept.is_err() {
            tenant.files.remove(&file.name)?;
        }
        kept
    }
}

async fn keep(tenant: &Tenant, actor: &Actor, id: DraftId, file: &FileRow, name: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let draft = load::lock(&mut tx, tenant, actor, id).await?;
    if draft.closed {
        return Err(handed_in());
    }
    files::insert(&mut tx, file).await?;
    let choice = tenant.ids.uuid();
    let row = DraftFileRow {
        id: choice,
        draft_id: id,
        field: SCAN.to_owned(),
        file_id: file.id,
        name: seal(tenant, &about_name(choice), &safe_name(name))?,
        uploaded_by: actor.person(),
        uploaded_at: tenant.clock.now(),
    };
    drafts::insert_file(&mut tx, &row).await?;
    drafts::touch(&mut tx, id, tenant.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The scan that is kept with a draft.
#[must_use]
pub fn scan(draft: &Draft) -> Option<&Chosen> {
    draft.files.iter().rev().find(|file| file.field == SCAN)
}

/// Receives what was written in, as of the day of its stamp, with the scan registered beside it.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything to correct; [`ServiceError::NotFound`] when the draft is not the actor's.
pub async fn receive(tenant: &Tenant, actor: &Actor, id: DraftId, paper: Paper<'_>) -> ServiceResult<Receipt> {
    let mut tx = tenant.db.write().await?;
    let draft = load::lock(&mut tx, tenant, actor, id).await?;
    if !draft.on_paper {
        return Err(ServiceError::NotFound);
    }
    if draft.closed {
        return Err(handed_in());
    }
    let stamped = stamped(tenant, &draft, &paper)?;
    let received = send::receive(&mut tx, tenant, actor, &draft, paper.signed_by.trim(), stamped).await?;
    if let (Some((_, case)), Some(scan)) = (&received.application, scan(&draft)) {
        let party = organisations::name(&mut tx, case.organisation_id, tenant.clock.today()).await?;
        let label = Localized::both("Ansökan på papper, inskannad", "Application on paper, scanned");
        send::register(&mut tx, tenant, &draft.package, case, &party, &label, scan.file, clock::swedish_date(stamped)).await?;
    }
    tx.commit().await?;
    Ok(received.receipt)
}

/// The moment of the stamp: noon of its day, or now where it is today's.
fn stamped(tenant: &Tenant, draft: &Draft, paper: &Paper<'_>) -> ServiceResult<chrono::DateTime<chrono::Utc>> {
    let mut findings = Vec::new();
    let mut fault = |place: &str, code: &str, message: Localized| {
        findings.push(Finding { place: place.to_owned(), code: code.to_owned(), message });
    };
    if paper.signed_by.trim().is_empty() {
        let message = Localized::both("Skriv vem eller vilka som har skrivit under.", "Write who signed.");
        fault("underskriven", "missing", message);
    }
    let today = tenant.clock.today();
    match paper.received_on {
        None => fault("inkom", "missing", Localized::both("Skriv vilken dag ansökan kom in.", "Write the day it came in.")),
        Some(day) if day > today => {
            fault("inkom", "future", Localized::both("Dagen har inte varit än.", "The day has not been yet."));
        }
        Some(day) if day < draft.period.opens => {
            let message = Localized::both("Dagen är före den första ansökningsdagen.", "The day is before the first day to apply.");
            fault("inkom", "not_open", message);
        }
        Some(_) => {}
    }
    if scan(draft).is_none() {
        fault(SCAN, "missing", Localized::both("Välj filen med den inskannade ansökan.", "Choose the file with the scanned application."));
    }
    match (findings.is_empty(), paper.received_on) {
        (true, Some(day)) if day < today => Ok(clock::noon(day)),
        (true, _) => Ok(tenant.clock.now()),
        (false, _) => Err(ServiceError::Invalid(findings)),
    }
}

/// Only an officer writes in what came on paper, and none who is tied to whom it is from (förvaltningslagen 16 §).
fn officer(actor: &Actor, organisation: OrganisationId) -> ServiceResult<()> {
    match actor {
        Actor::Staff { .. } => authorize(actor, Action::ActFor(About::Association(organisation))).map(drop),
        Actor::Association { .. } | Actor::Person { .. } | Actor::Service => Err(ServiceError::NotFound),
    }
}
