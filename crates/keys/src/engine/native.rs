//! The engine outside the browser: AWS-LC.

use crate::KeyError;
use crate::encstring::{IV, OaepHash};
use crate::opener::decrypt_cbc;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeEncrypt, InnerIvInit, KeyInit};
use aes::{Aes256Dec, Aes256Enc};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::pbkdf2;
use aws_lc_rs::rsa::{
    KeySize, OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, OaepPublicEncryptingKey,
    PrivateDecryptingKey, PublicEncryptingKey,
};
use std::num::NonZeroU32;
use zeroize::Zeroizing;

const FAILED: KeyError = KeyError::Engine("RSA");

pub(crate) async fn pbkdf2_sha256(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let rounds = NonZeroU32::new(iterations).ok_or(KeyError::Engine("PBKDF2"))?;
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, rounds, salt, password, key.as_mut_slice());
    Ok(key)
}

/// A new RSA-2048 key pair: the public key as SPKI, the private one as PKCS#8 encrypted with AES-256-CBC.
pub(crate) async fn generate_wrapped(
    enc_key: &[u8; 32],
    iv: &[u8; IV],
) -> Result<(Vec<u8>, Vec<u8>), KeyError> {
    let private = PrivateDecryptingKey::generate(KeySize::Rsa2048).map_err(|_| FAILED)?;
    let public = private.public_key().as_der().map_err(|_| FAILED)?;
    let pkcs8 = private.as_der().map_err(|_| FAILED)?;
    let mut wrapped = vec![0; (pkcs8.as_ref().len() / IV + 1) * IV];
    cbc::Encryptor::inner_iv_init(Aes256Enc::new(enc_key.into()), iv.into())
        .encrypt_padded_b2b::<Pkcs7>(pkcs8.as_ref(), &mut wrapped)
        .map_err(|_| KeyError::Engine("AES"))?;
    Ok((public.as_ref().to_vec(), wrapped))
}

pub(crate) async fn oaep_sha1_encrypt(spki: &[u8], plain: &[u8]) -> Result<Vec<u8>, KeyError> {
    let key = PublicEncryptingKey::from_der(spki).map_err(|_| KeyError::Malformed("public key"))?;
    let key = OaepPublicEncryptingKey::new(key).map_err(|_| FAILED)?;
    let mut out = vec![0; key.ciphertext_size()];
    let len = key.encrypt(&OAEP_SHA1_MGF1SHA1, plain, &mut out, None).map_err(|_| FAILED)?.len();
    out.truncate(len);
    Ok(out)
}

/// A private key, ready to decrypt.
pub(crate) struct RsaPrivate(OaepPrivateDecryptingKey);

impl RsaPrivate {
    /// Decrypts and reads PKCS#8. The ciphertext has been authenticated before.
    pub(crate) async fn unwrap(data: &[u8], iv: &[u8; IV], enc_key: &[u8; 32]) -> Result<Self, KeyError> {
        let pkcs8 = decrypt_cbc(&Aes256Dec::new(enc_key.into()), iv, data)?;
        PrivateDecryptingKey::from_pkcs8(&pkcs8)
            .ok()
            .and_then(|key| OaepPrivateDecryptingKey::new(key).ok())
            .map(Self)
            .ok_or(KeyError::Malformed("private key"))
    }

    pub(crate) async fn decrypt(&self, hash: OaepHash, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let algorithm = match hash {
            OaepHash::Sha1 => &OAEP_SHA1_MGF1SHA1,
            OaepHash::Sha256 => &OAEP_SHA256_MGF1SHA256,
        };
        let mut out = Zeroizing::new(vec![0; self.0.min_output_size()]);
        let len = self.0.decrypt(algorithm, data, &mut out, None).map_err(|_| KeyError::CannotDecrypt)?.len();
        out.truncate(len);
        Ok(out)
    }
}
