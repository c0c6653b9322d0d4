//! How a provider pays.

use portal_wire::{
    Timestamp,
    provider::{BillingAddress, TokenizedPaymentMethod},
};

use crate::{
    auth::{ProviderAdmin, ProviderMember},
    store::{Db, StoreError, Tx, row::Columns},
};

/// What was given when the provider was set up.
#[derive(Clone, Debug, Default)]
pub struct Billing {
    /// Where it is.
    pub address: Option<BillingAddress>,
    /// How it pays.
    pub payment_method: Option<TokenizedPaymentMethod>,
}

/// How the provider pays; nothing if it is gone.
pub async fn of_provider(db: &mut Db, staff: &ProviderMember) -> Result<Billing, StoreError> {
    let row = sqlx::query("SELECT payment_method, billing_address FROM providers WHERE id = $1")
        .bind(staff.provider_id().to_string())
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(Billing::default()) };
    let unreadable = |column| move |_| StoreError::Unreadable { column };
    Ok(Billing {
        address: row
            .text_maybe("billing_address")?
            .map(|text| serde_json::from_str(&text).map_err(unreadable("billing_address")))
            .transpose()?,
        payment_method: row
            .text_maybe("payment_method")?
            .map(|text| serde_json::from_str(&text).map_err(unreadable("payment_method")))
            .transpose()?,
    })
}

/// Changes where the provider is billed.
pub async fn set_address(
    tx: &mut Tx,
    admin: &ProviderAdmin,
    address: &BillingAddress,
    now: Timestamp,
) -> Result<(), StoreError> {
    let address =
        serde_json::to_string(address).map_err(|_| StoreError::Unreadable { column: "billing_address" })?;
    sqlx::query("UPDATE providers SET billing_address = $1, revised_at = $2 WHERE id = $3")
        .bind(address)
        .bind(now.0)
        .bind(admin.provider_id().to_string())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
