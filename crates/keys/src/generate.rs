//! Passwords and passphrases nobody chose.

use zeroize::Zeroizing;

use crate::{KeyError, WordList, random_bytes};

/// What a password is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordRules {
    /// How many characters; from [`PasswordRules::SHORTEST`] to [`PasswordRules::LONGEST`].
    pub length: usize,
    /// `a` to `z`.
    pub lower: bool,
    /// `A` to `Z`.
    pub upper: bool,
    /// `0` to `9`.
    pub digits: bool,
    /// `!@#$%^&*`.
    pub special: bool,
    /// At least so many digits, where there are any.
    pub least_digits: usize,
    /// At least so many special characters, where there are any.
    pub least_special: usize,
    /// Leaves out what is easily mistaken for another: `0`, `O`, `1`, `I`, `l`.
    pub clear_to_read: bool,
}

/// What a passphrase is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassphraseRules {
    /// How many words; from [`PassphraseRules::FEWEST`] to [`PassphraseRules::MOST`].
    pub words: usize,
    /// What stands between them.
    pub separator: String,
    /// Each word begins with a capital letter.
    pub capitalize: bool,
    /// A digit stands behind one of the words.
    pub number: bool,
}

/// Why nothing can be made by these rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// Too short, too long, or too short for what it must hold.
    #[error("the length is out of bounds")]
    Length,
    /// No kind of character is allowed.
    #[error("no kind of character is chosen")]
    NoCharacters,
    /// There is no randomness.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl PasswordRules {
    /// The shortest there is.
    pub const SHORTEST: usize = 5;
    /// The longest there is.
    pub const LONGEST: usize = 128;

    /// A fresh password. Each kind of character allowed is in it at least once.
    pub fn generate(&self) -> Result<Zeroizing<String>, GenerateError> {
        if !(Self::SHORTEST..=Self::LONGEST).contains(&self.length) {
            return Err(GenerateError::Length);
        }
        let kinds = [
            (self.lower, LOWER, 1),
            (self.upper, UPPER, 1),
            (self.digits, DIGITS, self.least_digits.max(1)),
            (self.special, SPECIAL, self.least_special.max(1)),
        ];
        // It never grows, so that no copy of a part is left behind.
        let mut password = Zeroizing::new(Vec::with_capacity(self.length));
        let mut alphabet = Vec::new();
        for (_, characters, least) in kinds.into_iter().filter(|(allowed, ..)| *allowed) {
            let characters = self.allowed(characters);
            if least > self.length - password.len() {
                return Err(GenerateError::Length);
            }
            for _ in 0..least {
                password.push(pick(&characters)?);
            }
            alphabet.extend(characters);
        }
        while password.len() < self.length {
            password.push(pick(&alphabet)?);
        }
        shuffle(&mut password)?;
        Ok(Zeroizing::new(password.iter().map(|byte| char::from(*byte)).collect()))
    }

    fn allowed(&self, characters: &[u8]) -> Vec<u8> {
        let allowed = |byte: &u8| !(self.clear_to_read && MISTAKEN.contains(byte));
        characters.iter().copied().filter(allowed).collect()
    }
}

impl PassphraseRules {
    /// The fewest words.
    pub const FEWEST: usize = 3;
    /// The most words.
    pub const MOST: usize = 20;

    /// A fresh passphrase.
    pub fn generate(&self, list: &WordList) -> Result<Zeroizing<String>, GenerateError> {
        if !(Self::FEWEST..=Self::MOST).contains(&self.words) {
            return Err(GenerateError::Length);
        }
        let numbered = if self.number { Some(below(self.words as u32)? as usize) } else { None };
        let mut phrase =
            Zeroizing::new(String::with_capacity(self.words * (LONGEST_WORD + self.separator.len() + 1)));
        for place in 0..self.words {
            if place > 0 {
                phrase.push_str(&self.separator);
            }
            // The list has 7776 words, which a `u16` holds.
            let word = list.word(below(crate::fingerprint::LIST_LEN)? as u16);
            let mut letters = word.chars();
            if let Some(first) = letters.next() {
                phrase.push(if self.capitalize { first.to_ascii_uppercase() } else { first });
            }
            phrase.push_str(letters.as_str());
            if numbered == Some(place) {
                phrase.push(char::from(pick(DIGITS)?));
            }
        }
        Ok(phrase)
    }
}

