//! The key hierarchy: key derivation, EncString, RSA, fingerprint phrase.
