//! The fingerprint phrase: five words by which two people compare a public key.

use crate::symmetric::hkdf_expand;
use crate::{KeyError, PublicKey};
use sha2::{Digest, Sha256};

/// The five words that stand for a person's public key.
pub fn fingerprint(user_id: &str, key: &PublicKey, words: &WordList) -> String {
    let mut number = hkdf_expand(key.as_spki(), user_id.as_bytes());
    let phrase: Vec<&str> = (0..WORDS_IN_PHRASE).map(|_| words.word(divide(&mut number))).collect();
    phrase.join("-")
}

/// The EFF's long word list, 7776 words in its order.
pub struct WordList(Box<str>);

impl WordList {
    /// Takes the list as `words.txt` has it, if it is the right one: two people with different lists would compare in vain.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let list = expand(text);
        let hash: [u8; 32] = Sha256::digest(&list).into();
        if hash == LIST_SHA256 { Ok(Self(list.into())) } else { Err(KeyError::Malformed("word list")) }
    }

    /// The list from within this program. The browser fetches it as a file instead, when it is first needed.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn bundled() -> Self {
        Self(expand(include_str!("../words.txt")).into())
    }

    /// Every word has its place, for the list's hash was checked.
    pub(crate) fn word(&self, index: u16) -> &str {
        self.0.lines().nth(index.into()).unwrap_or_default()
    }
}

/// The list, one word a line. In its file a word stands without the letters it shares with the one before; how many those
/// are, a capital letter says, from A for none. That saves a browser a fifth of the download, compressed.
fn expand(text: &str) -> String {
    let mut list = Vec::with_capacity(text.len() * 2);
    let mut word = Vec::new();
    // Whatever ends the last word, too.
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()).chain([b'A']) {
        if !byte.is_ascii_uppercase() {
            word.push(byte);
            continue;
        }
        if !word.is_empty() {
            list.extend_from_slice(&word);
            list.push(b'\n');
        }
        word.truncate(usize::from(byte - b'A'));
    }
    String::from_utf8(list).unwrap_or_default()
}

const WORDS_IN_PHRASE: usize = 5;
pub(crate) const LIST_LEN: u32 = 7776;
const LIST_SHA256: [u8; 32] = [
    0x6d, 0x55, 0x7f, 0x06, 0x93, 0x95, 0x8f, 0xb5, 0xe6, 0x50, 0xb6, 0x8b, 0x5b, 0xee, 0x58, 0x5e, 0xb8,
    0x2c, 0xf4, 0xda, 0x32, 0x96, 0x55, 0x05, 0xc7, 0x89, 0xe9, 0x24, 0x74, 0x3b, 0xc5, 0x22,
];

/// Divides a big-endian number by the length of the list, in place, and returns the remainder.
fn divide(number: &mut [u8; 32]) -> u16 {
    let mut rest = 0_u32;
    for digit in number.iter_mut() {
        let current = rest << 8 | u32::from(*digit);
        *digit = (current / LIST_LEN) as u8;
        rest = current % LIST_LEN;
    }
    rest as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_list_is_taken() {
        let list = include_str!("../words.txt");
        assert!(WordList::parse(list).is_ok());
        let cut_off = list.trim_end().trim_end_matches('m');
        assert_eq!(WordList::parse(cut_off).err(), Some(KeyError::Malformed("word list")));
        assert_eq!(WordList::parse("Zß\u{300}AB").err(), Some(KeyError::Malformed("word list")));
        assert_eq!(WordList::parse("").err(), Some(KeyError::Malformed("word list")));
    }
}
