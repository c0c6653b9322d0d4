//! EncString: the text form of everything encrypted, and its compact binary form.

use crate::KeyError;
use base64ct::{Base64, Encoding};
use std::fmt;
use std::str::FromStr;

/// An encrypted value whose form has been checked: `type.part|part|part`, standard base64 with padding.
///
/// It is held in its compact binary form, so that a store of ten thousand costs little:
/// the type byte, then for type 2 iv (16), mac (32), data; for type 0 iv, data; for types 3 and 4 data; for type 6
/// mac, data.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EncString(Box<[u8]>);

/// The types of EncString that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EncKind {
    /// 0: AES-256-CBC without authentication. Only for the user key of old accounts.
    AesCbc,
    /// 1: AES-128-CBC with HMAC-SHA-256. No longer written by anyone.
    Aes128CbcHmac,
    /// 2: AES-256-CBC with HMAC-SHA-256.
    AesCbcHmac,
    /// 3: RSA-2048 OAEP with SHA-256.
    RsaOaepSha256,
    /// 4: RSA-2048 OAEP with SHA-1.
    RsaOaepSha1,
    /// 5: as 3, with an HMAC.
    RsaOaepSha256Hmac,
    /// 6: as 4, with an HMAC that nothing can check.
    RsaOaepSha1Hmac,
    /// 7: COSE Encrypt0, of accounts with the newer encryption version.
    CoseEncrypt0,
    /// A number nobody has given a meaning yet.
    Unknown(u8),
}

/// The raw parts of a well-formed value.
pub(crate) enum Parts<'a> {
    Cbc { iv: &'a [u8; IV], data: &'a [u8] },
    CbcHmac { iv: &'a [u8; IV], mac: &'a [u8; MAC], data: &'a [u8] },
    Rsa { hash: OaepHash, data: &'a [u8] },
}

/// The hash inside RSA-OAEP.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OaepHash {
    Sha1,
    Sha256,
}

pub(crate) const IV: usize = 16;
pub(crate) const MAC: usize = 32;
const BLOCK: usize = 16;
const MALFORMED: KeyError = KeyError::Malformed("encrypted value");

impl EncString {
    /// Which type it is.
    pub fn kind(&self) -> EncKind {
        EncKind::from_number(self.0.first().copied().unwrap_or(u8::MAX))
    }

    /// The compact binary form, borrowed.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The compact binary form.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// Reads the compact binary form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        parts(bytes)?;
        Ok(Self(bytes.into()))
    }

    pub(crate) fn parts(&self) -> Result<Parts<'_>, KeyError> {
        parts(&self.0)
    }

    pub(crate) fn cbc_hmac(iv: &[u8; IV], mac: &[u8; MAC], data: &[u8]) -> Self {
        Self::assemble(EncKind::AesCbcHmac, &[iv, mac, data])
    }

    pub(crate) fn rsa_oaep_sha1(data: &[u8]) -> Self {
        Self::assemble(EncKind::RsaOaepSha1, &[data])
    }

    fn assemble(kind: EncKind, parts: &[&[u8]]) -> Self {
        let mut bytes = Vec::with_capacity(1 + parts.iter().map(|part| part.len()).sum::<usize>());
        bytes.push(kind.number());
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        Self(bytes.into())
    }
}

/// Takes the compact form apart, checking every length.
pub(crate) fn parts(bytes: &[u8]) -> Result<Parts<'_>, KeyError> {
    let (&number, rest) = bytes.split_first().ok_or(MALFORMED)?;
    match EncKind::from_number(number) {
        EncKind::AesCbc => {
            let (iv, data) = rest.split_first_chunk().ok_or(MALFORMED)?;
            Ok(Parts::Cbc { iv, data: whole_blocks(data)? })
        }
        EncKind::AesCbcHmac => {
            let (iv, rest) = rest.split_first_chunk().ok_or(MALFORMED)?;
            let (mac, data) = rest.split_first_chunk().ok_or(MALFORMED)?;
            Ok(Parts::CbcHmac { iv, mac, data: whole_blocks(data)? })
        }
        EncKind::RsaOaepSha256 => Ok(Parts::Rsa { hash: OaepHash::Sha256, data: not_empty(rest)? }),
        EncKind::RsaOaepSha1 => Ok(Parts::Rsa { hash: OaepHash::Sha1, data: not_empty(rest)? }),
        EncKind::RsaOaepSha1Hmac => {
            let (_, data) = rest.split_first_chunk::<MAC>().ok_or(MALFORMED)?;
            Ok(Parts::Rsa { hash: OaepHash::Sha1, data: not_empty(data)? })
        }
        kind => Err(KeyError::Unsupported(kind)),
    }
}

fn whole_blocks(data: &[u8]) -> Result<&[u8], KeyError> {
    if !data.is_empty() && data.len().is_multiple_of(BLOCK) { Ok(data) } else { Err(MALFORMED) }
}

fn not_empty(data: &[u8]) -> Result<&[u8], KeyError> {
    if data.is_empty() { Err(MALFORMED) } else { Ok(data) }
}

