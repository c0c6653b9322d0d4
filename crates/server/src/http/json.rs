//! JSON bodies, read as forgivingly as the original reads them.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ApiError, lenient, patience::TooSlow};

/// A JSON body: property names in any case, unknown ones ignored, numbers also in quotes.
///
/// What does not fit is answered with 400 and the path or the name of the field.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !may_be_json(request.headers()) {
            return Err(ApiError::NotJson);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(refuse_body)?;
        parse(&bytes).map(Self)
    }
}

/// Whether a body is said to be JSON, or not said to be anything.
fn may_be_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return true };
    let kind =
        kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Why a body could not be read at all.
pub(super) fn refuse_body(rejection: BytesRejection) -> ApiError {
    if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge
    } else if is_too_slow(&rejection) {
        ApiError::TimedOut
    } else {
        ApiError::refused("The request body broke off.")
    }
}

fn is_too_slow(rejection: &BytesRejection) -> bool {
    let mut cause = std::error::Error::source(rejection);
    while let Some(error) = cause {
        if error.is::<TooSlow>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Reads a JSON text.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let value = serde_json::from_slice(bytes)
        .map_err(|error| ApiError::invalid("$", format!("The request body is not JSON: {error}.")))?;
    if let Some(field) = nul_field(&value) {
        return Err(ApiError::invalid(&field, "A text must not hold the character U+0000."));
    }
    lenient::from_value(value).map_err(|error| match error {
        lenient::Error::Missing { field } => {
            let field = pascal_case(&field);
            let message = format!("The {field} field is required.");
            ApiError::invalid(&field, message)
        }
        lenient::Error::Unfit { path, message } => ApiError::invalid(&path, message),
    })
}

/// The field with a text that [`holds_nul`].
fn nul_field(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => {
            fields.iter().find(|(_, value)| holds_nul(value)).map(|(name, _)| pascal_case(name))
        }
        _ => holds_nul(value).then(|| "$".to_owned()),
    }
}

/// Whether a text in the value holds the character U+0000, which PostgreSQL cannot keep.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.values().any(holds_nul),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// `billingEmail` as `BillingEmail`.
fn pascal_case(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
