//! How a provider pays.

use portal_wire::{
    Timestamp,
    provider::{BillingAddress, TokenizedPaymentMethod},
};

use crate::{
    auth::ProviderMember,
    store::{Db, StoreError, row::Columns},
};

/// What was given when the provider was set up.
#[derive(Clone, Debug, Default)]
pub struct Billing {
    /// Where it is.
    pub address: Option<BillingAddress>,
    /// How it pays.
    pub payment_method: Option<TokenizedPaymentMethod>,
    /// When the provider last changed.
    pub revised_at: Timestamp,
}

/// How the provider pays; nothing if it is gone.
pub async fn of_provider(db: &mut Db, staff: &ProviderMember) -> Result<Billing, StoreError> {
    let row = sqlx::query("SELECT payment_method, billing_address, revised_at FROM providers WHERE id = $1")
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
        revised_at: row.moment("revised_at")?,
    })
}
