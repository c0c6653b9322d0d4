//! Very many accounts at once.

use portal_wire::{Timestamp, UserId};
use uuid::Uuid;

use super::rows::{Rows, number, text};
use crate::{
    auth::secrets,
    store::{Store, StoreError},
};

/// An account that nobody signs in to: somebody who is named in logs and lists.
#[derive(Clone, Debug)]
pub struct BulkAccount {
    /// What the person is called.
    pub name: String,
    /// The address, in lower case; no other account has it.
    pub email: String,
}

/// Opens accounts with one hash of a password for all, in one transaction, and without keys.
pub async fn insert_accounts(
    store: &Store,
    accounts: &[BulkAccount],
    password_hash: &str,
    now: Timestamp,
) -> Result<Vec<UserId>, StoreError> {
    let mut rows = Rows::new(
        "users",
        "id, email, email_verified, name, culture, password_hash, kdf, kdf_iterations, api_key, security_stamp, \
         totp_last_step, verify_devices, force_password_reset, created_at, revised_at",
    );
    let mut ids = Vec::with_capacity(accounts.len());
    for account in accounts {
        let id = UserId(Uuid::new_v4());
        rows.push([
            text(id),
            text(&account.email),
            number(1),
            text(&account.name),
            text("en-US"),
            text(password_hash),
            number(0),
            number(600_000),
            text(secrets::random_text::<24>()),
            text(Uuid::new_v4()),
            number(0),
            number(1),
            number(0),
            number(now.0),
            number(now.0),
        ]);
        ids.push(id);
    }
    let mut tx = store.write().await?;
    rows.insert(&mut tx).await?;
    tx.commit().await?;
    Ok(ids)
}
