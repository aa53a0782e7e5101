//! The papers of a meeting (handlingar) in one packed file: the agenda and its memos. They are made in the background, document by
//! document, and are working copies: what is decided and sent is registered where it happens.

use std::io::{Cursor, Write as _};

use serde_json::json;
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{memo, stages};
use crate::app::Tenant;
use crate::domain::committee::Memos;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::letters::Memo;
use crate::services::actor::{Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, diary, packages, paper, protection};
use crate::store::agenda::WaitingRow;
use crate::store::bundles::{self as rows, BundleRow};
use crate::store::decisions::{self, MeetingRow};
use crate::store::jobs::{self, JobKind, JobRow, NewJob};
use crate::store::{Tx, users};
use crate::text::{folding, number};

/// Asks for a meeting's papers, made as soon as the worker gets to it.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such meeting; [`ServiceError::Refused`] when the actor may not prepare it, when no
/// case is on its agenda, when a memo lacks text, and while papers of it are being made.
pub async fn ask(tenant: &Tenant, actor: &Actor, meeting: Uuid, memos: Memos) -> ServiceResult<Uuid> {
    let mut tx = tenant.db.write().await?;
    let meeting = decisions::meeting_by_id(&mut tx, meeting).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Prepare { committee: &meeting.committee })?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    if rows::newest(&mut tx, meeting.id, 1).await?.iter().any(|bundle| bundle.finished_at.is_none()) {
        return Err(ServiceError::refused("Handlingarna görs redan.", "The papers are being made already."));
    }
    let plan = plan(&mut tx, tenant, actor, &meeting, memos).await?;
    let row = BundleRow {
        id: tenant.ids.uuid(),
        meeting_id: meeting.id,
        memos,
        asked_by: user,
        asked_at: tenant.clock.now(),
        total: plan.total(),
        made: 0,
        file_id: None,
        fault: None,
        finished_at: None,
    };
    rows::insert(&mut tx, &row).await?;
    let job = NewJob {
        id: tenant.ids.uuid(),
        kind: JobKind::Bundle,
        case_id: None,
        reference: Some(row.id),
        entered: 0,
        step: "",
        dedup_key: format!("bundle/{}", row.id),
        run_at: row.asked_at,
    };
    jobs::add(&mut tx, job).await?;
    let body = json!({ "meeting": meeting.id, "bundle": row.id, "memos": memos });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "meeting.papers_asked", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Makes the papers that a job names.
