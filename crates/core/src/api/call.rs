use std::fmt::Write;

use serde::Serialize;
use zeroize::Zeroizing;

use crate::platform::{Content, Method};

/// What is asked of the server, before address and token are added.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// With the service in front: `/api/…` or `/identity/…`.
    pub(crate) path: String,
    pub(crate) content: Content,
    /// Doing it twice is the same as doing it once, so that it may be sent again.
    pub(crate) repeatable: bool,
    /// Goes without the session's token.
    pub(crate) anonymous: bool,
    /// A token of its own, for routes that are not a person's (contract §1.3: the organization API key).
    pub(crate) bearer: Option<Zeroizing<String>>,
    /// Is for the portal itself, whichever server stands behind it.
    pub(crate) own: bool,
}

impl Call {
    /// Reads.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self { repeatable: true, ..Self::new(Method::Get, path) }
    }

    /// Reads a file of the portal's own.
    pub(crate) fn file(path: impl Into<String>) -> Self {
        Self { own: true, ..Self::get(path).anonymous() }
    }

    /// Does something that must not happen twice.
    pub(crate) fn post(path: impl Into<String>) -> Self {
        Self::new(Method::Post, path)
    }

    /// Sets something. Twice is once, but whether it happened matters: not repeated unless said so.
    pub(crate) fn put(path: impl Into<String>) -> Self {
        Self::new(Method::Put, path)
    }

    /// Removes something.
    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::Delete, path)
    }

    /// With a body.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        // The request types have text keys only, so writing them cannot fail.
        self.content = Content::Json(Zeroizing::new(serde_json::to_vec(body).unwrap_or_default()));
        self
    }

    /// With the fields of a form.
    pub(crate) fn form(mut self, fields: &[(&str, &str)]) -> Self {
        let mut text = Zeroizing::new(String::new());
        for (name, value) in fields {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            encode(value, &mut text);
        }
        self.content = Content::Form(text);
        self
    }

    /// May be sent again when it is not known whether it arrived.
    pub(crate) fn repeatable(self) -> Self {
        Self { repeatable: true, ..self }
    }

    /// Goes without any token.
    pub(crate) fn anonymous(self) -> Self {
        Self { anonymous: true, ..self }
    }

    /// Goes with this token instead of the session's.
    pub(crate) fn bearing(self, token: Zeroizing<String>) -> Self {
        Self { anonymous: true, bearer: Some(token), ..self }
    }

    fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            content: Content::None,
            repeatable: false,
            anonymous: false,
            bearer: None,
            own: false,
        }
    }
}

/// Percent-encodes what is not plain.
pub(crate) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_carries_any_text() {
        let call = Call::post("/x").form(&[("user", "a+b@c.example"), ("password", "ä &=%")]);
        let Content::Form(text) = call.content else { panic!("no form") };
        assert_eq!(text.as_str(), "user=a%2Bb%40c.example&password=%C3%A4%20%26%3D%25");
    }
}
