//! Who is at the other end of the connection.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
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

impl Peer {
    /// Whom limits count: the address, or of IPv6 the network of 64 bits, in which one subscriber has every address.
    pub fn network(&self) -> IpAddr {
        match self.ip {
            IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64)),
            ip => ip,
        }
    }
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
        let ip: IpAddr = forwarded.or(connection).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        // One that listens for both sees IPv4 addresses dressed as IPv6.
        Ok(Self { ip: ip.to_canonical() })
    }
}
