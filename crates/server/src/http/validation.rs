//! Checking what a request says, field by field.

use std::collections::BTreeMap;

use super::ApiError;

/// The longest e-mail address.
pub const EMAIL_LIMIT: usize = 256;

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
        if value.trim().is_empty() {
            return self.required(field, value);
        }
        if !is_email(value) {
            self.error(field, format!("The {field} field is not a supported e-mail address format."));
        }
        self.at_most(field, value, EMAIL_LIMIT)
    }

    /// Refuses the request if anything was wrong.
    pub fn finish(&mut self) -> Result<(), ApiError> {
        match std::mem::take(&mut self.errors) {
            errors if errors.is_empty() => Ok(()),
            errors => Err(ApiError::Invalid(errors)),
        }
    }
}

/// Whether a text is one bare e-mail address: no display name, no comment, no control or invisible character.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |text: &str| {
        !text.is_empty()
            && !text.chars().any(|c| c.is_control() || c.is_whitespace() || "()<>[],;:\\\"@".contains(c))
    };
    let dots = |text: &str| !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
    plain(local)
        && plain(domain)
        && dots(local)
        && dots(domain)
        && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && !domain.starts_with('-')
        && !domain.ends_with('-')
}

/// An e-mail address as it is stored and compared.
pub fn normal_email(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for good in ["ann@example.test", "ann+tag@sub.example.test", "a@b", "änne@bücher.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ann",
            "@example.test",
            "ann@",
            "ann@@example.test",
            "Ann <ann@example.test>",
            "ann@example.test\n",
            "ann @example.test",
            "ann@exa mple.test",
            "ann.@example.test",
            "ann@example..test",
            "ann@-example.test",
            "ann\u{202e}@example.test\u{200b}",
        ] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let error = Validation::new().email("BillingEmail", "no").required("Name", " ").finish().unwrap_err();
        let ApiError::Invalid(errors) = error else { panic!("not a validation error") };
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["BillingEmail", "Name"]);
    }
}
