//! The own account (contract §2), and what everybody may know of others.

mod account;
mod key_id;
mod profile;
mod two_factor;
mod users;

use utoipa_axum::router::OpenApiRouter;

use crate::app::Context;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .merge(account::routes())
        .merge(key_id::routes())
        .merge(profile::routes())
        .merge(two_factor::routes())
        .merge(users::routes())
}
