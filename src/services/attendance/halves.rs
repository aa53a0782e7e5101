//! An association's attendance, half-year by half-year.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{day_number, half_words, half_year, half_years, in_days, span_of};
use crate::app::Tenant;
use crate::attendance::codec;
use crate::domain::draft::DraftKind;
use crate::domain::id::{CaseId, DraftId, OrganisationId};
use crate::domain::period::{ActivityPeriod, DateRange};
use crate::domain::{Localized, calendar};
use crate::services::actor::{About, Action, authorize};
use crate::services::clashes::views::{Open, open_count};
use crate::services::{Actor, ServiceError, ServiceResult, extensions, packages};
use crate::store::attendance::{self, ImportRow, SourceKind};
use crate::store::counters::{self, Counter};
use crate::store::own_attendance::{self, ChoiceRow};
use crate::store::{Tx, cases, drafts, organisations, snapshots};

/// How long after its last day a period stays in the list where nothing was sent, in days.
const SHOWN_DAYS: i64 = 60;

/// A half-year of an association's attendance.
#[derive(Clone, Debug)]
pub struct Half {
    /// As `2026-H1`.
    pub id: String,
    /// In words.
    pub words: Localized,
    /// Its days.
    pub span: DateRange,
    /// The source that counts.
    pub source: Option<SourceKind>,
    /// What counts now.
    pub sum: Sum,
    /// The grants it is used for.
    pub uses: Vec<Use>,
    /// Questions about clashes that wait for an answer.
    pub open_questions: Open,
    /// Marks left out of files that count, about which she has said nothing yet.
    pub left_out: u64,
    /// Files that came, the newest first; what was entered by hand is not among them.
    pub files: Vec<ImportRow>,
    /// Other sources that have something to go back to.
    pub others: Vec<Other>,
}

/// What counts of a half-year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Occasions.
    pub occasions: usize,
    /// Marks of participants who were there.
    pub participants: usize,
    /// Marks of leaders who were there.
    pub leaders: usize,
}

/// A grant that reads the attendance.
#[derive(Clone, Debug)]
pub struct Use {
    /// Its id.
    pub grant_type: String,
    /// Its name.
    pub title: Localized,
    /// The period.
    pub period: ActivityPeriod,
    /// The last day to apply in time.
    pub last_day: NaiveDate,
    /// When the period was closed, once it was.
    pub locked: Option<DateTime<Utc>>,
    /// The application, where she has handed one in.
    pub case: Option<(CaseId, String)>,
}

/// Another source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other {
    /// Which.
    pub source: SourceKind,
    /// How many occasions it had when another took its place.
    pub occasions: usize,
    /// When it last sent something that counted.
    pub at: Option<DateTime<Utc>>,
}

impl Half {
    /// Whether no grant can be changed by it any more.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        !self.uses.is_empty() && self.uses.iter().all(|one| one.locked.is_some())
    }

    /// When the first of its periods was closed.
    #[must_use]
    pub fn locked_at(&self) -> Option<DateTime<Utc>> {
        self.uses.iter().filter_map(|one| one.locked).min()
    }
}

/// The half-years an association has sent attendance for, or may, the newest first.
///
/// # Errors
/// [`ServiceError::NotFound`] when they are not the actor's to see.
pub async fn halves(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<Half>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for id in known(&mut tx, tenant, organisation).await? {
        found.push(half_of(&mut tx, tenant, organisation, &id).await?);
    }
    Ok(found)
}

/// One half-year.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not the actor's to see, or nothing can be sent for it.
pub async fn half(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, id: &str) -> ServiceResult<Half> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    if !known(&mut tx, tenant, organisation).await?.iter().any(|known| known == id) {
        return Err(ServiceError::NotFound);
    }
    half_of(&mut tx, tenant, organisation, id).await
}

/// The half-years with attendance, or with a period that has begun and is not long past.
async fn known(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId) -> ServiceResult<Vec<String>> {
    let today = tenant.clock.today();
    let mut ids: BTreeSet<String> = own_attendance::sources(tx, organisation).await?.into_iter().map(|(half, _)| half).collect();
    for (_, package) in packages::active(tx, tenant).await? {
        for period in package.form.periods.iter().map(|period| &period.dates).filter(|_| package.form.uses_attendance()) {
            let last = period.late_until.unwrap_or_else(|| calendar::last_day(period));
            if (today - last).num_days() > SHOWN_DAYS {
                continue;
            }
            ids.extend(half_years(period.covers).into_iter().filter(|half| span_of(half).is_some_and(|span| span.from <= today)));
        }
    }
    Ok(ids.into_iter().rev().collect())
}

