//! Checking what a request says, field by field.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use portal_domain::limits::{EMAIL_LENGTH, EmailError, parse_email};

use super::ApiError;

/// Collects what is wrong with a request, so that all of it is answered at once.
#[derive(Debug, Default)]
pub struct Validation {
    errors: BTreeMap<String, Vec<String>>,
}

impl Validation {
    /// Nothing wrong yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Something is wrong with this field (its PascalCase name; empty for the request as a whole).
    pub fn error(&mut self, field: &str, message: impl Into<String>) -> &mut Self {
        self.errors.entry(field.to_owned()).or_default().push(message.into());
        self
    }

    /// The field must say something.
    pub fn required(&mut self, field: &str, value: &str) -> &mut Self {
        if value.trim().is_empty() {
            self.error(field, format!("The {field} field is required."));
        }
        self
    }

    /// The field may have so many characters, counted as UTF-16 units as the original does.
    pub fn at_most(&mut self, field: &str, value: &str, limit: usize) -> &mut Self {
        if value.encode_utf16().count() > limit {
            self.error(
                field,
                format!("The field {field} must be a string with a maximum length of {limit}."),
            );
        }
        self
    }

    /// The field must be an e-mail address.
    pub fn email(&mut self, field: &str, value: &str) -> &mut Self {
        match parse_email(value) {
            Ok(_) => self,
            Err(EmailError::Empty) => self.required(field, value),
            Err(EmailError::TooLong) => self.at_most(field, value, EMAIL_LENGTH),
            Err(_) => {
                self.error(field, format!("The {field} field is not a supported e-mail address format."))
            }
        }
    }

    /// The field must be an EncString of a known type, with all its parts.
    pub fn enc_string(&mut self, field: &str, value: &str) -> &mut Self {
        if !is_enc_string(value) {
            self.error(field, format!("{field} is not a valid encrypted string."));
        }
        self
    }

    /// Refuses the request if anything was wrong.
    pub fn finish(&mut self) -> Result<(), ApiError> {
        match std::mem::take(&mut self.errors) {
            errors if errors.is_empty() => Ok(()),
            errors => Err(ApiError::Invalid(errors)),
        }
    }
}

/// An e-mail address as it is stored and compared.
pub fn normal_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The check of contract §7: the type is known and every part is there, not that anything could decrypt it.
fn is_enc_string(text: &str) -> bool {
    let (kind, body) = match text.split_once('.') {
        Some((kind, body)) => (kind.parse().ok(), body),
        None if text.matches('|').count() == 2 => (Some(1), text),
        None => (Some(0), text),
    };
    let parts = match kind {
        Some(0 | 5 | 6) => 2,
        Some(1 | 2) => 3,
        Some(3 | 4 | 7) => 1,
        _ => return false,
    };
    body.split('|').count() == parts && body.split('|').all(is_base64)
}

/// Stray bits in the padding are let through, as the original does.
fn is_base64(part: &str) -> bool {
    let alphabet = BASE64.specification().symbols;
    !part.is_empty()
        && part.len().is_multiple_of(4)
        && part.trim_end_matches('=').len() + 2 >= part.len()
        && part.trim_end_matches('=').bytes().all(|byte| alphabet.as_bytes().contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encrypted_strings_are_known_by_their_parts() {
        for good in [
            "2.AAAA|AAAA|AAAA",
            "4.AAAA",
            "0.AAAA|AAAA",
            "AAAA|AAAA|AAAA",
            "AAAA|AAAA",
            "7.AAAA",
            "6.AAAA|AAAA",
        ] {
            assert!(is_enc_string(good), "{good}");
        }
        for bad in [
            "",
            "2.AAAA|AAAA",
            "2.AAAA|AAAA|AAAA|AAAA",
            "4.",
            "9.AAAA",
            "2.AAAA||AAAA",
            "4.A",
            "4.****",
            "x.AAAA",
        ] {
            assert!(!is_enc_string(bad), "{bad}");
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let error = Validation::new().email("BillingEmail", "no").required("Name", " ").finish().unwrap_err();
        let ApiError::Invalid(errors) = error else { panic!("not a validation error") };
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["BillingEmail", "Name"]);
    }
}
