//! Builds the model from tags as they stream by.

use std::collections::HashMap;

use quick_xml::events::{BytesRef, BytesStart};

use super::draft::{MarkDraft, OccasionDraft, PersonDraft, Version};
use super::tag::Tag;
use super::{Flow, Here, Options};
use crate::attendance::file::FileAssociation;
use crate::attendance::finding::{Finding, FindingCode, Findings, Subject};
use crate::attendance::report::{ExcludedPerson, Receipt, masked_id};
use crate::domain::Localized;
use crate::domain::person_number::PersonNumber;
use crate::domain::problem::Severity;

/// Deeper than any attendance file; what goes deeper is something else.
const MAX_DEPTH: usize = 32;

/// The model and findings so far.
pub(super) struct Builder<'o> {
    pub(super) options: &'o Options,
    pub(super) findings: Findings,
    stack: Vec<Frame>,
    prefix: String,
    value: String,
    seen_root: bool,
    /// Whether the file was read to its end, so that what is missing is missing.
    pub(super) read_whole: bool,
    pub(super) version: Option<Version>,
    pub(super) municipality: Option<String>,
    pub(super) associations: Vec<FileAssociation>,
    pub(super) occasion: OccasionDraft,
    pub(super) mark: MarkDraft,
    pub(super) person: PersonDraft,
    pub(super) codes: HashMap<String, u64>,
    pub(super) cards: HashMap<i32, u64>,
    pub(super) ids: [HashMap<Box<str>, u32>; 2],
    pub(super) locals: Vec<Local>,
    pub(super) numbers: HashMap<PersonNumber, u32>,
    pub(super) persons: Vec<crate::attendance::file::FilePerson>,
    pub(super) excluded: Vec<ExcludedPerson>,
    pub(super) receipt: Receipt,
}

/// An open element and which children it has had.
#[derive(Clone, Copy)]
struct Frame {
    tag: Tag,
    seen: u64,
}

/// One of the sender's ids: where it was first marked, and whom the register says it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Local {
    /// The line of the first mark; 0 while there is none.
    pub(super) first_mark: u64,
    /// Whom it names.
    pub(super) target: Target,
}

/// Whom an id names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Target {
    /// Not in the register (yet).
    #[default]
    Unknown,
    /// A person with a valid number, by index.
    Person(u32),
    /// A person without one, by index.
    Excluded(u32),
}

/// Which of the two registers an id belongs to: the same id may be in both and mean two persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Register {
    Participants,
    Leaders,
}

impl<'o> Builder<'o> {
    pub(super) fn new(options: &'o Options) -> Self {
        Self {
            options,
            findings: Findings::default(),
            stack: Vec::new(),
            prefix: String::new(),
            value: String::new(),
            seen_root: false,
            read_whole: false,
            version: None,
            municipality: None,
            associations: Vec::new(),
            occasion: OccasionDraft::default(),
            mark: MarkDraft::default(),
            person: PersonDraft::default(),
            codes: HashMap::new(),
            cards: HashMap::new(),
            ids: [HashMap::new(), HashMap::new()],
            locals: Vec::new(),
            numbers: HashMap::new(),
            persons: Vec::new(),
            excluded: Vec::new(),
            receipt: Receipt::default(),
        }
    }

    /// A fault after which there is nothing to read.
    pub(super) fn refuse(&mut self, line: u64, code: FindingCode, message: Localized) -> Flow {
        self.error(line, code, message);
        Flow::Stop
    }

    pub(super) fn error(&mut self, line: u64, code: FindingCode, message: Localized) {
        let subject = self.subject();
        self.findings.push(Finding { line, code, severity: Severity::Error, message, subject, name: None });
    }

    /// The association and occasion being read.
    fn subject(&self) -> Subject {
        let open = |tag| self.stack.iter().any(|frame| frame.tag == tag);
        Subject {
            association: self.associations.last().filter(|_| open(Tag::Association)).map(|association| association.id.clone()),
            occasion: self.occasion.code.clone().filter(|_| open(Tag::Occasion)),
            person: None,
        }
    }

