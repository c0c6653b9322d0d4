//! The engine in the browser: WebCrypto, in a page as well as in any worker.

use crate::KeyError;
use crate::encstring::{IV, OaepHash};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};
use zeroize::Zeroizing;

pub(crate) async fn pbkdf2_sha256(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    const FAILED: KeyError = KeyError::Engine("PBKDF2");
    let subtle = subtle()?;
    let password = import(&subtle, "raw", password, &named("PBKDF2"), "deriveBits").await.or(Err(FAILED))?;
    let how = named("PBKDF2");
    set(&how, "hash", &"SHA-256".into());
    set(&how, "salt", &Uint8Array::from(salt));
    set(&how, "iterations", &iterations.into());
    let bits = settle(subtle.derive_bits_with_object(&how, &password, 256)).await.ok_or(FAILED)?;
    let bits = take_bytes(&bits);
    let mut key = Zeroizing::new([0; 32]);
    if bits.len() != key.len() {
        return Err(FAILED);
    }
    key.copy_from_slice(&bits);
    Ok(key)
}

/// A new RSA-2048 key pair: the public key as SPKI, the private one as PKCS#8 encrypted with AES-256-CBC.
///
/// The browser wraps the private key itself, so that its bytes never exist in this program's memory.
pub(crate) async fn generate_wrapped(
    enc_key: &[u8; 32],
    iv: &[u8; IV],
) -> Result<(Vec<u8>, Vec<u8>), KeyError> {
    const FAILED: KeyError = KeyError::Engine("RSA key generation");
    let subtle = subtle()?;
    let how = rsa_oaep(OaepHash::Sha1);
    set(&how, "modulusLength", &2048.into());
    set(&how, "publicExponent", &Uint8Array::from([1, 0, 1].as_slice()));
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let pair: CryptoKeyPair =
        settle(subtle.generate_key_with_object(&how, true, &usages)).await.ok_or(FAILED)?.unchecked_into();
    let wrapping = import(&subtle, "raw", enc_key, &named("AES-CBC"), "wrapKey").await?;
    let wrapped =
        settle(subtle.wrap_key_with_object("pkcs8", &pair.get_private_key(), &wrapping, &aes_cbc(iv))).await;
    let public = settle(subtle.export_key("spki", &pair.get_public_key())).await;
    match (public, wrapped) {
        (Some(public), Some(wrapped)) => {
            Ok((Uint8Array::new(&public).to_vec(), Uint8Array::new(&wrapped).to_vec()))
        }
        _ => Err(FAILED),
    }
}

pub(crate) async fn oaep_sha1_encrypt(spki: &[u8], plain: &[u8]) -> Result<Vec<u8>, KeyError> {
    let subtle = subtle()?;
    let how = rsa_oaep(OaepHash::Sha1);
    let key =
        import(&subtle, "spki", spki, &how, "encrypt").await.or(Err(KeyError::Malformed("public key")))?;
    let plain = Secret::new(plain);
    let sealed = settle(subtle.encrypt_with_object_and_js_u8_array(&how, &key, &plain.0)).await;
    Ok(Uint8Array::new(&sealed.ok_or(KeyError::Engine("RSA"))?).to_vec())
}

/// Handles of a private key that cannot be exported. The hash is part of a handle, hence one for each.
pub(crate) struct RsaPrivate {
    sha1: CryptoKey,
    sha256: CryptoKey,
}

impl RsaPrivate {
    /// Has the browser decrypt and read PKCS#8. The ciphertext has been authenticated before.
    pub(crate) async fn unwrap(data: &[u8], iv: &[u8; IV], enc_key: &[u8; 32]) -> Result<Self, KeyError> {
        let subtle = subtle()?;
        let wrapping = import(&subtle, "raw", enc_key, &named("AES-CBC"), "unwrapKey").await?;
        let data = Uint8Array::from(data);
        let usages = Array::of1(&"decrypt".into());
        let unwrap = async |hash| {
            settle(subtle.unwrap_key_with_js_u8_array_and_object_and_object(
                "pkcs8",
                &data,
                &wrapping,
                &aes_cbc(iv),
                &rsa_oaep(hash),
                false,
                &usages,
            ))
            .await
            .map(CryptoKey::unchecked_from_js)
            .ok_or(KeyError::Malformed("private key"))
        };
        Ok(Self { sha1: unwrap(OaepHash::Sha1).await?, sha256: unwrap(OaepHash::Sha256).await? })
    }

