//! The server's own key, and what is derived from it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::Settings;

/// The file in the data folder.
const FILE: &str = "signing.key";

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The key is not 32 bytes in base64.
    #[error("{place} must be 32 bytes in base64")]
    Malformed {
        /// Where it came from.
        place: String,
    },
    /// The file cannot be read or made.
    #[error("the signing key {file} cannot be read or made: {cause}")]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

/// The key from which every signature and keyed hash is derived, each for its own purpose.
#[derive(Clone)]
pub struct Secrets {
    root: [u8; 32],
}

impl Secrets {
    /// The key of the setting, or of the file in the data folder, made if missing and readable by its owner only.
    pub fn load(settings: &Settings) -> Result<Self, SecretsError> {
        if let Some(key) = &settings.signing_key {
            return Self::parse(key.reveal(), "the setting signing-key");
        }
        let path = settings.data.join(FILE);
        let failed = |cause| SecretsError::File { file: path.clone(), cause };
        match create(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
        Self::parse(&fs::read_to_string(&path).map_err(failed)?, &path.display().to_string())
    }

    fn parse(text: &str, place: &str) -> Result<Self, SecretsError> {
        BASE64
            .decode(text.trim().as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(|root| Self { root })
            .ok_or_else(|| SecretsError::Malformed { place: place.to_owned() })
    }

    /// A keyed hash. Different purposes never give the same one.
    pub fn keyed_hash(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        self.mac(purpose).chain_update(data).finalize().into_bytes().into()
    }

    /// The keyed hash in the making, for comparing in constant time.
    pub(super) fn mac(&self, purpose: &str) -> Hmac<Sha256> {
        keyed(&keyed(&self.root).chain_update(purpose.as_bytes()).finalize().into_bytes().into())
    }
}

/// HMAC pads a key to its block of 64 bytes with zeros; done here, since a block is taken without a chance to fail.
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    Hmac::new(&block.into())
}

fn create(path: &Path) -> io::Result<()> {
    // Written beside and then linked into place, so that of two processes starting at once neither reads half a key.
    let beside = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    if path.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let written = options.open(&beside).and_then(|mut file| {
        writeln!(file, "{}", BASE64.encode(&random::<32>()))?;
        file.sync_all()?;
        fs::hard_link(&beside, path)
    });
    fs::remove_file(&beside)?;
    written
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // Without randomness nothing this server hands out would be secret.
        tracing::error!(%error, "the operating system gives no random numbers");
        std::process::abort();
    }
    bytes
}

/// A random text that can stand in an address.
pub fn random_text<const N: usize>() -> String {
    BASE64URL_NOPAD.encode(&random::<N>())
}

/// A hash under which a random token is stored: the token cannot be found from it.
pub fn token_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::in_folder(folder.path());
        let first = Secrets::load(&settings).unwrap();
        let second = Secrets::load(&settings).unwrap();
        assert_eq!(first.root, second.root);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_purpose_has_a_key_of_its_own() {
        let secrets = Secrets { root: [7; 32] };
        assert_ne!(secrets.keyed_hash("one", b"data"), secrets.keyed_hash("two", b"data"));
    }
}
