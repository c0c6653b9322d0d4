//! One-time codes of the logins in a vault: RFC 6238 in all its forms, as authenticator keys are kept in items.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use crate::{KeyError, totp::TotpSecret};

/// The authenticator key of a login, ready to make codes.
pub struct OneTime {
    secret: TotpSecret,
    hash: Hash,
    form: Form,
    period: u64,
}

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha512,
}

#[derive(Clone, Copy)]
enum Form {
    Digits(u32),
    Steam,
}

const MALFORMED: KeyError = KeyError::Malformed("authenticator key");
const STEAM_LETTERS: &[u8; 26] = b"23456789BCDFGHJKMNPQRTVWXY";
const STEAM_LENGTH: u32 = 5;

impl OneTime {
    /// Reads what stands in an item: a bare secret, an `otpauth://totp/` address, or `steam://` and a secret.
    pub fn read(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if let Some(secret) = rest(text, "steam://") {
            return Ok(Self { form: Form::Steam, ..Self::plain(secret)? });
        }
        let Some(address) = rest(text, "otpauth://") else { return Self::plain(text) };
        let address = rest(address, "totp/").ok_or(MALFORMED)?;
        let (_, query) = address.split_once('?').ok_or(MALFORMED)?;
        let value = |key: &str| {
            let pairs = query.split(['&', '#']).filter_map(|pair| pair.split_once('='));
            pairs.filter(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value).next()
        };
        let number = |key: &str, otherwise: u64, from: u64, to: u64| match value(key) {
            None => Ok(otherwise),
            Some(text) => text.parse().ok().filter(|it| (from..=to).contains(it)).ok_or(MALFORMED),
        };
        let hash = match value("algorithm").map(str::to_ascii_uppercase).as_deref() {
            None | Some("SHA1") => Hash::Sha1,
            Some("SHA256") => Hash::Sha256,
            Some("SHA512") => Hash::Sha512,
            Some(_) => return Err(MALFORMED),
        };
        // Ten digits hold every code there is.
        let digits = number("digits", 6, 1, 10)?;
        Ok(Self {
            hash,
            form: Form::Digits(u32::try_from(digits).map_err(|_| MALFORMED)?),
            period: number("period", 30, 1, 86_400)?,
            ..Self::plain(value("secret").ok_or(MALFORMED)?)?
        })
    }

    /// The code at a moment, in seconds since 1970.
    pub fn code_at(&self, unix_seconds: u64) -> Zeroizing<String> {
        let step = (unix_seconds / self.period).to_be_bytes();
        let key = self.secret.bytes();
        let hash = match self.hash {
            Hash::Sha1 => authenticated::<Hmac<Sha1>>(key, &step),
            Hash::Sha256 => authenticated::<Hmac<Sha256>>(key, &step),
            Hash::Sha512 => authenticated::<Hmac<Sha512>>(key, &step),
        };
        let offset = usize::from(hash.last().copied().unwrap_or_default() & 0xf);
        let word = hash.get(offset..).and_then(|tail| tail.first_chunk()).copied().unwrap_or_default();
        let number = u32::from_be_bytes(word) & 0x7fff_ffff;
        Zeroizing::new(match self.form {
            Form::Digits(digits) => {
                let code = u64::from(number) % 10_u64.pow(digits);
                format!("{code:0width$}", width = digits as usize)
            }
            Form::Steam => steam(number),
        })
    }

    /// Seconds each code holds.
    pub fn period(&self) -> u64 {
        self.period
    }

    fn plain(secret: &str) -> Result<Self, KeyError> {
        Ok(Self {
            secret: TotpSecret::from_base32(secret)?,
            hash: Hash::Sha1,
            form: Form::Digits(6),
            period: 30,
        })
    }
}

fn rest<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

fn authenticated<M: Mac + KeyInit>(key: &[u8], step: &[u8]) -> Vec<u8> {
    // A key of any length is taken, so nothing is ever empty.
    let Ok(mut state) = <M as KeyInit>::new_from_slice(key) else { return Vec::new() };
    state.update(step);
    state.finalize().into_bytes().to_vec()
}

fn steam(mut number: u32) -> String {
    let mut code = String::new();
    for _ in 0..STEAM_LENGTH {
        let letters = STEAM_LETTERS.len() as u32;
        code.extend(STEAM_LETTERS.get((number % letters) as usize).map(|letter| char::from(*letter)));
        number /= letters;
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secrets of RFC 6238, appendix B, in base32.
    const SHA1: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const SHA256: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
    const SHA512: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA";

    fn code(text: &str, at: u64) -> String {
        OneTime::read(text).unwrap().code_at(at).to_string()
    }

    #[test]
    fn codes_of_every_algorithm_are_those_of_the_rfc() {
        for (name, secret, at, expected) in [
            ("SHA1", SHA1, 59, "94287082"),
            ("SHA256", SHA256, 59, "46119246"),
            ("SHA512", SHA512, 59, "90693936"),
            ("SHA1", SHA1, 1_111_111_109, "07081804"),
            ("SHA256", SHA256, 1_111_111_109, "68084774"),
            ("SHA512", SHA512, 1_111_111_109, "25091201"),
            ("SHA512", SHA512, 20_000_000_000, "47863826"),
        ] {
            let address = format!("otpauth://totp/Mail:ada?secret={secret}&algorithm={name}&digits=8");
            assert_eq!(code(&address, at), expected, "{name} at {at}");
        }
    }

    #[test]
    fn a_bare_secret_makes_six_digits_of_thirty_seconds() {
        assert_eq!(code(&format!(" {} ", SHA1.to_lowercase()), 59), "287082");
        assert_eq!(OneTime::read(SHA1).unwrap().period(), 30);
        let address = format!("OTPAUTH://totp/x?Secret={SHA1}&period=60");
        assert_eq!(OneTime::read(&address).unwrap().period(), 60);
        assert_eq!(code(&address, 119), code(SHA1, 59));
    }

    #[test]
    fn steam_has_five_letters_of_its_own() {
        let steam = code(&format!("steam://{SHA1}"), 59);
        assert_eq!(steam.len(), 5);
        assert!(steam.bytes().all(|letter| STEAM_LETTERS.contains(&letter)), "{steam}");
        // The smallest digit first: 3, 25 and then nothing but zeros.
        assert_eq!(super::steam(3 + 25 * 26), "5Y222");
    }

    #[test]
    fn what_is_no_authenticator_key_is_refused_and_nothing_breaks() {
        for text in [
            "",
            "ä",
            "otpauth://hotp/x?secret=GEZDGNBV",
            "otpauth://totp/x",
            "otpauth://totp/x?secret=",
            "otpauth://totp/x?secret=GEZDGNBV&digits=11",
            "otpauth://totp/x?secret=GEZDGNBV&period=0",
            "otpauth://totp/x?secret=GEZDGNBV&algorithm=MD5",
            "steam://",
            "otpauth://",
        ] {
            assert!(OneTime::read(text).is_err(), "{text}");
        }
    }
}
