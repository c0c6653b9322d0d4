//! How to derive the master key, asked before signing in.

use serde::{Deserialize, Serialize};

use crate::{enums::KdfType, lenient::null_as_default};

/// Asks for somebody's derivation settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreloginRequest {
    /// Whose settings are wanted.
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
}

/// How the master key is derived, in the older and the newer form at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreloginResponse {
    /// The algorithm.
    pub kdf: KdfType,
    /// Its rounds.
    pub kdf_iterations: u32,
    /// Memory in MiB, for Argon2id.
    pub kdf_memory: Option<u32>,
    /// Lanes, for Argon2id.
    pub kdf_parallelism: Option<u32>,
    /// The same values in the newer form.
    pub kdf_settings: Option<KdfSettings>,
    /// What to salt with; `None` means the trimmed, lower-case e-mail.
    pub salt: Option<String>,
}

impl PreloginResponse {
    /// The settings, in whichever form the server gave them.
    pub fn settings(&self) -> KdfSettings {
        self.kdf_settings.unwrap_or(KdfSettings {
            kdf_type: self.kdf,
            iterations: self.kdf_iterations,
            memory: self.kdf_memory,
            parallelism: self.kdf_parallelism,
        })
    }
}

impl From<KdfSettings> for PreloginResponse {
    fn from(settings: KdfSettings) -> Self {
        Self {
            kdf: settings.kdf_type,
            kdf_iterations: settings.iterations,
            kdf_memory: settings.memory,
            kdf_parallelism: settings.parallelism,
            kdf_settings: Some(settings),
            salt: None,
        }
    }
}

/// How the master key is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KdfSettings {
    /// The algorithm.
    pub kdf_type: KdfType,
    /// Its rounds.
    pub iterations: u32,
    /// Memory in MiB, for Argon2id.
    pub memory: Option<u32>,
    /// Lanes, for Argon2id.
    pub parallelism: Option<u32>,
}
