//! Organizations, as their members and the provider's staff see them (contract §4).

mod collection_changes;
mod collections;
mod details;
mod groups;
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
        .merge(collection_changes::routes())
        .merge(groups::routes())
}
