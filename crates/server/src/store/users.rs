//! Accounts.

use portal_wire::{KdfType, Timestamp, UserId, identity::KdfSettings};
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::{Db, StoreError, Tx, row::Columns};
use crate::auth::Caller;

/// An account. It has no `Debug`, because it carries hashes and keys.
#[derive(Clone)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Its address, in lower case.
    pub email: String,
    /// Whether the address was proved.
    pub email_verified: bool,
    /// What the person is called.
    pub name: Option<String>,
    /// The language.
    pub culture: String,
    /// The colour of the avatar.
    pub avatar_color: Option<String>,
    /// The stored hash of the master password hash.
    pub password_hash: String,
    /// The hint to the master password.
    pub password_hint: Option<String>,
    /// The salt of the derivation, if it is not the address.
    pub salt: Option<String>,
    /// How the master key is derived.
    pub kdf: KdfSettings,
    /// The user key under the stretched master key.
    pub user_key: Option<String>,
    /// The public key.
    pub public_key: Option<String>,
    /// The private key under the user key.
    pub private_key: Option<String>,
    /// For signing in without a password.
    pub api_key: String,
    /// Changes whenever every session must end.
    pub security_stamp: String,
    /// The secret of the authenticator app, if two-step login is on.
    pub totp_secret: Option<String>,
    /// Turns two-step login off when the app is lost.
    pub recovery_code: Option<String>,
    /// Whether sign-ins from new devices are checked.
    pub verify_devices: bool,
    /// Whether the password must be changed.
    pub force_password_reset: bool,
    /// Since when it exists.
    pub created_at: Timestamp,
    /// When something about it last changed.
    pub revised_at: Timestamp,
}

impl User {
    /// The salt of the derivation.
    pub fn salt(&self) -> &str {
        self.salt.as_deref().unwrap_or(&self.email)
    }

    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let unsigned = |column| -> Result<Option<u32>, StoreError> {
            row.number_maybe(column)?
                .map(|number| u32::try_from(number).map_err(|_| StoreError::Unreadable { column }))
                .transpose()
        };
        Ok(Self {
            id: row.id("id")?,
            email: row.text("email")?,
            email_verified: row.flag("email_verified")?,
            name: row.text_maybe("name")?,
            culture: row.text("culture")?,
            avatar_color: row.text_maybe("avatar_color")?,
            password_hash: row.text("password_hash")?,
            password_hint: row.text_maybe("password_hint")?,
            salt: row.text_maybe("salt")?,
            kdf: KdfSettings {
                kdf_type: KdfType::from_number(row.small("kdf")?),
                iterations: unsigned("kdf_iterations")?.unwrap_or_default(),
                memory: unsigned("kdf_memory")?,
                parallelism: unsigned("kdf_parallelism")?,
            },
            user_key: row.text_maybe("user_key")?,
            public_key: row.text_maybe("public_key")?,
            private_key: row.text_maybe("private_key")?,
            api_key: row.text("api_key")?,
            security_stamp: row.text("security_stamp")?,
            totp_secret: row.text_maybe("totp_secret")?,
            recovery_code: row.text_maybe("recovery_code")?,
            verify_devices: row.flag("verify_devices")?,
            force_password_reset: row.flag("force_password_reset")?,
            created_at: row.moment("created_at")?,
            revised_at: row.moment("revised_at")?,
        })
    }
}

/// The account with this address.
pub async fn by_email(db: &mut Db, email: &str) -> Result<Option<User>, StoreError> {
    let row =
        sqlx::query("SELECT * FROM users WHERE email = $1").bind(email.to_owned()).fetch_optional(db).await?;
    row.as_ref().map(User::read).transpose()
}

/// The account with this id.
pub async fn by_id(db: &mut Db, id: UserId) -> Result<Option<User>, StoreError> {
    let row =
        sqlx::query("SELECT * FROM users WHERE id = $1").bind(id.to_string()).fetch_optional(db).await?;
    row.as_ref().map(User::read).transpose()
}

/// The caller's own account; `None` if it was deleted since the token was made.
pub async fn of_caller(db: &mut Db, caller: &Caller) -> Result<Option<User>, StoreError> {
    by_id(db, caller.user_id()).await
}

/// The public key of an account, which everybody may know.
pub async fn public_key(db: &mut Db, id: UserId) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT public_key FROM users WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| row.text_maybe("public_key")).transpose()?.flatten())
}

