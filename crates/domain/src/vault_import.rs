//! Items exported from a vault: Bitwarden's JSON and CSV, as people and organizations export them, unencrypted.
//!
//! A row that cannot be taken is a [`Fault`] and keeps no other from being read.

mod csv_form;
mod json_form;

use crate::items::{self, FIELD_BYTES, ItemPart, MOST_ENTRIES, NAME_BYTES, URI_BYTES};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 50 << 20;
/// Most items of one import (contract §4.7).
pub const MOST_ITEMS: usize = 40_000;
/// Most collections of one import (contract §4.7).
pub const MOST_COLLECTIONS: usize = 2_000;

/// What an export holds, as far as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vault {
    /// The form it was in.
    pub form: Form,
    /// The names of its collections, or of a person's folders, each once.
    pub collections: Vec<String>,
    /// Its items, in the order of the file.
    pub items: Vec<PlainItem>,
    /// What could not be understood, and is left out.
    pub faults: Vec<Fault>,
}

/// The form of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Bitwarden's JSON.
    #[default]
    Json,
    /// Bitwarden's CSV.
    Csv,
}

/// An item as it was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainItem {
    /// Where it stands: the line of a table, or the place among the items, counted from 1.
    pub line: u32,
    /// Its type, by Bitwarden's number; one that [`items::parts`] knows.
    pub kind: i32,
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub parts: Vec<(ItemPart, String)>,
    /// The addresses of a login, and how each is compared, by Bitwarden's number.
    pub uris: Vec<(String, Option<i64>)>,
    /// The added fields: Bitwarden's number of the kind, name and value.
    pub fields: Vec<(i64, String, String)>,
    /// The collections it is in, by their places.
    pub collections: Vec<usize>,
}

/// Something in the file that is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of a table, or the place among the items, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with an item of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It has not the shape of an item, or more cells than the table has columns.
    Malformed,
    /// It has no name.
    NoName,
    /// Its type is not known.
    UnknownType,
    /// A text is longer than an item can hold.
    TooLong,
    /// More items or collections than one import takes; this and what follows is left out.
    TooMany,
}

/// Why a file is no export that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is nothing in it.
    #[error("There is nothing in the file.")]
    Nothing,
    /// It is encrypted.
    #[error(
        "The export is encrypted. Export again as .json or .csv without encryption, import that file, and delete it afterwards."
    )]
    Encrypted,
    /// It is something else.
    #[error("This is neither Bitwarden's JSON nor its CSV.")]
    NotAnExport,
}

/// Reads an export, whatever its file is called.
pub fn read(text: &str) -> Result<Vault, Unreadable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Unreadable::Nothing);
    }
    let mut vault =
        if text.trim_start().starts_with('{') { json_form::read(text)? } else { csv_form::read(text)? };
    vault.hold_to_limits();
    Ok(vault)
}

impl Vault {
    /// The place of a collection of this name, made where there is none.
    fn collection(&mut self, name: &str) -> usize {
        let known = self.collections.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            self.collections.push(name.to_owned());
            self.collections.len() - 1
        })
    }

    fn refuse(&mut self, line: u32, kind: FaultKind) {
        self.faults.push(Fault { line, kind });
    }

    /// Leaves out what the server would refuse, and with it everything else.
    fn hold_to_limits(&mut self) {
        let mut faults = Vec::new();
        let mut taken = 0_usize;
        self.items.retain(|item| {
            let kind = item.fault().or((taken >= MOST_ITEMS).then_some(FaultKind::TooMany));
            let far = item.collections.iter().any(|place| *place >= MOST_COLLECTIONS);
            let kind = kind.or(far.then_some(FaultKind::TooMany));
            faults.extend(kind.map(|kind| Fault { line: item.line, kind }));
            taken += usize::from(kind.is_none());
            kind.is_none()
        });
        self.collections.truncate(MOST_COLLECTIONS);
        self.faults.extend(faults);
        self.faults.sort_by_key(|fault| fault.line);
    }
}

impl PlainItem {
    /// What keeps it from being taken.
    fn fault(&self) -> Option<FaultKind> {
        if self.name.trim().is_empty() {
            return Some(FaultKind::NoName);
        }
        let limit = |part: ItemPart| items::rule(self.kind, part).map_or(NAME_BYTES, |rule| rule.limit);
        let long = self.name.trim().len() > NAME_BYTES
            || self.parts.iter().any(|(part, text)| text.len() > limit(*part))
            || self.uris.iter().any(|(uri, _)| uri.len() > URI_BYTES)
            || self
                .fields
                .iter()
                .any(|(_, name, value)| name.len() > NAME_BYTES || value.len() > FIELD_BYTES)
            || self.uris.len() > MOST_ENTRIES
            || self.fields.len() > MOST_ENTRIES;
        long.then_some(FaultKind::TooLong)
    }

    /// Puts a text in, unless there is none.
    fn put(&mut self, part: ItemPart, text: &str) {
        if !text.is_empty() {
            self.parts.push((part, text.to_owned()));
        }
    }
}
