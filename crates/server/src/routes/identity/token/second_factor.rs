//! The second step of signing in.

use std::collections::BTreeMap;

use portal_wire::{
    EventType,
    identity::{MasterPasswordPolicy, TokenError},
};
use serde_json::Value;

use super::{Attempt, Refusal, password::record_failure};
use crate::{
    auth::{
        tokens::{Purpose, REMEMBER_TOKEN_LIFE},
        totp,
    },
    limits::{self, Limit},
    store::users::{self, User},
};

/// Checks the second factor; gives the token to remember the device by, if that was asked for.
pub(super) async fn check(
    attempt: &Attempt<'_>,
    user: &User,
    secret: &str,
) -> Result<Option<String>, Refusal> {
    let form = attempt.form;
    let (Some(token), Some(provider)) = (form.get("twofactortoken"), form.get("twofactorprovider")) else {
        return Err(required());
    };
    match provider {
        "0" => check_code(attempt, user, secret, token).await?,
        // A device is remembered only as long as its token lasts; then it is asked again, which is no failure.
        "5" if attempt.context.secrets.accepts(
            Purpose::Remember,
            token,
            remembered(attempt, user),
            &user.email,
            attempt.context.clock.now(),
        ) => {}
        "5" => return Err(required()),
        _ => return Err(wrong_code(attempt, user).await?),
    }
    let wanted = form.get("twofactorremember") == Some("1");
    let expires = attempt.context.clock.now().saturating_add(REMEMBER_TOKEN_LIFE);
    let token =
        attempt.context.secrets.voucher(Purpose::Remember, remembered(attempt, user), &user.email, expires);
    Ok((wanted && provider != "5").then_some(token))
}

async fn check_code(attempt: &Attempt<'_>, user: &User, secret: &str, code: &str) -> Result<(), Refusal> {
    let context = attempt.context;
    // Whoever gets here knows the password, so this cannot lock anybody out who does not need to worry anyway.
    limits::check(context, Limit::Proof, user.id).await?;
    if let Some(step) = totp::matching_step(secret, code, context.clock.now()) {
        let mut tx = context.store.write().await?;
        let fresh = users::use_totp_step(&mut tx, user.id, step).await?;
        tx.commit().await?;
        if fresh {
            return Ok(());
        }
    }
    Err(wrong_code(attempt, user).await?)
}

async fn wrong_code(attempt: &Attempt<'_>, user: &User) -> Result<Refusal, Refusal> {
    record_failure(attempt, user, EventType::UserFailedLogIn2fa).await?;
    Ok(attempt.fail(Refusal::wrong("Two-step token is invalid. Try again.")).await)
}

/// What a remembered device is known by: it, the person, and the stamp that ends it with every session.
fn remembered(attempt: &Attempt<'_>, user: &User) -> String {
    let device = attempt.form.get("deviceidentifier").unwrap_or_default();
    format!("{} {} {device}", user.id, user.security_stamp)
}

fn required() -> Refusal {
    Refusal::Grant(Box::new(TokenError {
        error: "invalid_grant".to_owned(),
        error_description: Some("Two factor required.".to_owned()),
        two_factor_providers: vec!["0".to_owned()],
        two_factor_providers2: BTreeMap::from([("0".to_owned(), Value::Null)]),
        master_password_policy: Some(MasterPasswordPolicy::default()),
        ..TokenError::default()
    }))
}
