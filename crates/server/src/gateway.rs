//! The gateway: the portal's own files, and behind them the interface of another Bitwarden-compatible server, on one origin.
//!
//! It keeps nothing: no database, no file, no session. [`servers`] knows which server a request is for, where there are
//! several. The request passes [`routes`] (is it one the portal makes?), [`headers`] (what may be said on to the other side),
//! [`body`] (limits, patience) and [`connect`] (which knows one address only), and its answer comes back the same way. What
//! goes wrong on the way is a [`failure`].

mod answer;
mod body;
mod connect;
mod failure;
mod headers;
mod pass;
mod redirect;
mod routes;
mod servers;
mod trust;

use std::{future::Future, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Request, State},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;

use crate::{
    Settings,
    http::{
        ApiError, connections,
        headers::{ByHttps, protect},
        static_files,
    },
};

use servers::{Asked, Servers};
pub use trust::TrustError;

/// How long a connection to the upstream is kept for the next request. Vaultwarden closes its own after five seconds; a
/// request sent on one that is just being closed would fail without anybody knowing whether it was carried out.
const KEPT_OPEN: Duration = Duration::from_secs(4);

/// Why a gateway cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody could be trusted.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// It cannot be served.
    #[error(transparent)]
    Connections(#[from] connections::Error),
}

/// A gateway ready to be served. Cheap to clone.
#[derive(Clone)]
pub struct Gateway(Arc<Parts>);

struct Parts {
    settings: Settings,
    servers: Servers,
    announced: headers::Announced,
}

impl Gateway {
    /// A gateway before the upstreams of the settings. Nothing is sent to them before somebody asks.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let servers = Servers::new(&settings.upstreams)?;
        let announced = headers::Announced::of(&settings);
        Ok(Self(Arc::new(Parts { settings, servers, announced })))
    }

    /// The portal's files, and what is passed on.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/alive", get(async || "ok"))
            .route("/servers.json", get(async |State(gateway): State<Self>| Json(gateway.0.servers.list())))
            .fallback(answer)
            .layer(middleware::from_fn_with_state(ByHttps::of(&self.0.settings), protect))
            .with_state(self.clone())
    }

    /// Serves until `shutdown` is ready; then takes no new connections, and lets the requests under way finish.
    pub async fn serve(self, listener: TcpListener, shutdown: impl Future<Output = ()>) -> Result<(), Error> {
        Ok(connections::serve(listener, self.router(), &self.0.settings, shutdown).await?)
    }
}

async fn answer(State(gateway): State<Gateway>, request: Request) -> Response {
    // Only a proxy is asked for other people's addresses, and this is none.
    if request.uri().authority().is_some() {
        return ApiError::refused("The request names a whole address where a path belongs.").into_response();
    }
    match gateway.0.servers.asked(request.uri().path()) {
        Asked::Server(server) => pass::on(&gateway.0, server, request).await,
        Asked::Nobody(because) => because.into_response(),
        Asked::Portal => {
            let (parts, _) = request.into_parts();
            static_files::serve(parts.method, parts.uri, parts.headers).await
        }
    }
}
