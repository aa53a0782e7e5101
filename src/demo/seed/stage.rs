//! The stage of the seed: a clock that steps through the months, identities that put the right case in the random
//! sample, a worker, and what people do in a sentence.

use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::cast::Cast;
use crate::app::Tenant;
use crate::demo::answers::Answers;
use crate::demo::clock::swedish;
use crate::demo::municipality::ASSOCIATIONS;
use crate::domain::clock::{SystemIds, swedish_date};
use crate::domain::id::{CaseId, OrganisationId};
use crate::domain::{Clock, Ids};
use crate::pipeline::worker::Worker;
use crate::services::applications::{self, Submission};
use crate::services::attendance::{self, Received};
use crate::services::tasks::{self, Filled};
use crate::services::{Actor, checkpoints, packages};
use crate::store::attendance::SourceKind;
use crate::store::{jobs, organisations, tasks as task_rows};

/// Product time that is set by hand.
#[derive(Debug)]
struct StepClock(Mutex<DateTime<Utc>>);

impl Clock for StepClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a case is to be in the random sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampled {
    /// It is drawn.
    Drawn,
    /// It is not.
    NotDrawn,
}

/// A round and whether the next identities are drawn in it.
#[derive(Clone, Copy, Debug)]
struct Lot {
    grant_type: &'static str,
    period: &'static str,
    percent: u32,
    sampled: Sampled,
}

/// Identities of the machine, of which those are passed over that would put a case on the wrong side of the sample.
#[derive(Debug)]
struct ChosenIds {
    tenant: Tenant,
    lot: Mutex<Option<Lot>>,
}

impl Ids for ChosenIds {
    fn uuid(&self) -> Uuid {
        let lot = *self.lot.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(lot) = lot else { return SystemIds.uuid() };
        loop {
            let id = SystemIds.uuid();
            let drawn = checkpoints::is_drawn(&self.tenant, lot.grant_type, lot.period, CaseId(id), lot.percent);
            if drawn == (lot.sampled == Sampled::Drawn) {
                return id;
            }
        }
    }
}

/// The stage.
pub struct Stage {
    /// The tenant on the stage's clock.
    pub tenant: Tenant,
    clock: Arc<StepClock>,
    ids: Arc<ChosenIds>,
    worker: Option<Worker>,
}

impl Stage {
    /// A stage at a moment, with a worker of its own.
    ///
    /// # Errors
    /// When the worker cannot begin.
    pub async fn with_worker(tenant: &Tenant, start: &str) -> anyhow::Result<Self> {
        let mut stage = Self::at_moment(tenant, swedish(start)?);
        // The worker's lock keeps two workers apart; nobody else knows of a municipality that is not seeded yet.
        let lock = std::env::temp_dir().join(format!("bifall-seed-{}.lock", SystemIds.uuid()));
        let worker = Worker::start(&stage.tenant, &lock).await;
        // On Unix the file stays locked as long as it is open, with or without a name.
        drop(std::fs::remove_file(&lock));
        stage.worker = Some(worker?);
        Ok(stage)
    }

    /// A stage at a moment whose jobs are left to the worker in service.
    #[must_use]
    pub fn at_moment(tenant: &Tenant, moment: DateTime<Utc>) -> Self {
        let clock = Arc::new(StepClock(Mutex::new(moment)));
        let ids = Arc::new(ChosenIds { tenant: tenant.clone(), lot: Mutex::new(None) });
        let mut staged = tenant.clone().with_clock(clock.clone());
        staged.ids = ids.clone();
        Self { tenant: staged, clock, ids, worker: None }
    }

    /// Steps to a later moment and carries out what is due then.
    ///
    /// # Errors
    /// When the moment is earlier, or a job failed.
    pub async fn at(&self, moment: &str) -> anyhow::Result<()> {
        let moment = swedish(moment)?;
        ensure!(moment >= self.clock.now(), "the seed steps backwards to {moment}");
        *self.clock.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
        self.work().await
    }

    /// Carries out what is due.
    ///
    /// # Errors
    /// When a job failed.
    pub async fn work(&self) -> anyhow::Result<()> {
        let Some(worker) = &self.worker else { return Ok(()) };
        worker.run_due(&self.tenant).await?;
        let mut tx = self.tenant.db.read().await?;
        let troubled = jobs::troubled(&mut tx).await?;
        let first = troubled.first().map(|job| format!("{}: {}", job.step, job.last_error.as_deref().unwrap_or_default()));
        ensure!(first.is_none(), "a job of the seed failed: {}", first.unwrap_or_default());
        Ok(())
    }

