//! What requests about staff, members and clients have in common.

use axum::extract::Query;
use portal_domain::limits::{Stored, TextError, parse_name};
use portal_wire::{OrganizationId, organization::KeyPair};

use crate::http::{ApiError, Validation};

/// The longest key for a person that is kept: several times what the largest RSA key in use makes.
pub(super) const LONGEST_KEY: usize = 2_000;

/// The longest key of a pair that is kept: as [`LONGEST_KEY`], of a whole private key.
const LONGEST_KEY_OF_PAIR: usize = 10_000;

/// A name that must be there, without the white space around it. How its length is counted depends on what is named.
pub(super) fn check_name(wrong: &mut Validation, name: &str, stored: Stored) -> String {
    match parse_name(name, stored) {
        Ok(name) => name,
        Err(TextError::Empty) => {
            wrong.required("Name", name);
            String::new()
        }
        Err(TextError::TooLong { limit, .. }) => {
            wrong.error("Name", format!("The field Name must be a string with a maximum length of {limit}."));
            String::new()
        }
    }
}

/// A key wrapped for a person.
pub(super) fn check_key(wrong: &mut Validation, field: &str, key: &str) {
    wrong.required(field, key).at_most(field, key, LONGEST_KEY);
}

/// The keys of a bulk confirmation, of which there must be some.
pub(super) fn check_keys<'a>(wrong: &mut Validation, keys: impl ExactSizeIterator<Item = &'a str>) {
    if keys.len() == 0 {
        wrong.error("Keys", "The Keys field is required.");
    }
    for (place, key) in keys.enumerate() {
        check_key(wrong, &format!("Keys[{place}].Key"), key);
    }
}

/// The key pair of an organization, which is a field of the request, or the request itself where `field` is empty.
pub(super) fn check_key_pair(wrong: &mut Validation, field: &str, pair: &KeyPair) {
    let keys = [("PublicKey", &pair.public_key), ("EncryptedPrivateKey", &pair.encrypted_private_key)];
    for (name, key) in keys {
        let field = if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
        wrong.required(&field, key).at_most(&field, key, LONGEST_KEY_OF_PAIR);
    }
}

/// The ids of a bulk request, of which there must be some.
pub(super) fn some_ids<T>(ids: Vec<T>) -> Result<Vec<T>, ApiError> {
    if ids.is_empty() {
        return Err(ApiError::invalid("Ids", "The Ids field is required."));
    }
    Ok(ids)
}

/// The organization that a query names; names in any case, as everywhere. What is no id names nothing.
pub(super) fn organization_of_query(
    query: &Query<Vec<(String, String)>>,
) -> Result<OrganizationId, ApiError> {
    let said = query.0.iter().find(|(name, _)| name.eq_ignore_ascii_case("organizationId"));
    said.and_then(|(_, id)| id.parse().ok()).ok_or(ApiError::NotFound)
}
