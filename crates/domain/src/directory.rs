//! People and groups exported from a directory, and what taking them over would change in a client.
//!
//! Three forms are read: LDIF as directory servers write it (RFC 2849), CSV, and JSON in the shape of the public import
//! (contract §4.8). All become one [`Directory`], from which [`plan`] works out every single change before anything is sent.

mod csv_form;
mod json_form;
mod ldif;
mod plan;

use std::fmt;

pub use ldif::records as ldif_records;
pub use plan::{Change, Held, HeldGroup, HeldMember, Kept, Plan, Row, Subject, plan};

/// What a directory holds, as far as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// Everybody, in the order of the file.
    pub people: Vec<Person>,
    /// Every group, with its members named by their external ids; groups within groups are resolved.
    pub groups: Vec<Group>,
    /// What could not be understood, and was left out.
    pub faults: Vec<Fault>,
}

/// Somebody in a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// What the directory knows them by; stays the same when the address changes.
    pub external_id: String,
    /// Their address, in small letters; missing for some.
    pub email: Option<String>,
    /// Their name, to be shown only.
    pub name: Option<String>,
    /// The directory says that they are gone or switched off.
    pub gone: bool,
    /// Where they stand in the file, counted from 1.
    pub line: u32,
}

/// A group in a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What the directory knows it by.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// The external ids of its members.
    pub members: Vec<String>,
    /// Where it stands in the file, counted from 1.
    pub line: u32,
}

/// Something in the file that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it begins, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// A line that has no place in this form.
    Malformed,
    /// Text that says to be base64 and is not, or is no text when read.
    BadBase64,
    /// A value that stands in another file, which is never opened.
    Elsewhere,
    /// A record of changes and not of an entry as it is.
    NotAnEntry,
    /// Neither an external id nor an address to stand in for it.
    NoId,
    /// The same external id as an entry before it.
    Twice,
    /// A group without a name.
    NoName,
    /// A name or an id longer than servers take.
    TooLong,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// LDIF.
    Ldif,
    /// Comma-separated, semicolon-separated or tab-separated.
    Csv,
    /// JSON.
    Json,
}

/// Why a file as a whole cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing in it names people or groups.
    #[error("nothing in the file is a person or a group")]
    Nothing,
    /// Not the JSON of a directory.
    #[error("not the JSON of a directory: {0}")]
    Json(String),
    /// The first row of a table has no column for addresses.
    #[error("the first row names no column for e-mail addresses")]
    NoColumn,
}

/// Characters in an external id at most (contract §4.8).
pub const EXTERNAL_ID_LENGTH: usize = 300;
/// Characters in the name of a group at most.
pub const GROUP_NAME_LENGTH: usize = 100;

/// Reads a file. The form is told by its name where that says it, and else by how it begins.
pub fn read(file_name: &str, text: &str) -> Result<Directory, Unreadable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = match form(file_name, text) {
        Form::Ldif => ldif::read(text),
        Form::Csv => csv_form::read(text)?,
        Form::Json => json_form::read(text)?,
    };
    match read.people.is_empty() && read.groups.is_empty() && read.faults.is_empty() {
        true => Err(Unreadable::Nothing),
        false => Ok(sound(read)),
    }
}

/// The form of a file.
pub fn form(file_name: &str, text: &str) -> Form {
    let ending = file_name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "ldif" | "ldf" => Form::Ldif,
        "json" => Form::Json,
        "csv" | "tsv" => Form::Csv,
        _ => {
            let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
            match first {
                Some(line) if line.starts_with(['{', '[']) => Form::Json,
                Some(line) if line.starts_with("dn:") || line.starts_with("version:") => Form::Ldif,
                _ => Form::Csv,
            }
        }
    }
}

/// Leaves out what no server would take, and whatever comes twice; members of groups who are not there stay out too.
fn sound(mut read: Directory) -> Directory {
    let mut faults = std::mem::take(&mut read.faults);
    let mut seen = std::collections::HashSet::new();
    read.people.retain(|person| {
        let kind = match person.external_id.as_str() {
            "" => Some(FaultKind::NoId),
            id if id.chars().count() > EXTERNAL_ID_LENGTH => Some(FaultKind::TooLong),
            id if !seen.insert(id.to_owned()) => Some(FaultKind::Twice),
            _ => None,
        };
        faults.extend(kind.map(|kind| Fault { line: person.line, kind }));
        kind.is_none()
    });
    let mut groups = std::collections::HashSet::new();
    read.groups.retain_mut(|group| {
        let kind = match (group.external_id.as_str(), group.name.as_str()) {
            ("", _) => Some(FaultKind::NoId),
            (_, "") => Some(FaultKind::NoName),
            (id, name)
                if id.chars().count() > EXTERNAL_ID_LENGTH || name.chars().count() > GROUP_NAME_LENGTH =>
            {
                Some(FaultKind::TooLong)
            }
            (id, _) if !groups.insert(id.to_owned()) => Some(FaultKind::Twice),
            _ => None,
        };
        faults.extend(kind.map(|kind| Fault { line: group.line, kind }));
        let mut once = std::collections::HashSet::new();
        group.members.retain(|member| seen.contains(member) && once.insert(member.clone()));
        kind.is_none()
    });
    faults.sort_by_key(|fault| fault.line);
    Directory { faults, ..read }
}

/// An address as it is compared.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_lowercase())
}

impl fmt::Display for FaultKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "malformed",
            Self::BadBase64 => "bad base64",
            Self::Elsewhere => "in another file",
            Self::NotAnEntry => "a record of changes",
            Self::NoId => "no id",
            Self::Twice => "twice",
            Self::NoName => "no name",
            Self::TooLong => "too long",
        })
    }
}
