//! Opening an account. It always takes a token: of a mail to the address, or of an invitation.

mod finish;
mod invitation;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use portal_wire::identity::{SendVerificationEmailRequest, VerificationEmailClickedRequest};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::tokens::{Purpose, REGISTRATION_TOKEN_LIFE},
    http::{ApiError, Body, Peer, Validation, document::documents, validation::normal_email},
    limits::{self, Limit},
    mail::letters,
    settings::Signups,
    store::{outbox, users},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(send_verification_email))
        .routes(routes!(verification_email_clicked))
        .routes(routes!(finish::finish))
}

/// A token to register with, by mail; where no mail server is set, as the answer itself.
#[utoipa::path(
    post,
    path = "/identity/accounts/register/send-verification-email",
    tag = "identity",
    request_body = documents::SendVerificationEmailRequest,
    responses(
        (status = 200, description = "The token, where no mail can be sent.", body = String),
        (status = 204, description = "The token was mailed."),
        (status = 400),
        (status = 429)
    )
)]
async fn send_verification_email(
    State(context): State<Context>,
    peer: Peer,
    Body(request): Body<SendVerificationEmailRequest>,
) -> Result<Response, ApiError> {
    limits::check(&context, Limit::Registration, peer.network()).await?;
    let name = request.name.as_deref().map(str::trim).unwrap_or_default();
    Validation::new().email("Email", &request.email).at_most("Name", name, 50).finish()?;
    if context.settings.signups == Signups::Invited {
        return Err(ApiError::refused("Open registration is switched off here. Ask for an invitation."));
    }
    let email = normal_email(&request.email);
    let now = context.clock.now();
    let exists = users::by_email(&mut *context.store.read().await?, &email).await?.is_some();
    let expires = now.saturating_add(REGISTRATION_TOKEN_LIFE);
    // The token carries the name, so that nothing is stored before the address is proved.
    let token = context.secrets.voucher(Purpose::Registration, name, &email, expires);
    if context.settings.smtp.is_none() {
        return if exists { Err(taken(&email)) } else { Ok(Json(token).into_response()) };
    }
    // Whether an address has an account is told only to whoever reads its mail; the answer takes as long either way.
    let letter = match exists {
        true => letters::already_registered(&context.settings, &email),
        false => letters::registration(&context.settings, &email, &token),
    };
    let mut tx = context.store.write().await?;
    outbox::add(&mut tx, letter, now).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Whether the link in the mail is still good.
#[utoipa::path(
    post,
    path = "/identity/accounts/register/verification-email-clicked",
    tag = "identity",
    request_body = documents::VerificationEmailClickedRequest,
    responses((status = 200, description = "It is."), (status = 400), (status = 429))
)]
async fn verification_email_clicked(
    State(context): State<Context>,
    peer: Peer,
    Body(request): Body<VerificationEmailClickedRequest>,
) -> Result<(), ApiError> {
    limits::check(&context, Limit::Registration, peer.network()).await?;
    Validation::new()
        .email("Email", &request.email)
        .required("EmailVerificationToken", &request.email_verification_token)
        .finish()?;
    let email = normal_email(&request.email);
    let token = &request.email_verification_token;
    if context.secrets.vouched(Purpose::Registration, token, &email, context.clock.now()).is_none() {
        return Err(expired());
    }
    match users::by_email(&mut *context.store.read().await?, &email).await? {
        Some(_) => Err(taken(&email)),
        None => Ok(()),
    }
}

fn expired() -> ApiError {
    ApiError::refused("The link is not valid or has expired. Start the registration again.")
}

fn taken(email: &str) -> ApiError {
    ApiError::refused(format!("The e-mail address {email} is already taken."))
}
