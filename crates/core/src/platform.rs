//! What the core needs of the world it runs in.

use futures::future::LocalBoxFuture;
use portal_keys::{Kdf, KeyError, MasterKey};
use zeroize::Zeroizing;

/// The world: a transport, a clock, randomness, a small store and a place for long derivations.
pub trait Platform {
    /// Sends a request. The head of the answer goes to `body` first, then the body piece by piece.
    ///
    /// Dropping the future gives the request up.
    fn send<'a>(
        &'a self,
        request: &'a Request,
        body: &'a mut dyn BodySink,
    ) -> LocalBoxFuture<'a, Result<(), TransportError>>;

    /// Milliseconds since 1970 by the clock on the wall, which goes on while the machine sleeps.
    fn now_ms(&self) -> i64;

    /// Ends after so many milliseconds.
    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()>;

    /// A random number, for spreading out retries.
    fn random(&self) -> u32;

    /// Reads from the small store, which outlives the process. It holds the tokens of remembered devices and, encrypted, the books
    /// that no server keeps.
    fn get<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, Option<String>>;

    /// Writes to the small store. A store that cannot be written forgets without a word: whoever depends on it looks again.
    fn put<'a>(&'a self, name: &'a str, value: &'a str) -> LocalBoxFuture<'a, ()>;

    /// Removes from the small store.
    fn remove<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, ()>;

    /// Runs a future beside all others on this thread.
    fn spawn(&self, future: LocalBoxFuture<'static, ()>);

    /// Derives a master key where its time and memory do no harm.
    fn derive(
        &self,
        password: Zeroizing<Vec<u8>>,
        salt: String,
        kdf: Kdf,
    ) -> LocalBoxFuture<'_, Result<MasterKey, KeyError>>;
}

/// A request, ready to be sent.
#[derive(Clone)]
pub struct Request {
    /// What to do.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Headers, without those the content implies.
    pub headers: Vec<(&'static str, String)>,
    /// What to send along.
    pub content: Content,
}

/// What to do with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Do.
    Post,
    /// Set.
    Put,
    /// Remove.
    Delete,
}

/// What a request carries.
#[derive(Clone)]
pub enum Content {
    /// Nothing.
    None,
    /// JSON.
    Json(Zeroizing<Vec<u8>>),
    /// The fields of a form, encoded.
    Form(Zeroizing<String>),
}

impl Content {
    /// The text and its type, for those that carry any.
    pub fn parts(&self) -> Option<(&'static str, &[u8])> {
        match self {
            Self::None => None,
            Self::Json(bytes) => Some(("application/json", bytes)),
            Self::Form(text) => Some(("application/x-www-form-urlencoded", text.as_bytes())),
        }
    }
}

/// The head of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
}

/// Where an answer goes as it arrives.
pub trait BodySink {
    /// An answer begins.
    fn head(&mut self, head: Head);

    /// The next piece of its body; `Break` when no more is wanted.
    fn piece(&mut self, bytes: &[u8]) -> std::ops::ControlFlow<()>;
}

/// Why no whole answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The request cannot have reached the server.
    #[error("the server cannot be reached")]
    Unreachable,
    /// The connection broke; the server may have received the request.
    #[error("the connection to the server broke")]
    Cut,
}
