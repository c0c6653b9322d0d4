//! The key hierarchy: from a password down to every client's data, with one interface natively and in the browser.
//!
//! ```text
//! password ─KDF─► MasterKey ─stretch─► SymmetricKey ─unwrap─► user key ─► PrivateKey ─decapsulate─► provider key
//!                     └─login_hash─► sent to the server            provider key ─unwrap─► organization keys ─► names
//! ```
//!
//! Symmetric work and Argon2id run here in Rust. RSA and PBKDF2 are done by an engine: WebCrypto in the browser, where
//! a private key is a handle whose bytes this program never sees, and AWS-LC elsewhere. Functions that reach the
//! engine are `async`; their futures need not be `Send`.
//!
//! Secrets wipe themselves on drop, have no `Debug` that prints them and compare in constant time. Buffers that pass
//! through generated glue or a growing `Vec` are out of this crate's hands, so **the binary which links it installs a
//! zeroing global allocator** (crate `zeroizing-alloc`).
//!
//! No server checks what is wrapped for it, and a wrong wrap is a client nobody can ever decrypt. So every function
//! here that encrypts or wraps also opens what it made and compares, before it returns.

mod checksum;
mod encstring;
mod engine;
mod error;
mod fingerprint;
mod generate;
mod kdf;
mod master;
mod one_time;
mod opaque;
mod opener;
mod random;
mod rsa;
mod symmetric;
pub mod totp;

pub use checksum::{checksum, sha256};
pub use encstring::{EncKind, EncString};
pub use error::KeyError;
pub use fingerprint::{WordList, fingerprint};
pub use generate::{GenerateError, PassphraseRules, PasswordRules};
pub use kdf::{Kdf, normalise_salt};
pub use master::{MasterKey, unwrap_user_key};
pub use one_time::OneTime;
pub use opener::{Opener, unwrap_many};
pub use random::random_bytes;
pub use rsa::{KeyPair, PrivateKey, PublicKey};
pub use symmetric::SymmetricKey;
/// Wipes what it holds on drop; named by this crate's signatures.
pub use zeroize::Zeroizing;
