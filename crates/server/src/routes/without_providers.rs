//! Taking the routes of providers away, where there are none.

use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{app::Context, http::ApiError};

/// How the paths begin that are about providers.
const OF_PROVIDERS: [&str; 2] = ["/api/provider", "/api/portal/provider"];

/// Routes that answer 404 wherever a path is about providers, whoever asks, and a document that does not know of such paths.
pub(super) fn apply(routes: OpenApiRouter<Context>) -> (Router<Context>, OpenApi) {
    let (router, mut document) = routes.split_for_parts();
    document.paths.paths.retain(|path, _| !is_of_providers(path));
    (router.layer(from_fn(refuse)), document)
}

fn is_of_providers(path: &str) -> bool {
    OF_PROVIDERS.iter().any(|start| path.starts_with(start))
}

async fn refuse(request: Request, next: Next) -> Response {
    if is_of_providers(request.uri().path()) {
        return ApiError::NotFound.into_response();
    }
    next.run(request).await
}
