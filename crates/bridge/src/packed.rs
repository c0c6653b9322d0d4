//! Messages as bytes: between a tab and the core crosses one byte array per message.
//!
//! Fields and variants go by their place and not by their name, numbers take as many bytes as they need: the names, and the
//! code that compares them, would have to be downloaded. What this costs is that both sides must have the same types, so
//! every message begins with the edition of this crate, and one of another edition is not read.

use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

/// Changes with every change to the types of this crate.
const EDITION: &[u8] = env!("BRIDGE_EDITION").as_bytes();

/// Name of the first shared worker of this edition; the names of those that succeed it begin with it. So a page never
/// joins a worker that an earlier version of the portal has left running.
pub const FIRST_WORKER: &str = concat!("core-", env!("BRIDGE_EDITION"));

/// A message that cannot be read or written: it was cut off, or comes from another edition of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Garbled;

/// Writes a message. It may hold a password: the bytes are wiped when dropped.
pub fn pack(message: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, Garbled> {
    let bytes = postcard::to_extend(message, EDITION.to_vec()).map_err(|_| Garbled)?;
    Ok(Zeroizing::new(bytes))
}

/// Reads a message.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Garbled> {
    let bytes = bytes.strip_prefix(EDITION).ok_or(Garbled)?;
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(Garbled),
    }
}

impl std::fmt::Display for Garbled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a message of another edition of the portal")
    }
}

impl std::error::Error for Garbled {}
