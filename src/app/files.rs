//! Stored files: random names, sealed in chunks, never half-written.
//!
//! Layout of a stored file: 8 random bytes, then chunks of 64 KiB sealed with AES-256-GCM. A chunk's nonce is
//! those 8 bytes and its number; the last chunk is bound to the word `last`, so that a file cut short does not open.

use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::keys::Secret;
use crate::domain::canonical::Sha;

const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// A folder of sealed files.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

/// A file that was stored: what its metadata row needs.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Random name, relative to the folder.
    pub name: String,
    /// Hash of the bytes as received.
    pub sha256: Sha,
    /// Size as received.
    pub size: u64,
}

/// A file being written. Dropped without [`Writing::finish`] it is gone, as when a visitor leaves in the middle of an upload.
#[derive(Debug)]
pub struct Writing {
    file: std::fs::File,
    temporary: PathBuf,
    name: String,
    folder: PathBuf,
    key: Secret,
    prefix: [u8; 8],
    chunk: u32,
    buffer: Vec<u8>,
    hasher: Sha256,
    size: u64,
}

impl Files {
    /// The files in a folder, which is made when it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Begins a new file under a random name.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(&self, id: Uuid, key: &Secret) -> io::Result<Writing> {
        let name = id.simple().to_string();
        let temporary = self.folder.join(format!("{name}.part"));
        let mut file = std::fs::File::create(&temporary)?;
        let prefix: [u8; 8] = rand::random();
        file.write_all(&prefix)?;
        Ok(Writing {
            file,
            temporary,
            name,
            folder: self.folder.clone(),
            key: key.clone(),
            prefix,
            chunk: 0,
            buffer: Vec::with_capacity(CHUNK),
            hasher: Sha256::new(),
            size: 0,
        })
    }

    /// Stores bytes that are in memory.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn put(&self, id: Uuid, key: &Secret, bytes: &[u8]) -> io::Result<Stored> {
        let mut writing = self.create(id, key)?;
        writing.write_all(bytes)?;
        writing.finish()
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// When it is not there, does not open, or is not what was stored.
    pub fn get(&self, name: &str, key: &Secret) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        self.read(name, key)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    /// A file to be read block by block, so that memory does not grow with it.
    ///
    /// # Errors
    /// When it is not there. Reading fails where it does not open or is not what was stored.
    pub fn read(&self, name: &str, key: &Secret) -> io::Result<Reading> {
        let file = std::fs::File::open(self.path(name)?)?;
        let mut file = BufReader::with_capacity(CHUNK + TAG, file);
        let mut prefix = [0; 8];
        file.read_exact(&mut prefix)?;
        Ok(Reading { file, key: key.clone(), prefix, chunk: 0, sealed: vec![0; CHUNK + TAG], plain: io::Cursor::default(), ended: false })
    }

    /// Names of all files in the folder, unfinished ones too.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names: Vec<String> =
            std::fs::read_dir(&self.folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }

    /// Removes a file that no row names.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        std::fs::remove_file(self.path(name)?)
    }

    fn path(&self, name: &str) -> io::Result<PathBuf> {
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') && !name.starts_with('.');
        if plain { Ok(self.folder.join(name)) } else { Err(io::Error::new(io::ErrorKind::InvalidInput, "no name of a stored file")) }
    }
}

impl Writing {
    /// Makes the file last under its name: synced, renamed, folder synced.
    ///
    /// # Errors
    /// When the disk refuses; the file is then not there.
    pub fn finish(self) -> io::Result<Stored> {
        let (stored, unsynced) = self.close()?;
        unsynced.sync()?;
        Ok(stored)
    }

    /// Ends the file without waiting for the disk: what it is called and holds is known, but it is gone if nobody syncs it.
    ///
    /// # Errors
    /// When the disk refuses; the file is then not there.
    pub fn close(mut self) -> io::Result<(Stored, Unsynced)> {
        // A file whose size is a multiple of the chunk ends with an empty last chunk.
        self.flush_chunk(true)?;
        let stored = Stored { name: self.name.clone(), sha256: Sha(self.hasher.finalize_reset().into()), size: self.size };
        Ok((stored, Unsynced(self)))
    }

    fn flush_chunk(&mut self, last: bool) -> io::Result<()> {
        let sealed = self.key.seal_with(&nonce(self.prefix, self.chunk), about(last), &self.buffer);
        self.file.write_all(&sealed)?;
        self.chunk = self.chunk.checked_add(1).ok_or_else(|| io::Error::other("the file is too large"))?;
        self.buffer.clear();
        Ok(())
    }
}

/// A file that is written but may still be lost.
#[derive(Debug)]
#[must_use = "a file that is not synced is removed"]
pub struct Unsynced(Writing);

impl Unsynced {
    /// Makes the file last under its name: synced, renamed, folder synced. Whoever names it in the database waits for this first.
    ///
    /// # Errors
    /// When the disk refuses; the file is then not there.
    pub fn sync(self) -> io::Result<()> {
        let Self(writing) = self;
        writing.file.sync_all()?;
        std::fs::rename(&writing.temporary, writing.folder.join(&writing.name))?;
        std::fs::File::open(&writing.folder)?.sync_all()
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // After `finish` it has its own name and there is nothing to remove; what cannot be removed the sweep finds.
        drop(std::fs::remove_file(&self.temporary));
    }
}

/// A stored file being read.
#[derive(Debug)]
pub struct Reading {
    file: BufReader<std::fs::File>,
    key: Secret,
    prefix: [u8; 8],
    chunk: u32,
    sealed: Vec<u8>,
    plain: io::Cursor<Vec<u8>>,
    ended: bool,
}

impl Read for Reading {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.plain.read(into)?;
            if count > 0 || self.ended || into.is_empty() {
                return Ok(count);
            }
            let length = read_full(&mut self.file, &mut self.sealed)?;
            self.ended = length < self.sealed.len();
            let opened = self.key.open_with(&nonce(self.prefix, self.chunk), about(self.ended), &self.sealed[..length]);
            self.plain = io::Cursor::new(opened.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?);
            self.chunk = self.chunk.checked_add(1).ok_or_else(|| io::Error::other("the file is too large"))?;
        }
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() == CHUNK {
            self.flush_chunk(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.buffer.len());
        self.buffer.extend_from_slice(&bytes[..taken]);
        self.hasher.update(&bytes[..taken]);
        self.size += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn nonce(prefix: [u8; 8], chunk: u32) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[..8].copy_from_slice(&prefix);
    nonce[8..].copy_from_slice(&chunk.to_be_bytes());
    nonce
}

const fn about(last: bool) -> &'static [u8] {
    if last { b"last" } else { b"more" }
}

/// Reads until the buffer is full or the input ends.
fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..])? {
            0 => break,
            more => filled += more,
        }
    }
    Ok(filled)
}
