use std::cell::RefCell;

use portal_bridge::{Problem, ProviderId, ProviderUserId, UserId};
use portal_keys::{PublicKey, WordList, fingerprint};
use portal_wire::{
    List as WireList,
    provider::{StaffIdsRequest, StaffPublicKey},
};

use crate::{Core, api::Call, few::Few, session::key_problem};

/// Phrases somebody compared in this session, by person: another one later means that a key was swapped.
#[derive(Default)]
struct Compared(RefCell<Few<UserId, String>>);

/// The public key of a person, with its phrase.
pub(crate) struct PersonKey {
    pub(crate) user: UserId,
    pub(crate) key: PublicKey,
    pub(crate) phrase: String,
}

impl PersonKey {
    /// Reads a key as servers tell it: base64 of the SPKI form.
    pub(crate) fn new(user: UserId, key: &str, words: &WordList) -> Result<Self, Problem> {
        let key = PublicKey::from_base64(key).map_err(|error| key_problem(&error))?;
        Ok(Self { user, phrase: fingerprint(&user.to_string(), &key, words), key })
    }
}

impl Core {
    /// The public keys of those of the staff who wait to be confirmed; the others are missing.
    pub(crate) async fn staff_keys(
        &self,
        provider: ProviderId,
        staff: &[ProviderUserId],
    ) -> Result<Few<ProviderUserId, PersonKey>, Problem> {
        let body = StaffIdsRequest { ids: staff.to_vec() };
        let call =
            Call::post(format!("/api/providers/{provider}/users/public-keys")).json(&body).repeatable();
        let answer: WireList<StaffPublicKey> = self.api.json(&call).await?;
        let words = self.words().await?;
        let mut keys = Few::default();
        for row in answer.data.into_iter().filter(|row| staff.contains(&row.id)) {
            let Some(text) = row.key else { continue };
            keys.insert(row.id, PersonKey::new(row.user_id, &text, &words)?);
        }
        Ok(keys)
    }

    /// Notes that somebody compared this phrase with the person.
    pub(crate) fn note_compared(&self, user: UserId, phrase: &str) {
        self.stores.only::<Compared>().0.borrow_mut().insert(user, phrase.to_owned());
    }

    /// Whether another phrase was compared with the person before.
    pub(crate) fn phrase_changed(&self, user: UserId, phrase: &str) -> bool {
        self.stores.only::<Compared>().0.borrow().get(&user).is_some_and(|compared| compared != phrase)
    }
}
