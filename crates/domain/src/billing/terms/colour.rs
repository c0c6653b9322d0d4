//! A provider's colour, on which white text has to be readable and which has to be readable on white.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A colour of sRGB whose contrast with white is at least 4.5 (WCAG 2.2, 1.4.3). As text it is `#1a5fb4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

/// A colour that cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColourError {
    /// The text names none.
    #[error("it is not a colour such as #1a5fb4")]
    NotAColour,
    /// It is too pale.
    #[error("its contrast with white is {}.{:02} and has to be 4.50; {darker} has enough", contrast / 100, contrast % 100)]
    TooPale {
        /// Its contrast with white in hundredths, rounded down.
        contrast: u32,
        /// The same hue, as little darker as is enough.
        darker: Colour,
    },
}

impl Colour {
    /// The least contrast with white, in hundredths.
    pub const LEAST_CONTRAST: u32 = 450;

    /// Checks a colour of red, green and blue.
    pub fn new(red: u8, green: u8, blue: u8) -> Result<Self, ColourError> {
        let rgb = [red, green, blue];
        if is_readable(rgb) {
            return Ok(Self(rgb));
        }
        Err(ColourError::TooPale { contrast: hundredths(rgb), darker: darker(rgb) })
    }

    /// Reads `#1a5fb4`, with or without the `#`.
    pub fn parse(text: &str) -> Result<Self, ColourError> {
        let digits = text.trim();
        let digits = digits.strip_prefix('#').unwrap_or(digits);
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ColourError::NotAColour);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| ColourError::NotAColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Self::new(red, green, blue)
    }

    /// Red, green and blue.
    pub fn rgb(self) -> [u8; 3] {
        self.0
    }

    /// Its contrast with white in hundredths, rounded down: from 450 to 2100.
    pub fn contrast(self) -> u32 {
        hundredths(self.0)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl TryFrom<String> for Colour {
    type Error = ColourError;

    fn try_from(text: String) -> Result<Self, ColourError> {
        Self::parse(&text)
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

fn is_readable(rgb: [u8; 3]) -> bool {
    contrast(rgb) >= 4.5
}

/// Never rounded up, so that 4.4996 is not called 4.50 and refused.
fn hundredths(rgb: [u8; 3]) -> u32 {
    (contrast(rgb) * 100.0) as u32
}

fn contrast(rgb: [u8; 3]) -> f64 {
    let [red, green, blue] = rgb.map(linear);
    1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

/// How much light a channel of sRGB is, from 0 to 1.
fn linear(channel: u8) -> f64 {
    let channel = f64::from(channel) / 255.0;
    if channel <= 0.04045 {
        return channel / 12.92;
    }
    // x^2.4 is x²·⁵√x². The root by Newton's method, which costs no library of powers.
    let square = ((channel + 0.055) / 1.055).powi(2);
    let mut root = 1.0_f64;
    for _ in 0..40 {
        root -= (root - square / root.powi(4)) / 5.0;
    }
    square * root
}

/// Black is readable, so there is one.
fn darker(rgb: [u8; 3]) -> Colour {
    let scaled =
        |of: u32| rgb.map(|channel| u8::try_from(u32::from(channel) * of / 1_000).unwrap_or(channel));
    let lightest = (0..=1_000).rev().map(scaled).find(|rgb| is_readable(*rgb));
    Colour(lightest.unwrap_or_default())
}
