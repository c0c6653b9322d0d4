//! Key derivation settings as the server tells them, and the bounds they are held to.

use crate::{KeyError, engine};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// How a password becomes a master key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kdf {
    /// PBKDF2 with HMAC-SHA-256.
    Pbkdf2 {
        /// Rounds.
        iterations: u32,
    },
    /// Argon2id, version 1.3.
    Argon2id {
        /// Passes over the memory.
        iterations: u32,
        /// Memory in MiB.
        memory_mib: u32,
        /// Lanes.
        parallelism: u32,
    },
}

impl Kdf {
    /// Refuses settings with which a hostile server could harvest a cheap hash or exhaust the machine.
    pub fn check(&self) -> Result<(), KeyError> {
        let refuse = |why| Err(KeyError::KdfOutOfBounds(why));
        match *self {
            Self::Pbkdf2 { iterations: 0..5_000 } => refuse("fewer than 5,000 PBKDF2 iterations"),
            Self::Pbkdf2 { iterations: 2_000_001.. } => refuse("more than 2,000,000 PBKDF2 iterations"),
            Self::Pbkdf2 { .. } => Ok(()),
            Self::Argon2id { iterations, memory_mib, parallelism } => {
                if !(2..=10).contains(&iterations) {
                    refuse("Argon2id iterations outside 2 to 10")
                } else if !(15..=1024).contains(&memory_mib) {
                    refuse("Argon2id memory outside 15 to 1024 MiB")
                } else if !(1..=16).contains(&parallelism) {
                    refuse("Argon2id parallelism outside 1 to 16")
                } else {
                    Ok(())
                }
            }
        }
    }

    /// Allowed, but below what OWASP recommends today (600,000 rounds of PBKDF2; for Argon2id 19 MiB twice, or as much
    /// work): worth a warning to the account's owner.
    pub fn is_weak(&self) -> bool {
        match *self {
            Self::Pbkdf2 { iterations } => iterations < 600_000,
            Self::Argon2id { iterations, memory_mib, .. } => iterations.saturating_mul(memory_mib) < 2 * 19,
        }
    }

    /// The 32 bytes derived from password and salt, bounds checked first.
    pub(crate) async fn derive(&self, password: &[u8], salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        self.check()?;
        match *self {
            Self::Pbkdf2 { iterations } => engine::pbkdf2_sha256(password, salt, iterations).await,
            Self::Argon2id { iterations, memory_mib, parallelism } => {
                argon2id(password, salt, iterations, memory_mib, parallelism)
            }
        }
    }
}

/// The salt an e-mail address stands for, where the server names none: trimmed, in lower case.
pub fn normalise_salt(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Argon2id takes the SHA-256 of the salt, since an address may be shorter than Argon2 allows.
fn argon2id(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    memory_mib: u32,
    parallelism: u32,
) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let failed = |_| KeyError::Engine("Argon2id could not run with this much memory");
    let params =
        Params::new(memory_mib.saturating_mul(1024), iterations, parallelism, Some(32)).map_err(failed)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password, &Sha256::digest(salt), key.as_mut_slice())
        .map_err(failed)?;
    Ok(key)
}
