//! Every way a request can fail, with the status and body the contract gives it.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use portal_domain::access::{Action, Refusal, refusal};
use serde_json::{Value, json};

use crate::store::StoreError;

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 401 without a body: no token, or one that is no longer good.
    #[error("not signed in")]
    Unauthenticated,
    /// 401 without a body, where billing and client routes refuse a role.
    #[error("not allowed")]
    Unauthorized,
    /// 401 with a message, where billing and client routes refuse what the role may otherwise do.
    #[error("{0}")]
    UnauthorizedBecause(String),
    /// 403 without a body: the role may not.
    #[error("forbidden")]
    Forbidden,
    /// 403 with a message, where the role would do if nobody else did this for the organization.
    #[error("{0}")]
    ForbiddenBecause(String),
    /// 404: there is no such thing, or none the caller may know of.
    #[error("Resource not found.")]
    NotFound,
    /// 404 with a message of its own.
    #[error("{0}")]
    NotFoundBecause(String),
    /// 400: a rule forbids it; the text says which.
    #[error("{0}")]
    Refused(String),
    /// 400: fields are wrong, by name in PascalCase, or by path.
    #[error("The model state is invalid.")]
    Invalid(BTreeMap<String, Vec<String>>),
    /// 400: several things went wrong at once.
    #[error("Errors have occurred.")]
    Several(Vec<String>),
    /// 409: somebody else was faster.
    #[error("{0}")]
    Conflict(String),
    /// 408: the body broke off, or took too long to come.
    #[error("The request did not arrive in time. Try again.")]
    TimedOut,
    /// 413: the body is larger than this server takes.
    #[error("The request is too large.")]
    TooLarge,
    /// 415: the body is of another kind than the route reads.
    #[error("The request body must be JSON, with the content type application/json.")]
    NotJson,
    /// 429: too many requests of this kind.
    #[error("Too many requests. Try again later.")]
    TooMany {
        /// How long to wait.
        retry_after: Duration,
    },
    /// 502: the server behind the gateway cannot be asked, or gave no answer; whoever found out has logged why.
    #[error("{0}")]
    BadGateway(&'static str),
    /// 504: the same, and it took too long to find out.
    #[error("{0}")]
    GatewayTimeout(&'static str),
    /// 500: the server's own fault; the cause is logged, not told.
    #[error("An unhandled server error has occurred.")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl ApiError {
    /// A rule forbids it; the text says which.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Refused(message.into())
    }

    /// What those are answered whose role lacks an action: the role table knows.
    pub fn role(action: Action) -> Self {
        match refusal(action) {
            Refusal::Forbidden => Self::Forbidden,
            Refusal::NotFound => Self::NotFound,
            Refusal::Unauthorized => Self::Unauthorized,
            Refusal::UnauthorizedWithText => Self::UnauthorizedBecause("Unauthorized.".to_owned()),
            Refusal::BadRequest => Self::refused("You do not have permission to do this."),
        }
    }

    /// One field is wrong (its PascalCase name; empty for the request as a whole).
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(BTreeMap::from([(field.to_owned(), vec![message.into()])]))
    }

    /// The server's own fault.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated | Self::Unauthorized | Self::UnauthorizedBecause(_) => {
                StatusCode::UNAUTHORIZED
            }
            Self::Forbidden | Self::ForbiddenBecause(_) => StatusCode::FORBIDDEN,
            Self::NotFound | Self::NotFoundBecause(_) => StatusCode::NOT_FOUND,
            Self::Refused(_) | Self::Invalid(_) | Self::Several(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::BadGateway(_) => StatusCode::BAD_GATEWAY,
            Self::GatewayTimeout(_) => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    fn validation_errors(&self) -> Value {
        match self {
            Self::Invalid(errors) => json!(errors),
            Self::Several(messages) => json!({ "": messages }),
            _ => Value::Null,
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        // The edge: a failure is logged here and nowhere else, and what the caller did wrong is not a failure.
        if let Self::Internal(cause) = &self {
            tracing::error!(cause = %cause, "a request failed");
        }
        let status = self.status();
        match &self {
            Self::Unauthenticated | Self::Unauthorized => {
                (status, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()
            }
            Self::Forbidden => status.into_response(),
            _ => {
                let body = json!({
                    "object": "error",
                    "message": self.to_string(),
                    "validationErrors": self.validation_errors(),
                    "exceptionMessage": null,
                    "exceptionStackTrace": null,
                    "innerExceptionMessage": null,
                });
                let mut response = (status, Json(body)).into_response();
                if let Self::TooMany { retry_after } = self {
                    response.headers_mut().insert(header::RETRY_AFTER, retry_after.as_secs().max(1).into());
                }
                response
            }
        }
    }
}
