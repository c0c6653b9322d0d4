//! SHA-256: of the address of a login (contract §4.7), so that nobody can swap two addresses encrypted under one key, and
//! of the rows of an evidence pack.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// SHA-256 of the text, in base64.
pub fn checksum(text: &str) -> String {
    Base64::encode_string(&Sha256::digest(text.as_bytes()))
}

/// SHA-256 of pieces, one after the other.
pub fn sha256(pieces: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    #[test]
    fn pieces_have_the_hash_of_the_whole() {
        let whole: [u8; 32] = Sha256::digest(b"abc").into();
        assert_eq!(super::sha256(&[b"a", b"", b"bc"]), whole);
        assert_eq!(super::sha256(&[])[..4], [0xe3, 0xb0, 0xc4, 0x42], "the hash of nothing");
    }

    #[test]
    fn it_is_the_hash_of_the_text_in_base64() {
        assert_eq!(super::checksum("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}
