//! What the applicant is asked for while her case waits, and what she answers (förvaltningslagen 20 and 25 §§).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::{Filled, beside, finish, open_case, who};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::canonical::{self, Sha};
use crate::domain::id::CaseId;
use crate::domain::inputs::Answer;
use crate::domain::localized::Language;
use crate::forms;
use crate::packages::Package;
use crate::services::actor::{About, Action, authorize};
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, conflicts, diary, flow, free_text, messages, packages, paper};
use crate::store::cases::{self, ApplicationRow, CaseRow};
use crate::store::diary::Direction;
use crate::store::{Tx, jobs, organisations, tasks};
use crate::text::number;
use crate::workflows::machine::Outcome;
use crate::workflows::{StateKind, Target, WaitFor};

/// The action of a workflow by which the applicant is asked for what is missing.
pub const REQUEST_SUPPLEMENT: &str = "request_supplement";

/// How many days somebody may be given to answer; beyond that the year was mistyped.
const LONGEST_ANSWER: i64 = 366;

/// What an officer asks for.
#[derive(Clone, Debug)]
pub struct SupplementRequest<'a> {
    /// What is missing, in the officer's words; one item a line.
    pub missing: &'a str,
    /// The last day to answer.
    pub last_day: NaiveDate,
    /// What happens otherwise (förvaltningslagen 20 § 2 st.).
    pub consequence: &'a str,
    /// The sections of the application it is aimed at, by id; all when empty.
    pub sections: &'a [String],
}

/// Asks several applicants for the same, each with a document of her own. What could not be asked is told with its reason;
/// the others are asked.
pub async fn request_supplements(
    tenant: &Tenant,
    actor: &Actor,
    list: &[CaseId],
    request: &SupplementRequest<'_>,
) -> Vec<(CaseId, ServiceResult<()>)> {
    let mut done = Vec::with_capacity(list.len());
    for case in list {
        let result = request_supplement(tenant, actor, *case, request).await;
        // What could not be noted is told as the failure it is.
        done.push((*case, conflicts::noting(tenant, actor, result).await.unwrap_or_else(Err)));
    }
    done
}

