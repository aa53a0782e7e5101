//! Closing a period: one lock over all associations, and what comes after it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::actor::{Action, authorize};
use super::attendance::{identities, in_days};
use super::drafts::affirmed;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, clashes, diary, extensions, flow, packages, protection};
use crate::app::Tenant;
use crate::attendance::collisions::{self, Clash, Knowledge, OccasionRef};
use crate::domain::attendance::PersonNo;
use crate::domain::canonical::{self, Sha};
use crate::domain::id::{OrganisationId, SnapshotId};
use crate::packages::Package;
use crate::store::attendance::ImportRow;
use crate::store::cases::{self, CaseRow};
use crate::store::counters::{self, Counter};
use crate::store::jobs::{self, JobKind, NewJob};
use crate::store::organisations::{self, OrganisationRow};
use crate::store::persons::{self, FactKind};
use crate::store::snapshots::{self, SnapshotPartRow, SnapshotRow};
use crate::store::tasks::{self};
use crate::store::{Tx, attendance};
use crate::workflows::{StateKind, Step, WaitFor};

pub mod views;

/// An association's part of a snapshot: which occasion versions, which marks lost, who was resident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The last import that was read.
    pub watermark: i64,
    /// Occasion versions.
    pub occasions: Vec<i64>,
    /// Lost marks: occasion version and person.
    pub lost: Vec<(i64, i64)>,
    /// Persons whose residence is known, and whether it is here.
    pub resident: Vec<(i64, bool)>,
}

impl Part {
    /// A stored part.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub fn read(body: &[u8]) -> ServiceResult<Self> {
        Ok(serde_json::from_slice(body)?)
    }

    /// The lost marks as a set.
    #[must_use]
    pub fn lost_set(&self) -> HashSet<(i64, i64)> {
        self.lost.iter().copied().collect()
    }

    /// Residence by person.
    #[must_use]
    pub fn residents(&self) -> BTreeMap<i64, bool> {
        self.resident.iter().copied().collect()
    }
}

/// What closing did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// The snapshot.
    pub snapshot: SnapshotId,
    /// Hash over its parts.
    pub sha256: String,
    /// Associations with attendance in the period.
    pub associations: usize,
    /// Occasion versions.
    pub occasions: usize,
    /// Marks lost in clashes.
    pub lost: usize,
    /// Cases that go on to their final calculation.
    pub cases: usize,
    /// Whether it was closed before; nothing is then changed.
    pub already: bool,
}

