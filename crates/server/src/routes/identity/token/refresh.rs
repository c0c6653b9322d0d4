//! A new access token for a refresh token, with the roles of this moment.

use axum::response::Response;
use serde::Serialize;

use super::{Attempt, Refusal, issue};
use crate::{
    auth::{ACCESS_TOKEN_LIFE, Session, secrets},
    store::{sessions, users},
};

/// The fields of OAuth alone: a refresh hands out no keys.
#[derive(Serialize)]
pub(super) struct Refreshed<'a> {
    pub(super) access_token: String,
    pub(super) expires_in: i64,
    pub(super) token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token: Option<&'a str>,
    pub(super) scope: &'static str,
}

/// The same refresh token is handed back, and lives on from now.
pub(super) async fn grant(attempt: &Attempt<'_>, client: &str) -> Result<Response, Refusal> {
    let context = attempt.context;
    let now = context.clock.now();
    let refused = || Refusal::code("invalid_grant");
    let token = attempt.form.get("refresh_token").ok_or_else(refused)?;
    let mut tx = context.store.write().await?;
    let session = sessions::refresh(&mut tx, &secrets::token_hash(token), now).await?.ok_or_else(refused)?;
    let user = users::by_id(&mut tx, session.user_id).await?.ok_or_else(refused)?;
    if session.client_id != client || session.security_stamp != user.security_stamp {
        return Err(refused());
    }
    let claimed = Session {
        client_id: client,
        device_identifier: &session.device_identifier,
        device_type: session.device_type,
        offline: true,
    };
    let access_token = issue::access_token(attempt, &mut tx, &user, &claimed, now).await?;
    tx.commit().await?;
    Ok(issue::answer(&Refreshed {
        access_token,
        expires_in: ACCESS_TOKEN_LIFE,
        token_type: "Bearer",
        refresh_token: Some(token),
        scope: issue::scope(true),
    }))
}
