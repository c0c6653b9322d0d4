//! A provider's clients (contract §3.3 to §3.5).

mod create;
mod existing;
mod links;
mod list;

use portal_wire::ProviderId;
use utoipa_axum::router::OpenApiRouter;

use crate::{
    app::Context,
    http::ApiError,
    store::{
        Db, Tx,
        providers::details::{Standing, standing, standing_for_change},
    },
};

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .merge(list::routes())
        .merge(create::routes())
        .merge(existing::routes())
        .merge(links::routes())
}

/// The longest wrapped key that is kept: it is looked up by an index, which takes no longer ones.
const LONGEST_KEY: usize = 1_000;

/// The gate before clients: a provider that exists, is billable, and pays.
async fn billable(db: &mut Db, provider: ProviderId) -> Result<Standing, ApiError> {
    gate(standing(db, provider).await?)
}

/// As [`billable`], while everybody else who would change the provider waits for this transaction to end.
async fn billable_for_change(tx: &mut Tx, provider: ProviderId) -> Result<Standing, ApiError> {
    gate(standing_for_change(tx, provider).await?)
}

fn gate(provider: Option<Standing>) -> Result<Standing, ApiError> {
    let provider = provider.ok_or(ApiError::NotFound)?;
    if !provider.is_billable() {
        return Err(ApiError::Unauthorized);
    }
    if !provider.has_subscription {
        return Err(ApiError::internal("a billable provider has no subscription"));
    }
    Ok(provider)
}

/// The pool of a plan cannot hold so many seats.
fn too_many_seats() -> ApiError {
    ApiError::refused(format!(
        "A provider can assign at most {} seats of one plan.",
        portal_domain::limits::MOST_SEATS
    ))
}
