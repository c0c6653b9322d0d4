//! One request, passed on.

use std::pin::pin;

use axum::{
    body::Body,
    extract::Request,
    http::{Response as HttpResponse, Uri, Version, header, uri},
    response::{IntoResponse, Response},
};
use hyper::body::Incoming;

use super::{
    Parts,
    answer::{Incomplete, says_where_it_ends},
    body::{Outgoing, Sending},
    failure::Failure,
    headers, routes,
    servers::Server,
};
use crate::http::{ApiError, Peer};

/// Passes a request on to the server it is for, and its answer back.
pub(super) async fn on(gateway: &Parts, server: &Server, request: Request) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let within = match server.within(&uri) {
        Ok(within) => within,
        Err(error) => return error.into_response(),
    };
    let is_icon = within.path().starts_with("/icons/");
    let answer = match forward(gateway, server, within, request).await {
        Ok(answer) => answer,
        Err(failure) => return failure.answer(&method, &uri),
    };
    let (mut parts, body) = answer.into_parts();
    if parts.status.is_informational() {
        return Failure::Unusable("it wants to speak another protocol").answer(&method, &uri);
    }
    if !says_where_it_ends(&parts.headers, &body) {
        return Failure::Unusable("it does not say where its answer ends").answer(&method, &uri);
    }
    let Some(passed) = headers::answered(&parts.headers, &server.upstream.address, &server.before, is_icon)
    else {
        return Failure::Unusable("it leads away from the portal's own address").answer(&method, &uri);
    };
    parts.headers = passed;
    parts.version = Version::HTTP_11;
    parts.extensions.clear();
    let body = Incomplete::new(body, server.upstream.idle, method, uri);
    Response::from_parts(parts, Body::new(body))
}

/// Sends it, and waits until an answer begins.
async fn forward(
    gateway: &Parts,
    server: &Server,
    within: Uri,
    request: Request,
) -> Result<HttpResponse<Incoming>, Failure> {
    let size = routes::find(request.method(), &within).map_err(Failure::Request)?;
    let limit = size.limit(gateway.settings.body_limit);
    let (from, body) = request.into_parts();
    let announced =
        from.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > limit) {
        return Err(Failure::Request(ApiError::TooLarge));
    }
    let caller = Peer::of(&from, gateway.settings.trusted_proxy_header.as_ref()).ip;
    let sending = Sending::start();
    let mut request = Request::new(Body::new(Outgoing::new(body, limit, sending.clone())));
    *request.headers_mut() = headers::asked(&from.headers, caller, &gateway.announced);
    *request.method_mut() = from.method;
    *request.uri_mut() = target(server, within).map_err(Failure::Request)?;

    // A request that was not sent, because its connection had just been closed, is sent on another. One that was is not.
    let mut answer = pin!(server.client.request(request));
    let patience = server.upstream.answer;
    let outcome = loop {
        let latest = sending.latest();
        tokio::select! {
            outcome = &mut answer => break outcome,
            // A long upload counts as long as it gets on.
            () = tokio::time::sleep_until(latest + patience) => {
                if sending.latest() == latest {
                    return Err(Failure::TooSlow(patience));
                }
            }
        }
    };
    outcome.map_err(|error| sending.trouble().map_or_else(|| error.into(), Failure::Request))
}

/// The address at the upstream.
fn target(server: &Server, from: Uri) -> Result<Uri, ApiError> {
    let address = &server.upstream.address;
    let path = from.path_and_query().ok_or(ApiError::NotFound)?;
    let path = if address.path().is_empty() {
        path.clone()
    } else {
        format!("{}{path}", address.path()).parse().map_err(|_| ApiError::NotFound)?
    };
    let mut parts = uri::Parts::default();
    parts.scheme = Some(server.scheme.clone());
    parts.authority = Some(address.authority().clone());
    parts.path_and_query = Some(path);
    Uri::from_parts(parts).map_err(|_| ApiError::NotFound)
}
