//! A page as it is encrypted: its content, with what tells one page from another and from one of a newer portal.

use portal_bridge::{BooksFault, Problem, ProblemKind};
use portal_keys::{EncString, SymmetricKey};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::session::key_problem;

/// JSON, not encrypted.
pub(super) type Plain = Zeroizing<Vec<u8>>;

/// The format of all pages. Raised when a page is written in a way that an older portal would lose something of.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Writing<'a, T> {
    format: u32,
    /// Whoever keeps the pages cannot hand out one for another.
    page: &'a str,
    content: &'a T,
}

#[derive(Deserialize)]
struct Head {
    format: u32,
    #[serde(default)]
    page: String,
}

#[derive(Deserialize)]
struct Reading<T> {
    content: T,
}

/// A page's JSON.
pub(super) fn plain<T: Serialize>(page: &str, content: &T) -> Result<Plain, Problem> {
    let writing = Writing { format: FORMAT, page, content };
    serde_json::to_vec(&writing).map(Zeroizing::new).map_err(|_| fault(BooksFault::Unreadable, page))
}

/// What a page holds.
pub(super) fn content<T: DeserializeOwned>(page: &str, plain: &Plain) -> Result<T, Problem> {
    let reading = serde_json::from_slice::<Reading<T>>(plain);
    // What the reader says of it may quote from the page.
    reading.map(|reading| reading.content).map_err(|_| fault(BooksFault::Unreadable, page))
}

/// A page encrypted.
pub(super) fn seal(key: &SymmetricKey, plain: &Plain) -> Result<String, Problem> {
    Ok(key.encrypt(plain).map_err(|error| key_problem(&error))?.to_string())
}

/// A page decrypted, if it is this one and of a format that is known.
pub(super) fn open(key: &SymmetricKey, page: &str, sealed: &str) -> Result<Plain, Problem> {
    let unreadable = || fault(BooksFault::Unreadable, page);
    let sealed: EncString = sealed.parse().map_err(|_| unreadable())?;
    let plain = key.decrypt(&sealed).map_err(|_| unreadable())?;
    let head: Head = serde_json::from_slice(&plain).map_err(|_| unreadable())?;
    if head.format > FORMAT {
        return Err(fault(BooksFault::TooNew, page));
    }
    if head.format != FORMAT || head.page != page { Err(unreadable()) } else { Ok(plain) }
}

/// Something is wrong with a page.
pub(super) fn fault(fault: BooksFault, page: &str) -> Problem {
    Problem::with(ProblemKind::Books(fault), page)
}