/// Gives an applicant more time to answer a supplement request.
///
/// # Errors
/// [`ServiceError::Refused`] when the case waits for no answer; [`ServiceError::Invalid`] for a day that is no later.
pub async fn extend_supplement(tenant: &Tenant, actor: &Actor, id: CaseId, until: NaiveDate, reason: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (case, package) = open_case(&mut tx, tenant, actor, id).await?;
    let wait = jobs::wait_of(&mut tx, case.id, case.entered).await?;
    let waits =
        package.workflow.state(&case.state).is_some_and(|state| matches!(state.kind, StateKind::Wait { until: WaitFor::Applicant, .. }));
    let Some(job) = wait.filter(|_| waits) else {
        return Err(ServiceError::refused("Ärendet väntar inte på något svar.", "The case waits for no answer."));
    };
    let later = until.succ_opt().map(flow::start_of).unwrap_or_default();
    if until <= tenant.clock.today() || later <= job.run_at {
        let message = Localized::both("Välj en dag efter den som redan gäller.", "Choose a day after the one that already holds.");
        return Err(ServiceError::invalid("till", "no_later", message));
    }
    if reason.trim().is_empty() {
        let message = Localized::both("Skriv varför anstånd ges.", "Write why more time is given.");
        return Err(ServiceError::invalid("skal", "missing", message));
    }
    free_text::refuse_person_numbers("skal", reason)?;
    jobs::put_off(&mut tx, job.id, later).await?;
    let last_day = number::date(until, Language::Sv);
    let sheet = diary::Sheet {
        direction: Direction::Out,
        subject: "Anstånd",
        document_type: "anstand",
        parts: &[("Svara senast", &last_day), ("Varför", reason.trim())],
        appendix: "",
    };
    let document = diary::register_sheet(&mut tx, tenant, &package, &case, sheet).await?;
    let event = Event { kind: "case.extended", body: json!({ "until": until, "document": document }), texts: &[("reason", reason.trim())] };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    messages::queue_once(&mut tx, tenant, &case, messages::About::Extension, &format!("{}/{until}", case.entered)).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks the applicant for what is missing. The case waits; its clock stands still.
///
/// # Errors
/// [`ServiceError::Invalid`] without content, date or consequence; [`ServiceError::Refused`] in a state that has no such way out.
pub async fn request_supplement(tenant: &Tenant, actor: &Actor, case_id: CaseId, request: &SupplementRequest<'_>) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (mut case, package) = open_case(&mut tx, tenant, actor, case_id).await?;
    let mut findings = Vec::new();
    let mut demand = |missing: bool, place: &str, sv: &str, en: &str| {
        if missing {
            let message = Localized::both(sv, en);
            findings.push(Finding { place: place.to_owned(), code: "missing".to_owned(), message });
        }
    };
    let today = tenant.clock.today();
    demand(request.missing.trim().is_empty(), "missing", "Skriv vad som saknas.", "Write what is missing.");
    demand(
        request.consequence.trim().is_empty(),
        "consequence",
        "Skriv vad som händer om svaret uteblir.",
        "Write what happens without an answer.",
    );
    demand(
        request.last_day <= today,
        "last_day",
        "Sista dag för svar måste ligga efter i dag.",
        "The last day to answer must be after today.",
    );
    demand(
        (request.last_day - today).num_days() > LONGEST_ANSWER,
        "last_day",
        "Sista dag för svar är mer än ett år bort. Kontrollera årtalet.",
        "The last day to answer is more than a year away. Check the year.",
    );
    findings.extend(free_text::finding("missing", request.missing));
    findings.extend(free_text::finding("consequence", request.consequence));
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    if !flow::offers(&package, &case, REQUEST_SUPPLEMENT) {
        return Err(ServiceError::refused(
            "Komplettering kan inte begäras i det här läget.",
            "A supplement cannot be requested in this state.",
        ));
    }
    let last_day = number::date(request.last_day, Language::Sv);
    let aimed: Vec<&str> = package
        .form
        .sections
        .iter()
        .filter(|section| request.sections.contains(&section.id))
        .map(|section| section.title.sv.as_str())
        .collect();
    let aimed = aimed.join("\n");
    let mut parts =
        vec![("Det här saknas", request.missing), ("Svara senast", last_day.as_str()), ("Om svaret uteblir", request.consequence)];
    if !aimed.is_empty() {
        parts.insert(1, ("Delar av ansökan", aimed.as_str()));
    }
    let sheet = diary::Sheet {
        direction: Direction::Out,
        subject: "Begäran om komplettering",
        document_type: "komplettering",
        parts: &parts,
        appendix: "",
    };
    let document = diary::register_sheet(&mut tx, tenant, &package, &case, sheet).await?;
    for task in tasks::open_of_case(&mut tx, case.id).await?.into_iter().filter(|task| !beside(task) && task.role != who::EXPERT) {
        finish(&mut tx, tenant, actor, &task, REQUEST_SUPPLEMENT, &Filled::default(), request.missing).await?;
    }
    let event = Event {
        kind: "supplement.requested",
        body: json!({ "last_day": request.last_day, "document": document, "sections": request.sections }),
        texts: &[("missing", request.missing), ("consequence", request.consequence)],
    };
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, event).await?;
    flow::advance_until(&mut tx, tenant, &package, &mut case, actor, REQUEST_SUPPLEMENT, request.last_day).await?;
    messages::queue(&mut tx, tenant, &case, messages::About::Supplement).await?;
    tx.commit().await?;
    Ok(())
}

/// The applicant's answer: registered, the answers replaced where she changed them, the case back where it came from.
/// Where she is only heard (förvaltningslagen 25 §) her view is registered and the case goes on.
///
/// # Errors
/// [`ServiceError::Refused`] when the case waits for nothing from her; [`ServiceError::Invalid`] with a finding per field.
pub async fn answer_supplement(
    tenant: &Tenant,
    actor: &Actor,
    case_id: CaseId,
    answers: &BTreeMap<String, Answer>,
    text: &str,
) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    take_supplement(&mut tx, tenant, actor, case_id, &Changed { answers, cleared: &[] }, text).await?;
    tx.commit().await?;
    Ok(())
}

/// The view of an applicant who is heard before a decision (förvaltningslagen 25 §).
///
/// # Errors
/// [`ServiceError::Invalid`] without a text; else as [`answer_supplement`].
pub async fn give_view(tenant: &Tenant, actor: &Actor, case: CaseId, text: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.read().await?;
    let row = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    drop(tx);
    answers_for(actor, &row)?;
    if text.trim().is_empty() {
        let message = Localized::both("Skriv vad ni vill säga om det nya.", "Write what you want to say about what is new.");
        return Err(ServiceError::invalid("text", "missing", message));
    }
    answer_supplement(tenant, actor, case, &BTreeMap::new(), text.trim()).await
}

