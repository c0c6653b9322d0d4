//! A number of tries in a span of time.

use std::{str::FromStr, time::Duration};

/// So many tries in so much time, written `20/m`, `5/s`, `100/h` or `300/d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many tries.
    pub count: u32,
    /// In which time.
    pub per: Duration,
}

impl Rate {
    /// So many tries a minute.
    pub const fn per_minute(count: u32) -> Self {
        Self { count, per: Duration::from_secs(60) }
    }
}

/// A text that is no rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rate is written as 20/m (or /s, /h, /d), or off")]
pub struct NoRate;

/// A rate, or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateSetting(pub Option<Rate>);

impl FromStr for RateSetting {
    type Err = NoRate;

    fn from_str(text: &str) -> Result<Self, NoRate> {
        if text == "off" {
            return Ok(Self(None));
        }
        let (count, unit) = text.split_once('/').ok_or(NoRate)?;
        let count = count.trim().parse().ok().filter(|count| *count > 0).ok_or(NoRate)?;
        let seconds = match unit.trim() {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return Err(NoRate),
        };
        Ok(Self(Some(Rate { count, per: Duration::from_secs(seconds) })))
    }
}

impl<'de> serde::Deserialize<'de> for RateSetting {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read() {
        assert_eq!("20/m".parse(), Ok(RateSetting(Some(Rate::per_minute(20)))));
        assert_eq!("off".parse(), Ok(RateSetting(None)));
        for bad in ["20", "0/m", "-1/m", "20/w", "m/20", ""] {
            assert_eq!(bad.parse::<RateSetting>(), Err(NoRate), "{bad}");
        }
    }
}
