//! `Debug` for secrets: the name and nothing else.

/// Implements `Debug` without showing anything of the value.
macro_rules! opaque_debug {
    ($($secret:ty),*) => { $(
        impl std::fmt::Debug for $secret {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($secret), "(…)"))
            }
        }
    )* };
}

use crate::totp::TotpSecret;
use crate::{MasterKey, Opener, PrivateKey, SymmetricKey};

opaque_debug!(MasterKey, SymmetricKey, PrivateKey, Opener, TotpSecret);

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use zeroize::Zeroizing;

    #[test]
    fn a_printed_secret_shows_only_its_name() {
        let key = SymmetricKey::from_bytes(&[0x41; 64]).unwrap();
        assert_eq!(format!("{key:?}"), "SymmetricKey(…)");
        assert_eq!(format!("{:?}", key.opener()), "Opener(…)");
        assert_eq!(format!("{:?}", MasterKey::from_bytes(Zeroizing::new([0x41; 32]))), "MasterKey(…)");
        assert_eq!(format!("{:?}", TotpSecret::from_base32("GEZDGNBV").unwrap()), "TotpSecret(…)");
    }
}
