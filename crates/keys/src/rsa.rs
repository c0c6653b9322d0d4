//! RSA-2048 key pairs: handing a symmetric key to the holder of a private key.

use crate::encstring::{IV, Parts};
use crate::{EncString, KeyError, SymmetricKey, engine, random_bytes};
use base64ct::{Base64, Encoding};
use std::fmt;

/// A private key, ready to open what was encapsulated for its public key. In the browser it is a handle which
/// cannot be exported.
pub struct PrivateKey(engine::RsaPrivate);

/// A public key: SPKI, RSA with 2048 bits and exponent 65537.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PublicKey(Box<[u8; PublicKey::LEN]>);

/// A new key pair as it is stored on the server.
#[derive(Clone, Debug)]
pub struct KeyPair {
    /// The public half.
    pub public: PublicKey,
    /// The private half as PKCS#8, wrapped as type 2.
    pub wrapped_private: EncString,
}

impl PrivateKey {
    /// Makes a new pair, its private half wrapped under `with`, and checks that it unwraps and fits.
    pub async fn generate_wrapped(with: &SymmetricKey) -> Result<KeyPair, KeyError> {
        let iv = random_bytes::<IV>()?;
        let (spki, data) = engine::generate_wrapped(with.enc(), &iv).await?;
        let pair = KeyPair { public: PublicKey::from_spki(&spki)?, wrapped_private: with.seal(&iv, &data) };
        let private = Self::unwrap(&pair.wrapped_private, with).await?;
        if private.matches(&pair.public).await? { Ok(pair) } else { Err(KeyError::CheckFailed) }
    }

    /// Unwraps a private key. Its authentication is checked before anything is decrypted.
    pub async fn unwrap(wrapped: &EncString, with: &SymmetricKey) -> Result<Self, KeyError> {
        let (iv, data) = with.opener().authenticate(wrapped.as_bytes())?;
        engine::RsaPrivate::unwrap(data, iv, with.enc()).await.map(Self)
    }

    /// The symmetric key that was encapsulated for this pair's public key.
    pub async fn decapsulate(&self, value: &EncString) -> Result<SymmetricKey, KeyError> {
        let Parts::Rsa { hash, data } = value.parts()? else { return Err(KeyError::WrongKeyKind) };
        SymmetricKey::from_bytes(&self.0.decrypt(hash, data).await?)
    }

    /// Whether `public` is this key's other half, found out by a round trip. Ask before encrypting anything to a
    /// public key that a server says belongs to this private one.
    pub async fn matches(&self, public: &PublicKey) -> Result<bool, KeyError> {
        let probe = SymmetricKey::generate()?;
        match self.decapsulate(&public.encapsulate(&probe).await?).await {
            Ok(opened) => Ok(opened == probe),
            Err(KeyError::NoSecureContext) => Err(KeyError::NoSecureContext),
            Err(_) => Ok(false),
        }
    }
}

impl PublicKey {
    const LEN: usize = HEAD.len() + 256 + TAIL.len();

    /// Reads base64 SPKI, as public keys travel.
    pub fn from_base64(text: &str) -> Result<Self, KeyError> {
        Self::from_spki(&Base64::decode_vec(text).map_err(|_| MALFORMED)?)
    }

    /// Base64 SPKI.
    pub fn to_base64(&self) -> String {
        Base64::encode_string(self.as_spki())
    }

    /// Reads SPKI DER. There is exactly one encoding of an RSA-2048 key, so it is compared rather than parsed.
    pub fn from_spki(der: &[u8]) -> Result<Self, KeyError> {
        let modulus = der.strip_prefix(HEAD).and_then(|rest| rest.strip_suffix(TAIL)).ok_or(MALFORMED)?;
        let whole = modulus.first().is_some_and(|top| top & 0x80 != 0)
            && modulus.last().is_some_and(|low| low & 1 == 1);
        let der: [u8; Self::LEN] = der.try_into().map_err(|_| MALFORMED)?;
        if whole { Ok(Self(Box::new(der))) } else { Err(MALFORMED) }
    }

    /// SPKI DER.
    pub fn as_spki(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Encrypts a symmetric key for the holder of the private key. Nobody but the holder can check the result; where
    /// that is oneself, use [`encapsulate_for_self`](Self::encapsulate_for_self).
    pub async fn encapsulate(&self, key: &SymmetricKey) -> Result<EncString, KeyError> {
        let data = engine::oaep_sha1_encrypt(self.as_spki(), key.expose_bytes().as_slice()).await?;
        Ok(EncString::rsa_oaep_sha1(&data))
    }

    /// Encrypts a symmetric key for oneself, and checks that one's own private key opens it.
    pub async fn encapsulate_for_self(
        &self,
        key: &SymmetricKey,
        own: &PrivateKey,
    ) -> Result<EncString, KeyError> {
        let value = self.encapsulate(key).await?;
        match own.decapsulate(&value).await {
            Ok(opened) if opened == *key => Ok(value),
            Ok(_) | Err(KeyError::CannotDecrypt) => Err(KeyError::CheckFailed),
            Err(other) => Err(other),
        }
    }
}

/// SPKI of RSA-2048 up to the modulus: sequence, algorithm rsaEncryption, bit string, sequence, integer.
const HEAD: &[u8] = &[
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01,
    0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00,
];
/// And after it: the exponent 65537.
const TAIL: &[u8] = &[0x02, 0x03, 0x01, 0x00, 0x01];
const MALFORMED: KeyError = KeyError::Malformed("public key");

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.to_base64())
    }
}