/// Locks a period of a grant type once: watermark, clashes and residence become one immutable snapshot, and every case
/// that waited for it goes on.
///
/// # Errors
/// [`ServiceError::Refused`] before the last application day has passed, and while clashes wait for an officer.
pub async fn close(tenant: &Tenant, actor: &Actor, grant_type: &str, period: &str) -> ServiceResult<Closed> {
    authorize(actor, Action::Administer)?;
    loop {
        let mut read = tenant.db.read().await?;
        let (_, package) = packages::governing(&mut read, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
        let dates = package.form.period(period).ok_or(ServiceError::NotFound)?.clone();
        let last = extensions::last_day_of_all(&mut read, grant_type, &dates).await?;
        if tenant.clock.today() <= last {
            return Err(ServiceError::refused(
                format!("Perioden kan stängas tidigast dagen efter sista ansökningsdag, {last}."),
                format!("The period can be closed the day after the last application day, {last}, at the earliest."),
            ));
        }
        if let Some(known) = snapshots::of_period(&mut read, grant_type, period).await? {
            return closed_before(&mut read, known).await;
        }
        let watermark = counters::last(&mut read, Counter::Import).await?;
        let parts = parts(&mut read, &package, grant_type, period, watermark, &tenant.profile.code).await?;
        drop(read);
        if let Some(closed) = lock(tenant, actor, &package, grant_type, period, watermark, parts).await? {
            return Ok(closed);
        }
        // An import came in between: read again.
    }
}

async fn closed_before(tx: &mut Tx, known: SnapshotRow) -> ServiceResult<Closed> {
    let stored = snapshots::parts(tx, known.id).await?;
    let parts: Vec<Part> = stored.iter().map(|row| Part::read(&row.body)).collect::<ServiceResult<_>>()?;
    Ok(Closed {
        snapshot: known.id,
        sha256: known.sha256,
        associations: parts.len(),
        occasions: parts.iter().map(|part| part.occasions.len()).sum(),
        lost: parts.iter().map(|part| part.lost.len()).sum(),
        cases: 0,
        already: true,
    })
}

/// The parts of all associations with attendance in the period.
async fn parts(
    tx: &mut Tx,
    package: &Package,
    grant_type: &str,
    period: &str,
    watermark: i64,
    code: &str,
) -> ServiceResult<BTreeMap<OrganisationId, Part>> {
    let covers = package.form.period(period).ok_or(ServiceError::NotFound)?.covers;
    let mut parts: BTreeMap<OrganisationId, Part> = BTreeMap::new();
    if !package.form.uses_attendance() {
        return Ok(parts);
    }
    for organisation in organisations::all(tx).await? {
        let rows = in_days(tx, organisation.no, covers, watermark).await?;
        if rows.is_empty() {
            continue;
        }
        let numbers = identities(&rows)?;
        let known = persons::facts_on(tx, &numbers, covers.to).await?;
        let residence = known.iter().filter(|fact| fact.kind == FactKind::Residence);
        let part = Part {
            watermark,
            occasions: rows.iter().map(|row| row.id).collect(),
            lost: Vec::new(),
            resident: residence.map(|fact| (fact.person_no.0, fact.value == code)).collect(),
        };
        parts.insert(organisation.id, part);
    }
    let mut found = Vec::new();
    clashes::each_day(tx, clashes::Among::Everyone, covers, watermark, None, |city, day| {
        found.extend(city.clashes(day).into_iter().map(|clash| city.found(&clash)));
    })
    .await?;
    let protected = protected(tx, covers.to, &found).await?;
    for (occasion, person, organisation) in settle(tx, package, grant_type, period, &found, protected).await? {
        if let Some(part) = parts.get_mut(&organisation) {
            part.lost.push((occasion, person));
        }
    }
    for part in parts.values_mut() {
        part.occasions.sort_unstable();
        part.lost.sort_unstable();
    }
    Ok(parts)
}

async fn protected(tx: &mut Tx, on: chrono::NaiveDate, found: &[clashes::Found]) -> ServiceResult<HashSet<PersonNo>> {
    let numbers: BTreeSet<PersonNo> = found.iter().map(|one| one.person).collect();
    let known = persons::facts_on(tx, &numbers.into_iter().collect::<Vec<_>>(), on).await?;
    Ok(known.into_iter().filter(|fact| fact.kind == FactKind::Protection).map(|fact| fact.person_no).collect())
}

/// The marks that clashes cost: occasion version, person, association.
async fn settle(
    tx: &mut Tx,
    package: &Package,
    grant_type: &str,
    period: &str,
    found: &[clashes::Found],
    protected: HashSet<PersonNo>,
) -> ServiceResult<Vec<(i64, i64, OrganisationId)>> {
    let mut sides: Vec<(i64, OrganisationId)> = found.iter().flat_map(|one| [one.a, one.b]).collect();
    sides.sort_unstable();
    sides.dedup();
    let mut organisations: Vec<OrganisationId> = sides.iter().map(|side| side.1).collect();
    organisations.sort_unstable();
    organisations.dedup();
    let place: HashMap<i64, u32> = (0_u32..).zip(&sides).map(|(at, side)| (side.0, at)).collect();
    let reference = |side: (i64, OrganisationId)| OccasionRef {
        association: organisations.binary_search(&side.1).ok().and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX),
        occasion: place.get(&side.0).copied().unwrap_or(u32::MAX),
    };
    let list: Vec<Clash> = found
        .iter()
        .map(|one| Clash {
            person: one.person,
            a: reference(one.a),
            b: reference(one.b),
            arrivals: one.arrivals,
            scope: match one.scope {
                crate::store::clashes::Scope::Within => collisions::Scope::Within,
                crate::store::clashes::Scope::Across => collisions::Scope::Across,
            },
            kind: collisions::Kind::Participant,
        })
        .collect();
    let answered = clashes::answers(tx, grant_type, period).await?;
    let mut knowledge = Knowledge { protected, ..Knowledge::default() };
    for (one, clash) in found.iter().zip(&list) {
        if let Some(answer) = answered.get(&(one.person, one.a.0, one.b.0)) {
            knowledge.answers.insert((one.person, clash.a, clash.b), *answer);
        }
    }
    let resolution = collisions::resolve(&list, clashes::policy(package), &knowledge);
    if !resolution.for_officer.is_empty() {
        let count = resolution.for_officer.len();
        return Err(ServiceError::refused(
            format!("{count} krockar väntar på att en handläggare avgör dem. Perioden kan stängas sedan."),
            format!("{count} clashes wait for an officer. The period can be closed after that."),
        ));
    }
    let side_of = |reference: &OccasionRef| usize::try_from(reference.occasion).ok().and_then(|at| sides.get(at).copied());
    Ok(resolution.lost.iter().filter_map(|(reference, person)| side_of(reference).map(|side| (side.0, person.0, side.1))).collect())
}

