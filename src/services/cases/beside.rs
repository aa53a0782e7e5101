//! What the page of a case shows beside the case itself: who handles it, notes, messages, and its answers against the
//! register and the period before.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::withdrawal::WITHDRAWAL;
use super::{handing_over, notes};
use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::domain::inputs::{Answer, Fact};
use crate::domain::{Localized, Money};
use crate::forms::{FieldKind, Form};
use crate::services::actor::{About, Action, authorize};
use crate::services::attendance::of_case;
use crate::services::dialogue::{Attachment, attachments};
use crate::services::{Actor, ServiceError, ServiceResult, packages, paper, protection};
use crate::store::cases::{self, CaseRow};
use crate::store::dialogue::{self, MessageRow};
use crate::store::queue::{self, Handling};
use crate::store::users::UserRow;
use crate::store::{Tx, decisions, organisations, overrides, tasks, users};
use crate::text::number;

/// What stands beside a case.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Who handles it, until when it is put away, what is unanswered.
    pub handling: Handling,
    /// Her name.
    pub officer: Option<String>,
    /// Whether the actor may handle it.
    pub may_handle: bool,
    /// Whether the actor may close it when it is withdrawn.
    pub may_close: bool,
    /// Who may be given it.
    pub colleagues: Vec<UserRow>,
    /// Notes for colleagues: who, when, what.
    pub notes: Vec<(String, DateTime<Utc>, String)>,
    /// Messages, oldest first.
    pub messages: Vec<MessageRow>,
    /// The files that came with them.
    pub attached: Vec<Attachment>,
    /// Whether the application was taken back and nobody has closed the case yet.
    pub withdrawn: bool,
    /// Whether it is decided, sent or not.
    pub decided: bool,
    /// What an officer has changed the sum to.
    pub changed: Option<Money>,
    /// The sections of the form: id and title.
    pub sections: Vec<(String, Localized)>,
    /// The answers; empty where they are reserved.
    pub compared: Vec<Compared>,
    /// The period before, where there is a case of it.
    pub before: Option<String>,
    /// Whether the answers are kept from the actor.
    pub reserved: bool,
    /// How many files of attendance have come for its period.
    pub files: usize,
}

/// An answer against what the register says and what was answered the last time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The section.
    pub section: Localized,
    /// The question.
    pub label: Localized,
    /// The answer in words.
    pub answer: String,
    /// What the register says; empty where it says nothing.
    pub register: String,
    /// What was answered the last time; empty where nothing was.
    pub before: String,
}

/// Everything beside a case.
///
/// # Errors
/// [`ServiceError::NotFound`] where the case is not the actor's to read.
pub async fn of(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<Beside> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let may_handle = authorize(actor, Action::Handle { about: case.about(), committee: &case.committee }).is_ok();
    let closes = Action::Decide { about: case.about(), committee: &case.committee, grant_type: &case.grant_type, amount: Money::ZERO };
    let handling = queue::handling(&mut tx, id).await?;
    let officer = match handling.officer_id {
        Some(officer) => users::by_id(&mut tx, officer).await?.map(|user| user.name),
        None => None,
    };
    let reserved = case.protected && !protection::may_read(actor);
    // A note may name the applicant: where she is the one who is protected, it is kept with her name.
    let hidden = reserved && protection::masks_party(&mut tx, &case).await?;
    let mut beside = Beside {
        officer,
        may_handle,
        may_close: authorize(actor, closes).is_ok(),
        colleagues: if may_handle { handing_over::colleagues(&mut tx, tenant, &case).await? } else { Vec::new() },
        notes: if hidden { Vec::new() } else { notes::of_case(&mut tx, actor, id).await? },
        messages: if reserved { Vec::new() } else { dialogue::of_case(&mut tx, id).await? },
        attached: if reserved { Vec::new() } else { attachments::of_case(&mut tx, tenant, id).await? },
        withdrawn: tasks::open_of_case(&mut tx, id).await?.iter().any(|task| task.task == WITHDRAWAL),
        decided: decisions::standing(&mut tx, id).await?.is_some(),
        changed: overrides::newest(&mut tx, id).await?.and_then(|row| row.amount_ore),
        sections: package.form.sections.iter().map(|section| (section.id.clone(), section.title.clone())).collect(),
        files: of_case::of(&mut tx, &package, &case).await?.len(),
        handling,
        reserved,
        ..Beside::default()
    };
    if !reserved {
        (beside.compared, beside.before) = compared(&mut tx, tenant, &package.form, &case).await?;
    }
    Ok(beside)
}

async fn compared(tx: &mut Tx, tenant: &Tenant, form: &Form, case: &CaseRow) -> ServiceResult<(Vec<Compared>, Option<String>)> {
    let now: BTreeMap<String, Answer> = serde_json::from_slice(&cases::application(tx, case.id).await?.answers)?;
    let earlier = cases::of_organisation(tx, case.organisation_id).await?;
    let earlier = earlier
        .into_iter()
        .filter(|one| one.grant_type == case.grant_type && one.period < case.period)
        .max_by(|a, b| a.period.cmp(&b.period));
    let before: BTreeMap<String, Answer> = match &earlier {
        Some(earlier) => serde_json::from_slice(&cases::application(tx, earlier.id).await?.answers)?,
        None => BTreeMap::new(),
    };
    let mut facts: BTreeMap<String, Fact> = BTreeMap::new();
    for (fact, value) in organisations::facts(tx, case.organisation_id, tenant.clock.today()).await? {
        facts.insert(fact, serde_json::from_str(&value)?);
    }
    let account = organisations::account(tx, case.organisation_id).await?;
    let account = account.and_then(|row| crate::services::payments::views::printed(&row.account));
    let members = organisations::members(tx, case.organisation_id, tenant.clock.today()).await?;
    let mut rows = Vec::new();
    for section in &form.sections {
        // A personal number stands in the application's own document alone.
        let questions = section.fields.iter().filter(|field| field.kind.is_question());
        for field in questions.filter(|field| !matches!(field.kind, FieldKind::PersonalNumber { .. })) {
            let words =
                |answers: &BTreeMap<String, Answer>| answers.get(&field.id).map_or_else(String::new, |given| paper::answer(field, given));
            let register = match &field.kind {
                FieldKind::BankAccount(_) => account.clone().unwrap_or_default(),
                FieldKind::Members => members.as_ref().map_or_else(String::new, |members| paper::words(&Answer::Members(members.clone()))),
                _ => facts.get(&field.id).map_or_else(String::new, fact),
            };
            let row = Compared {
                section: section.title.clone(),
                label: field.label.clone(),
                answer: words(&now),
                register,
                before: words(&before),
            };
            if !(row.answer.is_empty() && row.before.is_empty()) {
                rows.push(row);
            }
        }
    }
    Ok((rows, earlier.map(|earlier| earlier.period)))
}

fn fact(fact: &Fact) -> String {
    match fact {
        Fact::YesNo(yes) => paper::words(&Answer::YesNo(*yes)),
        Fact::Integer(value) => number::integer(*value),
        Fact::Decimal(value) => number::decimal(*value),
        Fact::Money(value) => number::money(*value),
        Fact::Date(value) => paper::words(&Answer::Date(*value)),
        Fact::Text(value) => value.clone(),
    }
}
