//! Randomness from the operating system or the browser, and nowhere else.

use crate::KeyError;
use zeroize::Zeroizing;

/// `N` fresh random bytes.
pub fn random_bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, KeyError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| KeyError::Random)?;
    Ok(bytes)
}
