//! Reads one field of a form.

use super::field::{
    Accept, AttachmentField, BankAccountKinds, Calculation, Choice, ChoiceField, DateField, Field, FieldKind, GroupField, NumberField,
    Requirement, TextField,
};
use super::read::{empty_list, whole};
use crate::domain::Localized;
use crate::text::definition::{Table, Value};

/// Whether a field stands in the form or in a repeating group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nesting {
    /// In the form.
    Outer,
    /// In a group; groups and calculated figures may not stand there.
    Inner,
}

/// The words for the types. `FieldKind::word` has the same.
#[derive(Clone, Copy)]
enum Word {
    Text,
    LongText,
    YesNo,
    Choice,
    Choices,
    Integer,
    Decimal,
    Money,
    Date,
    DateRange,
    OrganisationNumber,
    PersonalNumber,
    BankAccount,
    Email,
    Phone,
    PostalAddress,
    Municipality,
    Attachment,
    Group,
    Budget,
    Members,
    AttendancePeriod,
    Declaration,
    Information,
    Calculated,
}

const WORDS: [(&str, Word); 25] = [
    ("text", Word::Text),
    ("long_text", Word::LongText),
    ("yes_no", Word::YesNo),
    ("choice", Word::Choice),
    ("choices", Word::Choices),
    ("integer", Word::Integer),
    ("decimal", Word::Decimal),
    ("money", Word::Money),
    ("date", Word::Date),
    ("date_range", Word::DateRange),
    ("organisation_number", Word::OrganisationNumber),
    ("personal_number", Word::PersonalNumber),
    ("bank_account", Word::BankAccount),
    ("email", Word::Email),
    ("phone", Word::Phone),
    ("postal_address", Word::PostalAddress),
    ("municipality", Word::Municipality),
    ("attachment", Word::Attachment),
    ("group", Word::Group),
    ("budget", Word::Budget),
    ("members", Word::Members),
    ("attendance_period", Word::AttendancePeriod),
    ("declaration", Word::Declaration),
    ("information", Word::Information),
    ("calculated", Word::Calculated),
];

pub(super) fn read_field(table: &Table<'_>, nesting: Nesting) -> Option<Field> {
    let id = table.require("id").and_then(|value| field_id(&value));
    let label = table.require("label").and_then(|value| value.localized());
    let help = table.get("help").and_then(|value| value.localized());
    let type_value = table.require("type");
    let word = type_value.as_ref().and_then(|value| value.one_of(&WORDS));
    let required_value = table.get("required");
    let required = required_value.as_ref().and_then(Value::boolean).unwrap_or(false);
    let required_if = table.get("required_if").and_then(|value| value.condition());
    let show_if = table.get("show_if").and_then(|value| value.condition());
    // Without a type nobody knows which settings fit: one problem is enough.
    let Some(word) = word else {
        table.entries();
        return None;
    };
    let kind = read_kind(table, word, nesting);
    table.finish();
    let kind = kind?;
    if let Some(value) = required_value.as_ref().or(type_value.as_ref())
        && !kind.is_question()
        && (required || required_if.is_some())
    {
        value.problem(
            "required_without_answer",
            Localized::both(
                format!("Ett fält av typen {} besvaras inte.", kind.word()),
                format!("A field of type {} is not answered.", kind.word()),
            ),
            Localized::both("Ta bort required och required_if.", "Remove required and required_if."),
        );
    }
    let required = match (required, required_if) {
        (true, _) => Requirement::Required,
        (false, Some(written)) => Requirement::RequiredIf(written),
        (false, None) => Requirement::Optional,
    };
    Some(Field { id: id?, label: label?, help, required, show_if, kind, place: table.place() })
}

/// A field's id is also a name in the rule language, so no hyphens: `[a-z][a-z0-9_]*`.
fn field_id(value: &Value<'_>) -> Option<String> {
    let id = value.id()?;
    if !id.contains('-') {
        return Some(id);
    }
    value.problem(
        "bad_id",
        Localized::both(format!("”{id}” har ett bindestreck."), format!("\"{id}\" has a hyphen.")),
        Localized::both(format!("Skriv \"{}\".", id.replace('-', "_")), format!("Write \"{}\".", id.replace('-', "_"))),
    );
    None
}

