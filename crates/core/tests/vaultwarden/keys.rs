//! Real keys in the place of the recorded marks, made once for all tests.

use std::sync::LazyLock;

use futures::executor::block_on;
use portal_keys::{Kdf, MasterKey, PrivateKey, SymmetricKey};

use crate::person::PASSWORD;

/// Who signs in.
pub(crate) const EMAIL: &str = "owner-9e8729@probe.test";
/// Cheap, which only the server's word for it makes possible.
pub(crate) const ITERATIONS: u32 = 5_000;

/// Keys of the account, of the organization, and of somebody who may be let in.
pub(crate) struct Keys {
    pub(crate) login_hash: String,
    pub(crate) user_key: SymmetricKey,
    pub(crate) wrapped_user_key: String,
    pub(crate) wrapped_private_key: String,
    pub(crate) public_key: String,
    pub(crate) organization: SymmetricKey,
    /// For the account's public key.
    pub(crate) wrapped_organization_key: String,
    pub(crate) somebody: PrivateKey,
    pub(crate) somebodys_public_key: String,
    /// The organization's own, under its key.
    pub(crate) organizations_private_key: String,
    /// The key of the account, for the organization's public key: who enrolled has one there.
    pub(crate) recovery_key: String,
}

pub(crate) static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let kdf = Kdf::Pbkdf2 { iterations: ITERATIONS };
    let master = block_on(MasterKey::derive(PASSWORD.as_bytes(), EMAIL, &kdf)).unwrap();
    let user_key = SymmetricKey::generate().unwrap();
    let pair = block_on(PrivateKey::generate_wrapped(&user_key)).unwrap();
    let organization = SymmetricKey::generate().unwrap();
    let somebody = block_on(PrivateKey::generate_wrapped(&user_key)).unwrap();
    let of_organization = block_on(PrivateKey::generate_wrapped(&organization)).unwrap();
    Keys {
        login_hash: master.login_hash(PASSWORD.as_bytes()),
        wrapped_user_key: master.stretch().wrap(&user_key).unwrap().to_string(),
        wrapped_private_key: pair.wrapped_private.to_string(),
        wrapped_organization_key: block_on(pair.public.encapsulate(&organization)).unwrap().to_string(),
        public_key: pair.public.to_base64(),
        user_key: user_key.clone(),
        organization,
        somebody: block_on(PrivateKey::unwrap(&somebody.wrapped_private, &user_key)).unwrap(),
        somebodys_public_key: somebody.public.to_base64(),
        organizations_private_key: of_organization.wrapped_private.to_string(),
        recovery_key: block_on(of_organization.public.encapsulate(&user_key)).unwrap().to_string(),
    }
});
