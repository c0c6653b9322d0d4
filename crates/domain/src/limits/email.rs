//! E-mail addresses.

use std::collections::HashSet;

/// Longest e-mail address.
pub const EMAIL_LENGTH: usize = 256;
/// Most addresses in one invitation.
pub const INVITATIONS_AT_ONCE: usize = 20;

/// Why a text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// There is nothing but white space.
    #[error("it is empty")]
    Empty,
    /// It is too long.
    #[error("it is longer than {EMAIL_LENGTH} characters")]
    TooLong,
    /// There is not exactly one @.
    #[error("it needs exactly one @")]
    At,
    /// What is before the @ is missing, or holds what cannot be there.
    #[error("the part before the @ is not valid")]
    Local,
    /// What is after the @ is not a domain such as example.com.
    #[error("the part after the @ is not a domain")]
    Domain,
}

/// An e-mail address without the white space around it, in the case it was typed in.
///
/// Stricter than the standard: no quoted local parts, no comments, no address literals, and a domain with a dot.
pub fn parse_email(text: &str) -> Result<String, EmailError> {
    let address = text.trim();
    if address.is_empty() {
        return Err(EmailError::Empty);
    }
    if address.encode_utf16().count() > EMAIL_LENGTH {
        return Err(EmailError::TooLong);
    }
    let (local, domain) = address.split_once('@').ok_or(EmailError::At)?;
    if domain.contains('@') {
        return Err(EmailError::At);
    }
    if !is_local(local) {
        return Err(EmailError::Local);
    }
    if !is_domain(domain) {
        return Err(EmailError::Domain);
    }
    Ok(address.to_owned())
}

/// A domain with a dot, such as follows the @ of an address; `None` where the text is none.
pub fn parse_domain(text: &str) -> Option<&str> {
    (text.len() <= EMAIL_LENGTH && is_domain(text)).then_some(text)
}

fn is_local(local: &str) -> bool {
    let allowed = |character: char| character.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character);
    local.split('.').all(|part| !part.is_empty() && part.chars().all(allowed))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|character| character.is_alphanumeric() || character == '-')
    };
    let Some((_, top)) = domain.rsplit_once('.') else { return false };
    domain.split('.').all(is_label) && top.len() >= 2 && !top.chars().all(|digit| digit.is_ascii_digit())
}

/// One of several addresses that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAddress {
    /// As it was typed.
    pub text: String,
    /// What is wrong with it.
    pub error: EmailError,
}

/// Why a list of addresses cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressesError {
    /// There is none.
    #[error("there is no address")]
    Empty,
    /// There are too many, after the doubled ones were dropped.
    #[error("{0} addresses are too many; at most {INVITATIONS_AT_ONCE} can be invited at once")]
    TooMany(usize),
    /// Some are none.
    #[error("some of these are not e-mail addresses")]
    Bad(Vec<BadAddress>),
}

/// Addresses divided by commas, semicolons, spaces or line breaks, each once, in the order they were typed.
pub fn parse_addresses(text: &str) -> Result<Vec<String>, AddressesError> {
    let mut seen = HashSet::new();
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let parts = text.split(|character: char| matches!(character, ',' | ';') || character.is_whitespace());
    for part in parts.filter(|part| !part.is_empty()) {
        if !seen.insert(part.to_lowercase()) {
            continue;
        }
        match parse_email(part) {
            Ok(address) => good.push(address),
            Err(error) => bad.push(BadAddress { text: part.to_owned(), error }),
        }
    }
    if !bad.is_empty() {
        Err(AddressesError::Bad(bad))
    } else if good.is_empty() {
        Err(AddressesError::Empty)
    } else if good.len() > INVITATIONS_AT_ONCE {
        Err(AddressesError::TooMany(good.len()))
    } else {
        Ok(good)
    }
}
