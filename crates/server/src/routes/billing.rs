//! What a provider pays for (contract §3.6). It pays by invoice; there is no payment service behind this server, and no card.

mod details;
mod invoices;
mod subscription;

use portal_wire::ProviderId;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    app::Context,
    billing::BillingError,
    http::ApiError,
    store::{
        Db,
        providers::details::{Standing, standing},
    },
};

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().merge(subscription::routes()).merge(invoices::routes()).merge(details::routes())
}

/// Billing routes refuse with a text what client routes refuse without.
async fn billable(db: &mut Db, id: ProviderId) -> Result<Standing, ApiError> {
    let provider = standing(db, id).await?.ok_or(ApiError::NotFound)?;
    if provider.is_billable() {
        Ok(provider)
    } else {
        Err(ApiError::UnauthorizedBecause("Unauthorized.".to_owned()))
    }
}

impl From<BillingError> for ApiError {
    fn from(error: BillingError) -> Self {
        Self::internal(error)
    }
}
