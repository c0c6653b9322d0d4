use serde::{Deserialize, Serialize};

use crate::{CipherId, CollectionId, ItemPart, Moment, Secret, Seen, Within};

/// Asks for one item. It is read anew. What is concealed stays in the core until [`RevealPart`] asks for it.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetItem {
    /// In which client.
    pub within: Within,
    /// Which.
    pub id: CipherId,
    /// Whether somebody has just opened it, which the log is told.
    pub opening: bool,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemView {
    /// Its type, by Bitwarden's number.
    pub kind: i32,
    /// Its name; `None` where that cannot be decrypted.
    pub name: Option<String>,
    /// What stands in it, in the order of its form.
    pub values: Vec<ItemValue>,
    /// The collections it is in, with their names.
    pub collections: Vec<(CollectionId, String)>,
    /// When it was made.
    pub created: Moment,
    /// When it was changed.
    pub changed: Moment,
    /// Since when it is in the trash.
    pub trashed: Option<Moment>,
    /// How many passwords it had before.
    pub earlier_passwords: u32,
    /// What may be done with it.
    pub may: ItemRights,
    /// How it stands.
    pub seen: Seen,
}

/// What may be done with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ItemRights {
    /// Change what is in it.
    pub edit: bool,
    /// Put it in other collections.
    pub assign: bool,
    /// Put it in the trash, take it out again and delete it for good.
    pub delete: bool,
    /// See its passwords.
    pub see_passwords: bool,
}

/// Something that stands in an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemValue {
    /// Where.
    pub part: ItemPart,
    /// What a field that somebody added is called.
    pub label: Option<String>,
    /// What kind of added field it is.
    pub field: FieldKind,
    /// What stands there.
    pub shown: Shown,
}

/// Kinds of added fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FieldKind {
    /// Text.
    #[default]
    Text,
    /// Text that is shown only when asked for.
    Hidden,
    /// Yes or no.
    Checkbox,
    /// Stands for another field; it is kept, and cannot be changed here.
    Linked,
}

/// How a value is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// As it is.
    Text(String),
    /// Only when asked for.
    Concealed,
    /// It cannot be decrypted.
    Unreadable,
}

/// Asks for what is concealed. The log is told.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevealPart {
    /// In which client.
    pub within: Within,
    /// Of which item.
    pub id: CipherId,
    /// Which part.
    pub part: ItemPart,
    /// Whether it goes to the clipboard without being seen.
    pub copying: bool,
}

/// Asks for the one-time code of a login.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetOneTimeCode {
    /// In which client.
    pub within: Within,
    /// Of which item.
    pub id: CipherId,
}

/// A one-time code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeCode {
    /// The code.
    pub code: String,
    /// Seconds until the next one.
    pub seconds_left: u32,
    /// Seconds each one holds.
    pub period: u32,
}

/// Makes an item, or changes one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SaveItem {
    /// In which client.
    pub within: Within,
    /// Which; `None` makes one.
    pub id: Option<CipherId>,
    /// How it stood when the form was opened.
    pub seen: Seen,
    /// Its type, by Bitwarden's number.
    pub kind: i32,
    /// Its name.
    pub name: String,
    /// What was changed in it; nothing entered empties the part.
    pub changes: Vec<(ItemPart, Secret)>,
    /// The addresses of a login, all of them.
    pub uris: Vec<UriEntry>,
    /// The added fields, all of them.
    pub fields: Vec<FieldEntry>,
    /// The collections it is to be in.
    pub collections: Vec<CollectionId>,
}

/// An address of a login.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UriEntry {
    /// Its place before, by which it keeps how addresses are compared.
    pub from: Option<u16>,
    /// The address.
    pub uri: String,
}

/// An added field.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FieldEntry {
    /// Its place before.
    pub from: Option<u16>,
    /// Its kind.
    pub kind: FieldKind,
    /// What it is called.
    pub name: String,
    /// What stands in it; `None` leaves it as it is.
    pub value: Option<Secret>,
}

/// What is done with items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemDeed {
    /// Into the trash.
    Trash,
    /// Out of the trash.
    Restore,
    /// Deleted for good.
    Delete,
    /// Into these collections, beside those they are in.
    Assign(Vec<CollectionId>),
}

/// Does something with items; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangeItems {
    /// In which client.
    pub within: Within,
    /// What.
    pub deed: ItemDeed,
    /// With which.
    pub ids: Vec<CipherId>,
}

/// Asks for a password or passphrase nobody chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Generate {
    /// Of characters.
    Password {
        /// How many.
        length: u32,
        /// With capital letters.
        capitals: bool,
        /// With digits.
        digits: bool,
        /// With special characters.
        special: bool,
        /// Without what is easily mistaken for another.
        clear_to_read: bool,
    },
    /// Of words.
    Passphrase {
        /// How many.
        words: u32,
        /// What stands between them.
        separator: String,
        /// Each begins with a capital letter.
        capitals: bool,
        /// A digit stands behind one.
        number: bool,
    },
}
