//! Keys for many clients, of the very kind the core makes.

use std::num::NonZero;

use futures::executor::block_on;
use portal_keys::{EncString, KeyError, PrivateKey, PublicKey, SymmetricKey};
use zeroize::Zeroizing;

/// The name of a client's first collection.
const FIRST_COLLECTION: &str = "Default collection";
/// Making a key pair takes long, so that clients share a handful; each has it wrapped under a key of its own.
const PAIRS: usize = 8;

/// Makes the keys of clients of one provider.
pub(crate) struct Forge {
    provider_key: SymmetricKey,
    owners: Vec<PublicKey>,
    pairs: Vec<(PublicKey, Zeroizing<Vec<u8>>)>,
}

/// One client's keys, as the server keeps them.
pub(crate) struct Keys {
    /// Under the provider key.
    pub(crate) key: EncString,
    pub(crate) public_key: String,
    /// Under the client's key.
    pub(crate) private_key: EncString,
    /// The name of the first collection, under the client's key.
    pub(crate) collection: EncString,
    /// The client's key for the one who owns it, where that is somebody with an account.
    pub(crate) for_owner: Option<String>,
}

impl Forge {
    /// For a provider, and the people who own clients.
    pub(crate) async fn new(provider_key: SymmetricKey, owners: Vec<PublicKey>) -> Result<Self, KeyError> {
        let mut pairs = Vec::with_capacity(PAIRS);
        for _ in 0..PAIRS {
            let key = SymmetricKey::generate()?;
            let pair = PrivateKey::generate_wrapped(&key).await?;
            pairs.push((pair.public, key.decrypt(&pair.wrapped_private)?));
        }
        Ok(Self { provider_key, owners, pairs })
    }

    /// The keys of clients with these owners, made on all processors.
    pub(crate) fn keys(&self, owners: &[Option<usize>]) -> Result<Vec<Keys>, KeyError> {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let make = |owners: &[Option<usize>]| -> Result<Vec<Keys>, KeyError> {
            owners.iter().enumerate().map(|(client, owner)| self.keys_of(client, *owner)).collect()
        };
        std::thread::scope(|scope| {
            let shares = owners.chunks(owners.len().div_ceil(threads).max(1));
            let work: Vec<_> = shares.map(|share| scope.spawn(move || make(share))).collect();
            let mut keys = Vec::with_capacity(owners.len());
            for share in work {
                keys.extend(share.join().unwrap_or(Err(KeyError::Engine("a thread ended early")))?);
            }
            Ok(keys)
        })
    }

    fn keys_of(&self, client: usize, owner: Option<usize>) -> Result<Keys, KeyError> {
        let (public, private) =
            self.pairs.get(client % PAIRS).ok_or(KeyError::Engine("there is no key pair to share"))?;
        let key = SymmetricKey::generate()?;
        let owner = owner.and_then(|owner| self.owners.get(owner));
        let for_owner = owner.map(|owner| block_on(owner.encapsulate(&key))).transpose()?;
        Ok(Keys {
            for_owner: for_owner.map(|key| key.to_string()),
            key: self.provider_key.wrap(&key)?,
            public_key: public.to_base64(),
            private_key: key.encrypt(private)?,
            collection: key.encrypt_text(FIRST_COLLECTION)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_opens_for_provider_and_owner_and_opens_its_pair() {
        let provider_key = SymmetricKey::generate().unwrap();
        let own_key = SymmetricKey::generate().unwrap();
        let owner = block_on(PrivateKey::generate_wrapped(&own_key)).unwrap();
        let forge = block_on(Forge::new(provider_key.clone(), vec![owner.public])).unwrap();
        let owner = block_on(PrivateKey::unwrap(&owner.wrapped_private, &own_key)).unwrap();
        let owners: Vec<_> = (0..19).map(|client| (client % 2 == 0).then_some(0)).collect();
        let made = forge.keys(&owners).unwrap();
        assert_eq!(made.len(), owners.len());
        for (keys, owned) in made.into_iter().zip(owners) {
            let key = provider_key.unwrap_key(&keys.key).unwrap();
            let private = block_on(PrivateKey::unwrap(&keys.private_key, &key)).unwrap();
            let public = PublicKey::from_base64(&keys.public_key).unwrap();
            assert!(block_on(private.matches(&public)).unwrap());
            assert_eq!(key.decrypt_text(&keys.collection).unwrap().as_str(), FIRST_COLLECTION);
            let for_owner =
                keys.for_owner.map(|text| block_on(owner.decapsulate(&text.parse().unwrap())).unwrap());
            assert!(for_owner == owned.map(|_| key));
        }
    }
}