async fn half_of(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId, id: &str) -> ServiceResult<Half> {
    let span = span_of(id).ok_or(ServiceError::NotFound)?;
    let no = organisations::by_id(tx, organisation).await?.ok_or(ServiceError::NotFound)?.no;
    let source = attendance::active_source(tx, organisation, id).await?;
    let mut sum = Sum::default();
    let watermark = counters::last(tx, Counter::Import).await?;
    for row in in_days(tx, no, span, watermark).await? {
        sum.occasions += 1;
        let marks = codec::decode(&row.marks).map_err(|error| anyhow::anyhow!("occasion {}: {error}", row.id))?;
        for (_, class) in marks.iter().filter(|(_, class)| class.is_present()) {
            if class.is_leader() {
                sum.leaders += 1;
            } else {
                sum.participants += 1;
            }
        }
    }
    let files: Vec<ImportRow> = attendance::imports(tx, organisation)
        .await?
        .into_iter()
        .filter(|import| import.source != SourceKind::Hand && import.period == id)
        .collect();
    let mut left_out = 0;
    for file in files.iter().filter(|file| file.accepted && Some(file.source) == source) {
        left_out += undecided(file, &own_attendance::choices(tx, file.no).await?)?;
    }
    let mut others = Vec::new();
    for other in [SourceKind::Upload, SourceKind::Push, SourceKind::Hand].into_iter().filter(|other| Some(*other) != source) {
        let before = own_attendance::withdrawn(tx, no, other, (day_number(span.from), day_number(span.to))).await?;
        if !before.is_empty() {
            let newest = before.iter().map(|row| row.from_import).max();
            let at = attendance::imports(tx, organisation).await?.into_iter().find(|import| Some(import.no) == newest).map(|row| row.at);
            others.push(Other { source: other, occasions: before.len(), at });
        }
    }
    Ok(Half {
        id: id.to_owned(),
        words: half_words(id),
        span,
        source,
        sum,
        uses: uses(tx, tenant, organisation, id).await?,
        open_questions: open_count(tx, tenant, organisation, span).await?,
        left_out,
        files,
        others,
    })
}

/// The marks of a file's left-out rows about which nothing was said.
fn undecided(file: &ImportRow, choices: &[ChoiceRow]) -> ServiceResult<u64> {
    let report: crate::attendance::report::Report = serde_json::from_slice(&file.report)?;
    let said = |line: u64| choices.iter().any(|choice| u64::try_from(choice.line) == Ok(line));
    Ok(report.excluded.iter().filter(|person| !said(person.line)).map(|person| person.marks).sum())
}

async fn uses(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId, half: &str) -> ServiceResult<Vec<Use>> {
    let mut found = Vec::new();
    for (_, package) in packages::active(tx, tenant).await? {
        if !package.form.uses_attendance() {
            continue;
        }
        for period in package.form.periods.iter().map(|period| &period.dates) {
            if !half_years(period.covers).iter().any(|known| known == half) {
                continue;
            }
            let case = cases::open_of(tx, organisation, &package.id, &period.id).await?;
            found.push(Use {
                grant_type: package.id.clone(),
                title: package.form.title.clone(),
                period: period.clone(),
                last_day: extensions::last_day(tx, &package.id, period, organisation).await?,
                locked: snapshots::of_period(tx, &package.id, &period.id).await?.map(|snapshot| snapshot.at),
                case: case.map(|case| (case.id, case.number)),
            });
        }
    }
    Ok(found)
}

/// The open drafts of applications that a half-year's attendance is for: the way back for who came from one.
///
/// # Errors
/// [`ServiceError::NotFound`] when they are not the actor's to see.
pub async fn drafts(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, half: &str) -> ServiceResult<Vec<Drafted>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for one in uses(&mut tx, tenant, organisation, half).await? {
        let draft = drafts::open_of(&mut tx, organisation, &one.grant_type, &one.period.id, DraftKind::Application).await?;
        found.extend(draft.map(|draft| Drafted { draft: draft.id, title: one.title, period: one.period }));
    }
    Ok(found)
}

/// A draft that a half-year's attendance is for.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The draft.
    pub draft: DraftId,
    /// What it applies for.
    pub title: Localized,
    /// For when.
    pub period: ActivityPeriod,
}

/// The half-year that today lies in, for what is entered by hand.
#[must_use]
pub fn this_half(tenant: &Tenant) -> String {
    half_year(tenant.clock.today())
}
