//! Form-encoded bodies with names in any case.

use std::collections::BTreeMap;

use axum::extract::{Form, FromRequest, Request, rejection::FormRejection};

use super::ApiError;

/// The fields of a form, by lower-case name.
pub struct FormFields(BTreeMap<String, String>);

impl FormFields {
    /// A field, if it is there and says something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

impl<S: Send + Sync> FromRequest<S> for FormFields {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let Form(pairs) =
            Form::<Vec<(String, String)>>::from_request(request, state).await.map_err(|rejection| {
                match rejection {
                    FormRejection::BytesRejection(rejection) => super::json::refuse_body(rejection),
                    other => ApiError::refused(format!("The form cannot be read: {other}.")),
                }
            })?;
        // PostgreSQL cannot keep the character U+0000: such a value is none.
        let pairs = pairs.into_iter().filter(|(_, value)| !value.contains('\0'));
        Ok(Self(pairs.map(|(name, value)| (name.to_lowercase(), value)).collect()))
    }
}
