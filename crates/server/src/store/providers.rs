//! Providers, their staff and plans.

pub mod billing;
mod create;
pub mod details;
mod profile;
pub mod staff;

use portal_wire::{ProviderId, ProviderUserStatus, ProviderUserType, UserId};

pub use create::{Creation, NewProvider, bind_invited_admins, create, provider_of_invitation, set_enabled};
pub use profile::{profile_clients, profile_providers};

use super::{Db, StoreError, row::Columns};

/// The roles of an account in providers, for its token and the event log: confirmed ones only.
pub async fn roles(db: &mut Db, user: UserId) -> Result<Vec<(ProviderId, ProviderUserType)>, StoreError> {
    sqlx::query("SELECT provider_id, type FROM provider_users WHERE user_id = $1 AND status = $2 ORDER BY provider_id")
        .bind(user.to_string())
        .bind(i64::from(ProviderUserStatus::Confirmed.number()))
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| Ok((row.id("provider_id")?, ProviderUserType::from_number(row.small("type")?))))
        .collect()
}
