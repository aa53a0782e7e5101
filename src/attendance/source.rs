//! Bytes of a received file as UTF-8 text: unpacked, decoded, measured and with its lines counted.

use std::io::{self, BufRead, Cursor, Read};

use encoding_rs::{Encoding, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::read::MultiGzDecoder;

/// Why the bytes could not be read as text.
#[derive(Debug, thiserror::Error)]
pub(super) enum SourceError {
    /// More text than is received.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// A single tag or text longer than [`MAX_PIECE`].
    #[error("a single value of more than {MAX_PIECE} bytes")]
    PieceTooLong,
    /// The compressed file is damaged or cut off.
    #[error("damaged gzip")]
    DamagedArchive,
    /// The declared encoding is not one we read.
    #[error("unknown encoding")]
    UnknownEncoding,
}

/// The longest tag or text between two tags, in bytes, so that no value fills the memory.
pub(super) const MAX_PIECE: u64 = 1 << 20;

const BLOCK: usize = 64 << 10;
const HEAD: usize = 1 << 10;

/// Text of a file, block by block. Lines are counted a block at a time, only as far as somebody asks.
pub(super) struct Source<'a> {
    inner: Box<dyn Read + 'a>,
    block: Vec<u8>,
    at: usize,
    filled: usize,
    counted: usize,
    newlines: u64,
    read: u64,
    limit: u64,
    piece_end: u64,
    archive: bool,
}

impl<'a> Source<'a> {
    /// Opens a file for reading: gzip by its magic bytes, the encoding by byte order mark or declaration.
    pub(super) fn open(raw: impl Read + 'a, limit: u64) -> io::Result<Self> {
        let (head, rest) = peek(raw, 2)?;
        let archive = head == [0x1f, 0x8b];
        let raw = Cursor::new(head).chain(rest);
        let bytes: Box<dyn Read + 'a> = if archive { Box::new(MultiGzDecoder::new(raw)) } else { Box::new(raw) };
        let (head, rest) = peek(bytes, HEAD).map_err(|error| archive_error(error, archive))?;
        let encoding = encoding_of(&head).ok_or_else(|| io::Error::other(SourceError::UnknownEncoding))?;
        let bom = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let mut bytes = Cursor::new(head);
        bytes.set_position(bom);
        let bytes = bytes.chain(rest);
        let inner: Box<dyn Read + 'a> = if encoding == UTF_8 {
            Box::new(bytes)
        } else {
            Box::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(bytes))
        };
        let block = vec![0; BLOCK];
        Ok(Self { inner, block, at: 0, filled: 0, counted: 0, newlines: 0, read: 0, limit, piece_end: u64::MAX, archive })
    }

    /// The line of the place read so far, from 1.
    pub(super) fn line(&mut self) -> u64 {
        self.newlines += newlines(&self.block[self.counted..self.at]);
        self.counted = self.at;
        self.newlines + 1
    }

    /// Says that a new tag or text begins here.
    pub(super) fn begin_piece(&mut self) {
        self.piece_end = self.read - to_u64(self.filled - self.at) + MAX_PIECE;
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.filled {
            self.line();
            if self.read > self.piece_end {
                return Err(io::Error::other(SourceError::PieceTooLong));
            }
            let count = loop {
                match self.inner.read(&mut self.block) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other.map_err(|error| archive_error(error, self.archive))?,
                }
            };
            self.read += to_u64(count);
            if self.read > self.limit {
                return Err(io::Error::other(SourceError::TooLarge(self.limit)));
            }
            (self.at, self.counted, self.filled) = (0, 0, count);
        }
        Ok(&self.block[self.at..self.filled])
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.filled);
    }
}

/// How many lines end in a piece of text.
pub(super) fn newlines(text: &[u8]) -> u64 {
    // Sums of at most 255 ones fit a byte, which the compiler turns into wide instructions.
    text.chunks(255).map(|chunk| u64::from(chunk.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>())).sum()
}

fn peek<R: Read>(mut raw: R, count: usize) -> io::Result<(Vec<u8>, R)> {
    let mut head = Vec::with_capacity(count);
    raw.by_ref().take(to_u64(count)).read_to_end(&mut head)?;
    Ok((head, raw))
}

fn archive_error(error: io::Error, archive: bool) -> io::Error {
    let damaged = matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof);
    if archive && damaged { io::Error::other(SourceError::DamagedArchive) } else { error }
}

fn encoding_of(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Some(encoding);
    }
    let encoding = match declared(head) {
        Some(label) => Encoding::for_label(label)?,
        None => UTF_8,
    };
    // Whoever could read the declaration byte by byte is not in UTF-16, whatever it says.
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Some(UTF_8);
    }
    [UTF_8, WINDOWS_1252, ISO_8859_15].contains(&encoding).then_some(encoding)
}

/// The encoding that an XML declaration names.
fn declared(head: &[u8]) -> Option<&[u8]> {
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..find(declaration, b"?>")?];
    let value = &declaration[find(declaration, b"encoding")? + b"encoding".len()..];
    let value = value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    value.iter().position(|byte| byte == quote).map(|end| &value[..end])
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
