//! `POST /connect/token`: every way to get an access token.

mod api_key;
mod device;
mod issue;
mod password;
mod refresh;
mod second_factor;

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use portal_wire::identity::{ErrorModel, TokenError};
use tokio::time::{Instant, sleep_until};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    http::{ApiError, Peer, document::documents, form::FormFields},
    limits::{self, Limit},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(token))
}

/// The programs that may sign people in.
const CLIENTS: [&str; 6] = ["web", "browser", "desktop", "cli", "mobile", "connector"];

/// A token for a password, a refresh token or an API key.
#[utoipa::path(
    post,
    path = "/identity/connect/token",
    tag = "identity",
    request_body(content = documents::TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (
            status = 200,
            description = "Tokens, and for a password or a person's API key the person's keys.",
            body = documents::TokenSuccess
        ),
        (status = 400, description = "Refused, as OAuth says it.", body = documents::TokenError),
        (status = 429)
    )
)]
async fn token(
    State(context): State<Context>,
    peer: Peer,
    headers: HeaderMap,
    form: FormFields,
) -> Result<Response, Refusal> {
    let begun = Instant::now();
    limits::check(&context, Limit::Token, peer.network()).await?;
    let attempt = Attempt { context: &context, peer, headers: &headers, form: &form, begun };
    let client = form.get("client_id").unwrap_or_default();
    match form.get("grant_type") {
        Some("password") if CLIENTS.contains(&client) => password::grant(&attempt, client).await,
        Some("refresh_token") if CLIENTS.contains(&client) => refresh::grant(&attempt, client).await,
        Some("client_credentials") => api_key::grant(&attempt, client).await,
        Some("password" | "refresh_token") => Err(Refusal::code("invalid_client")),
        Some(_) => Err(Refusal::code("unsupported_grant_type")),
        None => Err(Refusal::code("invalid_request")),
    }
}

/// One request for a token.
struct Attempt<'a> {
    context: &'a Context,
    peer: Peer,
    headers: &'a HeaderMap,
    form: &'a FormFields,
    begun: Instant,
}

impl Attempt<'_> {
    /// The version header, which sign-ins of people must carry. No account here needs a newer client than another.
    fn check_version(&self) -> Result<(), Refusal> {
        let version = self.headers.get("bitwarden-client-version").and_then(|value| value.to_str().ok());
        let parts = |version: &str| {
            let numbers = version.split('.').collect::<Vec<_>>();
            (2..=4).contains(&numbers.len()) && numbers.iter().all(|number| number.parse::<u32>().is_ok())
        };
        if version.is_some_and(parts) {
            return Ok(());
        }
        let text = "The header Bitwarden-Client-Version is missing.";
        Err(Refusal::with_model("version_header_missing", text, text))
    }

    /// Makes whoever guesses wait, then refuses: at a moment that does not tell what was looked up and written until then.
    async fn fail(&self, refusal: Refusal) -> Refusal {
        hold_back(self.begun, self.context.settings.failure_delay).await;
        refusal
    }
}

/// Why there is no token.
enum Refusal {
    /// As OAuth says it.
    Grant(Box<TokenError>),
    /// As everywhere else: too many requests, or the server's own fault.
    Other(ApiError),
}

impl Refusal {
    /// A code alone.
    fn code(error: &str) -> Self {
        Self::Grant(Box::new(TokenError { error: error.to_owned(), ..TokenError::default() }))
    }

    /// A code, its description, and a text for the person.
    fn with_model(error: &str, description: &str, message: &str) -> Self {
        Self::Grant(Box::new(TokenError {
            error: error.to_owned(),
            error_description: Some(description.to_owned()),
            error_model: Some(ErrorModel { message: message.to_owned() }),
            ..TokenError::default()
        }))
    }

    /// Wrong address, password or code: which of them is not said.
    fn wrong(message: &str) -> Self {
        Self::with_model("invalid_grant", "invalid_username_or_password", message)
    }
}

impl<E: Into<ApiError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Grant(error) => (StatusCode::BAD_REQUEST, Json(error)).into_response(),
            Self::Other(error) => error.into_response(),
        }
    }
}

/// Waits until so long after a request began.
async fn hold_back(begun: Instant, delay: Duration) {
    sleep_until(begun + delay).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_refusal_comes_at_the_same_moment_however_long_the_work_took() {
        for work in [0, 40, 1_500] {
            let begun = Instant::now();
            tokio::time::advance(Duration::from_millis(work)).await;
            hold_back(begun, Duration::from_secs(2)).await;
            assert_eq!(begun.elapsed(), Duration::from_secs(2));
        }
    }
}
