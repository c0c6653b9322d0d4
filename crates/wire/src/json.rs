//! Reading JSON with little code.
//!
//! `serde_json` makes a program of its own for each type it reads: one that compares the names of the fields. Here one
//! program for all types finds the fields by their names and hands their values out in the order of the type, so that of
//! each type only the reading of the values has to be downloaded.
//!
//! What is read, and what is refused, is the same, but for two things: names are compared without regard to case, as
//! Bitwarden's server compares them, and of two fields with one name the last counts.

mod de;
mod scan;

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Expected, MapAccess, Unexpected, Visitor},
};

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// The innermost field it was about, if it was about one.
    field: Option<&'static str>,
}

/// Reads a value.
pub fn read<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, JsonError> {
    T::deserialize(de::Value::new(json)?)
}

/// A value that may be of another kind than expected, and then counts as missing.
///
/// Only for [`read`], which goes on with the next value whatever became of this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lenient<T>(pub Option<T>);

/// A number as it is written, for amounts of money, of which every digit counts.
///
/// Only for [`read`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits(pub String);

/// The names and values of an object, in their order. A sorted map is some kilobytes of code for each kind of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(String, T)>);

impl<T> Default for Lenient<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(T::deserialize(deserializer).ok()))
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Digits;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_borrowed_bytes<E: serde::de::Error>(self, value: &'de [u8]) -> Result<Digits, E> {
                let is_number = value.first().is_some_and(|first| *first == b'-' || first.is_ascii_digit());
                match std::str::from_utf8(value) {
                    Ok(digits) if is_number => Ok(Digits(digits.to_owned())),
                    _ => Err(E::custom("not a number")),
                }
            }
        }
        deserializer.deserialize_bytes(Written)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Pairs<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer cannot be understood")?;
        match self.field {
            Some(field) => {
                f.write_str(" at ")?;
                f.write_str(field)
            }
            None => Ok(()),
        }
    }
}

impl std::error::Error for JsonError {}

impl serde::de::Error for JsonError {
    /// The words are dropped: the name of the field is what helps.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self { field: None }
    }

    // The words would be made from values of every kind, and nobody sees them.
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self { field: None }
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self { field: None }
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self { field: None }
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self { field: None }
    }
}
