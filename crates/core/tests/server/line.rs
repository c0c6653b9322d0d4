//! A line to a server, which breaks as told.

use std::{
    cell::{Cell, RefCell},
    ops::ControlFlow,
};

use futures::{FutureExt, future::LocalBoxFuture};
use portal_core::{
    native::Native,
    platform::{BodySink, Head, Method, Platform, Request, TransportError},
};
use portal_keys::{Kdf, KeyError, MasterKey};
use zeroize::Zeroizing;

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// The server gets it; its answer is lost.
    AnswerLost,
    /// It does not get through, but nobody can tell.
    CallLost,
    /// There is no network.
    Unreachable,
    /// The server asks for patience.
    Busy,
}

type Trouble = Box<dyn FnMut(&Request) -> Option<Fault>>;

/// A line to the server.
#[derive(Default)]
pub(crate) struct Line {
    native: Native,
    trouble: RefCell<Option<Trouble>>,
    /// The person's clock is so many milliseconds ahead.
    pub(crate) ahead: Cell<i64>,
    /// Pauses between attempts take no time.
    pub(crate) hasty: Cell<bool>,
    /// Method and path of every write that reached the server.
    pub(crate) writes: RefCell<Vec<String>>,
}

impl Line {
    /// From now on, this decides what goes wrong.
    pub(crate) fn trouble(&self, trouble: impl FnMut(&Request) -> Option<Fault> + 'static) {
        *self.trouble.borrow_mut() = Some(Box::new(trouble));
    }
}

/// Swallows an answer.
struct Lost;

impl BodySink for Lost {
    fn head(&mut self, _: Head) {}

    fn piece(&mut self, _: &[u8]) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl Platform for Line {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        body: &'a mut dyn BodySink,
    ) -> LocalBoxFuture<'a, Result<(), TransportError>> {
        async move {
            if request.url.ends_with("/words.txt") {
                body.head(Head { status: 200, retry_after: None });
                let _ = body.piece(include_bytes!("../../../keys/words.txt"));
                return Ok(());
            }
            let fault = self.trouble.borrow_mut().as_mut().and_then(|trouble| trouble(request));
            match fault {
                Some(Fault::CallLost) => return Err(TransportError::Cut),
                Some(Fault::Unreachable) => return Err(TransportError::Unreachable),
                Some(Fault::Busy) => {
                    body.head(Head { status: 429, retry_after: Some("1".into()) });
                    return Ok(());
                }
                Some(Fault::AnswerLost) | None => {}
            }
            if request.method != Method::Get {
                self.writes.borrow_mut().push(format!("{:?} {}", request.method, request.url));
            }
            match fault {
                Some(_) => {
                    self.native.send(request, &mut Lost).await?;
                    Err(TransportError::Cut)
                }
                None => self.native.send(request, body).await,
            }
        }
        .boxed_local()
    }

    fn now_ms(&self) -> i64 {
        self.native.now_ms() + self.ahead.get()
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        /// Longer pauses watch over something.
        const LONGEST_MS: u32 = 20_000;
        self.native.sleep(if self.hasty.get() && milliseconds < LONGEST_MS { 1 } else { milliseconds })
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
        self.native.derive(password, salt, kdf)
    }
}
