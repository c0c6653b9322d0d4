//! Organizations, as their members and the provider's staff see them (contract §4).

mod api_keys;
mod billing;
mod collections;
mod delete;
mod details;
mod keys;
mod member_changes;
mod members;
mod settings;

use utoipa_axum::router::OpenApiRouter;

use crate::app::Context;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .merge(details::routes())
        .merge(settings::routes())
        .merge(keys::routes())
        .merge(api_keys::routes())
        .merge(billing::routes())
        .merge(delete::routes())
        .merge(members::routes())
        .merge(member_changes::routes())
        .merge(collections::routes())
}
