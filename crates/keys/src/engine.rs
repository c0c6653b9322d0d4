//! RSA and PBKDF2, done by whoever does them best: the browser in the browser, AWS-LC elsewhere.
//!
//! Both engines offer the same functions, and are private to this crate.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::{RsaPrivate, generate_wrapped, oaep_sha1_encrypt, pbkdf2_sha256};
#[cfg(target_arch = "wasm32")]
pub(crate) use web::{RsaPrivate, generate_wrapped, oaep_sha1_encrypt, pbkdf2_sha256};