fn read_kind(table: &Table<'_>, word: Word, nesting: Nesting) -> Option<FieldKind> {
    if let (Nesting::Inner, Word::Group | Word::Calculated | Word::AttendancePeriod | Word::Members | Word::Budget) = (nesting, word) {
        table.problem(
            "nested_field",
            Localized::both("Den här typen går inte att ha i en upprepad grupp.", "This type cannot stand in a repeating group."),
            Localized::both("Flytta fältet ut ur gruppen.", "Move the field out of the group."),
        );
        table.entries();
        return None;
    }
    Some(match word {
        Word::Text => FieldKind::Text(read_text(table, 200)),
        Word::LongText => FieldKind::LongText(read_text(table, 4_000)),
        Word::YesNo => FieldKind::YesNo,
        Word::Choice => FieldKind::Choice(read_choices(table)?),
        Word::Choices => FieldKind::Choices(read_choices(table)?),
        Word::Integer => FieldKind::Integer(read_number(table)),
        Word::Decimal => FieldKind::Decimal(read_number(table)),
        Word::Money => FieldKind::Money(read_number(table)),
        Word::Date => FieldKind::Date(read_dates(table)),
        Word::DateRange => FieldKind::DateRange(read_dates(table)),
        Word::OrganisationNumber => FieldKind::OrganisationNumber,
        Word::PersonalNumber => FieldKind::PersonalNumber { justification: read_justification(table)? },
        Word::BankAccount => FieldKind::BankAccount(read_accounts(table)),
        Word::Email => FieldKind::Email,
        Word::Phone => FieldKind::Phone,
        Word::PostalAddress => FieldKind::PostalAddress,
        Word::Municipality => FieldKind::Municipality,
        Word::Attachment => FieldKind::Attachment(read_attachment(table)),
        Word::Group => FieldKind::Group(read_group(table)),
        Word::Budget => FieldKind::Budget { incomes: table.get("incomes").and_then(|value| value.boolean()).unwrap_or(true) },
        Word::Members => FieldKind::Members,
        Word::AttendancePeriod => FieldKind::AttendancePeriod,
        Word::Declaration => FieldKind::Declaration,
        Word::Information => FieldKind::Information,
        Word::Calculated => FieldKind::Calculated(read_calculation(table)?),
    })
}

fn read_text(table: &Table<'_>, most: usize) -> TextField {
    let min_length = whole(table.get("min_length"), 0, 20_000).unwrap_or(0);
    let max_value = table.get("max_length");
    let max_length = whole(max_value.clone(), 1, 20_000).unwrap_or(most);
    if let Some(value) = max_value
        && max_length < min_length
    {
        bounds(&value);
    }
    TextField { min_length, max_length }
}

fn bounds(value: &Value<'_>) {
    value.problem(
        "bounds",
        Localized::both("Det största är mindre än det minsta.", "The greatest is less than the smallest."),
        Localized::both("Byt plats på dem eller ändra ett av dem.", "Swap them or change one of them."),
    );
}

fn read_choices(table: &Table<'_>) -> Option<ChoiceField> {
    let value = table.require("choices")?;
    let mut choices: Vec<Choice> = Vec::new();
    let items = value.items();
    if value.is_array() && items.is_empty() {
        empty_list(&value, "[{ id = \"ja\", label = \"Ja\" }]");
    }
    for item in &items {
        let Some(table) = item.table() else { continue };
        let id = table.require("id").and_then(|value| value.id());
        let label = table.require("label").and_then(|value| value.localized());
        table.finish();
        if let (Some(id), Some(label)) = (id, label) {
            if choices.iter().any(|choice| choice.id == id) {
                item.problem(
                    "duplicate_id",
                    Localized::both(format!("Valet ”{id}” finns två gånger."), format!("The choice \"{id}\" exists twice.")),
                    Localized::both("Ge valet ett eget id.", "Give the choice an id of its own."),
                );
            }
            choices.push(Choice { id, label });
        }
    }
    Some(ChoiceField { choices })
}

fn read_number(table: &Table<'_>) -> NumberField {
    let min = table.get("min").and_then(|value| value.decimal());
    let max_value = table.get("max");
    let max = max_value.as_ref().and_then(Value::decimal);
    let unit = table.get("unit").and_then(|value| value.localized());
    if let (Some(min), Some(max), Some(value)) = (min, max, &max_value)
        && max < min
    {
        bounds(value);
    }
    NumberField { min, max, unit }
}

fn read_dates(table: &Table<'_>) -> DateField {
    let min = table.get("min").and_then(|value| value.date());
    let max_value = table.get("max");
    let max = max_value.as_ref().and_then(Value::date);
    if let (Some(min), Some(max), Some(value)) = (min, max, &max_value)
        && max < min
    {
        bounds(value);
    }
    DateField { min, max }
}

