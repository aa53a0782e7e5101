//! A grant type's form and its settings.

use crate::domain::Localized;
use crate::domain::condition::Kind;
use crate::domain::grant::{AppealForm, ApplicantKind, DecisionMode, GrantKind, SignedBy};
use crate::domain::localized::Language::{En, Sv};
use crate::domain::period::ActivityPeriod;
use crate::text::definition::Located;
use crate::text::fluent::Wording;
use crate::text::number;

use super::field::{Field, FieldKind, Section};
use super::settings::{
    ApprovalSettings, Assignment, Checkpoints, Clash, Decided, DiarySettings, Experts, PaymentSettings, Ranking, Releases, ReportSettings,
};

/// What a grant type declares besides its rules: who may apply, when, for what, and how the case is handled.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The grant type's stable id.
    pub id: String,
    /// The grant type's name.
    pub title: Localized,
    /// What it is for, one or two sentences on the public page.
    pub summary: Option<Localized>,
    /// What one can get, in a sentence with places for parameters: `{belopp} per medlem`. For the public list.
    pub benefit: Option<Located<Localized>>,
    /// General, selective or approval.
    pub kind: GrantKind,
    /// The id of the workflow that handles its cases, and where it is named.
    pub workflow: Located<String>,
    /// How a decision is appealed.
    pub appeal: AppealForm,
    /// Who decides.
    pub decision_mode: DecisionMode,
    /// Who may apply; never empty.
    pub applicants: Vec<ApplicantKind>,
    /// Who signs.
    pub signed_by: SignedBy,
    /// The approval an applicant needs, where one is needed.
    pub requires_approval: Option<Located<String>>,
    /// For `kind = "approval"`: how long the approval holds.
    pub approval: Option<ApprovalSettings>,
    /// For `kind = "report"`: what it is about and when it is to come.
    pub report: Option<ReportSettings>,
    /// The periods one may apply for, in the order of their first day.
    pub periods: Vec<Period>,
    /// How registrations that clash with another association's are treated.
    pub clash: Option<Clash>,
    /// When and through what the grant is paid; none for approvals.
    pub payment: PaymentSettings,
    /// How cases and documents are registered.
    pub diary: DiarySettings,
    /// The money field with what was applied for, where there is one: nobody proposes more, and less is granted in part.
    pub applied: Option<Located<String>>,
    /// What a round's applications are ranked and spread by, where they are.
    pub ranking: Option<Ranking>,
    /// What invited experts may read; none where nobody from outside is invited to score.
    pub experts: Option<Experts>,
    /// The parameter that holds the delegate's highest amount, where there is one.
    pub delegation_limit: Option<Located<String>>,
    /// The reservation of revocation (återkallelseförbehåll) written into every decision (förvaltningslagen 37 §).
    pub recall_reservation: Option<Localized>,
    /// Who decided the rules, where that is written down.
    pub decided: Option<Decided>,
    /// How long a decision can be undone before letter and payment leave, in minutes.
    pub undo_minutes: u32,
    /// How many days a co-signature may follow after the first signature.
    pub cosign_days: u32,
    /// What sends a case to an officer although the rules could settle it.
    pub checkpoints: Checkpoints,
    /// How a case gets its officer.
    pub assignment: Assignment,
    /// Facts that registers or officers supply and that rules and conditions may read.
    pub facts: Vec<FactDeclaration>,
    /// Reference tables the rules read.
    pub tables: Vec<TableDeclaration>,
    /// The sections, in order.
    pub sections: Vec<Section>,
}

impl Form {
    /// The words in which pages speak of what is handed in.
    #[must_use]
    pub fn wording(&self) -> Wording {
        match (self.kind, self.report.as_ref().map(|report| report.releases)) {
            (GrantKind::Report, Some(Releases::Requisition)) => Wording::Requisition,
            (GrantKind::Report, Some(Releases::Report) | None) => Wording::Report,
            (GrantKind::General | GrantKind::Selective | GrantKind::Approval, _) => Wording::Application,
        }
    }

    /// All fields in the order they are asked, fields in repeating groups left out.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The field of an id, fields in repeating groups left out.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields().find(|field| field.id == id)
    }

    /// The period of an id.
    #[must_use]
    pub fn period(&self, id: &str) -> Option<&ActivityPeriod> {
        self.periods.iter().map(|period| &period.dates).find(|period| period.id == id)
    }

    /// What is handed in with it: `Ansökan om aktivitetsstöd`; of a report its own name.
    #[must_use]
    pub fn paper(&self) -> Localized {
        if self.kind == GrantKind::Report {
            return self.title.clone();
        }
        let english = self.title.en.as_deref().unwrap_or(&self.title.sv);
        Localized::both(format!("Ansökan om {}", self.title.sv.to_lowercase()), format!("Application for {}", english.to_lowercase()))
    }

    /// A period in words, `januari–juni 2026`; its id where the form has forgotten it.
    #[must_use]
    pub fn period_words(&self, id: &str) -> Localized {
        let known = self.period(id).map(|period| period.covers);
        known.map_or_else(|| Localized::sv(id), |covers| Localized::both(number::span(covers, Sv), number::span(covers, En)))
    }

    /// What kind of value a field or fact has in conditions.
    #[must_use]
    pub fn kind_of(&self, name: &str) -> Option<Kind> {
        let field = self.field(name).map(|field| field.kind.condition_kind());
        field.or_else(|| self.facts.iter().find(|fact| fact.id == name).map(|fact| fact.kind.clone()))
    }

    /// Whether the form shows the period's attendance.
    #[must_use]
    pub fn uses_attendance(&self) -> bool {
        self.fields().any(|field| matches!(field.kind, FieldKind::AttendancePeriod))
    }
}

/// A period and where it is declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// The period's dates.
    pub dates: ActivityPeriod,
    /// Where it is declared.
    pub place: crate::domain::Place,
}

/// A fact that rules and conditions may read; a register or an officer supplies it.
#[derive(Clone, Debug, PartialEq)]
pub struct FactDeclaration {
    /// Stable id.
    pub id: String,
    /// What kind of value it is: yes/no, number, date or text.
    pub kind: Kind,
    /// What officers and applicants call it.
    pub label: Localized,
    /// Where it is declared.
    pub place: crate::domain::Place,
}

/// A reference table that rules read.
#[derive(Clone, Debug, PartialEq)]
pub struct TableDeclaration {
    /// Stable id.
    pub id: String,
    /// What it is called.
    pub label: Localized,
    /// Where it is declared.
    pub place: crate::domain::Place,
}
