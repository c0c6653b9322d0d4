//! Organizations, as their members and the provider's staff see them (contract §4).

mod collections;
mod details;
mod member_changes;
mod members;

use utoipa_axum::router::OpenApiRouter;

use crate::app::Context;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .merge(details::routes())
        .merge(members::routes())
        .merge(member_changes::routes())
        .merge(collections::routes())
}
