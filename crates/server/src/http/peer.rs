//! Who is at the other end of the connection.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderName, request::Parts},
};

use crate::app::Context;

/// The address of a connection.
#[derive(Clone, Copy, Debug)]
pub struct RemoteAddress(pub SocketAddr);

/// The address a request comes from: the connection's, or what the trusted proxy in front says.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The address.
    pub ip: IpAddr,
}

impl Peer {
    /// Whom a request comes from, given the header in which a trusted proxy says so.
    pub fn of(request: &Parts, trusted_header: Option<&HeaderName>) -> Self {
        let connection = request.extensions.get::<RemoteAddress>().map(|remote| remote.0.ip());
        // A list of addresses grows to the right: the last one was added by the proxy we trust.
        let forwarded = trusted_header.and_then(|name| {
            let last = request.headers.get_all(name).iter().next_back()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        });
        let ip: IpAddr = forwarded.or(connection).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        // One that listens for both sees IPv4 addresses dressed as IPv6.
        Self { ip: ip.to_canonical() }
    }

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
        Ok(Self::of(parts, Context::from_ref(state).settings.trusted_proxy_header.as_ref()))
    }
}
