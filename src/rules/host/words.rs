//! Fills the texts of rows, checks and account lines with the case's own figures.

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::parameters::{Kind, Parameter, Value};
use super::super::texts::{Placeholder, Template};
use super::Host;
use crate::domain::Localized;
use crate::domain::localized::Language;
use crate::text::number;

/// A figure for a place in a text.
#[derive(Clone, Debug)]
pub enum Figure {
    /// A plain number.
    Number(Decimal),
    /// Kronor.
    Kronor(Decimal),
    /// A share; shown as percent.
    Share(Decimal),
    /// A parameter's value as it is written.
    Parameter(Value),
    /// A day.
    Day(chrono::NaiveDate),
    /// In words already.
    Words(String),
}

/// The figures of one row or check.
pub type Figures = Vec<(Placeholder, Figure)>;

/// What a text says in a case.
pub struct Filled {
    /// The text.
    pub text: Localized,
    /// The motivation, where there is one.
    pub motivation: Option<Localized>,
    /// The text's own paragraph.
    pub paragraph: Option<String>,
    /// The form field it concerns.
    pub field: Option<String>,
}

impl Figure {
    /// A number in the manner of a parameter: a share, an amount or a plain number.
    pub fn like(kind: Kind, number: Decimal) -> Self {
        match kind {
            Kind::Percent => Self::Share(number),
            Kind::Money => Self::Kronor(number),
            Kind::Integer | Kind::Decimal | Kind::Date | Kind::Range | Kind::List | Kind::Steps | Kind::Table | Kind::Bands => {
                Self::Number(number)
            }
        }
    }

    /// A parameter's value.
    pub fn of(value: &Value) -> Self {
        Self::Parameter(value.clone())
    }

    /// The number, where it is one.
    pub fn decimal(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) | Self::Kronor(number) | Self::Share(number) => Some(number.normalize()),
            Self::Parameter(_) | Self::Day(_) | Self::Words(_) => None,
        }
    }

    /// Writes the figure at the end of a text.
    fn push(&self, text: &mut String, language: Language) {
        match self {
            Self::Number(number) => number::push_decimal(text, shortened(*number, 4)),
            Self::Kronor(amount) => number::push_kronor(text, shortened(*amount, 4)),
            // Cut, not rounded: 49.96 % must not read as the 50 % it fell short of.
            Self::Share(share) => number::push_percent(text, shortened(share * Decimal::ONE_HUNDRED, 1)),
            Self::Parameter(value) => text.push_str(&value.text(language)),
            Self::Day(date) => text.push_str(&number::date(*date, language)),
            Self::Words(words) => text.push_str(words),
        }
    }
}

impl Host {
    /// The words of a row, check or account line; the motivation only where it goes against the applicant.
    pub fn words(&self, id: &str, figures: &Figures, adverse: bool) -> Filled {
        let figure = |text: &mut String, placeholder: Placeholder, language: Language| {
            match placeholder {
                Placeholder::Org => text.push_str(&organisation_number(&self.inputs().organisation.number)),
                Placeholder::Period => text.push_str(&self.inputs().period.id),
                Placeholder::Value
                | Placeholder::Limit
                | Placeholder::Quantity
                | Placeholder::Rate
                | Placeholder::Amount
                | Placeholder::Percent
                | Placeholder::Days
                | Placeholder::Band => match figures.iter().find(|(known, _)| *known == placeholder) {
                    Some((_, figure)) => figure.push(text, language),
                    None => return false,
                },
            }
            true
        };
        if let Some(words) = self.rules().texts().get(id) {
            return Filled {
                text: words.text.fill(figure),
                motivation: words.motivation.as_ref().filter(|_| adverse).map(|motivation| motivation.fill(figure)),
                paragraph: words.paragraph.clone(),
                field: words.field.clone(),
            };
        }
        let text = builtin(id).unwrap_or_else(|| Localized::sv(id));
        let has_places = text.sv.contains('{');
        let text = if has_places { Template::plain(&text).fill(figure) } else { text };
        Filled { text, motivation: None, paragraph: None, field: None }
    }
}

/// The paragraph of a row: its text's, else its parameter's.
pub fn paragraph(filled: Option<String>, parameter: Option<&Parameter>) -> Option<String> {
    filled.or_else(|| parameter.map(|parameter| parameter.paragraph.clone()))
}

/// Whether the host has words of its own for an id.
pub fn is_builtin(id: &str) -> bool {
    builtin(id).is_some()
}

