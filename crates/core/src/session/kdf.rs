use portal_bridge::{Problem, ProblemKind, Unsupported};
use portal_keys::{Kdf, KeyError};
use portal_wire::{KdfType, identity::KdfSettings};

/// The derivation a server's settings mean, if it is known and within bounds.
pub(crate) fn kdf_of(settings: &KdfSettings) -> Result<Kdf, Problem> {
    let refused = || Problem::new(ProblemKind::NotSupported(Unsupported::KeyDerivation));
    let kdf = match settings.kdf_type {
        KdfType::Pbkdf2Sha256 => Kdf::Pbkdf2 { iterations: settings.iterations },
        KdfType::Argon2id => Kdf::Argon2id {
            iterations: settings.iterations,
            memory_mib: settings.memory.ok_or_else(refused)?,
            parallelism: settings.parallelism.ok_or_else(refused)?,
        },
        KdfType::Unknown(_) => return Err(refused()),
    };
    kdf.check().map_err(|error| key_problem(&error))?;
    Ok(kdf)
}

/// The settings by which a derivation travels.
pub(crate) fn settings_of(kdf: Kdf) -> KdfSettings {
    match kdf {
        Kdf::Pbkdf2 { iterations } => {
            KdfSettings { kdf_type: KdfType::Pbkdf2Sha256, iterations, memory: None, parallelism: None }
        }
        Kdf::Argon2id { iterations, memory_mib, parallelism } => KdfSettings {
            kdf_type: KdfType::Argon2id,
            iterations,
            memory: Some(memory_mib),
            parallelism: Some(parallelism),
        },
    }
}

/// What a failure of the keys means to a person.
pub(crate) fn key_problem(error: &KeyError) -> Problem {
    let kind = match error {
        KeyError::AccountVersion => ProblemKind::NotSupported(Unsupported::Encryption),
        KeyError::Unsupported(_) => ProblemKind::NotSupported(Unsupported::Encryption),
        KeyError::KdfOutOfBounds(_) => ProblemKind::NotSupported(Unsupported::KeyDerivation),
        KeyError::NoSecureContext => ProblemKind::InsecureContext,
        _ => ProblemKind::CannotDecrypt,
    };
    Problem::with(kind, error.to_string())
}
