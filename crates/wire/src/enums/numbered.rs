//! The one way an enum becomes a number and back.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};

/// Declares an enum of known numbers which keeps an unknown one as it came.
///
/// With `named`, each number is followed by Bitwarden's own name for it, which `name` returns.
macro_rules! numbered {
    (
        $(#[$doc:meta])*
        pub enum $name:ident named { $($variant:ident = $number:literal, $text:literal;)+ }
    ) => {
        numbered! { $(#[$doc])* pub enum $name { $(#[doc = $text] $variant = $number,)+ } }

        impl $name {
            /// Bitwarden's own name, if the number is known.
            pub fn name(self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($text),)+
                    Self::Unknown(_) => None,
                }
            }
        }
    };
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $number:literal,)+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A number this version does not know, kept as it came.
            Unknown(i32),
        }

        impl $name {
            /// Every known value, by rising number.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value with this number.
            pub const fn from_number(number: i32) -> Self {
                match number {
                    $($number => Self::$variant,)+
                    unknown => Self::Unknown(unknown),
                }
            }

            /// The number that travels.
            pub const fn number(self) -> i32 {
                match self {
                    $(Self::$variant => $number,)+
                    Self::Unknown(number) => number,
                }
            }
        }

        impl From<i32> for $name {
            fn from(number: i32) -> Self {
                Self::from_number(number)
            }
        }

        impl From<$name> for i32 {
            fn from(value: $name) -> Self {
                value.number()
            }
        }

        impl Default for $name {
            /// A number no server uses: what a missing field reads as.
            fn default() -> Self {
                Self::Unknown(i32::MIN)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.number().cmp(&other.number())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i32(self.number())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::enums::numbered::read(deserializer)
            }
        }
    };
}

pub(crate) use numbered;

/// Reads a number, or a text holding one, into an enum.
pub(super) fn read<'de, D: Deserializer<'de>, E: From<i32>>(deserializer: D) -> Result<E, D::Error> {
    let number = if deserializer.is_human_readable() {
        deserializer.deserialize_any(NumberVisitor)?
    } else {
        deserializer.deserialize_i32(NumberVisitor)?
    };
    Ok(E::from(number))
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = i32;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the number of an enum")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<i32, E> {
        i32::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<i32, E> {
        i32::try_from(number).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<i32, E> {
        text.trim().parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}
