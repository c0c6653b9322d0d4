//! Numbers of invoices, which have no gaps: whoever audits asks for the one that is missing.

use serde::{Deserialize, Serialize};

/// How invoices are numbered. A provider that begins anew each year has a numbering for each, with the year in front.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "Unchecked")]
pub struct Numbering {
    prefix: String,
    first: u64,
    digits: u8,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Unchecked {
    prefix: String,
    first: u64,
    digits: u8,
}

/// A numbering that cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadNumbering {
    /// What stands in front has other characters than those.
    #[error("what stands in front of the number has at most 20 letters, digits, and - / . _")]
    Prefix,
    /// Too many zeros, or a first number that leaves too few after it.
    #[error("numbers begin below a billion and have at most 12 digits")]
    Number,
}

/// What is wrong with a sequence of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// These are missing, the first and the last of them.
    Missing(u64, u64),
    /// It was given more than once.
    Twice(u64),
    /// It is lower than the first there may be.
    TooLow(u64),
}

impl Numbering {
    /// So many digits at least, after what stands in front.
    pub fn new(prefix: &str, first: u64, digits: u8) -> Result<Self, BadNumbering> {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '/' | '.' | '_');
        // A cell that begins like a formula would be changed in a table.
        if prefix.len() > 20 || !prefix.chars().all(fits) || prefix.starts_with('-') {
            return Err(BadNumbering::Prefix);
        }
        if digits > 12 || first >= 1_000_000_000 {
            return Err(BadNumbering::Number);
        }
        Ok(Self { prefix: prefix.to_owned(), first, digits })
    }

    /// What stands in front of every number.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The first number.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// Digits there are at least, filled up with zeros.
    pub fn digits(&self) -> u8 {
        self.digits
    }

    /// The numbers among those that stand on invoices which are of this numbering: with the same in front, and digits.
    pub fn numbers_of<'a>(&self, written: impl IntoIterator<Item = &'a str>) -> Vec<u64> {
        let digits = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = |text: &str| text.strip_prefix(self.prefix.as_str()).filter(digits)?.parse().ok();
        written.into_iter().filter_map(number).collect()
    }

    /// Whether invoices can be numbered so after those that were given: the first fault there would be, however the numbers were
    /// made. With something new in front a numbering begins anew.
    pub fn follows<'a>(&self, written: impl IntoIterator<Item = &'a str>) -> Result<(), Fault> {
        self.faults(&self.numbers_of(written)).first().map_or(Ok(()), |fault| Err(*fault))
    }

    /// The number after the last one that was given. It is taken in the same transaction in which the invoice is kept, or two get the same.
    pub fn next(&self, last: Option<u64>) -> u64 {
        last.map_or(self.first, |last| last.saturating_add(1).max(self.first))
    }

    /// A number as it stands on the invoice.
    pub fn written(&self, number: u64) -> String {
        format!("{}{number:0width$}", self.prefix, width = usize::from(self.digits))
    }

    /// What is wrong with the numbers that were given, in whatever order; nothing if they go from the first to the last.
    pub fn faults(&self, given: &[u64]) -> Vec<Fault> {
        let mut given = given.to_vec();
        given.sort_unstable();
        let mut faults = Vec::new();
        let mut expected = self.first;
        for number in given {
            match number {
                _ if number < self.first => faults.push(Fault::TooLow(number)),
                _ if number < expected => faults.push(Fault::Twice(number)),
                _ if number > expected => faults.push(Fault::Missing(expected, number - 1)),
                _ => {}
            }
            expected = expected.max(number.saturating_add(1));
        }
        faults
    }
}

/// `0001` and so on.
impl Default for Numbering {
    fn default() -> Self {
        Self { prefix: String::new(), first: 1, digits: 4 }
    }
}

impl TryFrom<Unchecked> for Numbering {
    type Error = BadNumbering;

    fn try_from(numbering: Unchecked) -> Result<Self, BadNumbering> {
        Self::new(&numbering.prefix, numbering.first, numbering.digits)
    }
}
