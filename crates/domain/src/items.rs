//! What a vault item consists of (contract §4.7): the places where a text stands in it, by its kind.
//!
//! Portal and core both read this one table: what is asked for in a form, what is shown only when somebody asks for it, and
//! what is told to the log when they do.

use serde::{Deserialize, Serialize};

/// Kinds of items this program can show and change, by Bitwarden's numbers.
pub const LOGIN: i32 = 1;
/// A note.
pub const SECURE_NOTE: i32 = 2;
/// A card.
pub const CARD: i32 = 3;
/// An identity.
pub const IDENTITY: i32 = 4;
/// An SSH key.
pub const SSH_KEY: i32 = 5;

/// A place in an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each is called as its field is")]
pub enum ItemPart {
    Username,
    Password,
    /// The secret one-time codes are made from.
    AuthenticatorKey,
    Cardholder,
    Brand,
    CardNumber,
    ExpiryMonth,
    ExpiryYear,
    SecurityCode,
    Title,
    FirstName,
    MiddleName,
    LastName,
    IdentityUsername,
    Company,
    SocialSecurityNumber,
    PassportNumber,
    LicenseNumber,
    Email,
    Phone,
    Address1,
    Address2,
    Address3,
    City,
    State,
    PostalCode,
    Country,
    PrivateKey,
    PublicKey,
    KeyFingerprint,
    Notes,
    /// An address of a login, by its place.
    Uri(u16),
    /// A field somebody added, by its place.
    Field(u16),
}

/// Where a part stands in an item, and how it is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartRule {
    /// The part.
    pub part: ItemPart,
    /// The object of the item's JSON it is in; empty for the item itself.
    pub within: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// Whether it is shown only when somebody asks for it.
    pub concealed: bool,
    /// Most bytes of UTF-8 it takes, so that what is stored stays within the field's limit.
    pub limit: usize,
}

/// The event a person causes by seeing a part, and by copying it (contract §5.3), where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartEvents {
    /// Seeing it.
    pub shown: Option<i32>,
    /// Copying it.
    pub copied: Option<i32>,
}

/// Longest name of an item, in bytes of UTF-8: encrypted and written as text it takes 1,000 characters.
pub const NAME_BYTES: usize = 687;
/// Longest note, for which 10,000 characters are kept.
const NOTES_BYTES: usize = 7_439;
/// Longest text for which 5,000 characters are kept.
const LONG_BYTES: usize = 3_695;
/// Longest address of a login.
pub const URI_BYTES: usize = NOTES_BYTES;
/// Longest value of a field somebody added.
pub const FIELD_BYTES: usize = LONG_BYTES;
/// Most addresses of one login, and most added fields of one item, that are taken.
pub const MOST_ENTRIES: usize = 100;

/// The parts of an item of a kind, in the order of its form. Its notes stand last; of a kind that is not known there is
/// nothing.
pub fn parts(kind: i32) -> &'static [PartRule] {
    match kind {
        LOGIN => LOGIN_PARTS,
        SECURE_NOTE => NOTE_PARTS,
        CARD => CARD_PARTS,
        IDENTITY => IDENTITY_PARTS,
        SSH_KEY => SSH_KEY_PARTS,
        _ => &[],
    }
}

/// The object of the item's JSON that a kind has for itself.
pub fn own_object(kind: i32) -> Option<&'static str> {
    match kind {
        LOGIN => Some("login"),
        SECURE_NOTE => Some("secureNote"),
        CARD => Some("card"),
        IDENTITY => Some("identity"),
        SSH_KEY => Some("sshKey"),
        _ => None,
    }
}

/// The rule of a part in an item of this kind.
pub fn rule(kind: i32, part: ItemPart) -> Option<&'static PartRule> {
    parts(kind).iter().find(|rule| rule.part == part)
}

/// What the log is told when a part is seen or copied.
pub fn events_of(part: ItemPart) -> PartEvents {
    let (shown, copied) = match part {
        ItemPart::Password => (Some(1108), Some(1111)),
        ItemPart::AuthenticatorKey => (Some(1118), None),
        ItemPart::CardNumber => (Some(1117), None),
        ItemPart::SecurityCode => (Some(1110), Some(1113)),
        ItemPart::LicenseNumber => (Some(1124), Some(1123)),
        ItemPart::PassportNumber => (Some(1126), Some(1125)),
        ItemPart::SocialSecurityNumber => (Some(1132), Some(1131)),
        ItemPart::Field(_) => (Some(1109), Some(1112)),
        _ => (None, None),
    };
    PartEvents { shown, copied }
}

/// The event of looking at an item.
pub const VIEWED: i32 = 1107;

