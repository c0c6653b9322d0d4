use serde::{Deserialize, Serialize};

use crate::ProviderId;

/// Whose books: what an MSP writes down for itself about money (its tiers, its price list, its letterhead, what it invoiced).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BooksOf {
    /// Those of a provider.
    Provider(ProviderId),
    /// Those of somebody with clients that no provider manages.
    Own,
}

/// Where books are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BooksPlace {
    /// On the server, encrypted with the provider key and shared by all Provider Admins.
    Server,
    /// In this browser only, for this account, encrypted with its key.
    Browser,
}

/// What is wrong with books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BooksFault {
    /// A page (named in the detail) cannot be opened: it is damaged, or was written with another key. It stays as it is.
    Unreadable,
    /// A page (named in the detail) was written by a newer portal. It stays as it is.
    TooNew,
    /// The browser did not keep what was written.
    NotKept,
    /// One has no key of the provider.
    KeyMissing,
    /// A page (named in the detail) has grown too large. Nothing was written.
    TooLarge,
}

/// Asks where books are kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetBooksPlace(pub BooksOf);

/// Everything in the books in plain text, for one's own archive or another browser.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportBooks(pub BooksOf);

/// Books as a file, ready to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BooksFile {
    /// Name of the file.
    pub name: String,
    /// Its content: JSON.
    pub text: String,
    /// How many pages are in it.
    pub pages: u32,
    /// Pages that could not be opened, and are not in it.
    pub unreadable: Vec<String>,
}

/// Looks into a file that [`ExportBooks`] made, and changes nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct PreviewBooks {
    /// Into whose books it is to go.
    pub of: BooksOf,
    /// What the file holds.
    pub text: String,
}

/// Puts every page of a file that [`ExportBooks`] made in the place of the page of its name. Where it ends early, what it has done
/// stays, and doing it again does the rest.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportBooks {
    /// Into whose books.
    pub of: BooksOf,
    /// What the file holds.
    pub text: String,
}

/// What an import does, or did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BooksImport {
    /// Pages whose content it replaces.
    pub replaces: Vec<String>,
    /// Pages that were not there before.
    pub adds: Vec<String>,
}
