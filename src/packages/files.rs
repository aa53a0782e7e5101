//! A package's files: from a folder, a zip, the program itself, or the bytes the database keeps.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::path::Path;

use rust_embed::RustEmbed;

use crate::domain::canonical::Sha;

/// The folders a package may hold.
pub const FOLDERS: [&str; 4] = ["forms", "rules", "workflows", "letters"];

/// The most bytes a package may hold, inflated.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;

/// The most files a package may hold.
pub const MAX_FILES: usize = 1_000;

/// The version of the rule host's semantics that archives are written for.
pub const HOST: u32 = 1;

/// Files by path, with forward slashes, relative to the package root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

/// Why a package's files cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// Reading failed.
    #[error("filen går inte att läsa: {0}")]
    Io(#[from] io::Error),
    /// It is no zip, or a damaged one.
    #[error("zip-filen går inte att läsa: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// More than [`MAX_BYTES`] inflated.
    #[error("paketet är större än 10 MB")]
    TooLarge,
    /// More than [`MAX_FILES`].
    #[error("paketet har fler än 1 000 filer")]
    TooMany,
    /// A path that leads out of the package or is none.
    #[error("sökvägen {0:?} är inte tillåten i ett paket")]
    Path(String),
    /// The same path twice.
    #[error("filen {0:?} finns två gånger")]
    Twice(String),
    /// Stored bytes that are no archive of this version.
    #[error("de lagrade byten är inget paket: {0}")]
    Archive(&'static str),
}

// One struct a folder, so that nothing else of the project's root gets into the program.
#[derive(RustEmbed)]
#[folder = "forms"]
struct Forms;

#[derive(RustEmbed)]
#[folder = "rules"]
struct Rules;

#[derive(RustEmbed)]
#[folder = "workflows"]
struct Workflows;

#[derive(RustEmbed)]
#[folder = "letters"]
struct Letters;

fn embedded<T: RustEmbed>(folder: &'static str) -> impl Iterator<Item = (String, Vec<u8>)> {
    T::iter().filter_map(move |name| T::get(&name).map(|file| (format!("{folder}/{name}"), file.data.into_owned())))
}

impl Files {
    /// The packages that come with the program.
    #[must_use]
    pub fn built_in() -> Self {
        let forms_and_rules = embedded::<Forms>("forms").chain(embedded::<Rules>("rules"));
        Self(forms_and_rules.chain(embedded::<Workflows>("workflows")).chain(embedded::<Letters>("letters")).collect())
    }

    /// The files of a folder; other folders than [`FOLDERS`] are left alone, and hidden files.
    ///
    /// # Errors
    /// [`FilesError`] when something cannot be read or is too much.
    pub fn from_dir(dir: &Path) -> Result<Self, FilesError> {
        let mut files = Self::default();
        let mut left = MAX_BYTES;
        std::fs::read_dir(dir)?;
        for folder in FOLDERS {
            let path = dir.join(folder);
            if path.is_dir() {
                files.gather(&path, folder, &mut left)?;
            }
        }
        Ok(files)
    }

    fn gather(&mut self, dir: &Path, prefix: &str, left: &mut u64) -> Result<(), FilesError> {
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { return Err(FilesError::Path(entry.path().display().to_string())) };
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}/{name}");
            let kind = entry.file_type()?;
            if kind.is_dir() {
                self.gather(&entry.path(), &path, left)?;
            } else if kind.is_file() {
                let bytes = limited(std::fs::File::open(entry.path())?, left)?;
                self.add(path, bytes)?;
            } else {
                // A link may lead out of the package.
                return Err(FilesError::Path(path));
            }
        }
        Ok(())
    }

    /// The files of a zip. What is counted is inflated bytes, whatever the zip's directory claims.
    ///
    /// # Errors
    /// [`FilesError`] when it is no zip, leads out of the package, or is too much.
    pub fn from_zip(bytes: &[u8]) -> Result<Self, FilesError> {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes))?;
        if zip.len() > MAX_FILES {
            return Err(FilesError::TooMany);
        }
        let mut files = Self::default();
        let mut left = MAX_BYTES;
        for at in 0..zip.len() {
            let mut entry = zip.by_index(at)?;
            let name = entry.name()?.into_owned();
            if entry.is_dir() {
                continue;
            }
            if entry.is_symlink() || !is_plain(&name) {
                return Err(FilesError::Path(name));
            }
            let bytes = limited(&mut entry, &mut left)?;
            files.add(name, bytes)?;
        }
        files.unwrap_root();
        files.0.retain(|path, _| belongs(path));
        Ok(files)
    }

    /// A zip of a folder has the folder's name before every path.
    fn unwrap_root(&mut self) {
        if self.0.keys().any(|path| belongs(path)) {
            return;
        }
        let mut roots = self.0.keys().filter_map(|path| path.split_once('/').map(|(root, _)| root.to_owned()));
        let Some(root) = roots.next().map(|root| format!("{root}/")) else { return };
        if self.0.keys().all(|path| path.starts_with(&root)) {
            self.0 = std::mem::take(&mut self.0).into_iter().map(|(path, bytes)| (path[root.len()..].to_owned(), bytes)).collect();
        }
    }

    fn add(&mut self, path: String, bytes: Vec<u8>) -> Result<(), FilesError> {
        if self.0.len() >= MAX_FILES {
            return Err(FilesError::TooMany);
        }
        match self.0.insert(path.clone(), bytes) {
            None => Ok(()),
            Some(_) => Err(FilesError::Twice(path)),
        }
    }

    /// The text of a file, when it is there and is UTF-8.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// The paths directly in a folder, with an ending.
    pub fn directly_in<'f>(&'f self, folder: &'f str, ending: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.keys().map(String::as_str).filter(move |path| {
            path.strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|name| !name.contains('/') && name.ends_with(ending))
        })
    }

    /// The canonical archive: the same files give the same bytes. Its SHA-256 is the version's hash.
    #[must_use]
    pub fn archive(&self) -> Vec<u8> {
        let mut bytes = format!("bifall-package host={HOST}\n").into_bytes();
        for (path, content) in &self.0 {
            for part in [path.as_bytes(), content] {
                bytes.extend((part.len() as u64).to_be_bytes());
                bytes.extend(part);
            }
        }
        bytes
    }

    /// The files of a canonical archive.
    ///
    /// # Errors
    /// [`FilesError::Archive`] when the bytes are none, or not in the one canonical form.
    pub fn from_archive(bytes: &[u8]) -> Result<Self, FilesError> {
        let head = format!("bifall-package host={HOST}\n");
        let mut rest = bytes.strip_prefix(head.as_bytes()).ok_or(FilesError::Archive("annat huvud"))?;
        let mut files = Self::default();
        while !rest.is_empty() {
            let path = part(&mut rest)?;
            let content = part(&mut rest)?;
            let path = String::from_utf8(path.to_vec()).map_err(|_| FilesError::Archive("sökvägen är inte UTF-8"))?;
            if !is_plain(&path) {
                return Err(FilesError::Path(path));
            }
            if files.0.last_key_value().is_some_and(|(last, _)| *last >= path) {
                return Err(FilesError::Archive("filerna står inte i ordning"));
            }
            files.add(path, content.to_vec())?;
        }
        Ok(files)
    }

    /// SHA-256 of the canonical archive.
    #[must_use]
    pub fn hash(&self) -> Sha {
        Sha::of(&self.archive())
    }
}

fn part<'b>(rest: &mut &'b [u8]) -> Result<&'b [u8], FilesError> {
    let cut = || FilesError::Archive("avbrutet");
    let (length, after) = rest.split_first_chunk::<8>().ok_or_else(cut)?;
    let length = usize::try_from(u64::from_be_bytes(*length)).map_err(|_| cut())?;
    let (part, after) = after.split_at_checked(length).ok_or_else(cut)?;
    *rest = after;
    Ok(part)
}

/// All bytes of a reader, as long as there is room left.
fn limited(reader: impl Read, left: &mut u64) -> Result<Vec<u8>, FilesError> {
    let mut bytes = Vec::new();
    reader.take(*left + 1).read_to_end(&mut bytes)?;
    *left = left.checked_sub(bytes.len() as u64).ok_or(FilesError::TooLarge)?;
    Ok(bytes)
}

/// Whether a path is relative, with forward slashes, without empty and dot parts.
fn is_plain(path: &str) -> bool {
    !path.is_empty() && !path.contains(['\\', '\0', ':']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn belongs(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, _)| FOLDERS.contains(&folder))
}
