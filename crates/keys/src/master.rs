//! The master key: what a password becomes, and the two things made of it.

use crate::symmetric::{hkdf_expand, hmac_sha256};
use crate::{EncKind, EncString, Kdf, KeyError, SymmetricKey, opener};
use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

/// 32 bytes derived from a password. It never leaves the machine; the server sees only the login hash.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Derives the key, after checking the bounds of `kdf`. The password is taken byte for byte; `salt` is what the
    /// server names, or [`normalise_salt`](crate::normalise_salt) of the e-mail address.
    ///
    /// This runs for up to seconds and up to a gigabyte: in the browser, call it in a worker that is thrown away.
    pub async fn derive(password: &[u8], salt: &str, kdf: &Kdf) -> Result<Self, KeyError> {
        kdf.derive(password, salt.as_bytes()).await.map(Self)
    }

    /// The key from bytes another worker derived.
    pub fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// The bytes, to hand them over to the worker that goes on with them.
    pub fn into_bytes(self) -> Zeroizing<[u8; 32]> {
        self.0
    }

    /// The hash by which the server recognises the password: one round of PBKDF2 over the master key.
    pub fn login_hash(&self, password: &[u8]) -> String {
        let round = self.hash_round(password);
        Base64::encode_string(round.as_slice())
    }

    /// The hash by which this device can recognise the password without the server: two rounds instead of one.
    pub fn local_hash(&self, password: &[u8]) -> String {
        let first = self.hash_round(password);
        let second = hmac_sha256(self.0.as_slice(), &[first.as_slice()]);
        let mut hash = Zeroizing::new([0; 32]);
        for ((out, a), b) in hash.iter_mut().zip(first.iter()).zip(second.iter()) {
            *out = a ^ b;
        }
        Base64::encode_string(hash.as_slice())
    }

    /// The key that wraps the user key.
    pub fn stretch(&self) -> SymmetricKey {
        SymmetricKey::from_halves(
            &hkdf_expand(self.0.as_slice(), b"enc"),
            &hkdf_expand(self.0.as_slice(), b"mac"),
        )
    }

    /// The first round of PBKDF2 with the master key as its password: HMAC over salt and block number.
    fn hash_round(&self, password: &[u8]) -> Zeroizing<[u8; 32]> {
        hmac_sha256(self.0.as_slice(), &[password, &1_u32.to_be_bytes()])
    }
}

/// Unwraps an account's user key.
///
/// Old accounts have it in type 0, without authentication and under the unstretched master key: accepted here and
/// nowhere else.
pub fn unwrap_user_key(master_key: &MasterKey, wrapped: &EncString) -> Result<SymmetricKey, KeyError> {
    if wrapped.kind() != EncKind::AesCbc {
        return master_key.stretch().unwrap_key(wrapped);
    }
    let plain = opener::open_unauthenticated(&master_key.0, wrapped)?;
    SymmetricKey::from_bytes(&plain).map_err(|_| KeyError::CannotDecrypt)
}
