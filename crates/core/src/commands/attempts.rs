//! Making an organization once, however often it is tried.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::lock::Mutex;
use portal_bridge::{OrganizationId, Problem};
use portal_keys::{EncString, KeyPair, PrivateKey, SymmetricKey};

use crate::{few::Few, session::key_problem};

/// Under which name a client's first collection is made.
const FIRST_COLLECTION: &str = "Default collection";

/// The forms in which clients are being created, by the number the tab gave each.
#[derive(Default)]
pub(crate) struct Attempts(RefCell<Few<u32, Rc<Attempt>>>);

/// One form's tries. They share their keys, so that a client made by an earlier one is recognised.
#[derive(Default)]
pub(crate) struct Attempt {
    /// Held while one of them is under way.
    pub(crate) turn: Mutex<()>,
    keys: RefCell<Option<Rc<Keys>>>,
    /// Whether the server may have heard of it.
    pub(crate) sent: Cell<bool>,
    /// What came of it.
    pub(crate) made: Cell<Option<OrganizationId>>,
}

/// A new client's keys, wrapped; each was opened again and compared.
pub(crate) struct Keys {
    /// The organization's key, for whoever makes it.
    pub(crate) wrapped: EncString,
    /// The organization's key pair.
    pub(crate) pair: KeyPair,
    /// The name of its first collection.
    pub(crate) collection: EncString,
}

impl Attempts {
    /// The tries of a form.
    pub(crate) fn attempt(&self, number: u32) -> Rc<Attempt> {
        let mut attempts = self.0.borrow_mut();
        if let Some(known) = attempts.get(&number) {
            return known.clone();
        }
        let attempt = Rc::new(Attempt::default());
        attempts.insert(number, attempt.clone());
        attempt
    }
}

impl Attempt {
    /// Its keys, once they are made.
    pub(crate) fn keys(&self) -> Option<Rc<Keys>> {
        self.keys.borrow().clone()
    }

    /// Makes what belongs to an organization's key, which is given as it is and wrapped for whoever makes the organization.
    pub(crate) async fn keep_keys(
        &self,
        key: &SymmetricKey,
        wrapped: EncString,
    ) -> Result<Rc<Keys>, Problem> {
        let problem = |error| key_problem(&error);
        let keys = Rc::new(Keys {
            wrapped,
            pair: PrivateKey::generate_wrapped(key).await.map_err(problem)?,
            collection: key.encrypt_text(FIRST_COLLECTION).map_err(problem)?,
        });
        *self.keys.borrow_mut() = Some(keys.clone());
        Ok(keys)
    }
}
