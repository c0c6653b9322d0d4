//! Making a provider, which the contract leaves to the operator, and suspending one.

use portal_wire::{
    PlanType, ProviderId, ProviderStatus, ProviderType, ProviderUserId, ProviderUserStatus, ProviderUserType,
    Timestamp, UserId,
};
use uuid::Uuid;

use crate::store::{Db, StoreError, Tx, row::Columns, users};

/// A provider to be made.
pub struct NewProvider<'a> {
    /// Its name, until its admin gives it another at set-up.
    pub name: Option<&'a str>,
    /// The address of its first admin, in lower case.
    pub admin_email: &'a str,
    /// The seats of each plan that are paid for in any case.
    pub seat_minimums: &'a [(PlanType, i64)],
}

/// A provider that was made.
pub struct Creation {
    /// The provider.
    pub provider_id: ProviderId,
    /// The membership that waits for the first admin, who has no account yet.
    pub invitation: Option<ProviderUserId>,
}

/// Makes a pending provider and its first admin.
///
/// The admin of an existing account is confirmed at once, as the contract says. For an address without an account, the
/// membership waits under the address and is confirmed when an account with that address, proved, is opened: see
/// [`bind_invited_admins`]. Whoever has the address is trusted with the provider in both cases.
pub async fn create(tx: &mut Tx, provider: NewProvider<'_>, now: Timestamp) -> Result<Creation, StoreError> {
    let provider_id = ProviderId(Uuid::new_v4());
    sqlx::query(
        "INSERT INTO providers (id, name, billing_email, type, status, enabled, use_events, has_subscription, \
         created_at, revised_at) VALUES ($1, $2, $3, $4, $5, 1, 1, 0, $6, $6)",
    )
    .bind(provider_id.to_string())
    .bind(provider.name.map(str::to_owned))
    .bind(provider.admin_email.to_owned())
    .bind(i64::from(ProviderType::Msp.number()))
    .bind(i64::from(ProviderStatus::Pending.number()))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    for (plan, minimum) in provider.seat_minimums {
        sqlx::query(
            "INSERT INTO provider_plans (provider_id, plan_type, seat_minimum, purchased_seats, allocated_seats) \
             VALUES ($1, $2, $3, 0, 0)",
        )
        .bind(provider_id.to_string())
        .bind(i64::from(plan.number()))
        .bind(*minimum)
        .execute(&mut **tx)
        .await?;
    }
    let admin = users::by_email(tx, provider.admin_email).await?.map(|user| user.id);
    let status = if admin.is_some() { ProviderUserStatus::Confirmed } else { ProviderUserStatus::Invited };
    let membership = ProviderUserId(Uuid::new_v4());
    sqlx::query(
        "INSERT INTO provider_users (id, provider_id, user_id, email, type, status, created_at, revised_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(membership.to_string())
    .bind(provider_id.to_string())
    .bind(admin.map(|id| id.to_string()))
    .bind(admin.is_none().then(|| provider.admin_email.to_owned()))
    .bind(i64::from(ProviderUserType::ProviderAdmin.number()))
    .bind(i64::from(status.number()))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    if let Some(admin) = admin {
        users::touch(tx, admin, now).await?;
    }
    Ok(Creation { provider_id, invitation: admin.is_none().then_some(membership) })
}

/// Confirms the account as the first admin of providers that wait for its address and are still to be set up: of one,
/// whose set-up link the person has, or of all, when the address itself was proved by a mail to it.
pub async fn bind_invited_admins(
    tx: &mut Tx,
    user: UserId,
    email: &str,
    provider: Option<ProviderId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE provider_users SET user_id = $1, email = NULL, status = $2, revised_at = $3 \
         WHERE email = $4 AND status = $5 AND type = $6 AND ($8 IS NULL OR provider_id = $8) \
         AND provider_id IN (SELECT id FROM providers WHERE status = $7) \
         AND NOT EXISTS (SELECT 1 FROM provider_users other \
                         WHERE other.provider_id = provider_users.provider_id AND other.id <> provider_users.id)",
    )
    .bind(user.to_string())
    .bind(i64::from(ProviderUserStatus::Confirmed.number()))
    .bind(now.0)
    .bind(email.to_owned())
    .bind(i64::from(ProviderUserStatus::Invited.number()))
    .bind(i64::from(ProviderUserType::ProviderAdmin.number()))
    .bind(i64::from(ProviderStatus::Pending.number()))
    .bind(provider.map(|id| id.to_string()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Suspends a provider and all its clients, or lets them work again; false if there is no such provider.
pub async fn set_enabled(
    tx: &mut Tx,
    provider: ProviderId,
    enabled: bool,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let found = sqlx::query("UPDATE providers SET enabled = $1, revised_at = $2 WHERE id = $3 RETURNING id")
        .bind(i64::from(enabled))
        .bind(now.0)
        .bind(provider.to_string())
        .fetch_optional(&mut **tx)
        .await?;
    if found.is_none() {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE organizations SET enabled = $1, revised_at = $2 \
         WHERE id IN (SELECT organization_id FROM provider_organizations WHERE provider_id = $3)",
    )
    .bind(i64::from(enabled))
    .bind(now.0)
    .bind(provider.to_string())
    .execute(&mut **tx)
    .await?;
    let staff =
        sqlx::query("SELECT user_id FROM provider_users WHERE provider_id = $1 AND user_id IS NOT NULL")
            .bind(provider.to_string())
            .fetch_all(&mut **tx)
            .await?;
    users::lock_many(tx).await?;
    for row in staff {
        users::touch(tx, row.id("user_id")?, now).await?;
    }
    Ok(true)
}

/// The provider an invitation to staff is of.
pub async fn provider_of_invitation(
    db: &mut Db,
    id: ProviderUserId,
) -> Result<Option<ProviderId>, StoreError> {
    sqlx::query("SELECT provider_id FROM provider_users WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?
        .map(|row| row.id("provider_id"))
        .transpose()
}
