//! An association in the words of a page, for itself and for the municipality.

use crate::domain::association::{BoardRole, SigningRule};
use crate::domain::localized::Language;
use crate::services::associations::views::{AssociationSection, AssociationView, Officer, Stands};
use crate::text::number;
use crate::web::account::mandate_key;
use crate::web::parts::State as Shown;
use crate::web::site::Visitor;

/// Something with a name, a note and perhaps a button.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Identity, for its button.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is, in words.
    pub note: String,
}

/// An association as its pages show it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Name.
    pub name: String,
    /// Organisation number, as printed.
    pub number: String,
    /// How it stands.
    pub status: Shown,
    /// Pairs of what and its value.
    pub rows: Vec<(String, String)>,
    /// The board and the auditor.
    pub board: Vec<Line>,
    /// Those who have left.
    pub former: Vec<Line>,
    /// Its sections.
    pub sections: Vec<Line>,
    /// Those that have ended.
    pub former_sections: Vec<Line>,
    /// How it signs; empty where nobody has written it.
    pub signing: String,
    /// Contacts.
    pub contacts: Vec<Line>,
    /// Who acts for it.
    pub people: Vec<Line>,
    /// Its account; empty for none.
    pub account: String,
    /// What must be known of the account: held, unconfirmed.
    pub account_note: String,
    /// Whether the account waits to be confirmed.
    pub unconfirmed: bool,
    /// Approvals.
    pub approvals: Vec<String>,
}

/// What kind an association is of, in words; a kind that the municipality has made up itself stands as it is.
pub(super) fn category(visitor: &Visitor, kind: &str) -> String {
    let key = match kind {
        "ungdom" => "category-youth",
        "kultur" => "category-culture",
        "pensionar" => "category-pensioners",
        "funktionsratt" => "category-disability",
        other => return other.to_owned(),
    };
    visitor.t(key)
}

/// Puts an association into words.
pub(super) fn facts(visitor: &Visitor, view: &AssociationView) -> Facts {
    let language = visitor.language;
    let date = |day| number::date(day, language);
    let detail = view.detail.as_ref();
    let written =
        |text: Option<&String>| text.filter(|text| !text.is_empty()).cloned().unwrap_or_else(|| visitor.t("association-not-written"));
    let number = printed(&view.row.number);
    let rows = vec![
        (visitor.t("association-number"), number.clone()),
        (visitor.t("association-category"), written(view.row.category.as_deref().map(|kind| category(visitor, kind)).as_ref())),
        (visitor.t("association-founded"), view.row.founded.map_or_else(|| visitor.t("association-not-written"), date)),
        (visitor.t("association-federation"), written(detail.map(|detail| &detail.federation))),
        (visitor.t("association-address"), written(detail.map(|detail| &detail.seat_address))),
        (
            visitor.t("association-year-end"),
            detail.map_or_else(|| visitor.t("association-not-written"), |detail| day_and_month(&detail.year_end, language)),
        ),
        (visitor.t("association-members"), view.members.map_or_else(|| visitor.t("association-not-written"), number::integer)),
        (
            visitor.t("association-external"),
            if view.external.is_empty() { visitor.t("association-not-written") } else { view.external.join(", ") },
        ),
    ];
    let officer = |row: &Officer| Line {
        id: row.id.to_string(),
        name: row.name.clone(),
        note: format!("{}, {} {}", visitor.t(board_key(row.role)), visitor.t("association-since"), date(row.valid_from)),
    };
    let section = |row: &AssociationSection| {
        let ended = row.valid_to.map_or_else(String::new, |last| format!(" – {}", date(last)));
        let since = format!("{} {}{ended}", visitor.t("association-since"), date(row.valid_from));
        let parts = [row.activity.clone(), since, row.contact.clone()];
        Line {
            id: row.id.to_string(),
            name: row.name.clone(),
            note: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        }
    };
    Facts {
        name: view.name.clone(),
        number,
        status: state(visitor, view.stands()),
        rows,
        board: view.officers.iter().map(officer).collect(),
        former: view.former.iter().map(officer).collect(),
        sections: view.sections.iter().map(section).collect(),
        former_sections: view.former_sections.iter().map(section).collect(),
        signing: view.signing.as_ref().map_or_else(String::new, |row| {
            let rule = visitor.t(match row.rule {
                SigningRule::Each => "signing-each",
                SigningRule::TwoTogether => "signing-two",
            });
            format!("{rule} ({} {}, {})", visitor.t("signing-minutes"), date(row.decided_on), row.paragraph)
        }),
        contacts: view
            .contacts
            .iter()
            .map(|row| Line {
                id: row.id.to_string(),
                name: row.name.clone(),
                note: if row.role.is_empty() { row.email.clone() } else { format!("{} · {}", row.role, row.email) },
            })
            .collect(),
        people: view
            .people
            .iter()
            .map(|one| Line {
                id: one.mandate.id.to_string(),
                name: one.person.name.clone(),
                note: format!(
                    "{} · {} {}",
                    visitor.t(mandate_key(one.mandate.kind)),
                    visitor.t("association-since"),
                    date(one.mandate.valid_from)
                ),
            })
            .collect(),
        account: view.account.as_ref().map_or_else(String::new, |account| account.text.clone()),
        account_note: account_note(visitor, view),
        unconfirmed: view.account.as_ref().is_some_and(|account| !account.confirmed),
        approvals: view
            .approvals
            .iter()
            .map(|(title, from, to)| format!("{} {} – {}", title.get(language), date(*from), date(*to)))
            .collect(),
    }
}

