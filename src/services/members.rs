//! Taking in a member list: kept sealed as it was sent, judged row by row, and counted.
//!
//! What stays readable are counts by birth year, sex and residence: dated facts of the association. Names and numbers are
//! in the sealed file alone, and go with its data key. Health data in the list is not read.

use std::collections::BTreeMap;
use std::io::{self, Read};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::actor::{About, Action, authorize};
use super::attendance::{Tee, data_key, half_year};
use super::diary::{Loose, register_loose};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, protection};
use crate::app::Tenant;
use crate::app::files::{Stored, Writing};
use crate::app::keys::Secret;
use crate::attendance::finding::Finding;
use crate::attendance::identity::person_hmac;
use crate::attendance::members::{self, MemberList, MemberRow};
use crate::domain::attendance::Sex;
use crate::domain::grant::GrantKind;
use crate::domain::id::{FileId, OrganisationId};
use crate::domain::inputs::MemberCount;
use crate::domain::{Localized, canonical};
use crate::integrations::population::Wanted;
use crate::store::files::FileRow;
use crate::store::members::{self as rows, MemberImportRow};
use crate::store::{Tx, files, organisations};

/// A member list that somebody sent.
pub struct Received {
    /// Whose members.
    pub organisation: OrganisationId,
    /// The day the list is of.
    pub as_of: NaiveDate,
    /// The bytes.
    pub bytes: Box<dyn Read + Send>,
}

/// The report of a member list. Stored without names; the numbers in its texts are masked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Whether the list was taken in. All or nothing; rows that cannot count are told and left out.
    pub accepted: bool,
    /// How many members count.
    pub members: i64,
    /// Faults and oddities by line.
    pub findings: Vec<Finding>,
    /// Findings that did not fit.
    pub findings_left_out: u64,
}

/// What came of a list.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The list.
    pub id: Uuid,
    /// Its report; with the names she sent where the association herself is the sender.
    pub report: Report,
}

/// Takes in a member list. A refused one is kept with its report too: it is a public record; nothing else is changed.
///
/// Residence is what the population register says of the day. Of whom it says nothing (protected persons among others) the
/// list's own word is taken, so that nobody can tell the one from the other by the count.
///
/// # Errors
/// [`ServiceError::Invalid`] for a day to come; when disk, register or database refuse. A bad list is no error: see the report.
pub async fn import(tenant: &Tenant, actor: &Actor, received: Received) -> ServiceResult<Imported> {
    authorize(actor, Action::ActFor(About::Association(received.organisation)))?;
    let (organisation, as_of, today) = (received.organisation, received.as_of, tenant.clock.today());
    if as_of > today {
        let message =
            Localized::both("Medlemslistan kan inte gälla en dag som inte har varit.", "The member list cannot be of a day to come.");
        return Err(ServiceError::invalid("as_of", "future", message));
    }
    let mut read = tenant.db.read().await?;
    organisations::by_id(&mut read, organisation).await?.ok_or(ServiceError::NotFound)?;
    drop(read);
    let (file_id, file_key) = (FileId(tenant.ids.uuid()), Secret::random());
    let writing = tenant.files.create(file_id.0, &file_key)?;
    let parsed = tokio::task::spawn_blocking(move || parse(received.bytes, writing, today));
    let (list, stored) = parsed.await.map_err(|error| anyhow::anyhow!("the list was not read: {error}"))??;
    let (residence, protected) = look_up(tenant, &list.rows, as_of).await?;
    let counts = count(&list.rows, &residence);
    let members = i64::try_from(list.rows.len()).map_err(anyhow::Error::from)?;
    let mut report = Report { accepted: list.accepted, members, findings: list.findings, findings_left_out: list.findings_left_out };

    let mut tx = tenant.db.write().await?;
    let (key_id, key) = data_key(&mut tx, tenant, organisation, &half_year(as_of)).await?;
    let file = FileRow {
        id: file_id,
        name: stored.name.clone(),
        sha256: stored.sha256.hex(),
        size: i64::try_from(stored.size).map_err(anyhow::Error::from)?,
        media_type: "text/csv".to_owned(),
        data_key_id: Some(key_id),
        wrapped_key: key.seal(file_id.0.as_bytes(), file_key.bytes()),
        stored_at: tenant.clock.now(),
    };
    files::insert(&mut tx, &file).await?;
    let row = MemberImportRow {
        id: tenant.ids.uuid(),
        organisation_id: organisation,
        as_of,
        file_id,
        sha256: file.sha256,
        accepted: report.accepted,
        members,
        protected,
        report: canonical::to_bytes(&report)?,
        at: tenant.clock.now(),
        actor: actor.code(),
    };
    rows::insert(&mut tx, &row).await?;
    if row.accepted {
        organisations::set_members(&mut tx, organisation, as_of, &counts).await?;
    }
    let subject = if row.accepted { "Medlemslista" } else { "Medlemslista som inte kunde tas emot" };
    let loose = Loose { sender: organisation, subject, document_type: "medlemslista", file: file_id };
    register_loose(&mut tx, tenant, |package| package.form.kind == GrantKind::Approval, loose).await?;
    let body = json!({ "import": row.id, "as_of": as_of, "accepted": row.accepted, "sha256": row.sha256, "members": members });
    history::record(&mut tx, tenant, Stream::Organisation(organisation), actor, Event { kind: "members.imported", body, texts: &[] })
        .await?;
    tx.commit().await?;
    if actor.user().is_some() {
        report.findings.iter_mut().for_each(|finding| finding.name = None);
    }
    Ok(Imported { id: row.id, report })
}