/// Writes the snapshot, unless an import came in since it was read.
async fn lock(
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    grant_type: &str,
    period: &str,
    watermark: i64,
    parts: BTreeMap<OrganisationId, Part>,
) -> ServiceResult<Option<Closed>> {
    let mut tx = tenant.db.write().await?;
    // Drawing nothing still takes the counter's lock: no import can commit before this does.
    let now_at = counters::draw(&mut tx, Counter::Import, 0).await? - 1;
    if now_at != watermark {
        return Ok(None);
    }
    if snapshots::of_period(&mut tx, grant_type, period).await?.is_some() {
        return Ok(None);
    }
    let id = SnapshotId(tenant.ids.uuid());
    let mut rows = Vec::with_capacity(parts.len());
    for (organisation, part) in &parts {
        let body = canonical::to_bytes(part)?;
        rows.push(SnapshotPartRow { snapshot_id: id, organisation_id: *organisation, sha256: Sha::of(&body).hex(), body });
    }
    let sha256 = hash(&rows);
    let snapshot = SnapshotRow {
        id,
        grant_type: grant_type.to_owned(),
        period: period.to_owned(),
        watermark,
        sha256: sha256.clone(),
        at: tenant.clock.now(),
        actor: actor.code(),
    };
    snapshots::insert(&mut tx, &snapshot).await?;
    for row in &rows {
        snapshots::insert_part(&mut tx, row).await?;
    }
    let waiting = wake(&mut tx, tenant, package, grant_type, period).await?;
    let lost = parts.values().map(|part| part.lost.len()).sum();
    let body = json!({
        "snapshot": id, "grant_type": grant_type, "period": period, "watermark": watermark, "sha256": sha256, "associations": rows.len(),
        "lost": lost, "cases": waiting,
    });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "period.closed", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(Some(Closed {
        snapshot: id,
        sha256,
        associations: rows.len(),
        occasions: parts.values().map(|part| part.occasions.len()).sum(),
        lost,
        cases: waiting,
        already: false,
    }))
}

/// The hash over a snapshot's parts.
#[must_use]
pub fn hash(parts: &[SnapshotPartRow]) -> String {
    let mut lines: Vec<String> = parts.iter().map(|part| format!("{} {}", part.organisation_id, part.sha256)).collect();
    lines.sort_unstable();
    Sha::of(lines.join("\n").as_bytes()).hex()
}

/// Queues the end of the wait of every case that waited for the lock.
async fn wake(tx: &mut Tx, tenant: &Tenant, package: &Package, grant_type: &str, period: &str) -> ServiceResult<usize> {
    let mut count = 0;
    for case in cases::lock_of_period(tx, grant_type, period).await? {
        if !waits_for_close(package, &case) {
            continue;
        }
        count += 1;
        let job = NewJob {
            id: tenant.ids.uuid(),
            kind: JobKind::Wait,
            case_id: Some(case.id),
            reference: None,
            entered: case.entered,
            step: "",
            dedup_key: format!("wait/{}/{}", case.id, case.entered),
            run_at: tenant.clock.now(),
        };
        jobs::add(tx, job).await?;
    }
    Ok(count)
}

fn waits_for_close(package: &Package, case: &CaseRow) -> bool {
    package.workflow.state(&case.state).is_some_and(|state| matches!(state.kind, StateKind::Wait { until: WaitFor::PeriodClose, .. }))
}

