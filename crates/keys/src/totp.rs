//! One-time codes for two-step login: RFC 6238 with SHA-1, six digits, thirty seconds.

use crate::{KeyError, random_bytes};
use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest, Sha1};
use std::fmt::Write;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The secret an authenticator app shares with the server.
pub struct TotpSecret(Zeroizing<Vec<u8>>);

impl TotpSecret {
    /// A new secret of 160 bits.
    pub fn generate() -> Result<Self, KeyError> {
        Ok(Self(Zeroizing::new(random_bytes::<20>()?.to_vec())))
    }

    /// Reads base32 as people copy it: in any case, with or without spaces, dashes and padding.
    pub fn from_base32(text: &str) -> Result<Self, KeyError> {
        const MALFORMED: KeyError = KeyError::Malformed("authenticator key");
        let digits = text.trim_end_matches(['=', ' ']).chars().filter(|c| !matches!(c, ' ' | '-'));
        let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * 5 / 8));
        let (mut pending, mut bits) = (0_u32, 0_u32);
        for digit in digits {
            let value = match digit.to_ascii_uppercase() {
                letter @ 'A'..='Z' => letter as u32 - 'A' as u32,
                digit @ '2'..='7' => digit as u32 - '2' as u32 + 26,
                _ => return Err(MALFORMED),
            };
            pending = (pending << 5 | value) & 0xfff;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes.push((pending >> bits) as u8);
            }
        }
        if bytes.is_empty() { Err(MALFORMED) } else { Ok(Self(bytes)) }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Base32 without padding.
    pub fn to_base32(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(self.0.len().div_ceil(5) * 8));
        let (mut pending, mut bits) = (0_u32, 0_u32);
        for byte in self.0.iter() {
            pending = pending << 8 | u32::from(*byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                text.push(base32_digit(pending >> bits));
            }
        }
        if bits > 0 {
            text.push(base32_digit(pending << (5 - bits)));
        }
        text
    }

    /// The code at a moment, in seconds since 1970.
    pub fn code_at(&self, unix_seconds: u64) -> String {
        self.code_of_step(unix_seconds / STEP_SECONDS)
    }

    /// The time step whose code this is, up to `window` steps before or after the moment. The caller remembers it, and
    /// refuses that step and earlier ones the next time.
    pub fn verify(&self, code: &str, unix_seconds: u64, window: u64) -> Option<u64> {
        let now = unix_seconds / STEP_SECONDS;
        let mut steps = now.saturating_sub(window)..=now.saturating_add(window);
        steps.rfind(|step| self.code_of_step(*step).as_bytes().ct_eq(code.as_bytes()).into())
    }

    /// The address an authenticator app reads from a QR code.
    pub fn uri(&self, issuer: &str, account: &str) -> Zeroizing<String> {
        let (issuer, account) = (percent_encode(issuer), percent_encode(account));
        let secret = self.to_base32();
        Zeroizing::new(format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}",
            secret.as_str()
        ))
    }

    fn code_of_step(&self, step: u64) -> String {
        let mut state = keyed(&self.0);
        state.update(&step.to_be_bytes());
        let hash: [u8; 20] = state.finalize().into_bytes().into();
        let offset = usize::from(hash[19] & 0xf);
        let word = hash.get(offset..).and_then(|tail| tail.first_chunk()).copied().unwrap_or_default();
        format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000)
    }
}

const STEP_SECONDS: u64 = 30;

/// HMAC takes a key of one block: shorter ones are filled up with zeros, longer ones hashed first.
fn keyed(key: &[u8]) -> Hmac<Sha1> {
    let hashed = (key.len() > 64).then(|| Zeroizing::new(<[u8; 20]>::from(Sha1::digest(key))));
    let key = hashed.as_ref().map_or(key, |hash| hash.as_slice());
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(slot, byte)| *slot = *byte);
    Hmac::new((&*block).into())
}

fn base32_digit(value: u32) -> char {
    match (value & 31) as u8 {
        letter @ 0..26 => (b'A' + letter) as char,
        digit => (b'2' + digit - 26) as char,
    }
}

fn percent_encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B, whose codes are cut to six digits here.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = TotpSecret::from_base32(RFC).unwrap();
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret.code_at(time), code);
        }
    }

    #[test]
    fn a_code_holds_within_the_window_and_tells_its_step() {
        let secret = TotpSecret::from_base32(RFC).unwrap();
        assert_eq!(secret.verify("287082", 59, 0), Some(1));
        assert_eq!(secret.verify("287082", 89, 1), Some(1));
        assert_eq!(secret.verify("287082", 29, 1), Some(1));
        assert_eq!(secret.verify("287082", 90, 1), None);
        assert_eq!(secret.verify("287082", 89, 0), None);
        assert_eq!(secret.verify("28708", 59, 1), None);
        assert_eq!(secret.verify("", 59, 1), None);
        assert_eq!(secret.verify("287082", u64::MAX, 1), None);
    }

    #[test]
    fn base32_is_read_as_people_copy_it_and_written_back() {
        for text in ["gezd gnbv-GY3T QOJQ", "GEZDGNBVGY3TQOJQ====", "GEZDGNBVGY3TQOJQ"] {
            assert_eq!(TotpSecret::from_base32(text).unwrap().to_base32().as_str(), "GEZDGNBVGY3TQOJQ");
        }
        for (bytes, text) in
            [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB")]
        {
            let secret = TotpSecret::from_base32(text).unwrap();
            assert_eq!((secret.0.as_slice(), secret.to_base32().as_str()), (bytes.as_bytes(), text));
        }
        for text in ["", "1", "A", "ÄÖ", "GEZD8"] {
            assert!(TotpSecret::from_base32(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_new_secret_makes_an_address_for_the_app() {
        let secret = TotpSecret::generate().unwrap();
        let text = secret.to_base32();
        assert_eq!(text.len(), 32);
        let uri = secret.uri("Provider Portal", "ada@msp.example");
        assert_eq!(
            uri.as_str(),
            format!(
                "otpauth://totp/Provider%20Portal:ada%40msp.example?secret={}&issuer=Provider%20Portal",
                text.as_str()
            )
        );
    }
}
