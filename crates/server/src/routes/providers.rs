//! Providers and their staff (contract §3.1, §3.2).

mod details;
mod setup;
mod staff;
mod staff_changes;

pub(in crate::routes) use setup::check_address;
use utoipa_axum::router::OpenApiRouter;

use crate::app::Context;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .merge(details::routes())
        .merge(setup::routes())
        .merge(staff::routes())
        .merge(staff_changes::routes())
}