///
/// # Errors
/// [`ServiceError::Stale`] when the lease was lost; what can be tried again, such as a database that cannot be read.
pub async fn make(tenant: &Tenant, job: &JobRow) -> ServiceResult<()> {
    let id = job.reference.ok_or_else(|| anyhow::anyhow!("a job without papers"))?;
    let mut read = tenant.db.read().await?;
    let row = rows::by_id(&mut read, id).await?.ok_or(ServiceError::NotFound)?;
    drop(read);
    let packed = match row.finished_at {
        Some(_) => None,
        None => Some(packed(tenant, &row).await),
    };
    let outcome = match packed {
        None => None,
        Some(Ok(bytes)) => Some(Ok(diary::store_file(tenant, &bytes, "application/zip")?)),
        // Somebody has to do something about it: trying again would say the same.
        Some(Err(ServiceError::Refused(why))) => Some(Err(why.sv)),
        Some(Err(ServiceError::NotFound | ServiceError::KeptAway(_))) => {
            Some(Err("Den som bad om handlingarna får inte längre läsa dem.".to_owned()))
        }
        Some(Err(error)) => return Err(error),
    };
    let mut tx = tenant.db.write().await?;
    if !jobs::complete(&mut tx, job, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    match outcome {
        None => {}
        Some(Ok(file)) => {
            let file = diary::note_file(&mut tx, &file).await?;
            rows::finish(&mut tx, id, Ok(file), tenant.clock.now()).await?;
        }
        Some(Err(why)) => {
            rows::finish(&mut tx, id, Err(&why), tenant.clock.now()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// The packed papers.
///
/// # Errors
/// [`ServiceError::NotFound`] when there are none, or not yet; [`ServiceError::Refused`] for who is kept from a case of the meeting.
pub async fn read(tenant: &Tenant, actor: &Actor, meeting: Uuid, id: Uuid) -> ServiceResult<(MeetingRow, Vec<u8>)> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let meeting = decisions::meeting_by_id(&mut tx, meeting).await?.ok_or(ServiceError::NotFound)?;
    let row = rows::by_id(&mut tx, id).await?.filter(|row| row.meeting_id == meeting.id).ok_or(ServiceError::NotFound)?;
    memo::every_case(&mut tx, tenant, actor, &meeting).await?;
    let bytes = diary::read_file(&mut tx, tenant, row.file_id.ok_or(ServiceError::NotFound)?).await?;
    Ok((meeting, bytes))
}

/// Papers of a meeting, for its page.
#[derive(Clone, Debug)]
pub struct BundleView {
    /// What was asked for and how far it is.
    pub row: BundleRow,
    /// Who asked.
    pub asked_by: String,
}

/// The newest papers of a meeting.
pub(super) async fn of(tx: &mut Tx, meeting: Uuid) -> ServiceResult<Vec<BundleView>> {
    let mut found = Vec::new();
    for row in rows::newest(tx, meeting, SHOWN).await? {
        let asked_by = users::by_id(tx, row.asked_by).await?.map_or_else(String::new, |user| user.name);
        found.push(BundleView { row, asked_by });
    }
    Ok(found)
}

/// How many papers the page of a meeting shows.
const SHOWN: i64 = 3;

/// What the papers will hold.
struct Plan {
    agenda: Vec<WaitingRow>,
    /// Grant and, where it is about one, the case with its place.
    memos: Vec<(String, Option<(i64, CaseId)>)>,
    cut: Memos,
}

impl Plan {
    /// How many documents: the agenda, and each memo in its forms.
    fn total(&self) -> i64 {
        let each = i64::try_from(forms(self.cut).len()).unwrap_or(i64::MAX);
        i64::try_from(self.memos.len()).unwrap_or(i64::MAX).saturating_mul(each).saturating_add(1)
    }
}

/// In which forms a memo lies among the papers. One of a single case is read and pasted, not published.
fn forms(cut: Memos) -> &'static [&'static str] {
    match cut {
        Memos::ByGrant => &["pdf", "docx", "html"],
        Memos::ByCase => &["pdf", "docx"],
    }
}

async fn plan(tx: &mut Tx, tenant: &Tenant, actor: &Actor, meeting: &MeetingRow, cut: Memos) -> ServiceResult<Plan> {
    let agenda = memo::every_case(tx, tenant, actor, meeting).await?;
    if agenda.is_empty() {
        return Err(ServiceError::refused("Sätt upp minst ett ärende på listan först.", "Put at least one case on the agenda first."));
    }
    let mut grants: Vec<&str> = Vec::new();
    for row in &agenda {
        if !grants.contains(&row.grant_type.as_str()) {
            grants.push(&row.grant_type);
        }
    }
    for grant in &grants {
        let own = memo::own(tx, memo::committee(tenant, meeting)?, meeting.id, grant).await?;
        memo::complete(&own)?;
    }
    let memos = match cut {
        Memos::ByGrant => grants.into_iter().map(|grant| (grant.to_owned(), None)).collect(),
        Memos::ByCase => agenda.iter().map(|row| (row.grant_type.clone(), Some((row.no, row.case_id)))).collect(),
    };
    Ok(Plan { agenda, memos, cut })
}

async fn packed(tenant: &Tenant, row: &BundleRow) -> ServiceResult<Vec<u8>> {
    let actor = Actor::staff(tenant, row.asked_by).await?;
    let mut tx = tenant.db.read().await?;
    let meeting = decisions::meeting_by_id(&mut tx, row.meeting_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(&actor, Action::Prepare { committee: &meeting.committee })?;
    let plan = plan(&mut tx, tenant, &actor, &meeting, row.memos).await?;
    let list = agenda_page(&mut tx, tenant, &meeting, &plan.agenda).await?;
    drop(tx);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut archive, "foredragningslista.html", list.as_bytes())?;
    let mut made = 1;
    for (grant, case) in &plan.memos {
        let written = memo::compose(tenant, &actor, meeting.id, grant, case.map(|(_, case)| case)).await?;
        let name = file_name(grant, &written, case.map(|(no, _)| no));
        for form in forms(plan.cut) {
            let bytes = match *form {
                "pdf" => memo::pdf(written.clone()).await?,
                "docx" => memo::docx(&written)?,
                _ => memo::html(&written)?.into_bytes(),
            };
            add(&mut archive, &format!("{name}.{form}"), &bytes)?;
            made += 1;
        }
        let mut tx = tenant.db.write().await?;
        rows::made(&mut tx, row.id, made).await?;
        tx.commit().await?;
    }
    Ok(archive.finish().map_err(anyhow::Error::from)?.into_inner())
}

fn file_name(grant: &str, memo: &Memo, no: Option<i64>) -> String {
    match (no, &memo.diary_number) {
        (Some(no), Some(number)) => format!("tjansteskrivelser/{no:03}-{}", folding::slug(number)),
        (Some(_) | None, _) => format!("tjansteskrivelse-{grant}"),
    }
}

fn add(archive: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> ServiceResult<()> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    archive.start_file(name, options).map_err(anyhow::Error::from)?;
    Ok(archive.write_all(bytes)?)
}

/// The agenda (föredragningslista) as a page.
async fn agenda_page(tx: &mut Tx, tenant: &Tenant, meeting: &MeetingRow, agenda: &[WaitingRow]) -> ServiceResult<String> {
    let mut lines = Vec::with_capacity(agenda.len());
    for row in agenda {
        let package = packages::version(tx, tenant, row.package_version_id).await?;
        let applicant = if protection::hides(row.protected, row.kind) { protection::HIDDEN_PERSON.to_owned() } else { row.name.clone() };
        let amount = number::money(row.amount_ore.unwrap_or_default());
        lines.push(format!("{}. {}, {}, {applicant}. Förslag: {amount}.", row.no, row.number, package.form.title.sv));
    }
    let day = number::date(meeting.held_on, Language::Sv);
    let who = stages::who(tenant, meeting);
    Ok(paper::plain("Föredragningslista", &format!("{who} {day}"), &tenant.profile.name, &[("Ärenden", &lines.join("\n"))]))
}