    /// A member of the staff.
    ///
    /// # Errors
    /// When there is nobody of that name.
    pub async fn staff(&self, name: &str) -> anyhow::Result<Actor> {
        Actor::staff_named(&self.tenant, name).await.with_context(|| format!("{name} is not in the staff"))
    }

    /// An association by its place in [`ASSOCIATIONS`], and its treasurer.
    ///
    /// # Errors
    /// When it is not registered.
    pub async fn association(&self, at: usize) -> anyhow::Result<(OrganisationId, Actor)> {
        let association = &ASSOCIATIONS[at];
        let mut tx = self.tenant.db.read().await?;
        let digits = association.number.replace('-', "");
        let row = organisations::by_number(&mut tx, &digits).await?;
        let id = row.with_context(|| format!("{} is not registered", association.name))?.id;
        Ok((id, Actor::on_paper(id, association.board.1)))
    }

    /// An association sends its attendance file.
    ///
    /// # Errors
    /// When the file is refused.
    pub async fn upload(&self, cast: &Cast, at: usize) -> anyhow::Result<()> {
        let (organisation, actor) = self.association(at).await?;
        let bytes = cast.files.get(&at).cloned().with_context(|| format!("{} has no file", ASSOCIATIONS[at].name))?;
        let received = Received::new(organisation, SourceKind::Upload, Cursor::new(bytes)).named("narvaro-varen-2026.xml");
        let imported = attendance::import(&self.tenant, &actor, received).await?;
        // Codes only: a finding may name somebody.
        let codes: Vec<&str> = imported.report.findings.iter().map(|finding| finding.code.as_str()).collect();
        ensure!(imported.report.accepted, "the file of {} was refused: {codes:?}", ASSOCIATIONS[at].name);
        Ok(())
    }

    /// An association hands in an application, and the worker takes it as far as it goes by itself.
    ///
    /// # Errors
    /// When it is not received.
    pub async fn apply(
        &self,
        at: usize,
        grant_type: &'static str,
        period: &'static str,
        answers: &Answers,
        sampled: Sampled,
    ) -> anyhow::Result<CaseId> {
        let (organisation, actor) = self.association(at).await?;
        let mut tx = self.tenant.db.read().await?;
        let (_, package) = packages::governing(&mut tx, &self.tenant, grant_type, period).await?.context("no such round")?;
        drop(tx);
        let percent = package.form.checkpoints.sample_percent;
        let lot = (percent > 0).then_some(Lot { grant_type, period, percent, sampled });
        self.choose(lot);
        let key = key(at, grant_type, period);
        let submission =
            Submission { organisation, grant_type, period, answers, signed_by: ASSOCIATIONS[at].board.0, idempotency_key: &key };
        let receipt = applications::submit(&self.tenant, &actor, submission).await;
        self.choose(None);
        let receipt = receipt.with_context(|| format!("{grant_type} of {}", ASSOCIATIONS[at].name))?;
        self.work().await?;
        Ok(receipt.case)
    }

    fn choose(&self, lot: Option<Lot>) {
        *self.ids.lot.lock().unwrap_or_else(PoisonError::into_inner) = lot;
    }

    /// An officer does a case's only open task, with every line of the checklist ticked.
    ///
    /// # Errors
    /// When there is no task or the action is none of the state's.
    pub async fn do_task(
        &self,
        officer: &Actor,
        case: CaseId,
        checklist: &[&str],
        action: &str,
        filled: Filled,
        comment: &str,
    ) -> anyhow::Result<()> {
        let mut tx = self.tenant.db.read().await?;
        let open = task_rows::open_of_case(&mut tx, case).await?;
        drop(tx);
        let task = open.first().context("the case has no open task")?.id;
        let checked = checklist.iter().map(|line| ((*line).to_owned(), true)).collect();
        tasks::complete(&self.tenant, officer, task, action, &Filled { checked, ..filled }, comment).await?;
        self.work().await
    }

    /// The Swedish date on the stage.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        swedish_date(self.clock.now())
    }
}

/// The idempotency key of an application of the story.
#[must_use]
pub fn key(at: usize, grant_type: &str, period: &str) -> String {
    format!("demo/{}/{grant_type}/{period}", ASSOCIATIONS[at].number)
}
