use serde::{Deserialize, Serialize};

/// Which rows of a list a tab wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Index of the first row, counted after filter and sort.
    pub from: u32,
    /// How many rows, at most 500.
    pub count: u32,
}

/// A window of rows with what stands around it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rows<T> {
    /// Rows the list has without any filter.
    pub total: u32,
    /// Rows left by search and filters.
    pub matched: u32,
    /// Index of the first of `rows`.
    pub from: u32,
    /// The rows.
    pub rows: Vec<T>,
    /// How far the list itself is loaded.
    pub state: ListState,
}

/// How far a list is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ListState {
    /// Nothing is here yet.
    Loading {
        /// Rows received so far.
        received: u32,
    },
    /// Everything is here.
    Complete,
    /// More can be had from the server than was fetched so far.
    Partial {
        /// Rows received so far.
        received: u32,
        /// Whether more are being fetched now.
        loading: bool,
    },
    /// The last fetch failed; what is here may be old or incomplete.
    Failed(crate::Problem),
}

/// Direction of a sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// Somebody wants the lists of a provider tried again now: a failure just met does not stand in for the server's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryAgain(pub crate::ProviderId);

/// A table as text, ready to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvFile {
    /// Name of the file.
    pub name: String,
    /// Its content (RFC 4180, UTF-8).
    pub text: String,
    /// How many rows it has, without the header.
    pub rows: u32,
    /// Clients whose members could not be read, so that ids stand where their names would.
    pub unnamed: u32,
}
