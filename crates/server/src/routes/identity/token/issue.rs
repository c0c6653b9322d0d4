//! Making the tokens, and what is answered with them.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use portal_wire::{
    EventType, Timestamp,
    identity::{
        MasterPasswordPolicy, MasterPasswordUnlock, PublicKeyEncryptionKeyPair, TokenAccountKeys, TokenKdf,
        TokenSuccess, UserDecryptionOptions,
    },
};

use super::{Attempt, Refusal};
use crate::{
    auth::{ACCESS_TOKEN_LIFE, Claims, Person, Session, secrets},
    store::{
        StoreError, Tx, devices, devices::Device, events, events::NewEvent, organizations, providers,
        sessions, users::User,
    },
};

/// What a sign-in is granted.
pub(super) struct Grant<'a> {
    pub(super) user: &'a User,
    pub(super) client: &'a str,
    pub(super) device: &'a Device,
    /// Whether a refresh token goes with it.
    pub(super) offline: bool,
    /// The token to remember the device by.
    pub(super) remember: Option<String>,
}

/// Signs a person in: notes the device, begins the session and writes the event, all or nothing.
pub(super) async fn tokens(attempt: &Attempt<'_>, grant: Grant<'_>) -> Result<Response, Refusal> {
    let (context, user) = (attempt.context, grant.user);
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    devices::seen(&mut tx, user.id, grant.device, now).await?;
    let kind = grant.device.kind;
    let event =
        NewEvent::at_sign_in(EventType::UserLoggedIn, user.id, Some(kind.number()), attempt.peer.ip, now);
    events::record_personal(&mut tx, event).await?;
    let mut refresh_token = None;
    if grant.offline {
        let token = secrets::random_text::<32>();
        let session = sessions::Session {
            user_id: user.id,
            client_id: grant.client.to_owned(),
            device_identifier: grant.device.identifier.clone(),
            device_type: kind,
            security_stamp: user.security_stamp.clone(),
        };
        sessions::insert(&mut tx, &secrets::token_hash(&token), &session, now).await?;
        refresh_token = Some(token);
    }
    let session = Session {
        client_id: grant.client,
        device_identifier: &grant.device.identifier,
        device_type: kind,
        offline: grant.offline,
    };
    let access_token = access_token(attempt, &mut tx, user, &session, now).await?;
    tx.commit().await?;
    let success = TokenSuccess {
        access_token,
        refresh_token,
        scope: Some(scope(grant.offline).to_owned()),
        two_factor_token: grant.remember,
        ..person(user)
    };
    Ok(answer(&success))
}

/// An access token with the roles of this moment.
pub(super) async fn access_token(
    attempt: &Attempt<'_>,
    tx: &mut Tx,
    user: &User,
    session: &Session<'_>,
    now: Timestamp,
) -> Result<String, StoreError> {
    let person = Person {
        id: user.id,
        email: &user.email,
        email_verified: user.email_verified,
        name: user.name.as_deref(),
        security_stamp: &user.security_stamp,
    };
    let in_providers = providers::roles(tx, user.id).await?;
    let in_organizations = organizations::roles(tx, user.id).await?;
    let context = attempt.context;
    let issuer = &context.settings.public_url;
    let claims = Claims::person(issuer, now, &person, session, &in_providers, &in_organizations);
    Ok(claims.into_token(&context.secrets))
}

/// The scope as it is written.
pub(super) fn scope(offline: bool) -> &'static str {
    if offline { "api offline_access" } else { "api" }
}

/// An answer that nothing on the way may keep.
pub(super) fn answer<T: serde::Serialize>(body: &T) -> Response {
    ([(header::PRAGMA, "no-cache")], Json(body)).into_response()
}

/// The person's own keys and settings, which go with a sign-in.
fn person(user: &User) -> TokenSuccess {
    let kdf = TokenKdf {
        kdf_type: user.kdf.kdf_type,
        iterations: user.kdf.iterations,
        memory: user.kdf.memory,
        parallelism: user.kdf.parallelism,
    };
    TokenSuccess {
        expires_in: ACCESS_TOKEN_LIFE,
        token_type: "Bearer".to_owned(),
        key: user.user_key.clone(),
        private_key: user.private_key.clone(),
        account_keys: user.private_key.clone().zip(user.public_key.clone()).map(
            |(wrapped_private_key, public_key)| TokenAccountKeys {
                public_key_encryption_key_pair: Some(PublicKeyEncryptionKeyPair {
                    wrapped_private_key,
                    public_key,
                    signed_public_key: None,
                }),
                ..TokenAccountKeys::default()
            },
        ),
        kdf: Some(user.kdf.kdf_type),
        kdf_iterations: Some(user.kdf.iterations),
        kdf_memory: user.kdf.memory,
        kdf_parallelism: user.kdf.parallelism,
        force_password_reset: user.force_password_reset,
        master_password_policy: Some(MasterPasswordPolicy::default()),
        user_decryption_options: Some(UserDecryptionOptions {
            has_master_password: true,
            master_password_unlock: user.user_key.clone().map(|master_key_encrypted_user_key| {
                MasterPasswordUnlock { kdf, master_key_encrypted_user_key, salt: user.salt().to_owned() }
            }),
            ..UserDecryptionOptions::default()
        }),
        ..TokenSuccess::default()
    }
}
