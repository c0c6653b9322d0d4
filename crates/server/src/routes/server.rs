//! What the server says of itself.

use axum::{Json, extract::State};
use portal_wire::config::{Config, Environment, ServerName, ServerSettings};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    http::{ApiError, document::documents},
    settings::{ProviderItemAccess, Signups},
};

/// The release of the original whose interface this server speaks.
const SPOKEN_VERSION: &str = "2026.8.0";

/// The routes of this file.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(alive)).routes(routes!(config))
}

/// Whether the server is ready.
#[utoipa::path(get, path = "/alive", tag = "server", responses((status = 200, description = "Ready.", body = String)))]
async fn alive(State(context): State<Context>) -> Result<&'static str, ApiError> {
    context.store.read().await?;
    Ok("ok")
}

/// Where things are, and what this server can do.
#[utoipa::path(get, path = "/api/config", tag = "server", responses((status = 200, description = "A config.", body = documents::Config)))]
async fn config(State(context): State<Context>) -> Json<Config> {
    let settings = &context.settings;
    let under = |service: &str| Some(format!("{}{service}", settings.public_url));
    Json(Config {
        version: Some(SPOKEN_VERSION.to_owned()),
        git_hash: None,
        server: Some(ServerName { name: "portal-server".to_owned(), url: None }),
        environment: Environment {
            cloud_region: None,
            vault: under(""),
            api: under("/api"),
            identity: under("/identity"),
            notifications: under("/notifications"),
            sso: None,
        },
        feature_states: [(
            "provider-item-access".to_owned(),
            json!(settings.provider_item_access == ProviderItemAccess::Allow),
        )]
        .into(),
        settings: ServerSettings {
            disable_user_registration: settings.signups == Signups::Invited,
            suppress_onboarding_interstitials: true,
        },
        portal: Some(json!({
            "books": true,
            "mode": settings.mode.name(),
            "outboxLinks": settings.smtp.is_none(),
            "twoStep": true,
            "version": env!("CARGO_PKG_VERSION"),
        })),
        ..Config::default()
    })
}
