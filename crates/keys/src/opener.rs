//! Opening many values under one key: the key schedule is computed once.

use crate::encstring::{self, Parts};
use crate::{EncString, KeyError, SymmetricKey};
use aes::Aes256Dec;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, InnerIvInit, KeyInit};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// A symmetric key made ready to open many values.
pub struct Opener {
    cipher: Aes256Dec,
    mac: Hmac<Sha256>,
}

/// Unwraps many keys, such as all clients' organization keys under the provider key, in one synchronous call.
///
/// Takes the compact form of each ([`EncString::as_bytes`]); one that fails does not keep the others from opening.
pub fn unwrap_many<'a>(
    key: &SymmetricKey,
    wrapped: impl IntoIterator<Item = &'a [u8]>,
) -> Vec<Result<SymmetricKey, KeyError>> {
    let opener = key.opener();
    wrapped.into_iter().map(|bytes| opener.unwrap_key(bytes)).collect()
}

impl Opener {
    pub(crate) fn new(key: &SymmetricKey) -> Self {
        Self { cipher: Aes256Dec::new(key.enc().into()), mac: key.mac_state() }
    }

    /// Decrypts a value in compact form.
    pub fn decrypt(&self, compact: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let (iv, data) = self.authenticate(compact)?;
        decrypt_cbc(&self.cipher, iv, data)
    }

    /// Decrypts text in compact form.
    pub fn decrypt_text(&self, compact: &[u8]) -> Result<Zeroizing<String>, KeyError> {
        let plain = self.decrypt(compact)?;
        let text = std::str::from_utf8(&plain).map_err(|_| KeyError::Malformed("text"))?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    /// Unwraps a key in compact form.
    pub fn unwrap_key(&self, compact: &[u8]) -> Result<SymmetricKey, KeyError> {
        let (iv, data) = self.authenticate(compact)?;
        let mut buffer = Zeroizing::new([0; SymmetricKey::WRAPPED_LEN]);
        if data.len() != buffer.len() {
            return SymmetricKey::from_bytes(&decrypt_cbc(&self.cipher, iv, data)?);
        }
        let plain = cbc::Decryptor::inner_iv_init(&self.cipher, iv.into())
            .decrypt_padded_b2b::<Pkcs7>(data, buffer.as_mut_slice())
            .map_err(|_| KeyError::CannotDecrypt)?;
        SymmetricKey::from_bytes(plain)
    }

    /// The authentication code is checked, in constant time, before anything is decrypted.
    pub(crate) fn authenticate<'a>(
        &self,
        compact: &'a [u8],
    ) -> Result<(&'a [u8; encstring::IV], &'a [u8]), KeyError> {
        match encstring::parts(compact)? {
            Parts::CbcHmac { iv, mac, data } => {
                let mut state = self.mac.clone();
                state.update(iv);
                state.update(data);
                state.verify(mac.into()).map_err(|_| KeyError::CannotDecrypt)?;
                Ok((iv, data))
            }
            Parts::Cbc { .. } => Err(KeyError::Unsupported(crate::EncKind::AesCbc)),
            Parts::Rsa { .. } => Err(KeyError::WrongKeyKind),
        }
    }
}

/// Opens type 0, which nothing authenticates.
pub(crate) fn open_unauthenticated(
    key: &[u8; 32],
    value: &EncString,
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    match value.parts()? {
        Parts::Cbc { iv, data } => decrypt_cbc(&Aes256Dec::new(key.into()), iv, data),
        _ => Err(KeyError::WrongKeyKind),
    }
}

pub(crate) fn decrypt_cbc(
    cipher: &Aes256Dec,
    iv: &[u8; encstring::IV],
    data: &[u8],
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut buffer = Zeroizing::new(vec![0; data.len()]);
    let len = cbc::Decryptor::inner_iv_init(cipher, iv.into())
        .decrypt_padded_b2b::<Pkcs7>(data, &mut buffer)
        .map_err(|_| KeyError::CannotDecrypt)?
        .len();
    buffer.truncate(len);
    Ok(buffer)
}