fn account_note(visitor: &Visitor, view: &AssociationView) -> String {
    let Some(account) = &view.account else { return visitor.t("account-none") };
    let before = account.before.as_ref().map_or_else(String::new, |before| format!(" {} {before}.", visitor.t("account-before")));
    let state = match (account.confirmed, account.hold_until) {
        (false, _) => visitor.t(if visitor.is_staff() { "account-unconfirmed-told" } else { "account-unconfirmed" }),
        (true, Some(until)) => visitor.t("account-held").replace('…', &number::date(until, visitor.language)),
        (true, None) => visitor.t("account-confirmed"),
    };
    format!("{} {}. {state}{before}", visitor.t("account-entered"), number::date(account.changed_on, visitor.language))
}

/// How an association stands, as a state.
pub(super) fn state(visitor: &Visitor, stands: Stands) -> Shown {
    let word = visitor.t(status_key(stands));
    match stands {
        Stands::Active => Shown::ok(word),
        Stands::Dormant => Shown::none(word),
        Stands::Liquidation | Stands::Bankruptcy | Stands::Dissolved => Shown::stop(word),
    }
}

/// The text of how an association stands.
pub(super) const fn status_key(status: Stands) -> &'static str {
    match status {
        Stands::Active => "status-active",
        Stands::Dormant => "status-dormant",
        Stands::Liquidation => "status-liquidation",
        Stands::Bankruptcy => "status-bankruptcy",
        Stands::Dissolved => "status-dissolved",
    }
}

/// An organisation number as it is printed: `802999-9904`.
pub(super) fn printed(digits: &str) -> String {
    match digits.split_at_checked(6) {
        Some((first, last)) if last.len() == 4 => format!("{first}-{last}"),
        _ => digits.to_owned(),
    }
}

fn day_and_month(text: &str, language: Language) -> String {
    let day = format!("2025-{text}").parse().ok();
    day.map_or_else(String::new, |day| number::date(day, language).trim_end_matches(" 2025").to_owned())
}

/// The text of a place on the board.
pub(in crate::web) const fn board_key(role: BoardRole) -> &'static str {
    match role {
        BoardRole::Chair => "board-chair",
        BoardRole::ViceChair => "board-vice-chair",
        BoardRole::Treasurer => "board-treasurer",
        BoardRole::Secretary => "board-secretary",
        BoardRole::Member => "board-member",
        BoardRole::Deputy => "board-deputy",
        BoardRole::Auditor => "board-auditor",
    }
}
