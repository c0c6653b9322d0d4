//! Organizations, as their members and the provider's staff see them (contract §4).

mod api_keys;
mod billing;
mod collection_changes;
mod collections;
mod create;
mod delete;
mod details;
mod groups;
mod keys;
mod member_changes;
mod member_edit;
mod member_grants;
mod member_invite;
mod member_recovery;
mod member_standing;
mod members;
mod payment;
mod policies;
mod settings;
mod subscription;

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
        .merge(payment::routes())
        .merge(subscription::routes())
        .merge(delete::routes())
        .merge(members::routes())
        .merge(member_changes::routes())
        .merge(member_invite::routes())
        .merge(member_edit::routes())
        .merge(member_recovery::routes())
        .merge(member_standing::routes())
        .merge(policies::routes())
        .merge(collections::routes())
        .merge(collection_changes::routes())
        .merge(groups::routes())
}

/// The route by which people make organizations of their own, which they do in owner mode only.
pub fn creation() -> OpenApiRouter<Context> {
    create::routes()
}