fn read_justification(table: &Table<'_>) -> Option<Localized> {
    let Some(value) = table.get("justification") else {
        table.problem(
            "personal_number_without_justification",
            Localized::both(
                "Personnummer får bara samlas in när det är klart motiverat (lag 2018:218, 3 kap. 10 §).",
                "Personal numbers may be collected only where clearly justified (Act 2018:218, chapter 3, section 10).",
            ),
            Localized::both(
                "Skriv justification = \"varför numret behövs\", eller fråga efter födelseår i stället.",
                "Write justification = \"why the number is needed\", or ask for the year of birth instead.",
            ),
        );
        return None;
    };
    let justification = value.localized()?;
    if justification.sv.trim().chars().count() < 20 {
        value.problem(
            "personal_number_without_justification",
            Localized::both("Motiveringen är för kort för att säga något.", "The justification is too short to say anything."),
            Localized::both("Skriv en hel mening om varför numret behövs.", "Write a whole sentence on why the number is needed."),
        );
        return None;
    }
    Some(justification)
}

fn read_accounts(table: &Table<'_>) -> BankAccountKinds {
    let Some(value) = table.get("accept") else { return BankAccountKinds { bankgiro: true, plusgiro: true, account: true } };
    let mut kinds = BankAccountKinds { bankgiro: false, plusgiro: false, account: false };
    for item in value.items() {
        match item.one_of(&[("bankgiro", 0), ("plusgiro", 1), ("account", 2)]) {
            Some(0) => kinds.bankgiro = true,
            Some(1) => kinds.plusgiro = true,
            Some(_) => kinds.account = true,
            None => {}
        }
    }
    if value.is_array() && value.items().is_empty() {
        empty_list(&value, "[\"bankgiro\", \"plusgiro\"]");
    }
    kinds
}

fn read_attachment(table: &Table<'_>) -> AttachmentField {
    let accept = table.get("accept").map(|value| {
        let kinds: Vec<Accept> = value
            .items()
            .iter()
            .filter_map(|item| {
                item.one_of(&[("pdf", Accept::Pdf), ("image", Accept::Image), ("document", Accept::Document), ("sheet", Accept::Sheet)])
            })
            .collect();
        if value.is_array() && value.items().is_empty() {
            empty_list(&value, "[\"pdf\", \"image\"]");
        }
        kinds
    });
    let max_megabytes: u64 = whole(table.get("max_megabytes"), 1, 100).unwrap_or(20);
    let on_file = table.get("on_file").and_then(|value| value.boolean()).unwrap_or(true);
    let later = table.get("later").and_then(|value| value.boolean()).unwrap_or(false);
    AttachmentField {
        accept: accept.unwrap_or_else(|| vec![Accept::Pdf, Accept::Image]),
        max_bytes: max_megabytes * 1_000_000,
        on_file,
        later,
    }
}

fn read_group(table: &Table<'_>) -> GroupField {
    let min = whole(table.get("min"), 0, 500).unwrap_or(1);
    let max_value = table.get("max");
    let max = whole(max_value.clone(), 1, 500).unwrap_or(50);
    if let Some(value) = max_value
        && max < min
    {
        bounds(&value);
    }
    let fields: Vec<Field> = table.tables("field").iter().filter_map(|field| read_field(field, Nesting::Inner)).collect();
    if table.get("field").is_none() {
        table.problem(
            "missing_key",
            Localized::both("Gruppen har inga fält.", "The group has no fields."),
            Localized::both("Lägg till [[section.field.field]] under gruppen.", "Add [[section.field.field]] under the group."),
        );
    }
    GroupField { min, max, fields }
}

fn read_calculation(table: &Table<'_>) -> Option<Calculation> {
    let value = table.require("value")?.table()?;
    let sum = value.get("sum");
    let result = value.get("result");
    let preliminary = value.get("preliminary");
    value.finish();
    match (sum, result, preliminary) {
        (Some(ids), None, None) => Some(Calculation::Sum(ids.items().iter().filter_map(Value::located_text).collect())),
        (None, Some(id), None) => id.located_text().map(Calculation::Result),
        (None, None, Some(flag)) => {
            flag.boolean()?;
            Some(Calculation::Preliminary)
        }
        _ => {
            value.problem(
                "calculation",
                Localized::both("Det ska stå en enda beräkning.", "There must be exactly one calculation."),
                Localized::both(
                    "Skriv { sum = [\"falt\"] }, { result = \"kalkyl\" } eller { preliminary = true }.",
                    "Write { sum = [\"field\"] }, { result = \"budget\" } or { preliminary = true }.",
                ),
            );
            None
        }
    }
}