    pub(crate) async fn decrypt(&self, hash: OaepHash, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let key = match hash {
            OaepHash::Sha1 => &self.sha1,
            OaepHash::Sha256 => &self.sha256,
        };
        let data = Uint8Array::from(data);
        let plain =
            settle(subtle()?.decrypt_with_object_and_js_u8_array(&named("RSA-OAEP"), key, &data)).await;
        plain.map(|plain| take_bytes(&plain)).ok_or(KeyError::CannotDecrypt)
    }
}

fn subtle() -> Result<SubtleCrypto, KeyError> {
    subtle_of(&js_sys::global())
}

/// WebCrypto of whatever scope this runs in; the browser withholds it from insecure origins.
fn subtle_of(scope: &JsValue) -> Result<SubtleCrypto, KeyError> {
    let field =
        |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok().filter(JsValue::is_object);
    field(scope, "crypto")
        .and_then(|crypto| field(&crypto, "subtle"))
        .map(SubtleCrypto::unchecked_from_js)
        .ok_or(KeyError::NoSecureContext)
}

async fn import(
    subtle: &SubtleCrypto,
    format: &str,
    bytes: &[u8],
    how: &Object,
    usage: &str,
) -> Result<CryptoKey, KeyError> {
    let bytes = Secret::new(bytes);
    let usages = Array::of1(&usage.into());
    settle(subtle.import_key_with_object(format, &bytes.0, how, false, &usages))
        .await
        .map(CryptoKey::unchecked_from_js)
        .ok_or(KeyError::Engine("key import"))
}

/// Waits for the promise. Why the browser refused is not told by it anyway.
async fn settle(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}

/// Bytes on the browser's side, wiped when no longer needed.
struct Secret(Uint8Array);

impl Secret {
    fn new(bytes: &[u8]) -> Self {
        Self(Uint8Array::from(bytes))
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.fill(0, 0, self.0.length());
    }
}

/// Moves the bytes of an `ArrayBuffer` over here and wipes them there.
fn take_bytes(buffer: &JsValue) -> Zeroizing<Vec<u8>> {
    let there = Secret(Uint8Array::new(buffer));
    Zeroizing::new(there.0.to_vec())
}

fn named(algorithm: &str) -> Object {
    let how = Object::new();
    set(&how, "name", &algorithm.into());
    how
}

fn aes_cbc(iv: &[u8; IV]) -> Object {
    let how = named("AES-CBC");
    set(&how, "iv", &Uint8Array::from(iv.as_slice()));
    how
}

fn rsa_oaep(hash: OaepHash) -> Object {
    let how = named("RSA-OAEP");
    let hash = match hash {
        OaepHash::Sha1 => "SHA-1",
        OaepHash::Sha256 => "SHA-256",
    };
    set(&how, "hash", &hash.into());
    how
}

/// Setting a field of a plain object cannot fail; were it to, WebCrypto would refuse the incomplete parameters.
fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

    #[wasm_bindgen_test]
    fn without_a_secure_context_the_error_says_so() {
        let scope = Object::new();
        assert_eq!(subtle_of(&scope).err(), Some(KeyError::NoSecureContext));
        set(&scope, "crypto", &Object::new());
        assert_eq!(subtle_of(&scope).err(), Some(KeyError::NoSecureContext));
    }

    #[wasm_bindgen_test]
    async fn a_private_key_is_a_handle_that_cannot_be_exported() {
        let (enc_key, iv) = ([7; 32], [9; IV]);
        let (_, wrapped) = generate_wrapped(&enc_key, &iv).await.unwrap();
        let private = RsaPrivate::unwrap(&wrapped, &iv, &enc_key).await.unwrap();
        for key in [&private.sha1, &private.sha256] {
            assert!(!key.extractable());
            assert!(settle(subtle().unwrap().export_key("pkcs8", key)).await.is_none());
        }
    }
}
