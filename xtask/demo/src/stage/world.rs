use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::{FutureExt, future::LocalBoxFuture};
use portal_core::{
    native::Native,
    platform::{BodySink, Head, Platform, Request, TransportError},
};
use portal_keys::{Kdf, KeyError, MasterKey};
use zeroize::Zeroizing;

use super::{ADDRESS_HEADER, Time};

/// A file of the app, which is not needed to play: the demo does not wait for it to be built.
const WORDS: &str = include_str!("../../../../crates/keys/words.txt");

/// The world as a core of the play sees it: the real one, at the time of the play and from a place in it.
pub(crate) struct World {
    native: Native,
    time: Time,
    /// From which address the person works.
    pub(crate) address: Cell<&'static str>,
    derived: Rc<Derived>,
}

/// Master keys that were derived before. People sign in on every day of the play, and each derivation is slow by
/// design; what comes out is the same.
#[derive(Default)]
pub(crate) struct Derived(RefCell<Vec<Derivation>>);

struct Derivation {
    password: Zeroizing<Vec<u8>>,
    salt: String,
    kdf: Kdf,
    key: Zeroizing<[u8; 32]>,
}

impl World {
    pub(crate) fn new(time: Time, address: &'static str, derived: Rc<Derived>) -> Self {
        Self { native: Native::default(), time, address: Cell::new(address), derived }
    }
}

impl Derived {
    fn find(&self, password: &[u8], salt: &str, kdf: Kdf) -> Option<MasterKey> {
        let known = self.0.borrow();
        let found = known
            .iter()
            .find(|one| one.password.as_slice() == password && one.salt == salt && one.kdf == kdf)?;
        Some(MasterKey::from_bytes(found.key.clone()))
    }
}

impl Platform for World {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        body: &'a mut dyn BodySink,
    ) -> LocalBoxFuture<'a, Result<(), TransportError>> {
        async move {
            if request.url.ends_with("/words.txt") {
                body.head(Head { status: 200, retry_after: None });
                // Whether the sink wants more does not matter: there is no more.
                let _ = body.piece(WORDS.as_bytes());
                return Ok(());
            }
            let mut request = request.clone();
            request.headers.push((ADDRESS_HEADER, self.address.get().to_owned()));
            self.native.send(&request, body).await
        }
        .boxed_local()
    }

    fn now_ms(&self) -> i64 {
        self.time.now()
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        self.native.sleep(milliseconds)
    }

    fn random(&self) -> u32 {
        self.native.random()
    }

    fn get<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, Option<String>> {
        self.native.get(name)
    }

    fn put<'a>(&'a self, name: &'a str, value: &'a str) -> LocalBoxFuture<'a, ()> {
        self.native.put(name, value)
    }

    fn remove<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, ()> {
        self.native.remove(name)
    }

    fn spawn(&self, future: LocalBoxFuture<'static, ()>) {
        self.native.spawn(future);
    }

    fn derive(
        &self,
        password: Zeroizing<Vec<u8>>,
        salt: String,
        kdf: Kdf,
    ) -> LocalBoxFuture<'_, Result<MasterKey, KeyError>> {
        async move {
            if let Some(known) = self.derived.find(&password, &salt, kdf) {
                return Ok(known);
            }
            let key = self.native.derive(password.clone(), salt.clone(), kdf).await?.into_bytes();
            self.derived.0.borrow_mut().push(Derivation { password, salt, kdf, key: key.clone() });
            Ok(MasterKey::from_bytes(key))
        }
        .boxed_local()
    }
}
