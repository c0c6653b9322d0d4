//! Every route. One file per area of the contract; handlers are thin: read, prove, call the store, answer.

pub mod accounts;
pub mod billing;
pub mod clients;
pub mod collect;
pub mod directory;
pub mod events;
pub mod identity;
pub mod items;
pub mod organizations;
pub mod plans;
pub mod portal;
pub mod providers;
pub mod server;
mod shared;
mod without_providers;

use axum::{Json, Router, routing::get};
use utoipa::openapi::{
    InfoBuilder, OpenApi, OpenApiBuilder,
    security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use crate::{app::Context, settings::Mode};

/// The routes that a server has in this mode, and the document that describes them.
pub fn all(mode: Mode) -> (Router<Context>, OpenApi) {
    let info = InfoBuilder::new()
        .title("Provider Portal server")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The part of Bitwarden's interface that this server speaks, and its own extensions.",
        ))
        .build();
    let routes = OpenApiRouter::with_openapi(OpenApiBuilder::new().info(info).build())
        .merge(server::routes())
        .merge(plans::routes())
        .merge(identity::routes())
        .merge(accounts::routes())
        .merge(providers::routes())
        .merge(clients::routes())
        .merge(billing::routes())
        .merge(organizations::routes())
        .merge(items::routes())
        .merge(events::routes())
        .merge(collect::routes())
        .merge(directory::routes())
        .merge(portal::routes());
    let (router, mut document) = match mode {
        Mode::Provider => routes.split_for_parts(),
        Mode::Owner => without_providers::apply(routes.merge(organizations::creation())),
    };
    secure(&mut document);
    let served = document.clone();
    let router = router.route("/api/openapi.json", get(async move || Json(served)));
    (router, document)
}

/// Every route that can answer 401 takes an access token.
fn secure(document: &mut OpenApi) {
    let bearer = Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(bearer));
    for path in document.paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.put, &mut path.post, &mut path.delete];
        for operation in operations.into_iter().flatten() {
            if operation.responses.responses.contains_key("401") {
                operation.security = Some(vec![SecurityRequirement::new("bearer", [] as [&str; 0])]);
            }
        }
    }
}
