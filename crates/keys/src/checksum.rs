//! The checksum an address of a login carries (contract §4.7), so that nobody can swap two addresses encrypted under one key.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// SHA-256 of the text, in base64.
pub fn checksum(text: &str) -> String {
    Base64::encode_string(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_the_hash_of_the_text_in_base64() {
        assert_eq!(super::checksum("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