/// A list with its report as it stays: masked, without names. Where somebody in it is protected it is read by who has the
/// role, and the reading is noted.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see; [`ServiceError::Refused`] when it is reserved.
pub async fn report(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<(MemberImportRow, Report)> {
    let mut tx = tenant.db.read().await?;
    let row = rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Association(row.organisation_id)))?;
    drop(tx);
    if row.protected && !protection::may_read(actor) {
        return Err(protection::refusal());
    }
    if row.protected && actor.user().is_some() {
        protection::note_reading(tenant, actor, Stream::Organisation(row.organisation_id), "member_list", &id.to_string()).await?;
    }
    let report = serde_json::from_slice(&row.report)?;
    Ok((row, report))
}

/// An association's lists, newest first; what is reserved comes without its report.
///
/// # Errors
/// [`ServiceError::NotFound`] when they are not the actor's to see.
pub async fn lists(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<MemberImportRow>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx: Tx = tenant.db.read().await?;
    let mut found = rows::of_organisation(&mut tx, organisation).await?;
    if !protection::may_read(actor) {
        found.iter_mut().filter(|row| row.protected).for_each(|row| row.report.clear());
    }
    Ok(found)
}

fn parse(bytes: Box<dyn Read + Send>, writing: Writing, today: NaiveDate) -> io::Result<(MemberList, Stored)> {
    let mut tee = Tee { bytes, writing };
    let list = members::read(&mut tee, today)?;
    // One that is refused half way is kept whole all the same.
    io::copy(&mut tee, &mut io::sink())?;
    Ok((list, tee.writing.finish()?))
}

/// Where each member lives, as far as the register tells, and whether somebody is protected.
async fn look_up(tenant: &Tenant, list: &[MemberRow], as_of: NaiveDate) -> ServiceResult<(Vec<Option<bool>>, bool)> {
    let key = tenant.keys.person.bytes();
    let wanted: Vec<Wanted> = list.iter().map(|row| Wanted { hmac: person_hmac(key, row.number).to_vec() }).collect();
    if wanted.is_empty() {
        return Ok((Vec::new(), false));
    }
    let answers = tenant.population.look_up(&wanted, as_of).await?;
    let protected = answers.iter().flatten().any(|answer| answer.protection.is_some());
    let here = |municipality: &String| *municipality == tenant.profile.code;
    Ok((answers.iter().map(|answer| answer.as_ref()?.municipality.as_ref().map(here)).collect(), protected))
}

fn count(list: &[MemberRow], residence: &[Option<bool>]) -> Vec<MemberCount> {
    use chrono::Datelike;
    let mut counts: BTreeMap<(i32, bool, bool), i64> = BTreeMap::new();
    for (row, here) in list.iter().zip(residence) {
        let resident = here.or(row.resident).unwrap_or(false);
        *counts.entry((row.number.birth().year(), row.number.sex() == Sex::Female, resident)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((birth_year, female, resident), count)| MemberCount {
            birth_year,
            sex: if female { Sex::Female } else { Sex::Male },
            resident,
            count,
        })
        .collect()
}
