//! Hashing what clients send instead of the password, once more, so that a stolen database signs nobody in.

use std::{
    num::ParseIntError,
    sync::{Arc, Mutex, PoisonError},
};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use data_encoding::BASE64_NOPAD;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

use crate::http::ApiError;

/// Memory of one hash in KiB. What is hashed was derived by a slow function already.
const MEMORY: u32 = 12 * 1024;
const PASSES: u32 = 3;
/// Hashes at the same time: whoever tries a thousand passwords waits, and does not take a thousand times the memory.
const AT_ONCE: usize = 2;

/// Makes and checks hashes.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// The memory of finished hashes, for the next ones: at most one for each turn. Giving it back instead would leave it with
    /// the allocator once for every thread that ever hashed.
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
    /// Checked when there is no such account, so that it takes as long as for one that exists.
    nobody: Arc<str>,
}

/// A stored hash that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a stored password hash is not of the form $argon2id$v=19$m=…,t=…,p=…$salt$hash")]
struct Unreadable;

impl Passwords {
    /// Ready to hash.
    pub async fn new() -> Result<Self, ApiError> {
        let mut passwords =
            Self { turns: Arc::new(Semaphore::new(AT_ONCE)), memory: Arc::default(), nobody: Arc::from("") };
        passwords.nobody = passwords.hash(&super::secrets::random_text::<16>()).await?.into();
        Ok(passwords)
    }

    /// The hash to store.
    pub async fn hash(&self, password: &str) -> Result<String, ApiError> {
        let salt = super::secrets::random::<16>();
        let params = Params::new(MEMORY, PASSES, 1, None).map_err(ApiError::internal)?;
        let hash = self.derive(password, salt.to_vec(), params, 32).await?;
        let (salt, hash) = (BASE64_NOPAD.encode(&salt), BASE64_NOPAD.encode(&hash));
        Ok(format!("$argon2id$v=19$m={MEMORY},t={PASSES},p=1${salt}${hash}"))
    }

    /// Whether a password is the stored one; never, but just as slowly, if nothing is stored.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, ApiError> {
        let (params, salt, expected) =
            read(stored.unwrap_or(&self.nobody)).ok_or(Unreadable).map_err(ApiError::internal)?;
        let hash = self.derive(password, salt, params, expected.len()).await?;
        Ok(bool::from(hash.ct_eq(&expected)) && stored.is_some())
    }

    async fn derive(
        &self,
        password: &str,
        salt: Vec<u8>,
        params: Params,
        length: usize,
    ) -> Result<Vec<u8>, ApiError> {
        let turn = self.turns.clone().acquire_owned().await.map_err(ApiError::internal)?;
        let (password, memory) = (password.to_owned(), self.memory.clone());
        let work = move || {
            let mut blocks = memory.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            blocks.resize(params.block_count(), Block::new());
            let mut hash = vec![0; length];
            let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                .hash_password_into_with_memory(password.as_bytes(), &salt, &mut hash, &mut blocks);
            memory.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
            // Ends with the work, not with the request: whoever hangs up cannot start another hash beside this one.
            drop(turn);
            done.map(|()| hash).map_err(ApiError::internal)
        };
        tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?
    }
}

/// The parameters, the salt and the hash of a stored hash.
fn read(stored: &str) -> Option<(Params, Vec<u8>, Vec<u8>)> {
    let ["", "argon2id", "v=19", parameters, salt, hash] = stored.split('$').collect::<Vec<_>>()[..] else {
        return None;
    };
    let numbers: Vec<Result<u32, ParseIntError>> = parameters
        .split(',')
        .zip(["m=", "t=", "p="])
        .map(|(parameter, name)| parameter.strip_prefix(name).unwrap_or_default().parse())
        .collect();
    let [Ok(memory), Ok(passes), Ok(lanes)] = numbers[..] else { return None };
    let params = Params::new(memory, passes, lanes, None).ok()?;
    let hash = BASE64_NOPAD.decode(hash.as_bytes()).ok().filter(|hash| !hash.is_empty())?;
    Some((params, BASE64_NOPAD.decode(salt.as_bytes()).ok()?, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_verifies() {
        let passwords = Passwords::new().await.unwrap();
        let stored = passwords.hash("aGFzaA==").await.unwrap();
        assert!(passwords.verify("aGFzaA==", Some(&stored)).await.unwrap());
        assert!(!passwords.verify("other", Some(&stored)).await.unwrap());
        assert!(!passwords.verify("aGFzaA==", None).await.unwrap());
        assert_ne!(passwords.hash("aGFzaA==").await.unwrap(), stored, "every hash has a salt of its own");
    }

    #[tokio::test]
    async fn the_stored_form_is_the_usual_one_and_carries_its_own_parameters() {
        // Made by another implementation of Argon2, with other parameters.
        let stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let passwords = Passwords::new().await.unwrap();
        assert!(passwords.verify("password", Some(stored)).await.unwrap());
        for broken in
            ["", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=x,t=1,p=1$AAAA$AAAA", "a$b"]
        {
            assert!(passwords.verify("password", Some(broken)).await.is_err(), "{broken}");
        }
    }

    #[tokio::test]
    async fn memory_is_used_again_however_many_ask() {
        let passwords = Passwords::new().await.unwrap();
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let passwords = passwords.clone();
            asking.spawn(async move { passwords.verify("other", None).await.unwrap() });
        }
        assert!(asking.join_all().await.iter().all(|right| !right));
        assert!(passwords.memory.lock().unwrap().len() <= AT_ONCE);
    }
}
