//! The symmetric key: 64 bytes, half to encrypt and half to authenticate.

use crate::encstring::{EncString, IV};
use crate::{KeyError, Opener, random_bytes};
use aes::Aes256Enc;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeEncrypt, InnerIvInit, KeyInit};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A user, provider or organization key: AES-256-CBC with HMAC-SHA-256.
#[derive(Clone)]
pub struct SymmetricKey {
    enc: Zeroizing<[u8; 32]>,
    mac: Zeroizing<[u8; 32]>,
}

impl SymmetricKey {
    const LEN: usize = 64;
    /// A wrapped key's ciphertext: the key and one whole block of padding.
    pub(crate) const WRAPPED_LEN: usize = Self::LEN + 16;

    /// A new key, from the system's randomness.
    pub fn generate() -> Result<Self, KeyError> {
        Ok(Self { enc: random_bytes()?, mac: random_bytes()? })
    }

    /// The key from its raw bytes. Other lengths are older or newer kinds of key, refused by name.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        match (bytes.as_chunks::<32>(), bytes.len()) {
            (([enc, mac], []), _) => Ok(Self::from_halves(enc, mac)),
            (_, 32) => Err(KeyError::WrongKeyKind),
            (_, 65..) => Err(KeyError::AccountVersion),
            _ => Err(KeyError::Malformed("key")),
        }
    }

    /// The raw bytes, for handing the key to another worker. They are the secret itself.
    pub fn expose_bytes(&self) -> Zeroizing<[u8; Self::LEN]> {
        let mut bytes = Zeroizing::new([0; Self::LEN]);
        let (enc, mac) = bytes.split_at_mut(32);
        enc.copy_from_slice(self.enc.as_slice());
        mac.copy_from_slice(self.mac.as_slice());
        bytes
    }

    /// Encrypts, under a fresh random iv, and checks that the result opens again.
    pub fn encrypt(&self, plain: &[u8]) -> Result<EncString, KeyError> {
        let iv = random_bytes::<IV>()?;
        let mut data = vec![0; (plain.len() / IV + 1) * IV];
        cbc::Encryptor::inner_iv_init(Aes256Enc::new(self.enc().into()), (&*iv).into())
            .encrypt_padded_b2b::<Pkcs7>(plain, &mut data)
            .map_err(|_| KeyError::Engine("AES"))?;
        let sealed = self.seal(&iv, &data);
        if self.decrypt(&sealed)?.as_slice().ct_eq(plain).into() {
            Ok(sealed)
        } else {
            Err(KeyError::CheckFailed)
        }
    }

    /// Authenticates, then decrypts.
    pub fn decrypt(&self, value: &EncString) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.opener().decrypt(value.as_bytes())
    }

    /// Encrypts text, such as a collection's name.
    pub fn encrypt_text(&self, text: &str) -> Result<EncString, KeyError> {
        self.encrypt(text.as_bytes())
    }

    /// Decrypts text.
    pub fn decrypt_text(&self, value: &EncString) -> Result<Zeroizing<String>, KeyError> {
        self.opener().decrypt_text(value.as_bytes())
    }

    /// Wraps another key under this one, and checks that it unwraps to the same.
    pub fn wrap(&self, key: &SymmetricKey) -> Result<EncString, KeyError> {
        self.encrypt(key.expose_bytes().as_slice())
    }

    /// Unwraps a key wrapped under this one.
    pub fn unwrap_key(&self, wrapped: &EncString) -> Result<SymmetricKey, KeyError> {
        self.opener().unwrap_key(wrapped.as_bytes())
    }

    /// This key made ready to open many values.
    pub fn opener(&self) -> Opener {
        Opener::new(self)
    }

    pub(crate) fn from_halves(enc: &[u8; 32], mac: &[u8; 32]) -> Self {
        Self { enc: Zeroizing::new(*enc), mac: Zeroizing::new(*mac) }
    }

    /// Adds the authentication code to what has been encrypted under this key.
    pub(crate) fn seal(&self, iv: &[u8; IV], data: &[u8]) -> EncString {
        let mut state = self.mac_state();
        state.update(iv);
        state.update(data);
        EncString::cbc_hmac(iv, &state.finalize().into_bytes().into(), data)
    }

    pub(crate) fn enc(&self) -> &[u8; 32] {
        &self.enc
    }

    pub(crate) fn mac_state(&self) -> Hmac<Sha256> {
        keyed(self.mac.as_slice())
    }
}

impl PartialEq for SymmetricKey {
    fn eq(&self, other: &Self) -> bool {
        (self.enc.as_slice().ct_eq(other.enc.as_slice()) & self.mac.as_slice().ct_eq(other.mac.as_slice()))
            .into()
    }
}

impl Eq for SymmetricKey {}

/// HMAC-SHA-256 over the parts in order.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut state = keyed(key);
    parts.iter().for_each(|part| state.update(part));
    Zeroizing::new(state.finalize().into_bytes().into())
}

/// HKDF-Expand with SHA-256 for one block of output, without the extract step.
pub(crate) fn hkdf_expand(key: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    hmac_sha256(key, &[info, &[1]])
}

/// HMAC takes a key of one block: shorter ones are filled up with zeros, longer ones hashed first.
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    let hashed = (key.len() > 64).then(|| Zeroizing::new(<[u8; 32]>::from(Sha256::digest(key))));
    let key = hashed.as_ref().map_or(key, |hash| hash.as_slice());
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(slot, byte)| *slot = *byte);
    Hmac::new((&*block).into())
}
