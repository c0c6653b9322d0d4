//! What goes wrong between the portal and its upstream: logged once, without anything secret, and told in words that say
//! what to do.

use std::{error::Error, time::Duration};

use axum::{
    http::{Method, Uri},
    response::{IntoResponse, Response},
};

use super::connect::ConnectError;
use crate::http::ApiError;

/// Why there is no answer to pass on.
#[derive(Debug)]
pub(super) enum Failure {
    /// The request itself is at fault: nobody else needs to hear of it.
    Request(ApiError),
    /// There is no connection: nothing was sent.
    Connect(String),
    /// The same, and it took too long to find out.
    ConnectTooSlow(Duration),
    /// The upstream is not who it says.
    Untrusted(String),
    /// The connection broke before an answer began. The request may have been carried out, so it is never sent again.
    Broken(String),
    /// No answer began in time. The request may still be carried out.
    TooSlow(Duration),
    /// The answer cannot be passed on.
    Unusable(&'static str),
}

impl From<hyper_util::client::legacy::Error> for Failure {
    fn from(error: hyper_util::client::legacy::Error) -> Self {
        let mut cause: Option<&(dyn Error + 'static)> = error.source();
        let mut said = error.to_string();
        while let Some(error) = cause {
            match error.downcast_ref() {
                Some(ConnectError::TooSlow(patience)) => return Self::ConnectTooSlow(*patience),
                Some(ConnectError::Untrusted(_)) => return Self::Untrusted(error.to_string()),
                Some(ConnectError::Unreachable(_)) => return Self::Connect(error.to_string()),
                None => said = format!("{said}: {error}"),
            }
            cause = error.source();
        }
        if error.is_connect() { Self::Connect(said) } else { Self::Broken(said) }
    }
}

impl Failure {
    /// Logs it and makes the answer. The address is logged without its query, which may hold somebody's words.
    pub(super) fn answer(self, method: &Method, uri: &Uri) -> Response {
        let path = uri.path();
        let (cause, told) = match self {
            Self::Request(error) => return error.into_response(),
            Self::Connect(cause) => (cause, ApiError::BadGateway(NOT_REACHED)),
            Self::ConnectTooSlow(patience) => {
                (format!("no connection within {patience:?}"), ApiError::GatewayTimeout(NOT_REACHED))
            }
            Self::Untrusted(cause) => (cause, ApiError::BadGateway(NOT_TRUSTED)),
            Self::Broken(cause) => (cause, ApiError::BadGateway(BROKE_OFF)),
            Self::TooSlow(patience) => {
                (format!("no answer began within {patience:?}"), ApiError::GatewayTimeout(TOO_SLOW))
            }
            Self::Unusable(cause) => (cause.to_owned(), ApiError::BadGateway(UNUSABLE)),
        };
        tracing::warn!(%method, path, cause, "the upstream gave no answer that could be passed on");
        told.into_response()
    }
}

const NOT_REACHED: &str = "The server behind this portal cannot be reached, so nothing was done. Try again in a moment; if it \
                           lasts, tell whoever runs the portal.";
const NOT_TRUSTED: &str = "The server behind this portal could not prove who it is, so nothing was sent to it. Tell whoever \
                           runs the portal to look at its certificate.";
const BROKE_OFF: &str = "The server behind this portal broke off before it answered. It may have done what was asked: look \
                         before you try again.";
const TOO_SLOW: &str = "The server behind this portal did not answer in time. It may still do what was asked: look before \
                        you try again.";
const UNUSABLE: &str = "The server behind this portal gave an answer that cannot be passed on safely. Tell whoever runs the \
                        portal; its log says more.";
