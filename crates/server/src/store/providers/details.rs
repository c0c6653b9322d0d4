//! A provider's own data.

use portal_domain::billing::Day;
use portal_wire::{
    PolicyType, ProviderId, ProviderStatus, ProviderType, ProviderUserStatus, ProviderUserType, Timestamp,
    UserId,
    provider::{BillingAddress, Provider, TokenizedPaymentMethod},
};
use serde::Serialize;

use crate::{
    auth::{ProviderAdmin, ProviderMember},
    http::names,
    store::{Db, StoreError, Tx, billing::cycles, row::Columns, users},
};

/// How a provider stands, which decides what can be done with it.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What sort of provider it is.
    pub kind: ProviderType,
    /// How far its setup has come.
    pub status: ProviderStatus,
    /// Whether it may work.
    pub enabled: bool,
    /// Whether it pays.
    pub has_subscription: bool,
    /// What it is called; empty before setup.
    pub name: String,
    /// Where bills go.
    pub billing_email: String,
}

impl Standing {
    /// Whether clients and billing work: set up, and of a kind that pays for its clients.
    pub fn is_billable(&self) -> bool {
        self.status == ProviderStatus::Billable
            && matches!(self.kind, ProviderType::Msp | ProviderType::BusinessUnit)
    }
}

/// How a provider stands; `None` if there is none. Everybody who is invited to it may know its name.
pub async fn standing(db: &mut Db, id: ProviderId) -> Result<Option<Standing>, StoreError> {
    sqlx::query(
        "SELECT type, status, enabled, has_subscription, name, billing_email FROM providers WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(db)
    .await?
    .map(|row| {
        Ok(Standing {
            kind: ProviderType::from_number(row.small("type")?),
            status: ProviderStatus::from_number(row.small("status")?),
            enabled: row.flag("enabled")?,
            has_subscription: row.flag("has_subscription")?,
            name: names::decode(&row.text_maybe("name")?.unwrap_or_default()),
            billing_email: row.text_maybe("billing_email")?.unwrap_or_default(),
        })
    })
    .transpose()
}

/// As [`standing`], while everybody else who would change the provider waits for this transaction to end.
pub async fn standing_for_change(tx: &mut Tx, id: ProviderId) -> Result<Option<Standing>, StoreError> {
    lock(tx, id).await?;
    standing(tx, id).await
}

/// Changes of one provider, its staff and its clients happen one after the other: rules such as "one admin remains", and
/// the pools of seats, span rows.
pub(crate) async fn lock(tx: &mut Tx, id: ProviderId) -> Result<(), StoreError> {
    tx.lock(&format!("provider {id}")).await
}

/// The provider; `None` if it was deleted since the caller's token was made.
pub async fn details(db: &mut Db, staff: &ProviderMember) -> Result<Option<Provider>, StoreError> {
    sqlx::query("SELECT * FROM providers WHERE id = $1")
        .bind(staff.provider_id().to_string())
        .fetch_optional(db)
        .await?
        .map(|row| {
            let pending = row.small("status")? == ProviderStatus::Pending.number();
            Ok(Provider {
                id: row.id("id")?,
                name: row.text_maybe("name")?.filter(|_| !pending).map(|name| names::decode(&name)),
                business_name: row.text_maybe("business_name")?,
                business_address1: row.text_maybe("business_address1")?,
                business_address2: row.text_maybe("business_address2")?,
                business_address3: row.text_maybe("business_address3")?,
                business_country: row.text_maybe("business_country")?,
                business_tax_number: row.text_maybe("business_tax_number")?,
                billing_email: row.text_maybe("billing_email")?,
                creation_date: row.moment("created_at")?,
                kind: ProviderType::from_number(row.small("type")?),
            })
        })
        .transpose()
}

/// Changes name and addresses; false if the provider is gone.
pub async fn update(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    name: &str,
    business_name: Option<&str>,
    billing_email: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE providers SET name = $1, business_name = $2, billing_email = $3, revised_at = $4 WHERE id = $5",
    )
    .bind(names::encode(name))
    .bind(business_name.map(names::encode))
    .bind(billing_email.to_owned())
    .bind(now.0)
    .bind(admin.provider_id().to_string())
    .execute(&mut **tx)
    .await?;
    touch_staff(tx, admin.provider_id(), now).await?;
    Ok(done.rows_affected() == 1)
}