const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &[u8] = b"0123456789";
const SPECIAL: &[u8] = b"!@#$%^&*";
const MISTAKEN: &[u8] = b"0O1Il";
/// Of the word list.
const LONGEST_WORD: usize = 9;

fn pick(characters: &[u8]) -> Result<u8, GenerateError> {
    let count = u32::try_from(characters.len()).unwrap_or_default();
    if count == 0 {
        return Err(GenerateError::NoCharacters);
    }
    characters.get(below(count)? as usize).copied().ok_or(GenerateError::NoCharacters)
}

/// Brings them into an order of which every one is as likely (Fisher and Yates).
fn shuffle(characters: &mut [u8]) -> Result<(), KeyError> {
    for last in (1..characters.len()).rev() {
        let other = below(last as u32 + 1)? as usize;
        characters.swap(last, other);
    }
    Ok(())
}

/// A number below `count`, each as likely as every other. `count` is at least 1.
fn below(count: u32) -> Result<u32, KeyError> {
    loop {
        let number = u32::from_le_bytes(*random_bytes::<4>()?);
        if let Some(number) = reduce(number, count) {
            return Ok(number);
        }
    }
}

/// Reduces a random number; `None` for one of the last few, which would make small results likelier than large ones.
fn reduce(number: u32, count: u32) -> Option<u32> {
    let whole = u32::MAX - u32::MAX % count;
    (number < whole).then(|| number % count)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: PasswordRules = PasswordRules {
        length: 14,
        lower: true,
        upper: true,
        digits: true,
        special: true,
        least_digits: 3,
        least_special: 2,
        clear_to_read: true,
    };

    #[test]
    fn a_password_has_its_length_and_what_it_must_hold_and_nothing_easily_mistaken() {
        for _ in 0..500 {
            let password = RULES.generate().unwrap();
            let count = |kind: &[u8]| password.bytes().filter(|byte| kind.contains(byte)).count();
            assert_eq!(password.len(), 14);
            assert!(count(LOWER) >= 1 && count(UPPER) >= 1 && count(DIGITS) >= 3 && count(SPECIAL) >= 2);
            assert_eq!(count(MISTAKEN), 0);
        }
    }

    #[test]
    fn rules_that_cannot_be_met_are_refused() {
        let none = PasswordRules { lower: false, upper: false, digits: false, special: false, ..RULES };
        assert_eq!(none.generate().err(), Some(GenerateError::NoCharacters));
        for rules in [
            PasswordRules { length: 4, ..RULES },
            PasswordRules { length: 129, ..RULES },
            PasswordRules { least_digits: 12, ..RULES },
            PasswordRules { least_special: usize::MAX, ..RULES },
        ] {
            assert_eq!(rules.generate().err(), Some(GenerateError::Length));
        }
    }

    #[test]
    fn numbers_that_would_favour_small_results_are_thrown_away() {
        // Every result of what is kept comes up equally often: the kept range is a whole number of rounds.
        for count in [1, 2, 3, 7, 62, 7_776, 1 << 31, u32::MAX] {
            let kept = u32::MAX - u32::MAX % count;
            assert_eq!(kept % count, 0);
            assert_eq!(reduce(kept - 1, count), Some(count - 1));
            assert_eq!(reduce(0, count), Some(0));
            if kept < u32::MAX {
                assert_eq!(reduce(kept, count), None);
            }
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn a_passphrase_is_made_of_words_of_the_list() {
        let list = WordList::bundled();
        let rules = PassphraseRules { words: 6, separator: " ".into(), capitalize: true, number: true };
        for _ in 0..20 {
            let phrase = rules.generate(&list).unwrap();
            let words: Vec<&str> = phrase.split(' ').collect();
            assert_eq!(words.len(), 6);
            assert_eq!(phrase.chars().filter(char::is_ascii_digit).count(), 1);
            assert!(words.iter().all(|word| word.starts_with(|first: char| first.is_ascii_uppercase())));
            let known = |word: &&str| {
                let word = word.trim_end_matches(|last: char| last.is_ascii_digit()).to_lowercase();
                (0..crate::fingerprint::LIST_LEN).any(|index| list.word(index as u16) == word)
            };
            assert!(words.iter().all(known), "{words:?}");
        }
        let short = PassphraseRules { words: 2, ..rules };
        assert_eq!(short.generate(&list).err(), Some(GenerateError::Length));
    }
}