    pub(super) fn start(&mut self, start: &BytesStart<'_>, here: &mut Here<'_, '_>) -> Flow {
        let name = start.name().into_inner();
        let Some(parent) = self.stack.last_mut() else {
            return self.root(start, here);
        };
        let above = parent.tag;
        // A name with another prefix than the root's keeps its colon and is no child of anything.
        let local = if self.prefix.is_empty() { name } else { name.strip_prefix(self.prefix.as_str()).unwrap_or_default() };
        let tag = match above.child(local) {
            Some(tag) => {
                let repeated = parent.seen & tag.bit() != 0 && !tag.is_repeatable();
                parent.seen |= tag.bit();
                if repeated {
                    let line = here.line();
                    self.error(line, FindingCode::Repeated, repeated_text(local));
                }
                tag
            }
            None => {
                let line = here.line();
                self.error(line, FindingCode::Unexpected, unexpected_text(name));
                Tag::Skipped
            }
        };
        if self.stack.len() == MAX_DEPTH {
            let line = here.line();
            return self.refuse(line, FindingCode::Unexpected, unexpected_text(name));
        }
        self.stack.push(Frame { tag, seen: 0 });
        self.value.clear();
        self.open(tag, start, here);
        Flow::Go
    }

    pub(super) fn end(&mut self, here: &mut Here<'_, '_>) -> Flow {
        let Some(frame) = self.stack.last().copied() else {
            return Flow::Go;
        };
        for (required, name) in frame.tag.required() {
            if frame.seen & required.bit() == 0 {
                let line = self.line_of(frame.tag, here);
                self.error(line, FindingCode::Missing, missing_element_text(name));
            }
        }
        let value = std::mem::take(&mut self.value);
        self.close(frame.tag, value.trim(), here);
        self.value = value;
        self.stack.pop();
        Flow::Go
    }

    /// Faults of an occasion or a person as a whole are shown where it begins.
    fn line_of(&self, tag: Tag, here: &mut Here<'_, '_>) -> u64 {
        match tag {
            Tag::Occasion => self.occasion.line,
            Tag::RegisteredParticipant | Tag::RegisteredLeader => self.person.line,
            _ => here.line(),
        }
    }