/// What a pending provider is set up with.
pub struct Setup<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its name in law.
    pub business_name: Option<&'a str>,
    /// Where bills go.
    pub billing_email: &'a str,
    /// The provider's key for the first admin.
    pub key: &'a str,
    /// How it pays.
    pub payment_method: &'a TokenizedPaymentMethod,
    /// Where it is.
    pub billing_address: &'a BillingAddress,
}

/// Sets a pending provider up; false if it is not pending, or the caller is not its confirmed admin in the database.
pub async fn set_up(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    setup: Setup<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let provider = admin.provider_id().to_string();
    let keyed = sqlx::query(
        "UPDATE provider_users SET key = $1, revised_at = $2 \
         WHERE provider_id = $3 AND user_id = $4 AND status = $5 AND type = $6",
    )
    .bind(setup.key.to_owned())
    .bind(now.0)
    .bind(provider.clone())
    .bind(admin.caller().user_id().to_string())
    .bind(i64::from(ProviderUserStatus::Confirmed.number()))
    .bind(i64::from(ProviderUserType::ProviderAdmin.number()))
    .execute(&mut **tx)
    .await?;
    let done = sqlx::query(
        "UPDATE providers SET name = $1, business_name = $2, billing_email = $3, status = $4, has_subscription = 1, \
         payment_method = $5, billing_address = $6, revised_at = $7 WHERE id = $8 AND status = $9",
    )
    .bind(names::encode(setup.name))
    .bind(setup.business_name.map(names::encode))
    .bind(setup.billing_email.to_owned())
    .bind(i64::from(ProviderStatus::Billable.number()))
    .bind(to_json(setup.payment_method, "payment_method")?)
    .bind(to_json(setup.billing_address, "billing_address")?)
    .bind(now.0)
    .bind(provider)
    .bind(i64::from(ProviderStatus::Pending.number()))
    .execute(&mut **tx)
    .await?;
    cycles::begin(tx, admin.provider_id(), Day::of(now)).await?;
    touch_staff(tx, admin.provider_id(), now).await?;
    Ok(keyed.rows_affected() == 1 && done.rows_affected() == 1)
}

fn to_json<T: Serialize>(value: &T, column: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { column })
}

/// Proof that the deletion of a provider is allowed: by one of its admins, or by the token of a mail to it.
pub struct Deletable(ProviderId);

impl Deletable {
    /// An admin may delete the provider.
    pub fn by_admin(admin: &ProviderAdmin) -> Self {
        Self(admin.provider_id())
    }

    /// So may who holds a token for it, which the caller of this function has checked.
    pub(crate) fn by_token(provider: ProviderId) -> Self {
        Self(provider)
    }
}

/// Deletes a provider, its staff and its links. The organizations stay as they are. False if there is no such provider.
pub async fn delete(tx: &mut Tx, provider: Deletable, now: Timestamp) -> Result<bool, StoreError> {
    lock(tx, provider.0).await?;
    touch_staff(tx, provider.0, now).await?;
    sqlx::query("DELETE FROM outbox WHERE provider_id = $1 AND sent_at IS NULL")
        .bind(provider.0.to_string())
        .execute(&mut **tx)
        .await?;
    let done = sqlx::query("DELETE FROM providers WHERE id = $1")
        .bind(provider.0.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes for all staff that what their profile says has changed.
pub(crate) async fn touch_staff(tx: &mut Tx, provider: ProviderId, now: Timestamp) -> Result<(), StoreError> {
    users::lock_many(tx).await?;
    sqlx::query(
        "UPDATE users SET revised_at = $1 WHERE revised_at < $1 \
         AND id IN (SELECT user_id FROM provider_users WHERE provider_id = $2)",
    )
    .bind(now.0)
    .bind(provider.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whether an organization of the person confirms its members automatically, which excludes being staff anywhere.
pub async fn is_barred_from_staff(db: &mut Db, user: UserId) -> Result<bool, StoreError> {
    let found = sqlx::query(
        "SELECT policy.id FROM policies policy JOIN organization_users member \
         ON member.organization_id = policy.organization_id \
         WHERE policy.type = $1 AND policy.enabled = 1 AND member.user_id = $2 LIMIT 1",
    )
    .bind(i64::from(PolicyType::AutomaticUserConfirmation.number()))
    .bind(user.to_string())
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}
