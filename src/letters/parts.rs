//! What all letters are made of: who writes, to whom, about what.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::Localized;
use crate::domain::grant::ApplicantKind;
use crate::domain::localized::Language;
use crate::text::fluent::{plain, t};
use crate::text::number::date;

use super::LetterError;
use super::document::{Block, Document, Fact, Lines, Paper};

/// The head of a letter: the same for decisions and all other letters of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The letter's language. Swedish is the authority's; English is a translation for information.
    pub language: Language,
    /// The municipality's name, as `Exempelstads kommun`.
    pub municipality: String,
    /// The committee, as `Kultur- och fritidsnämnden`.
    pub committee: String,
    /// Whom to contact.
    pub contact: Contact,
    /// The letter's date.
    pub date: NaiveDate,
    /// The case's diary number.
    pub diary_number: String,
    /// Who receives the letter.
    pub recipient: Recipient,
    /// The grant type's title.
    pub grant: Localized,
    /// The period in words, as `första halvåret 2026`.
    pub period: Option<Localized>,
}

/// Whom to contact about the case (förvaltningslagen 6 §).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The officer.
    pub official: Official,
    /// Telephone number.
    pub phone: String,
    /// E-mail address; a shared mailbox when the name is omitted.
    pub email: String,
}

/// Somebody who acts for the municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    /// Name, always recorded.
    pub name: String,
    /// Role, as `föreningskonsulent`.
    pub role: Localized,
    /// Whether the name goes out.
    pub shown: NameShown,
}

/// Whether an official's name goes out in letters (förvaltningslagen 33 § fourth paragraph: it may be
/// left out where threats are feared; the record of the decision keeps it).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameShown {
    /// The name is printed.
    #[default]
    Shown,
    /// The role alone is printed.
    Omitted,
}

/// Who receives a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// What kind of applicant: chooses between du and ni.
    pub kind: ApplicantKind,
    /// Name.
    pub name: String,
    /// Organisation number as it is printed; never a personal number.
    pub organisation_number: Option<String>,
    /// Postal address, line by line.
    pub address: Vec<String>,
}

/// The way money travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Bankgiro.
    Bankgiro,
    /// Plusgiro.
    Plusgiro,
    /// An account in a bank.
    BankAccount,
}

/// An account of which a letter shows only the last digits. The rest is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedAccount {
    channel: Channel,
    digits: String,
}

impl MaskedAccount {
    /// Keeps the last four digits of a number, fewer when it is so short that four would give it away.
    #[must_use]
    pub fn new(channel: Channel, number: &str) -> Self {
        let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
        let shown = if digits.len() >= 7 { 4 } else { digits.len() / 2 };
        Self { channel, digits: digits.into_iter().rev().take(shown).collect::<Vec<_>>().into_iter().rev().collect() }
    }

    /// As a letter says it: `bankgiro som slutar på 1234`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let channel = match self.channel {
            Channel::Bankgiro => plain(language, "channel-bankgiro"),
            Channel::Plusgiro => plain(language, "channel-plusgiro"),
            Channel::BankAccount => plain(language, "channel-bank-account"),
        };
        t(language, "account-masked", &[("channel", channel.into()), ("digits", self.digits.as_str().into())])
    }
}

impl Official {
    /// Name and role, or the role alone when the name is not to go out.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let role = self.role.get(language);
        match self.shown {
            NameShown::Shown => t(language, "official", &[("name", self.name.as_str().into()), ("role", role.into())]),
            NameShown::Omitted => {
                t(language, "official-unnamed", &[("role", role.into()), ("note", plain(language, "name-omitted").into())])
            }
        }
    }
}

impl Head {
    /// What the letter concerns: `Aktivitetsstöd, första halvåret 2026`.
    #[must_use]
    pub fn subject(&self) -> String {
        let grant = self.grant.get(self.language);
        match &self.period {
            Some(period) => {
                let period = period.get(self.language);
                t(self.language, "subject-with-period", &[("grant", grant.into()), ("period", period.into())])
            }
            None => grant.to_owned(),
        }
    }

    /// The value of `$to` in the texts: a person is du, all others are ni.
    #[must_use]
    pub fn to(&self) -> &'static str {
        match self.recipient.kind {
            ApplicantKind::Person => "person",
            ApplicantKind::Association | ApplicantKind::Company => "others",
        }
    }

    /// A date in words in the letter's language.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> String {
        date(day, self.language)
    }

    /// The document with this head.
    pub(super) fn document(&self, kind: String, title: String, blocks: Vec<Block>) -> Result<Document, LetterError> {
        self.check()?;
        let say = |key| plain(self.language, key);
        let fact = |key, value: &str| Fact { label: say(key), value: value.to_owned() };
        let mut recipient = vec![self.recipient.name.clone()];
        recipient.extend(self.recipient.address.iter().cloned());
        let mut facts = vec![fact("label-date", &self.day(self.date)), fact("label-diary-number", &self.diary_number)];
        facts.extend(self.recipient.organisation_number.iter().map(|number| fact("label-organisation-number", number)));
        let contact = &self.contact;
        let document = Document {
            language: language_tag(self.language),
            kind,
            title,
            municipality: self.municipality.clone(),
            committee: self.committee.clone(),
            date: self.date,
            diary_number: Some(self.diary_number.clone()),
            facts,
            recipient: Some(Lines { label: say("label-recipient"), lines: recipient }),
            contact: Some(Lines {
                label: say("label-contact"),
                lines: vec![
                    contact.official.text(self.language),
                    format!("{}: {}", say("label-phone"), contact.phone),
                    format!("{}: {}", say("label-email"), contact.email),
                ],
            }),
            note: translation_note(self.language),
            page_words: [say("page-word"), say("page-of")],
            paper: Paper::Portrait,
            blocks,
        };
        Ok(document.cleaned())
    }

    fn check(&self) -> Result<(), LetterError> {
        let required = [
            ("municipality", &self.municipality),
            ("committee", &self.committee),
            ("diary_number", &self.diary_number),
            ("recipient.name", &self.recipient.name),
            ("grant", &self.grant.sv),
        ];
        for (field, text) in required {
            require(field, text)?;
        }
        // An address made of the name would tell what the switch is there to hide.
        let address = self.contact.email.to_lowercase();
        let mut names = self.contact.official.name.split_whitespace().filter(|part| part.chars().count() > 2);
        match self.contact.official.shown {
            NameShown::Omitted if names.any(|part| address.contains(&ascii(part))) => Err(LetterError::NameInContact),
            NameShown::Omitted | NameShown::Shown => Ok(()),
        }
    }
}

/// Refuses a text that says nothing.
pub(super) fn require(field: &'static str, text: &str) -> Result<(), LetterError> {
    if text.trim().is_empty() { Err(LetterError::Missing(field)) } else { Ok(()) }
}

pub(super) fn language_tag(language: Language) -> &'static str {
    match language {
        Language::Sv => "sv",
        Language::En => "en",
    }
}

pub(super) fn translation_note(language: Language) -> Option<String> {
    match language {
        Language::Sv => None,
        Language::En => Some(plain(language, "translation-note")),
    }
}

pub(super) fn paragraph(text: String) -> Block {
    Block::Paragraph { text }
}

pub(super) fn heading(text: String) -> Block {
    Block::Heading { text }
}

fn ascii(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'å' | 'ä' | 'á' | 'à' => 'a',
            'ö' | 'ø' | 'ó' => 'o',
            'é' | 'è' | 'ë' => 'e',
            'ü' => 'u',
            c => c,
        })
        .collect()
}
