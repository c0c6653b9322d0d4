//! People to invite, as a table tells of them.

use crate::{
    csv,
    limits::{EmailError, parse_email},
    search::fold,
};

/// Most rows of one table.
pub const MOST_ROWS: usize = 5_000;

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line it begins on, counted from 1.
    pub line: u32,
    /// The address as it was written, or the well-formed one.
    pub email: Result<String, (String, EmailError)>,
    /// The role as it was written; nothing where the cell is empty or there is no such column.
    pub role: Option<String>,
    /// The names of groups.
    pub groups: Vec<String>,
}

/// Why a text is no such table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// It has no row but perhaps a head.
    #[error("there is no row")]
    Empty,
    /// No column is called e-mail.
    #[error("there is no column for the e-mail address")]
    NoAddresses,
    /// It is longer than [`MOST_ROWS`].
    #[error("{0} rows are too many")]
    TooLong(usize),
}

/// Reads a table. Its columns are found by their heads: `E-mail`, `Role`, `Groups` (parted by semicolons), in any order and case,
/// as the export of members writes them. A table without a head is a list of addresses. Empty rows are passed over.
pub fn read(text: &str) -> Result<Vec<Entry>, TableError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut rows = csv::rows(text).filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let first = rows.next().ok_or(TableError::Empty)?;
    let (columns, first) = match Columns::find(&first.1) {
        Some(columns) => (columns, None),
        None if first.1.iter().any(|cell| cell.contains('@')) => (Columns::default(), Some(first)),
        None => return Err(TableError::NoAddresses),
    };
    let entries: Vec<Entry> =
        first.into_iter().chain(rows).map(|(line, cells)| columns.entry(line, &cells)).collect();
    match entries.len() {
        0 => Err(TableError::Empty),
        many if many > MOST_ROWS => Err(TableError::TooLong(many)),
        _ => Ok(entries),
    }
}

/// Where what stands.
#[derive(Default)]
struct Columns {
    email: usize,
    role: Option<usize>,
    groups: Option<usize>,
}

impl Columns {
    fn find(head: &[String]) -> Option<Self> {
        let place = |words: &[&str]| head.iter().position(|cell| words.contains(&fold(cell.trim()).as_str()));
        Some(Self {
            email: place(&["e-mail", "email", "e-mail address", "email address", "mail"])?,
            role: place(&["role", "type"]),
            groups: place(&["groups", "group"]),
        })
    }

    fn entry(&self, line: u32, cells: &[String]) -> Entry {
        let cell = |place: usize| cells.get(place).map(|cell| as_meant(cell)).unwrap_or_default();
        let email = cell(self.email);
        let groups = self.groups.map(cell).unwrap_or_default();
        Entry {
            line,
            email: parse_email(email)
                .map(|email| email.to_lowercase())
                .map_err(|error| (email.to_owned(), error)),
            role: self.role.map(cell).filter(|role| !role.is_empty()).map(str::to_owned),
            groups: groups
                .split(';')
                .map(str::trim)
                .filter(|group| !group.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }
}

/// A cell without the white space around it, and without the apostrophe that keeps spreadsheets from taking it for a formula.
fn as_meant(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@']) => text,
        _ => cell,
    }
}
