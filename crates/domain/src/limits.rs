//! What a field may hold. Forms and server ask the same functions.

pub mod books;
mod email;
mod kdf;

pub use email::{
    AddressesError, BadAddress, EMAIL_LENGTH, EmailError, INVITATIONS_AT_ONCE, parse_addresses, parse_domain,
    parse_email,
};
pub use kdf::{KdfError, Range, check_kdf, default_kdf, kdf_ranges};

use crate::html;

/// Longest name of a provider or an organization, counted as it is stored.
pub const NAME_LENGTH: usize = 50;
/// Longest master-password hint.
pub const HINT_LENGTH: usize = 50;
/// Most seats: what the server's numbers hold.
pub const MOST_SEATS: u32 = i32::MAX as u32;

/// How the length of a name is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// HTML-encoded, as providers and organizations are: `&` counts as 5.
    Encoded,
    /// As it is, as clients are when created or renamed by their provider, and people.
    Plain,
}

/// Why a text cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// There is nothing but white space.
    #[error("it is empty")]
    Empty,
    /// It is too long.
    #[error("it is {length} characters long as stored; at most {limit} are allowed")]
    TooLong {
        /// Its length as it is counted.
        length: usize,
        /// The most allowed.
        limit: usize,
    },
}

/// A name without the white space around it.
pub fn parse_name(text: &str, stored: Stored) -> Result<String, TextError> {
    let name = text.trim();
    if name.is_empty() {
        return Err(TextError::Empty);
    }
    let length = match stored {
        Stored::Encoded => html::encoded_length(name),
        Stored::Plain => name.encode_utf16().count(),
    };
    within(length, NAME_LENGTH).map(|()| name.to_owned())
}

/// A name that may be missing.
pub fn parse_optional_name(text: &str, stored: Stored) -> Result<Option<String>, TextError> {
    match parse_name(text, stored) {
        Err(TextError::Empty) => Ok(None),
        name => name.map(Some),
    }
}

/// A master-password hint, which may be missing.
pub fn parse_hint(text: &str) -> Result<Option<String>, TextError> {
    let hint = text.trim();
    within(hint.encode_utf16().count(), HINT_LENGTH)?;
    Ok((!hint.is_empty()).then(|| hint.to_owned()))
}

/// Why a number of seats cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeatsError {
    /// It is not a whole number.
    #[error("it is not a whole number")]
    NotANumber,
    /// A client has at least one seat.
    #[error("there must be at least one seat")]
    None,
    /// More than the server can count.
    #[error("at most {MOST_SEATS} seats are possible")]
    TooMany,
}

/// A number of seats as somebody typed it.
pub fn parse_seats(text: &str) -> Result<u32, SeatsError> {
    let text = text.trim();
    if text.is_empty() || !text.chars().all(|digit| digit.is_ascii_digit()) {
        return Err(SeatsError::NotANumber);
    }
    match text.parse::<u32>() {
        Ok(0) => Err(SeatsError::None),
        Ok(seats) if seats <= MOST_SEATS => Ok(seats),
        _ => Err(SeatsError::TooMany),
    }
}

/// .NET, which counts on the other side, counts UTF-16 code units.
fn within(length: usize, limit: usize) -> Result<(), TextError> {
    if length > limit { Err(TextError::TooLong { length, limit }) } else { Ok(()) }
}