/// The host's own words, for rows and account lines that every grant type has. A grant type may write its own.
fn builtin(id: &str) -> Option<Localized> {
    let (sv, en) = match id {
        "total" => ("Summa", "Total"),
        "rounding" => ("Avrundning", "Rounding"),
        "requirement_not_met" => ("Kraven är inte uppfyllda", "The requirements are not met"),
        "imported" => ("Inskickade markeringar", "Marks sent"),
        "paid" => ("Bidragsberättigade", "Counted"),
        "absent" => ("Markerade som frånvarande", "Marked as absent"),
        "min_minutes" => ("Sammankomster kortare än {limit} minuter", "Occasions shorter than {limit} minutes"),
        "with_leader" => ("Utan närvarande ledare i rätt ålder ({limit} år)", "Without a present leader of the right age ({limit})"),
        "eligible" => ("Utanför åldersgränsen {limit} år", "Outside the ages {limit}"),
        "eligible_only" => ("Utanför åldersgränsen {limit} år", "Outside the ages {limit}"),
        "without_collisions" => ("Krockar i tid med en annan registrering", "Overlaps in time with another registration"),
        "once_per_person_and_day" => ("Mer än en gång per person och dag", "More than once per person and day"),
        "at_least" => ("Sammankomster med färre än {limit} deltagare", "Occasions with fewer than {limit} participants"),
        "at_most" => ("Deltagare utöver {limit} per sammankomst", "Participants above {limit} per occasion"),
        "excluded_kinds" => ("Aktiviteter som inte ger bidrag", "Activities that give no grant"),
        "max_leaders" => ("Ledare utöver vad antalet deltagare ger rätt till", "Leaders above what the participants allow"),
        "filter" => ("Övriga villkor", "Other conditions"),
        _ => return of_filter(id),
    };
    Some(Localized::both(sv, en))
}

/// The words of the filters that few grants have.
fn of_filter(id: &str) -> Option<Localized> {
    let (sv, en) = match id {
        "min_minutes_aged" => ("Sammankomster kortare än deltagarens ålder kräver", "Occasions shorter than the participant's age demands"),
        "with_leaders" => ("Utan tillräckligt många ledare i rätt ålder ({limit} år)", "Without enough leaders of the right age ({limit})"),
        "leaders_not_participants" => ("Ledare som också stod som deltagare", "Leaders who also stood as participants"),
        "leaders_one_at_a_time" => ("Ledare för två grupper samtidigt", "Leaders of two groups at once"),
        "residents" => ("Inte folkbokförda i kommunen", "Not registered in the municipality"),
        "resident_share_at_least" => {
            ("Sammankomster där färre än {limit} bor i kommunen", "Occasions where fewer than {limit} live in the municipality")
        }
        "once_per_person_sport_and_day" => ("Mer än en gång per person, idrott och dag", "More than once per person, sport and day"),
        "once_per_group_and_day" => ("Mer än en sammankomst per grupp och dag", "More than one occasion per group and day"),
        "camp_days" => ("Läger utöver {limit} dagar i rad", "Camps beyond {limit} days in a row"),
        "at_most_per_leader" => ("Deltagare utöver {limit} per ledare", "Participants above {limit} per leader"),
        "at_most_per_person" => ("Utöver {limit} gånger per person", "Above {limit} times per person"),
        "at_most_per_person_and_sport" => ("Utöver {limit} gånger per person och idrott", "Above {limit} times per person and sport"),
        "min_attendances" => ("Personer med färre än {limit} tillfällen", "Persons with fewer than {limit} times"),
        "only_activities" => ("Andra aktiviteter än de som ger bidrag", "Activities other than those that give a grant"),
        "excluded_places" => ("Platser som inte ger bidrag", "Places that give no grant"),
        "only_places" => ("Andra platser än de som ger bidrag", "Places other than those that give a grant"),
        "excluded_types" => ("Typer av sammankomster som inte ger bidrag", "Types of occasion that give no grant"),
        "registered_within" => {
            ("Registrerade senare än {limit} dagar efter sammankomsten", "Registered more than {limit} days after the occasion")
        }
        _ => return super::round::builtin(id),
    };
    Some(Localized::both(sv, en))
}

fn shortened(number: Decimal, decimals: u32) -> Decimal {
    if number.scale() <= decimals {
        return number;
    }
    number.round_dp_with_strategy(decimals, RoundingStrategy::ToZero)
}

/// `802400-1234`; anything but ten digits stays as it is.
fn organisation_number(digits: &str) -> String {
    match (digits.len(), digits.split_at_checked(6)) {
        (10, Some((first, last))) => format!("{first}-{last}"),
        _ => digits.to_owned(),
    }
}
