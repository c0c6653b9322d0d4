//! Signing in and registering (contract §1).

mod prelogin;
mod register;
mod token;

use utoipa_axum::router::OpenApiRouter;

use crate::app::Context;

/// The routes of this area.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().merge(prelogin::routes()).merge(token::routes()).merge(register::routes())
}