const fn part(part: ItemPart, within: &'static str, name: &'static str) -> PartRule {
    PartRule { part, within, name, concealed: false, limit: NAME_BYTES }
}

const fn concealed(rule: PartRule) -> PartRule {
    PartRule { concealed: true, ..rule }
}

const fn long(rule: PartRule) -> PartRule {
    PartRule { limit: LONG_BYTES, ..rule }
}

const NOTES: PartRule =
    PartRule { part: ItemPart::Notes, within: "", name: "notes", concealed: false, limit: NOTES_BYTES };

const LOGIN_PARTS: &[PartRule] = &[
    part(ItemPart::Username, "login", "username"),
    long(concealed(part(ItemPart::Password, "login", "password"))),
    concealed(part(ItemPart::AuthenticatorKey, "login", "totp")),
    NOTES,
];

const NOTE_PARTS: &[PartRule] = &[NOTES];

const CARD_PARTS: &[PartRule] = &[
    part(ItemPart::Cardholder, "card", "cardholderName"),
    part(ItemPart::Brand, "card", "brand"),
    concealed(part(ItemPart::CardNumber, "card", "number")),
    part(ItemPart::ExpiryMonth, "card", "expMonth"),
    part(ItemPart::ExpiryYear, "card", "expYear"),
    concealed(part(ItemPart::SecurityCode, "card", "code")),
    NOTES,
];

const IDENTITY_PARTS: &[PartRule] = &[
    part(ItemPart::Title, "identity", "title"),
    part(ItemPart::FirstName, "identity", "firstName"),
    part(ItemPart::MiddleName, "identity", "middleName"),
    part(ItemPart::LastName, "identity", "lastName"),
    part(ItemPart::IdentityUsername, "identity", "username"),
    part(ItemPart::Company, "identity", "company"),
    concealed(part(ItemPart::SocialSecurityNumber, "identity", "ssn")),
    concealed(part(ItemPart::PassportNumber, "identity", "passportNumber")),
    concealed(part(ItemPart::LicenseNumber, "identity", "licenseNumber")),
    part(ItemPart::Email, "identity", "email"),
    part(ItemPart::Phone, "identity", "phone"),
    part(ItemPart::Address1, "identity", "address1"),
    part(ItemPart::Address2, "identity", "address2"),
    part(ItemPart::Address3, "identity", "address3"),
    part(ItemPart::City, "identity", "city"),
    part(ItemPart::State, "identity", "state"),
    part(ItemPart::PostalCode, "identity", "postalCode"),
    part(ItemPart::Country, "identity", "country"),
    NOTES,
];

const SSH_KEY_PARTS: &[PartRule] = &[
    long(concealed(part(ItemPart::PrivateKey, "sshKey", "privateKey"))),
    long(part(ItemPart::PublicKey, "sshKey", "publicKey")),
    part(ItemPart::KeyFingerprint, "sshKey", "keyFingerprint"),
    NOTES,
];

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [i32; 5] = [LOGIN, SECURE_NOTE, CARD, IDENTITY, SSH_KEY];

    #[test]
    fn every_part_has_one_place_and_stands_where_its_kind_keeps_its_own() {
        for kind in KINDS {
            let all = parts(kind);
            for (at, one) in all.iter().enumerate() {
                assert!(one.within.is_empty() || Some(one.within) == own_object(kind));
                assert!(
                    all.iter().skip(at + 1).all(|other| other.part != one.part && other.name != one.name)
                );
            }
            assert_eq!(all.last().map(|rule| rule.part), Some(ItemPart::Notes));
        }
        assert!(parts(0).is_empty() && parts(99).is_empty());
    }

    #[test]
    fn what_the_log_hears_of_is_shown_only_when_asked_for() {
        for kind in KINDS {
            for rule in parts(kind) {
                let events = events_of(rule.part);
                assert!(
                    rule.concealed || events == PartEvents { shown: None, copied: None },
                    "{:?}",
                    rule.part
                );
            }
        }
    }

    #[test]
    fn a_text_within_its_limit_fits_what_is_stored() {
        // Padded to whole blocks; iv, data and code in base64 with their marks.
        let stored = |bytes: usize| 2 + 24 + 1 + ((bytes / 16 + 1) * 16).div_ceil(3) * 4 + 1 + 44;
        for (limit, most) in [(NAME_BYTES, 1_000), (LONG_BYTES, 5_000), (NOTES_BYTES, 10_000)] {
            assert!(stored(limit) <= most, "{limit}: {}", stored(limit));
            assert!(stored(limit + 1) > most, "{limit} could be longer");
        }
    }
}