    /// Whether text here is a value, whose blanks mean something.
    pub(super) fn in_value(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.tag.is_leaf())
    }

    pub(super) fn text(&mut self, text: &str, here: &mut Here<'_, '_>) -> Flow {
        let Some(frame) = self.stack.last() else {
            if is_blank(text) {
                return Flow::Go;
            }
            if self.seen_root {
                return self.not_xml(here);
            }
            // A list from a spreadsheet, a letter, a picture: there is no tag to be wrong.
            let line = here.line();
            return self.refuse(line, FindingCode::UnknownFormat, other_file_text());
        };
        if frame.tag.is_leaf() {
            if text.bytes().any(|byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) {
                return self.not_xml(here);
            }
            self.value.push_str(text);
        } else if !frame.tag.is_unread() && !is_blank(text) {
            let line = here.line();
            self.error(line, FindingCode::Unexpected, unexpected_text(text.trim()));
        }
        Flow::Go
    }

    /// `&amp;` and the like: the five predefined names and numbered characters, since without a DTD there are no others.
    pub(super) fn reference(&mut self, reference: &BytesRef<'_>, here: &mut Here<'_, '_>) -> Flow {
        let symbol = match reference.resolve_char_ref() {
            Ok(Some(symbol)) if symbol >= ' ' || matches!(symbol, '\t' | '\n' | '\r') => Some(symbol),
            Ok(None) => match &**reference {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => None,
            },
            Ok(Some(_)) | Err(_) => None,
        };
        match symbol {
            Some(symbol) => self.text(symbol.encode_utf8(&mut [0; 4]), here),
            None => self.not_xml(here),
        }
    }

    pub(super) fn end_of_file(&mut self, line: u64) {
        if !self.seen_root {
            self.error(line, FindingCode::UnknownFormat, unknown_format_text());
        } else if self.stack.is_empty() {
            self.read_whole = true;
        } else {
            self.error(line, FindingCode::NotWellFormed, super::cut_off_text());
        }
    }

    fn root(&mut self, start: &BytesStart<'_>, here: &mut Here<'_, '_>) -> Flow {
        let line = here.line();
        if self.seen_root {
            return self.not_xml(here);
        }
        self.seen_root = true;
        let name = start.name();
        if name.local_name().as_ref() != "Aktivitetskort" {
            return self.refuse(line, FindingCode::UnknownFormat, unknown_format_text());
        }
        let declaration = match name.prefix() {
            Some(prefix) => {
                self.prefix = format!("{}:", prefix.as_ref());
                format!("xmlns:{}", prefix.as_ref())
            }
            None => "xmlns".to_owned(),
        };
        let mut namespace = String::new();
        for attribute in start.attributes() {
            match attribute {
                Ok(attribute) if attribute.key.as_ref() == declaration => namespace = attribute.value.trim().to_owned(),
                Ok(_) => {}
                Err(_) => return self.not_xml(here),
            }
        }
        match namespace.as_str() {
            "http://aktivitetskort.net.umea.se/importSchema.xsd" => self.version = Some(Version::V21),
            "http://sverigesforeningssystem.se/importSchema.xsd" => self.version = Some(Version::V22),
            "" => {}
            _ => return self.refuse(line, FindingCode::UnknownFormat, unknown_format_text()),
        }
        self.stack.push(Frame { tag: Tag::Root, seen: 0 });
        Flow::Go
    }

    fn not_xml(&mut self, here: &mut Here<'_, '_>) -> Flow {
        let line = here.line();
        self.refuse(line, FindingCode::NotWellFormed, super::not_well_formed_text())
    }

    /// The number of one of the sender's ids.
    pub(super) fn local(&mut self, register: Register, id: &str) -> u32 {
        let ids = match register {
            Register::Participants => &mut self.ids[0],
            Register::Leaders => &mut self.ids[1],
        };
        if let Some(local) = ids.get(id) {
            return *local;
        }
        let local = u32::try_from(self.locals.len()).expect("a file of bounded size holds fewer than four billion ids");
        ids.insert(id.into(), local);
        self.locals.push(Local::default());
        local
    }
}

/// A text of the file that is fit to be repeated in a message.
pub(super) fn shown(text: &str) -> String {
    masked_id(&shortened(text))
}

/// The same for codes and numbers of occasions and cards, which are long rows of digits and nobody's personal number.
pub(super) fn shortened(text: &str) -> String {
    text.chars().filter(|symbol| !symbol.is_control()).take(50).collect()
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
}

fn unknown_format_text() -> Localized {
    Localized::both(
        "Filen är inte en närvarofil i formatet DAK (Aktivitetskort) version 2.1 eller 2.2. Välj det formatet när ni exporterar.",
        "The file is not an attendance file in the format DAK (Aktivitetskort), version 2.1 or 2.2. Choose that format when you export.",
    )
}

fn other_file_text() -> Localized {
    Localized::both(
        "Filen är ingen närvarofil utan något annat, till exempel en lista från ett kalkylprogram. Välj formatet DAK (Aktivitetskort) version 2.1 eller 2.2 när ni exporterar från ert närvarosystem.",
        "The file is no attendance file but something else, for instance a list from a spreadsheet. Choose the format DAK (Aktivitetskort), version 2.1 or 2.2, when you export from your attendance system.",
    )
}

fn unexpected_text(name: &str) -> Localized {
    let name = shown(name);
    Localized::both(format!("”{name}” hör inte hemma här enligt formatet."), format!("“{name}” has no place here in the format."))
}

fn repeated_text(name: &str) -> Localized {
    Localized::both(format!("{name} får bara finnas en gång här."), format!("{name} may stand only once here."))
}

fn missing_element_text(name: &str) -> Localized {
    Localized::both(format!("{name} saknas, men måste finnas enligt formatet."), format!("{name} is missing; the format requires it."))
}
