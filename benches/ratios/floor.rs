//! The floors: small programs that do the least that could be done.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;

const BLOCK: usize = 64 << 10;

/// Pulls every event out of a file, unpacked first when it is gzipped; answers how many bytes of XML there were.
pub fn pull(path: &Path) -> u64 {
    let file = BufReader::with_capacity(BLOCK, File::open(path).unwrap());
    if path.extension().is_some_and(|extension| extension == "gz") { events(MultiGzDecoder::new(file)) } else { events(file.into_inner()) }
}

fn events(bytes: impl Read) -> u64 {
    let mut reader = Reader::from_reader(BufReader::with_capacity(BLOCK, bytes));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        if matches!(reader.read_event_into(&mut buffer).unwrap(), Event::Eof) {
            return reader.buffer_position();
        }
    }
}
