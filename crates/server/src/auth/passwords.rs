//! Hashing what clients send instead of the password, once more, so that a stolen database signs nobody in.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};
use tokio::sync::Semaphore;

use crate::http::ApiError;

/// Memory of one hash in KiB.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Hashes at the same time: whoever tries a thousand passwords waits, and does not take a thousand times the memory.
const AT_ONCE: usize = 2;

/// Makes and checks hashes.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// Checked when there is no such account, so that it takes as long as for one that exists.
    nobody: Arc<str>,
}

impl Passwords {
    /// Ready to hash.
    pub async fn new() -> Result<Self, ApiError> {
        let mut passwords = Self { turns: Arc::new(Semaphore::new(AT_ONCE)), nobody: Arc::from("") };
        passwords.nobody = passwords.hash(&super::secrets::random_text::<16>()).await?.into();
        Ok(passwords)
    }

    /// The hash to store.
    pub async fn hash(&self, password: &str) -> Result<String, ApiError> {
        let password = password.to_owned();
        self.in_turn(move || {
            argon2()?
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(ApiError::internal)
        })
        .await
    }

    /// Whether a password is the stored one; never, but just as slowly, if nothing is stored.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, ApiError> {
        let exists = stored.is_some();
        let (password, stored) = (password.to_owned(), stored.unwrap_or(&self.nobody).to_owned());
        self.in_turn(move || {
            let stored = PasswordHash::new(&stored).map_err(ApiError::internal)?;
            Ok(argon2()?.verify_password(password.as_bytes(), &stored).is_ok() && exists)
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let _turn = self.turns.acquire().await.map_err(ApiError::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?
    }
}

fn argon2() -> Result<Argon2<'static>, ApiError> {
    let params = Params::new(MEMORY, PASSES, 1, None).map_err(ApiError::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_verifies() {
        let passwords = Passwords::new().await.unwrap();
        let stored = passwords.hash("aGFzaA==").await.unwrap();
        assert!(stored.starts_with("$argon2id$"), "{stored}");
        assert!(passwords.verify("aGFzaA==", Some(&stored)).await.unwrap());
        assert!(!passwords.verify("other", Some(&stored)).await.unwrap());
        assert!(!passwords.verify("aGFzaA==", None).await.unwrap());
    }
}
