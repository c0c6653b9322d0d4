//! Who is at the other end of the connection.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts, connect_info::Connected},
    http::request::Parts,
    serve::IncomingStream,
};
use tokio::net::TcpListener;

use super::tls::TlsListener;
use crate::app::Context;

/// The address of a connection.
#[derive(Clone, Copy, Debug)]
pub struct RemoteAddress(pub SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for RemoteAddress {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for RemoteAddress {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// The address a request comes from: the connection's, or what the trusted proxy in front says.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The address.
    pub ip: IpAddr,
}

impl<S> FromRequestParts<S> for Peer
where
    S: Send + Sync,
    Context: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let context = Context::from_ref(state);
        let connection =
            parts.extensions.get::<ConnectInfo<RemoteAddress>>().map(|ConnectInfo(peer)| peer.0.ip());
        // A list of addresses grows to the right: the last one was added by the proxy we trust.
        let forwarded = context.settings.trusted_proxy_header.as_ref().and_then(|name| {
            parts
                .headers
                .get_all(name)
                .iter()
                .next_back()?
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse()
                .ok()
        });
        Ok(Self { ip: forwarded.or(connection).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)) })
    }
}
