//! How hard the master key must be to derive.

use std::{fmt, ops::RangeInclusive};

use portal_wire::{KdfType, identity::KdfSettings};

/// The values one setting may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range(pub RangeInclusive<u32>);

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.0.start(), self.0.end())
    }
}

/// Why derivation settings cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KdfError {
    /// This version cannot derive with it.
    #[error("the derivation of type {0} is not known")]
    UnknownType(i32),
    /// Too few or too many rounds.
    #[error("the iterations must be {0}")]
    Iterations(Range),
    /// Too little or too much memory, or none given.
    #[error("the memory must be {0} MiB")]
    Memory(Range),
    /// Too few or too many lanes, or none given.
    #[error("the parallelism must be {0}")]
    Parallelism(Range),
}

/// Iterations, memory in MiB and parallelism; the last two are `None` where the algorithm has no such setting, and the
/// whole is `None` for an unknown algorithm.
pub fn kdf_ranges(kdf: KdfType) -> Option<(Range, Option<Range>, Option<Range>)> {
    match kdf {
        KdfType::Pbkdf2Sha256 => Some((Range(600_000..=2_000_000), None, None)),
        KdfType::Argon2id => Some((Range(2..=10), Some(Range(15..=1024)), Some(Range(1..=16)))),
        KdfType::Unknown(_) => None,
    }
}

/// Refuses settings outside the ranges. A setting the algorithm does not have is not looked at.
pub fn check_kdf(settings: &KdfSettings) -> Result<(), KdfError> {
    let Some((iterations, memory, parallelism)) = kdf_ranges(settings.kdf_type) else {
        return Err(KdfError::UnknownType(settings.kdf_type.number()));
    };
    if !iterations.0.contains(&settings.iterations) {
        return Err(KdfError::Iterations(iterations));
    }
    if let Some(range) = outside(memory, settings.memory) {
        return Err(KdfError::Memory(range));
    }
    match outside(parallelism, settings.parallelism) {
        Some(range) => Err(KdfError::Parallelism(range)),
        None => Ok(()),
    }
}

/// What a new account gets.
pub fn default_kdf(kdf: KdfType) -> KdfSettings {
    match kdf {
        KdfType::Argon2id => {
            KdfSettings { kdf_type: kdf, iterations: 6, memory: Some(32), parallelism: Some(4) }
        }
        _ => KdfSettings {
            kdf_type: KdfType::Pbkdf2Sha256,
            iterations: 600_000,
            memory: None,
            parallelism: None,
        },
    }
}

fn outside(range: Option<Range>, value: Option<u32>) -> Option<Range> {
    range.filter(|range| !value.is_some_and(|value| range.0.contains(&value)))
}