/// The part of an association whose attendance came after the lock: its marks lose every clash with those in time.
/// `None` when she has a part already.
///
/// # Errors
/// When the database refuses.
pub async fn late_part(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    snapshot: &SnapshotRow,
) -> ServiceResult<Option<SnapshotPartRow>> {
    let code = tenant.profile.code.as_str();
    if !package.form.uses_attendance() || snapshots::part(tx, snapshot.id, case.organisation_id).await?.is_some() {
        return Ok(None);
    }
    let covers = package.form.period(&case.period).ok_or(ServiceError::NotFound)?.covers;
    let organisation = organisations::by_id(tx, case.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    let watermark = counters::last(tx, Counter::Import).await?;
    let rows = in_days(tx, organisation.no, covers, watermark).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let own: HashSet<i64> = rows.iter().map(|row| row.id).collect();
    let mut found = Vec::new();
    let beside = clashes::Late { lock: snapshot.watermark, rows: &rows };
    let cards = attendance::cards_sharing_people(tx, organisation.no).await?;
    clashes::each_day(tx, clashes::Among::Cards(&cards), covers, snapshot.watermark, Some(beside), |city, day| {
        let all = city.clashes(day).into_iter().map(|clash| city.found(&clash));
        found.extend(all.filter(|one| own.contains(&one.a.0) || own.contains(&one.b.0)));
    })
    .await?;
    let protected = protected(tx, covers.to, &found).await?;
    let lost = settle(tx, package, &case.grant_type, &case.period, &found, protected).await?;
    let numbers = identities(&rows)?;
    let known = persons::facts_on(tx, &numbers, covers.to).await?;
    let residence = known.iter().filter(|fact| fact.kind == FactKind::Residence);
    let mut part = Part {
        watermark,
        occasions: own.into_iter().collect(),
        lost: lost
            .into_iter()
            .filter(|(_, _, whose)| *whose == case.organisation_id)
            .map(|(occasion, person, _)| (occasion, person))
            .collect(),
        resident: residence.map(|fact| (fact.person_no.0, fact.value == code)).collect(),
    };
    part.occasions.sort_unstable();
    part.lost.sort_unstable();
    let body = canonical::to_bytes(&part)?;
    Ok(Some(SnapshotPartRow { snapshot_id: snapshot.id, organisation_id: case.organisation_id, sha256: Sha::of(&body).hex(), body }))
}

/// New attendance came: it is registered, open cases are calculated again; where the period is locked nothing changes and
/// an officer is told.
///
/// # Errors
/// When the database refuses.
pub async fn attendance_came(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    organisation: &OrganisationRow,
    import: &ImportRow,
) -> ServiceResult<()> {
    affirmed::attendance_came(tx, tenant, organisation.id, import.no).await?;
    let mut concerned = Vec::new();
    for case in cases::of_organisation(tx, organisation.id).await? {
        let package = packages::version(tx, tenant, case.package_version_id).await?;
        if package.form.uses_attendance() {
            concerned.push((case, package));
        }
    }
    if concerned.is_empty() {
        return Ok(());
    }
    let touched = attendance::occasions_of_import(tx, import.no).await?;
    for (case, package) in concerned {
        let covers = package.form.period(&case.period).ok_or(ServiceError::NotFound)?.covers;
        let days = super::attendance::day_number(covers.from)..=super::attendance::day_number(covers.to);
        if !touched.iter().any(|day| days.contains(day)) {
            continue;
        }
        let Some(mut case) = cases::lock(tx, case.id).await? else { continue };
        protection::note_import(tx, &mut case, import.no).await?;
        if cases::application(tx, case.id).await?.document_id.is_some() {
            // Before that the case's own step registers it (OSL 5 kap. 1 §).
            let name = organisations::name(tx, organisation.id, tenant.clock.today()).await?;
            diary::register_attendance(tx, tenant, &package.form.diary, &case, &name, import.file_id, tenant.clock.today()).await?;
        }
        match snapshots::of_period(tx, &case.grant_type, &case.period).await? {
            None => {
                let steps = [Step::Population, Step::Attendance, Step::Calculate];
                again(tx, tenant, &package, &case, &steps, &format!("import-{}", import.no)).await?;
            }
            Some(snapshot) => after_lock(tx, tenant, actor, &package, &case, &snapshot, import).await?,
        }
    }
    Ok(())
}

/// Carries out steps once more for a case that rests between automatic ones.
pub(super) async fn again(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    steps: &[Step],
    cause: &str,
) -> ServiceResult<()> {
    let rests = package.workflow.state(&case.state).is_some_and(|state| match &state.kind {
        StateKind::Task(_) | StateKind::Wait { .. } => true,
        // Its own steps are still to come, or it is past calculation.
        StateKind::Automatic(_) | StateKind::Decision | StateKind::End => false,
    });
    if case.closed_at.is_some() || !rests {
        return Ok(());
    }
    flow::queue_again(tx, tenant, case, steps, cause).await
}

/// A task beside the workflow: it belongs to no state, keeps the case from nothing and stays until somebody does it.
const LATE_ATTENDANCE: &str = "late_attendance";

async fn after_lock(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    package: &Package,
    case: &CaseRow,
    snapshot: &SnapshotRow,
    import: &ImportRow,
) -> ServiceResult<()> {
    let part = snapshots::part(tx, snapshot.id, case.organisation_id).await?;
    let to_come = package.workflow.state(&case.state).is_some_and(|state| matches!(state.kind, StateKind::Automatic(_)));
    if part.is_none() && (to_come || waits_for_close(package, case)) {
        // Her part is made when the case comes to its final calculation.
        return Ok(());
    }
    let body = json!({ "import": import.no, "snapshot": snapshot.id });
    history::record(tx, tenant, Stream::Case(case.id), actor, Event { kind: "attendance.after_lock", body, texts: &[] }).await?;
    if tasks::open_of_case(tx, case.id).await?.iter().any(|task| task.task == LATE_ATTENDANCE) {
        return Ok(());
    }
    let reason = "Föreningen har skickat närvaro efter att perioden låstes. Det ändrar inte ärendet. Bedöm om beslutet ska omprövas.";
    super::tasks::open_beside(tx, tenant, case.id, LATE_ATTENDANCE, reason, None).await
}
