use super::Sha256;

/// A hash as 64 small hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash([u8; 64]);

/// What stands before the first line.
pub(super) const ZEROS: Hash = Hash([b'0'; 64]);

/// A line, taken apart.
pub(super) struct Line<'a> {
    pub(super) number: u64,
    pub(super) before: Hash,
    pub(super) hash: Hash,
    pub(super) row: &'a [u8],
}

const NUMBER: &str = "{\"n\":";
const BEFORE: &str = ",\"prev\":\"";
const HASH: &str = "\",\"hash\":\"";
const ROW: &str = "\",\"row\":";
const KIND: &str = "{\"kind\":\"";

impl Hash {
    pub(super) fn text(&self) -> &str {
        // Digits only, by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn read(digits: &[u8]) -> Option<Self> {
        let digits: [u8; 64] = digits.try_into().ok()?;
        digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')).then_some(Self(digits))
    }
}

pub(super) fn hash_of(sha256: Sha256, before: &Hash, row: &[u8]) -> Hash {
    let mut digits = [0; 64];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(sha256(&[&before.0, b"\n", row])) {
        for (digit, half) in pair.iter_mut().zip([byte >> 4, byte & 15]) {
            *digit = if half < 10 { b'0' + half } else { b'a' + half - 10 };
        }
    }
    Hash(digits)
}

pub(super) fn write_line(number: u64, before: &Hash, hash: &Hash, row: &str, text: &mut String) {
    let number = number.to_string();
    for piece in [NUMBER, &number, BEFORE, before.text(), HASH, hash.text(), ROW, row, "}\n"] {
        text.push_str(piece);
    }
}

impl<'a> Line<'a> {
    /// Reads a line without its end; there is one way to write each.
    pub(super) fn read(line: &'a [u8]) -> Option<Self> {
        let rest = line.strip_prefix(NUMBER.as_bytes())?;
        let digits = rest.iter().take_while(|digit| digit.is_ascii_digit()).count();
        let (number, rest) = rest.split_at_checked(digits)?;
        if number.len() > 1 && number.starts_with(b"0") {
            return None;
        }
        let number = std::str::from_utf8(number).ok()?.parse().ok()?;
        let (before, rest) = rest.strip_prefix(BEFORE.as_bytes())?.split_at_checked(64)?;
        let (hash, rest) = rest.strip_prefix(HASH.as_bytes())?.split_at_checked(64)?;
        let row = rest.strip_prefix(ROW.as_bytes())?.strip_suffix(b"}")?;
        Some(Self { number, before: Hash::read(before)?, hash: Hash::read(hash)?, row })
    }

    /// What kind of row it says it is.
    pub(super) fn kind(&self) -> &'a [u8] {
        let rest = self.row.strip_prefix(KIND.as_bytes()).unwrap_or_default();
        rest.split(|byte| *byte == b'"').next().unwrap_or_default()
    }
}