/// Opens an account.
pub async fn insert(tx: &mut Tx, user: &User) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO users (id, email, email_verified, name, culture, avatar_color, password_hash, password_hint, salt, \
         kdf, kdf_iterations, kdf_memory, kdf_parallelism, user_key, public_key, private_key, api_key, security_stamp, \
         totp_secret, totp_last_step, recovery_code, verify_devices, force_password_reset, created_at, revised_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0, $20, $21, $22, \
         $23, $24)",
    )
    .bind(user.id.to_string())
    .bind(user.email.clone())
    .bind(i64::from(user.email_verified))
    .bind(user.name.clone())
    .bind(user.culture.clone())
    .bind(user.avatar_color.clone())
    .bind(user.password_hash.clone())
    .bind(user.password_hint.clone())
    .bind(user.salt.clone())
    .bind(i64::from(user.kdf.kdf_type.number()))
    .bind(i64::from(user.kdf.iterations))
    .bind(user.kdf.memory.map(i64::from))
    .bind(user.kdf.parallelism.map(i64::from))
    .bind(user.user_key.clone())
    .bind(user.public_key.clone())
    .bind(user.private_key.clone())
    .bind(user.api_key.clone())
    .bind(user.security_stamp.clone())
    .bind(user.totp_secret.clone())
    .bind(user.recovery_code.clone())
    .bind(i64::from(user.verify_devices))
    .bind(i64::from(user.force_password_reset))
    .bind(user.created_at.0)
    .bind(user.revised_at.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What a person may change about the own account.
pub struct Details {
    /// What the person is called.
    pub name: Option<String>,
    /// The hint; `None` leaves it.
    pub password_hint: Option<String>,
    /// The language; `None` leaves it.
    pub culture: Option<String>,
}

/// Changes the caller's own details.
pub async fn update_details(
    tx: &mut Tx,
    caller: &Caller,
    details: Details,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE users SET name = $1, password_hint = COALESCE($2, password_hint), culture = COALESCE($3, culture), \
         revised_at = $4 WHERE id = $5",
    )
    .bind(details.name)
    .bind(details.password_hint)
    .bind(details.culture)
    .bind(now.0)
    .bind(caller.user_id().to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps the id of the caller's key, which means nothing to the server.
pub async fn set_key_id(tx: &mut Tx, caller: &Caller, key_id: String) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET user_key_id = $1 WHERE id = $2")
        .bind(key_id)
        .bind(caller.user_id().to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Turns the caller's two-step login on with this secret, or off.
pub async fn set_totp(
    tx: &mut Tx,
    caller: &Caller,
    secret: Option<&str>,
    recovery_code: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET totp_secret = $1, recovery_code = $2, revised_at = $3 WHERE id = $4")
        .bind(secret.map(str::to_owned))
        .bind(recovery_code.map(str::to_owned))
        .bind(now.0)
        .bind(caller.user_id().to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Uses up a step of the authenticator app; false if it or a later one was used before.
pub async fn use_totp_step(tx: &mut Tx, user: UserId, step: i64) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE users SET totp_last_step = $1 WHERE id = $2 AND totp_last_step < $1")
        .bind(step)
        .bind(user.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives an account another master password, which it must change at the next sign-in. Whoever is signed in there is signed out.
pub(super) async fn replace_password(
    tx: &mut Tx,
    user: UserId,
    hash: &str,
    key: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE users SET password_hash = $1, user_key = $2, password_hint = NULL, force_password_reset = 1, \
         security_stamp = $3 WHERE id = $4",
    )
    .bind(hash.to_owned())
    .bind(key.to_owned())
    .bind(Uuid::new_v4().to_string())
    .bind(user.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the two-step login of somebody else's account away, who lost it. Whoever is signed in there is signed out.
pub(super) async fn take_two_step(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE users SET totp_secret = NULL, recovery_code = NULL, security_stamp = $1 WHERE id = $2",
    )
    .bind(Uuid::new_v4().to_string())
    .bind(user.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Before several accounts are touched: two transactions that touched the same ones in another order would wait for each
/// other in vain.
pub(super) async fn lock_many(tx: &mut Tx) -> Result<(), StoreError> {
    tx.lock("touching several users").await
}

/// Notes that something the clients of an account keep has changed, so that they fetch it anew.
pub async fn touch(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET revised_at = $1 WHERE id = $2 AND revised_at < $1")
        .bind(now.0)
        .bind(user.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
