//! What invoices look like. How forms are saved is said in `prices`.

use serde::{Deserialize, Serialize};

use crate::{BooksOf, Mark};

/// Asks for the letterhead.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetLetterhead(pub BooksOf);

/// The letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterheadView {
    /// As it is typed.
    pub text: LetterheadText,
    /// The logo.
    pub logo: Option<Picture>,
    /// Of this letterhead.
    pub mark: Mark,
}

/// A picture, checked by the core.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where a page finds it: its file as a `data:` address, which the security policy allows for pictures.
    pub address: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "a picture of {} × {}", self.width, self.height)
    }
}

/// A letterhead as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterheadText {
    /// The name.
    pub name: String,
    /// The address, in lines.
    pub address: String,
    /// How whoever bills is reached, in lines.
    pub contact: String,
    /// The number for taxes.
    pub tax_number: String,
    /// How to pay, in lines.
    pub payment: String,
    /// The colour, such as `#1a5fb4`; empty is none.
    pub colour: String,
}

/// Sets the letterhead.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveLetterhead {
    /// Whose.
    pub of: BooksOf,
    /// What the form began with.
    pub before: Mark,
    /// How it is to be. Keys of faults: `name`, `address`, `contact`, `tax-number`, `payment`, `colour`, `logo`.
    pub text: LetterheadText,
    /// What becomes of the logo.
    pub logo: LogoChange,
}

/// What becomes of a logo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogoChange {
    /// It stays.
    #[default]
    Keep,
    /// There is none any more.
    Remove,
    /// This file takes its place.
    Replace(#[serde(with = "serde_bytes")] Vec<u8>),
}

/// Asks whether a file can be a logo, before it is saved. The key of a fault is `logo`.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckLogo(#[serde(with = "serde_bytes")] pub Vec<u8>);
