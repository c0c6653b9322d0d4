//! Codes of authenticator apps (RFC 6238: SHA-1, six digits, thirty seconds).

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use portal_wire::Timestamp;
use sha1::Sha1;
use subtle::ConstantTimeEq;

const STEP: i64 = 30_000;

/// The step in which a code is right, if it is: this one, the one before or the one after. The caller remembers the
/// step and takes no code of it or an earlier one again.
pub fn matching_step(secret: &str, code: &str, now: Timestamp) -> Option<i64> {
    let secret = decode(secret)?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let current = now.0.div_euclid(STEP);
    [current, current - 1, current + 1]
        .into_iter()
        .find(|step| code_of(&secret, *step).as_bytes().ct_eq(code.as_bytes()).into())
}

/// The code of a secret at a moment.
pub fn code_at(secret: &str, now: Timestamp) -> Option<String> {
    decode(secret).map(|secret| code_of(&secret, now.0.div_euclid(STEP)))
}

/// A new secret.
pub fn new_secret() -> String {
    BASE32_NOPAD.encode(&super::secrets::random::<20>())
}

fn decode(secret: &str) -> Option<Vec<u8>> {
    let plain: String = secret
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-' && *c != '=')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    BASE32_NOPAD.decode(plain.as_bytes()).ok().filter(|bytes| bytes.len() >= 10)
}

fn code_of(secret: &[u8], step: i64) -> String {
    let Ok(mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    let hash = mac.chain_update(step.to_be_bytes()).finalize().into_bytes();
    let offset = usize::from(hash.last().copied().unwrap_or_default() & 0xf);
    let word = hash.iter().skip(offset).take(4).fold(0u32, |word, byte| (word << 8) | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238's test values.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_values_of_the_standard() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(code_at(SECRET, Timestamp(seconds * 1000)).as_deref(), Some(code));
        }
    }

    #[test]
    fn neighbouring_steps_are_accepted_and_others_not() {
        let moment = Timestamp(1_111_111_109_000);
        assert_eq!(matching_step(SECRET, " 081 804", moment), Some(37_037_036));
        assert_eq!(matching_step(SECRET, "081804", moment.saturating_add(30_000)), Some(37_037_036));
        assert_eq!(matching_step(SECRET, "081804", moment.saturating_add(90_000)), None);
        assert_eq!(matching_step(SECRET, "", moment), None);
    }
}
