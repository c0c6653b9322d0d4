use serde::{Deserialize, Serialize};

use crate::{Rows, Secret, Window, Within};

/// Reads a file exported from a directory and works out what taking it over would change. Nothing is sent but what reads the
/// client's members and groups; the core keeps the result for [`GetDirectoryRows`] and [`ApplyDirectory`].
#[derive(Debug, Serialize, Deserialize)]
pub struct PreviewDirectory {
    /// In which client.
    pub within: Within,
    /// The file's name, which may tell its form.
    pub file: String,
    /// What is in it.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// Whether members a directory brought who are not in this one are to be removed.
    pub remove_absent: bool,
}

/// The largest file that is read, in bytes.
pub const LARGEST_DIRECTORY: usize = 20 << 20;

/// What came of reading a directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectorySummary {
    /// The file's name.
    pub file: String,
    /// Its form.
    pub form: DirectoryForm,
    /// Whether absent members are to be removed.
    pub remove_absent: bool,
    /// How many rows each kind has, in the order of [`DirectoryKind::ALL`].
    pub counts: Vec<(DirectoryKind, u32)>,
    /// What could not be understood, the first of them.
    pub faults: Vec<DirectoryFault>,
    /// How many pieces could not be understood in all.
    pub faulty: u32,
    /// Seats that would be left after inviting; negative when there are too few, `None` where seats are not metered.
    pub seats_after: Option<i32>,
}

/// The form of a directory's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirectoryForm {
    /// LDIF.
    Ldif,
    /// A table.
    Csv,
    /// JSON.
    Json,
}

/// A piece of the file that could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryFault {
    /// The line or entry, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub kind: DirectoryFaultKind,
}

/// What is wrong with a piece of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirectoryFaultKind {
    /// A line that has no place there.
    Malformed,
    /// Base64 that is none.
    BadBase64,
    /// A value in another file.
    Elsewhere,
    /// A record of changes.
    NotAnEntry,
    /// Neither an id nor an address.
    NoId,
    /// The same id once more.
    Twice,
    /// A group without a name.
    NoName,
    /// A name or an id that is too long.
    TooLong,
}

/// What would become of a person or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DirectoryKind {
    /// Invited.
    Invite,
    /// Tied to the directory.
    Link,
    /// Removed, or revoked where the server removes nobody.
    Remove,
    /// A group made or changed.
    Group,
    /// Nothing can be done with it as it is.
    LeftOut,
    /// Never touched by a directory.
    Protected,
    /// As it is already.
    Unchanged,
}

impl DirectoryKind {
    /// Every kind, changes first.
    pub const ALL: [Self; 7] = [
        Self::Invite,
        Self::Link,
        Self::Remove,
        Self::Group,
        Self::LeftOut,
        Self::Protected,
        Self::Unchanged,
    ];
}

/// Which rows of a preview are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryQuery {
    /// In which client.
    pub within: Within,
    /// Text in name, address or external id.
    pub search: String,
    /// Only this kind.
    pub kind: Option<DirectoryKind>,
}

/// Asks for a window of a preview.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetDirectoryRows {
    /// Which rows.
    pub query: DirectoryQuery,
    /// Rows wanted.
    pub window: Window,
}

/// A window of a preview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DirectoryView {
    /// The preview itself; `None` while no file was read.
    pub summary: Option<DirectorySummary>,
    /// The rows.
    pub rows: Rows<DirectoryRow>,
}

/// What would become of one person or group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryRow {
    /// Its place in the preview.
    pub number: u32,
    /// Name, as far as one is known.
    pub name: Option<String>,
    /// Address of a person.
    pub email: Option<String>,
    /// What the directory knows it by.
    pub external_id: String,
    /// A group, not a person.
    pub group: bool,
    /// What would happen.
    pub change: DirectoryChange,
}

/// What would happen to a person or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirectoryChange {
    /// They are invited as a User.
    Invite,
    /// They are a member already, and are tied to the directory.
    Link,
    /// They lose their membership.
    Remove,
    /// They stay members, and are revoked.
    Revoke,
    /// The group is made with so many members.
    AddGroup(u32),
    /// The group changes.
    ChangeGroup {
        /// It gets another name.
        renamed: bool,
        /// So many come in.
        added: u32,
        /// So many go out.
        removed: u32,
    },
    /// Nothing, and why.
    Keep(DirectoryKept),
}

/// Why nothing happens to a person or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DirectoryKept {
    /// So already.
    AsItIs,
    /// Owners are never removed.
    Owner,
    /// Without an address nobody can be invited.
    NoAddress,
    /// What stands for the address is none.
    NotAnAddress,
    /// Somebody before them has the same address.
    SameAddress,
    /// Their address belongs to a member tied to another entry.
    OtherEntry,
    /// Gone from the directory, and were no member.
    WasNoMember,
    /// The file does not name them.
    NotNamed,
    /// No directory brought them.
    NotOfADirectory,
    /// The plan has no groups.
    NoGroups,
}

/// Forgets the preview.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetDirectory(pub Within);

/// Carries the preview out through the public import (contract §4.8), for whoever typed the master password again: the
/// organization's API key is asked for with it, used, and not kept. A job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ApplyDirectory {
    /// In which client.
    pub within: Within,
    /// The master password of the person asking.
    pub password: Secret,
}
