//! The experts from outside who are asked to score a case: who, how it stands, inviting and taking back.

use axum::extract::{Form, Path, State};
use axum::response::Response;

use super::posts::{Filling, Returned, answer};
use crate::domain::id::{CaseId, InvitationId};
use crate::domain::localized::Language;
use crate::services::experts::views::{self, OfCase, Standing};
use crate::services::experts::{self, Invited};
use crate::text::{fluent, number};
use crate::web::Error;
use crate::web::officer::typed::{Post, value};
use crate::web::officer::words::say;
use crate::web::parts::{Action, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::{Site, Visitor};

/// The experts of a case.
#[derive(Clone, Debug, Default)]
pub struct ExpertsPanel {
    /// Those who have been invited, oldest first.
    pub lines: Vec<ExpertLine>,
    /// Inviting another; none where nobody can be invited now.
    pub invite: Option<Action>,
}

/// An expert.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpertLine {
    /// Her name.
    pub name: String,
    /// How it stands.
    pub state: Shown,
    /// Her address, and the last day.
    pub note: String,
    /// Where the invitation is taken back; empty where it cannot be.
    pub revoke: String,
    /// What the button says.
    pub revoke_words: String,
}

/// What the service calls the fields of an invitation. The page has other forms with a day.
const PLACES: &[(&str, &str)] = &[("namn", "sakkunnig_namn"), ("epost", "sakkunnig_epost"), ("senast", "sakkunnig_dag")];

/// The panel; none for a case that has no experts and takes none. What is wrong with an invitation that came back is told in it.
pub(super) async fn panel(
    site: &Site,
    visitor: &Visitor,
    id: CaseId,
    returned: Option<&Returned>,
) -> Result<(Option<ExpertsPanel>, Vec<Link>), Error> {
    let found = views::of_case(&site.tenant, visitor.staff()?, id).await?;
    if found.invited.is_empty() && !found.open {
        return Ok((None, Vec::new()));
    }
    let mut invite = found.open.then(|| form(visitor, id));
    let own = returned.filter(|returned| invite.as_ref().is_some_and(|form| form.url == returned.url));
    let fields = invite.iter_mut().flat_map(|form| form.fields.iter_mut());
    let errors = own.map(|returned| returned.typed.fill(visitor.language, fields)).unwrap_or_default();
    let lines = found.invited.iter().map(|one| line(id, one, found.open, visitor.language)).collect();
    Ok((Some(ExpertsPanel { lines, invite }), errors))
}

fn form(visitor: &Visitor, id: CaseId) -> Action {
    let field =
        |name: &str, label: &str, kind: FieldKind| Field { name: name.to_owned(), label: visitor.t(label), kind, ..Field::default() };
    Action {
        url: format!("/arenden/{id}/sakkunniga"),
        title: visitor.t("experts-invite"),
        explanation: visitor.t("experts-invite-text"),
        button: visitor.t("experts-invite-button"),
        weight: Weight::Secondary,
        fields: vec![
            field("sakkunnig_namn", "experts-name", FieldKind::Text),
            field("sakkunnig_epost", "experts-email", FieldKind::Text),
            Field { hint: Some(visitor.t("experts-day-hint")), ..field("sakkunnig_dag", "experts-day", FieldKind::Date) },
        ],
    }
}

fn line(id: CaseId, one: &OfCase, open: bool, language: Language) -> ExpertLine {
    let t = |key: &str| fluent::plain(language, key);
    let waits = matches!(one.standing, Standing::Asked | Standing::Scores);
    let day = number::date(one.last_day, language);
    ExpertLine {
        name: one.name.clone(),
        state: match one.standing {
            Standing::Asked => Shown::wait(t("experts-asked")),
            Standing::Scores => Shown::wait(t("experts-scores")),
            Standing::Done(at) => Shown::ok(say(language, "expert-done-at", &[("day", &number::moment(at, language))])),
            Standing::Tied => Shown::stop(t("experts-tied")),
            Standing::Revoked => Shown::none(t("experts-revoked")),
            Standing::Over => Shown::none(t("experts-over")),
        },
        note: say(language, "experts-note", &[("email", &one.email), ("day", &day)]),
        revoke: if waits && open { format!("/arenden/{id}/sakkunniga/{}/ta-tillbaka", one.id) } else { String::new() },
        revoke_words: say(language, "experts-revoke", &[("name", &one.name)]),
    }
}

pub(in crate::web) async fn invite(
    State(site): State<Site>,
    visitor: Visitor,
    Path(case): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let invited = Invited {
        name: value(&sent, "sakkunnig_namn"),
        email: value(&sent, "sakkunnig_epost"),
        // A day that cannot be read is none to come: the service says so at its place.
        last_day: value(&sent, "sakkunnig_dag").parse().unwrap_or_default(),
    };
    let done = experts::invite(&site.tenant, visitor.staff()?, case, &invited).await.map(drop);
    let filling = Filling { case, last: "sakkunniga".to_owned(), places: PLACES };
    answer(&site, &visitor, filling, sent, done, "sakkunnig-inbjuden").await
}

pub(in crate::web) async fn revoke(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, invitation)): Path<(CaseId, InvitationId)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let done = experts::revoke(&site.tenant, visitor.staff()?, case, invitation).await;
    let filling = Filling { case, last: format!("sakkunniga/{invitation}/ta-tillbaka"), places: &[] };
    answer(&site, &visitor, filling, sent, done, "sakkunnig-tillbaka").await
}
