//! Reading what other servers leave out.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the default: an empty list, an empty text, `false`.
///
/// Use together with `#[serde(default)]`, which covers the missing field.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}