/// Who answers in a case: those who act for its applicant, or an officer of its committee who writes in what the applicant has said.
fn answers_for(actor: &Actor, case: &CaseRow) -> ServiceResult<()> {
    let action = match actor {
        Actor::Staff { .. } => Action::Handle { about: case.about(), committee: &case.committee },
        Actor::Association { .. } | Actor::Person { .. } | Actor::Service => Action::ActFor(About::Case(case.about())),
    };
    authorize(actor, action).map(drop)
}

/// What a supplement changes.
#[derive(Clone, Copy, Debug)]
pub(in crate::services) struct Changed<'a> {
    /// Answers that are new or others than before.
    pub answers: &'a BTreeMap<String, Answer>,
    /// Fields that were answered and are not any more.
    pub cleared: &'a [String],
}

impl Changed<'_> {
    fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.cleared.is_empty()
    }
}

/// The same in the caller's transaction.
pub(in crate::services) async fn take_supplement(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    case_id: CaseId,
    changed: &Changed<'_>,
    text: &str,
) -> ServiceResult<()> {
    let mut case = cases::lock(tx, case_id).await?.ok_or(ServiceError::NotFound)?;
    answers_for(actor, &case)?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let state = package.workflow.state(&case.state);
    let waits = state.is_some_and(|state| matches!(state.kind, StateKind::Wait { until: WaitFor::Applicant, .. }));
    if !waits {
        return Err(ServiceError::refused("Ärendet väntar inte på något svar från er.", "The case does not wait for an answer from you."));
    }
    // What is asked for goes back to who asked; who is only heard does not change what was applied for.
    let completes = state.is_some_and(|state| state.next.iter().any(|next| matches!(next.to, Target::Return)));
    let (title, arrived) =
        if completes { ("Komplettering", "Kompletteringen har kommit in.") } else { ("Yttrande", "Yttrandet har kommit in.") };
    let application = if completes {
        Some(supplemented(tx, tenant, &package, &case, changed).await?)
    } else if changed.is_empty() {
        None
    } else {
        return Err(ServiceError::refused(
            "Ni kan yttra er nu, men inte ändra svaren i ansökan.",
            "You may give your view now, but not change the answers of the application.",
        ));
    };
    let appendix = match application.as_ref().filter(|_| !changed.is_empty()) {
        Some(application) => {
            let name = organisations::name(tx, case.organisation_id, tenant.clock.today()).await?;
            paper::application(&package.form, application, &case.number, &name)?
        }
        None => String::new(),
    };
    let sheet = diary::Sheet {
        direction: Direction::In,
        subject: title,
        document_type: "komplettering",
        parts: &[("Svar", text)],
        appendix: &appendix,
    };
    let document = diary::register_sheet(tx, tenant, &package, &case, sheet).await?;
    if let Some(application) = &application {
        cases::set_application_document(tx, application.id, document).await?;
        case.complete_on = Some(tenant.clock.today());
    }
    let event = Event {
        kind: if completes { "supplement.received" } else { "view.received" },
        body: json!({ "answers": application.as_ref().map(|application| &application.sha256), "document": document }),
        texts: &[("text", text)],
    };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await?;
    flow::advance(tx, tenant, &package, &mut case, actor, &Outcome::WaitOver, Some(arrived)).await?;
    Ok(())
}

/// The application with the changed answers, in the place of the one before.
pub(in crate::services) async fn supplemented(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    changed: &Changed<'_>,
) -> ServiceResult<ApplicationRow> {
    let before = cases::application(tx, case.id).await?;
    let mut all: BTreeMap<String, Answer> = serde_json::from_slice(&before.answers)?;
    all.extend(changed.answers.clone());
    all.retain(|id, _| !changed.cleared.contains(id));
    let facts = forms::Facts::new();
    let findings: Vec<Finding> = forms::validate(&package.form, &all, &facts)
        .into_iter()
        .map(|found| Finding { place: found.field, code: found.code.to_owned(), message: found.message })
        .collect();
    // An answer in words only is taken as it is: it changes nothing of what was accepted before.
    if !changed.is_empty() && !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let body = canonical::to_bytes(&forms::sent_answers(&package.form, &all, &facts))?;
    let now = tenant.clock.now();
    cases::replace_application(tx, case.id, now).await?;
    let id = tenant.ids.uuid();
    let application = ApplicationRow {
        id,
        sha256: Sha::of(&body).hex(),
        answers: body,
        received_at: now,
        document_id: None,
        idempotency_key: format!("supplement/{id}"),
        replaced_at: None,
        ..before
    };
    cases::insert_application(tx, &application).await?;
    Ok(application)
}
