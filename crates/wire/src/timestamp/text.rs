//! Moments as ISO-8601 text.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use super::{Timestamp, civil};

/// A text that is no moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time such as 2026-02-01T09:30:00Z")]
pub struct TimestampError;

/// Writes the moment with milliseconds in UTC; one outside the years 0 to 9999 as the nearest inside.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&digits(*self)).map_err(|_| fmt::Error)?)
    }
}

/// Digit by digit, because long lists are full of moments.
fn digits(moment: Timestamp) -> [u8; 24] {
    let milliseconds = moment.0.clamp(Timestamp::MIN.0, Timestamp::MAX.0);
    let (year, month, day) = civil::date_from_days(milliseconds.div_euclid(civil::MILLISECONDS_PER_DAY));
    let rest = milliseconds.rem_euclid(civil::MILLISECONDS_PER_DAY);
    let mut text = *b"0000-00-00T00:00:00.000Z";
    for (place, number) in [
        (0..4, year),
        (5..7, i64::from(month)),
        (8..10, i64::from(day)),
        (11..13, rest / 3_600_000),
        (14..16, rest / 60_000 % 60),
        (17..19, rest / 1_000 % 60),
        (20..23, rest % 1_000),
    ] {
        let mut rest = number;
        for byte in text.get_mut(place).into_iter().flatten().rev() {
            // A digit, so nothing is cut off.
            *byte += (rest % 10) as u8;
            rest /= 10;
        }
    }
    text
}

/// Reads a date with an optional time (seconds, a fraction of up to nine digits and an offset are optional too).
/// Without an offset the time is taken as UTC; what is finer than a millisecond is cut off.
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let mut rest = Reader(text.trim().as_bytes());
        let moment = rest.moment().ok_or(TimestampError)?;
        if rest.0.is_empty() { Ok(moment) } else { Err(TimestampError) }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn moment(&mut self) -> Option<Timestamp> {
        let year = self.digits(4)?;
        self.expect(b"-")?;
        let month = u32::try_from(self.digits(2)?).ok()?;
        self.expect(b"-")?;
        let day = u32::try_from(self.digits(2)?).ok()?;
        let date = Timestamp::from_date(year, month, day)?;
        if self.expect(b"Tt ").is_none() {
            return Some(date);
        }
        let time = self.time()?;
        let offset = self.offset()?;
        Some(Timestamp(date.0 + time - offset))
    }

    fn time(&mut self) -> Option<i64> {
        let hour = self.digits(2).filter(|hour| *hour < 24)?;
        self.expect(b":")?;
        let minute = self.digits(2).filter(|minute| *minute < 60)?;
        let mut milliseconds = (hour * 60 + minute) * 60_000;
        if self.expect(b":").is_some() {
            milliseconds += self.digits(2).filter(|second| *second < 60)? * 1_000;
            if self.expect(b".,").is_some() {
                milliseconds += self.fraction()?;
            }
        }
        Some(milliseconds)
    }

    fn fraction(&mut self) -> Option<i64> {
        let mut milliseconds = 0;
        let mut unit = 100;
        for count in 0.. {
            match self.digits(1) {
                Some(_) if count == 9 => return None,
                Some(digit) => milliseconds += digit * unit,
                None => break,
            }
            unit /= 10;
        }
        Some(milliseconds)
    }

    fn offset(&mut self) -> Option<i64> {
        let sign = match self.expect(b"Zz+-") {
            None | Some(b'Z' | b'z') => return Some(0),
            Some(b'-') => -1,
            Some(_) => 1,
        };
        let hours = self.digits(2).filter(|hours| *hours < 24)?;
        let colon = self.expect(b":").is_some();
        let minutes = match self.digits(2) {
            Some(minutes) if minutes < 60 => minutes,
            None if !colon => 0,
            _ => return None,
        };
        Some(sign * (hours * 60 + minutes) * 60_000)
    }

    /// Takes exactly so many digits.
    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut number = 0;
        for digit in digits {
            number = number * 10 + i64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
        }
        self.0 = rest;
        Some(number)
    }

    /// Takes one byte if it is one of these.
    fn expect(&mut self, allowed: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        allowed.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&digits(*self)).map_err(ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date and time")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}