impl FromStr for EncString {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (kind, body) = split_header(text)?;
        let texts: Vec<&str> = body.split('|').collect();
        let raw = |text: &str| Base64::decode_vec(text).map_err(|_| MALFORMED);
        let value = match (kind, texts.as_slice()) {
            (EncKind::AesCbc, [iv, data]) => Self::assemble(kind, &[&fixed::<IV>(raw(iv)?)?, &raw(data)?]),
            (EncKind::AesCbcHmac, [iv, data, mac]) => {
                Self::assemble(kind, &[&fixed::<IV>(raw(iv)?)?, &fixed::<MAC>(raw(mac)?)?, &raw(data)?])
            }
            (EncKind::RsaOaepSha256 | EncKind::RsaOaepSha1, [data]) => Self::assemble(kind, &[&raw(data)?]),
            (EncKind::RsaOaepSha1Hmac, [data, mac]) => {
                Self::assemble(kind, &[&fixed::<MAC>(raw(mac)?)?, &raw(data)?])
            }
            (
                EncKind::AesCbc
                | EncKind::AesCbcHmac
                | EncKind::RsaOaepSha256
                | EncKind::RsaOaepSha1
                | EncKind::RsaOaepSha1Hmac,
                _,
            ) => return Err(MALFORMED),
            (kind, _) => return Err(KeyError::Unsupported(kind)),
        };
        value.parts()?;
        Ok(value)
    }
}

/// Type and body. Text without a type is from before types existed: two parts are type 0, three are type 1.
fn split_header(text: &str) -> Result<(EncKind, &str), KeyError> {
    let Some((header, body)) = text.split_once('.') else {
        return match text.split('|').count() {
            2 => Ok((EncKind::AesCbc, text)),
            3 => Ok((EncKind::Aes128CbcHmac, text)),
            _ => Err(MALFORMED),
        };
    };
    let plain_number =
        header.bytes().all(|b| b.is_ascii_digit()) && (header == "0" || !header.starts_with('0'));
    let number = header.parse().ok().filter(|_| plain_number).ok_or(MALFORMED)?;
    Ok((EncKind::from_number(number), body))
}

fn fixed<const N: usize>(bytes: Vec<u8>) -> Result<[u8; N], KeyError> {
    bytes.try_into().map_err(|_| MALFORMED)
}

impl fmt::Display for EncString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |bytes: &[u8]| Base64::encode_string(bytes);
        let number = self.kind().number();
        match self.parts() {
            Ok(Parts::Cbc { iv, data }) => write!(f, "{number}.{}|{}", text(iv), text(data)),
            Ok(Parts::CbcHmac { iv, mac, data }) => {
                write!(f, "{number}.{}|{}|{}", text(iv), text(data), text(mac))
            }
            Ok(Parts::Rsa { data, .. }) => {
                write!(f, "{number}.{}", text(data))?;
                match self.0.get(1..self.0.len() - data.len()) {
                    Some(mac) if !mac.is_empty() => write!(f, "|{}", text(mac)),
                    _ => Ok(()),
                }
            }
            Err(_) => Err(fmt::Error),
        }
    }
}

impl fmt::Debug for EncString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncString({}, {} bytes)", self.kind(), self.0.len())
    }
}

impl EncKind {
    /// The number by which it travels.
    pub fn number(self) -> u8 {
        match self {
            Self::AesCbc => 0,
            Self::Aes128CbcHmac => 1,
            Self::AesCbcHmac => 2,
            Self::RsaOaepSha256 => 3,
            Self::RsaOaepSha1 => 4,
            Self::RsaOaepSha256Hmac => 5,
            Self::RsaOaepSha1Hmac => 6,
            Self::CoseEncrypt0 => 7,
            Self::Unknown(number) => number,
        }
    }

    fn from_number(number: u8) -> Self {
        match number {
            0 => Self::AesCbc,
            1 => Self::Aes128CbcHmac,
            2 => Self::AesCbcHmac,
            3 => Self::RsaOaepSha256,
            4 => Self::RsaOaepSha1,
            5 => Self::RsaOaepSha256Hmac,
            6 => Self::RsaOaepSha1Hmac,
            7 => Self::CoseEncrypt0,
            other => Self::Unknown(other),
        }
    }
}

impl fmt::Display for EncKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::AesCbc => "AES-256-CBC without authentication",
            Self::Aes128CbcHmac => "AES-128-CBC with HMAC",
            Self::AesCbcHmac => "AES-256-CBC with HMAC",
            Self::RsaOaepSha256 => "RSA-OAEP with SHA-256",
            Self::RsaOaepSha1 => "RSA-OAEP with SHA-1",
            Self::RsaOaepSha256Hmac => "RSA-OAEP with SHA-256 and HMAC",
            Self::RsaOaepSha1Hmac => "RSA-OAEP with SHA-1 and HMAC",
            Self::CoseEncrypt0 => "COSE Encrypt0 of a newer account encryption version",
            Self::Unknown(_) => "unknown",
        };
        write!(f, "{} ({name})", self.number())
    }
}
