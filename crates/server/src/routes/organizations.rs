//! Organizations, as their members and the provider's staff see them (contract §4).

mod collections;
mod details;
mod member_changes;
mod member_edit;
mod member_grants;
mod member_invite;
mod member_standing;
mod members;
mod policies;

use utoipa_axum::router::OpenApiRouter;

use crate::app::Context;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .merge(details::routes())
        .merge(members::routes())
        .merge(member_changes::routes())
        .merge(member_invite::routes())
        .merge(member_edit::routes())
        .merge(member_standing::routes())
        .merge(policies::routes())
        .merge(collections::routes())
}
