use serde::{Deserialize, Serialize};

use crate::{CollectionId, Within};

/// Reads an export of a vault and works out what importing it would add. Nothing is sent; the core keeps what was read for
/// [`ApplyImport`], until [`ForgetImport`] or a lock.
#[derive(Serialize, Deserialize)]
pub struct PreviewImport {
    /// Into which client.
    pub within: Within,
    /// The file's name.
    pub file: String,
    /// What is in it.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for PreviewImport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PreviewImport")
    }
}

/// The largest export that is read, in bytes.
pub const LARGEST_IMPORT: usize = portal_domain::vault_import::LARGEST;

/// What came of reading an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// The file's name.
    pub file: String,
    /// How many items would be added, by type.
    pub kinds: Vec<(i32, u32)>,
    /// How many collections would be made.
    pub new_collections: u32,
    /// How many of them are there already, by their names.
    pub known_collections: u32,
    /// How many items are in no collection, for which one has to be chosen.
    pub loose: u32,
    /// How many have the name of an item that is there already.
    pub same_name: u32,
    /// The first items, as they would be added.
    pub first: Vec<ImportedItem>,
    /// What could not be understood, the first of it.
    pub faults: Vec<ImportFault>,
    /// How many pieces could not be understood in all.
    pub faulty: u32,
}

/// An item of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedItem {
    /// Its name.
    pub name: String,
    /// Its type, by Bitwarden's number.
    pub kind: i32,
    /// The names of the collections it goes into.
    pub collections: Vec<String>,
}

/// A piece of an export that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFault {
    /// The line of a table, or the place among the items, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub kind: ImportFaultKind,
}

/// What is wrong with a piece of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportFaultKind {
    /// It has not the shape of an item.
    Malformed,
    /// It has no name.
    NoName,
    /// Its type is not known.
    UnknownType,
    /// A text is longer than an item can hold.
    TooLong,
    /// More than one import takes.
    TooMany,
}

/// Adds what was read; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ApplyImport {
    /// To which client.
    pub within: Within,
    /// The collections for items that are in none.
    pub loose_into: Vec<CollectionId>,
}

/// Forgets what was read.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetImport(pub Within);
