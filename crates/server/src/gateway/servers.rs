//! Which server a request is for. One behind a gateway has the whole origin; of several each has its own place on it,
//! `/at/{key}`, so that no request can be for a server that its sender did not name.

use axum::{
    body::Body,
    http::{
        Uri,
        uri::{PathAndQuery, Scheme},
    },
};
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioTimer},
};
use serde_json::{Value, json};

use super::{KEPT_OPEN, TrustError, connect::Connector, routes};
use crate::{
    http::ApiError,
    settings::{Offered, Upstream},
};

/// What stands before the key of a server.
const AT: &str = "/at/";

/// The servers behind a gateway.
pub(super) struct Servers {
    all: Vec<Server>,
    list: Value,
}

/// One of them, ready to be asked.
pub(super) struct Server {
    /// What stands before every path that is for it: nothing where there is no other.
    pub(super) before: String,
    pub(super) upstream: Upstream,
    pub(super) scheme: Scheme,
    pub(super) client: Client<Connector, Body>,
}

/// Whom an address is for.
pub(super) enum Asked<'a> {
    /// The portal itself: one of its files.
    Portal,
    Server(&'a Server),
    /// Nobody, for the reason given.
    Nobody(ApiError),
}

impl Servers {
    pub(super) fn new(offered: &[Offered]) -> Result<Self, TrustError> {
        let several = offered.len() > 1;
        let all = offered.iter().map(|offered| Server::new(offered, several)).collect::<Result<_, _>>()?;
        let choices = if several { offered } else { &[] };
        let choices: Vec<_> = choices
            .iter()
            .map(|Offered { key, name, region, .. }| json!({"key": key, "name": name, "region": region}))
            .collect();
        Ok(Self { all, list: json!({ "servers": choices }) })
    }

    /// What people may choose from, for the page: nothing where there is one server only.
    pub(super) fn list(&self) -> Value {
        self.list.clone()
    }

    /// Whom an address is for.
    pub(super) fn asked(&self, path: &str) -> Asked<'_> {
        if let [only] = &self.all[..] {
            return if routes::is_service(path) { Asked::Server(only) } else { Asked::Portal };
        }
        if path.starts_with(AT) {
            let server = self.all.iter().find(|server| server.rest(path).is_some());
            return server.map_or_else(|| Asked::Nobody(unknown()), Asked::Server);
        }
        if routes::is_service(path) { Asked::Nobody(unnamed()) } else { Asked::Portal }
    }
}

impl Server {
    fn new(offered: &Offered, several: bool) -> Result<Self, TrustError> {
        let upstream = offered.upstream.clone();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT_OPEN)
            .build(Connector::new(&upstream)?);
        let scheme = if upstream.address.is_https() { Scheme::HTTPS } else { Scheme::HTTP };
        let before = if several { format!("{AT}{}", offered.key) } else { String::new() };
        Ok(Self { before, upstream, scheme, client })
    }

    /// An address on the portal's origin, as it is on the server's own.
    pub(super) fn within(&self, uri: &Uri) -> Result<Uri, ApiError> {
        if self.before.is_empty() {
            return Ok(uri.clone());
        }
        let whole = uri.path_and_query().map(PathAndQuery::as_str).unwrap_or_default();
        self.rest(whole).and_then(|rest| rest.parse().ok()).ok_or(ApiError::NotFound)
    }

    /// What follows the server's own place in a path.
    fn rest<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(&self.before).filter(|rest| rest.starts_with('/'))
    }
}

fn unnamed() -> ApiError {
    let words = "Several servers stand behind this portal, and the request names none of them. Load the page again, and choose one \
                 where you sign in.";
    ApiError::NotFoundBecause(words.to_owned())
}

fn unknown() -> ApiError {
    let words = "The server that the request names stands behind this portal no more. Sign out, and choose another one where you \
                 sign in.";
    ApiError::NotFoundBecause(words.to_owned())
}
