//! The tenant's keys and what is sealed with them.
//!
//! One master key of 32 random bytes lies outside the database; every purpose has its own key derived
//! from it by HMAC-SHA-256. Sealing is AES-256-GCM with a random 96-bit nonce in front of the ciphertext.

use std::io::Write;
use std::path::Path;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce};
use anyhow::{Context, bail};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// A key of 32 bytes that never shows itself.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The keys of one tenant.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Keyed hash of personal numbers.
    pub person: Secret,
    /// Wraps data keys.
    pub wrap: Secret,
    /// Seals files that belong to no data key.
    pub file: Secret,
    /// Seeds the random sample, so that nobody can predict who is drawn.
    pub sample: Secret,
}

/// Sealed bytes that do not open: wrong key, or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sealed data does not open")]
pub struct DoesNotOpen;

impl Secret {
    /// A key from its bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new random key.
    #[must_use]
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// The bytes, for keyed hashes and wrapping.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key derived for a purpose.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        Self(self.mac(purpose.as_bytes()))
    }

    /// HMAC-SHA-256 of some bytes.
    #[must_use]
    pub fn mac(&self, bytes: &[u8]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// Seals bytes; `about` is bound to them and must be the same to open.
    #[must_use]
    pub fn seal(&self, about: &[u8], bytes: &[u8]) -> Vec<u8> {
        let nonce: [u8; 12] = rand::random();
        let mut sealed = nonce.to_vec();
        sealed.extend(self.seal_with(&nonce, about, bytes));
        sealed
    }

    /// Opens what [`Secret::seal`] sealed.
    ///
    /// # Errors
    /// [`DoesNotOpen`] when key, `about` or bytes are not the same.
    pub fn open(&self, about: &[u8], sealed: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<12>().ok_or(DoesNotOpen)?;
        self.open_with(nonce, about, ciphertext)
    }

    /// Seals with a nonce that the caller never uses twice under this key.
    pub(super) fn seal_with(&self, nonce: &[u8; 12], about: &[u8], bytes: &[u8]) -> Vec<u8> {
        self.cipher()
            .encrypt(&Nonce::from(*nonce), Payload { msg: bytes, aad: about })
            .expect("AES-GCM seals up to 64 GiB, and no chunk comes near")
    }

    pub(super) fn open_with(&self, nonce: &[u8; 12], about: &[u8], ciphertext: &[u8]) -> Result<Vec<u8>, DoesNotOpen> {
        self.cipher().decrypt(&Nonce::from(*nonce), Payload { msg: ciphertext, aad: about }).map_err(|_| DoesNotOpen)
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&Key::<Aes256Gcm>::from(self.0))
    }
}

impl Keys {
    /// The keys derived from a master key.
    #[must_use]
    pub fn derive(master: &Secret) -> Self {
        Self { person: master.derive("person"), wrap: master.derive("wrap"), file: master.derive("file"), sample: master.derive("sample") }
    }

    /// Reads the master key, or makes one on the first start.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is no key.
    pub fn load_or_create(path: &Path) -> anyhow::Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => {
                let Ok(bytes) = <[u8; 32]>::try_from(bytes.as_slice()) else { bail!("{} is no key of 32 bytes", path.display()) };
                Ok(Self::derive(&Secret::new(bytes)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let master = Secret::random();
                create_private(path, master.bytes()).with_context(|| format!("cannot write {}", path.display()))?;
                Ok(Self::derive(&master))
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }
}

/// Writes a new file that only its owner may read, and makes it last.
fn create_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
