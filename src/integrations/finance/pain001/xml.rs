//! Elements and texts, nothing else.

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::integrations::finance::FileError;

/// An XML document in memory, indented by two.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    pub(super) fn new() -> Self {
        Self { writer: Writer::new_with_indent(Vec::new(), b' ', 2) }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }

    pub(super) fn declaration(&mut self) -> Result<(), FileError> {
        self.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
    }

    pub(super) fn open(&mut self, name: &str) -> Result<(), FileError> {
        self.event(Event::Start(BytesStart::new(name)))
    }

    pub(super) fn open_with(&mut self, name: &str, attribute: (&str, &str)) -> Result<(), FileError> {
        self.event(Event::Start(BytesStart::new(name).with_attributes([attribute])))
    }

    pub(super) fn close(&mut self, name: &str) -> Result<(), FileError> {
        self.event(Event::End(BytesEnd::new(name)))
    }

    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<(), FileError> {
        self.open(name)?;
        self.event(Event::Text(BytesText::from_escaped(partial_escape(text))))?;
        self.close(name)
    }

    pub(super) fn text_with(&mut self, name: &str, attribute: (&str, &str), text: &str) -> Result<(), FileError> {
        self.open_with(name, attribute)?;
        self.event(Event::Text(BytesText::from_escaped(partial_escape(text))))?;
        self.close(name)
    }

    /// A text within elements that hold nothing else.
    pub(super) fn nested(&mut self, names: &[&str], text: &str) -> Result<(), FileError> {
        match names {
            [] => Ok(()),
            [last] => self.text(last, text),
            [first, rest @ ..] => {
                self.open(first)?;
                self.nested(rest, text)?;
                self.close(first)
            }
        }
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), FileError> {
        self.writer.write_event(event).map_err(|error| FileError::Writing(error.to_string()))
    }
}
