//! The server that a gateway stands before.

use std::{net::IpAddr, path::PathBuf, str::FromStr, time::Duration};

use axum::http::{Uri, uri::Authority};

/// A Bitwarden-compatible server, and how long it may take.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// Where it is.
    pub address: Address,
    /// Certificates (PEM) that are trusted beside the system's.
    pub ca: Option<PathBuf>,
    /// How long a connection may take, with its handshake.
    pub connect: Duration,
    /// How long it may think before an answer begins.
    pub answer: Duration,
    /// How long it may pause between two pieces of an answer.
    pub idle: Duration,
}

impl Upstream {
    /// How long a connection may take, unless set otherwise.
    pub const CONNECT: Duration = Duration::from_secs(10);
    /// How long an answer may take to begin, unless set otherwise. Two-step mail and large imports take their time.
    pub const ANSWER: Duration = Duration::from_secs(60);
    /// How long an answer may pause, unless set otherwise.
    pub const IDLE: Duration = Duration::from_secs(30);

    /// A server with the usual patience.
    pub fn at(address: Address) -> Self {
        Self { address, ca: None, connect: Self::CONNECT, answer: Self::ANSWER, idle: Self::IDLE }
    }
}

/// The address of an upstream: `https://vault.example.com`, or with a path, `https://example.com/vault`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    tls: bool,
    authority: Authority,
    path: String,
}

/// A text that is no address of an upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    /// It is no http address at all.
    #[error(
        "write us, eu, an address such as https://vault.example.com with the path where the server has one, or a name \
         with it: Name=https://vault.example.com"
    )]
    NotHttp,
    /// It carries a name and a password, which would be sent to nobody.
    #[error("leave name and password out of the address")]
    Credentials,
    /// It carries more than a path.
    #[error("leave out everything after the path; the path itself holds letters, digits, - . _ and ~ only")]
    Path,
}

impl Address {
    /// Whether it speaks TLS.
    pub fn is_https(&self) -> bool {
        self.tls
    }

    /// The name or the number of the machine.
    pub fn host(&self) -> &str {
        self.authority.host().trim_start_matches('[').trim_end_matches(']')
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.authority.port_u16().unwrap_or(if self.tls { 443 } else { 80 })
    }

    /// The machine and its port, as `Host` names them.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// What stands before every path, without a slash at its end; empty where there is nothing.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &'static str {
        if self.tls { "https" } else { "http" }
    }

    /// Whether it leads to the same place.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let place = |address: &Self| (address.tls, address.port(), address.host().to_ascii_lowercase());
        place(self) == place(other) && self.path == other.path
    }

    /// Whether it is this very machine, so that nobody can listen in between.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
    }
}

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        // The parser of addresses drops a fragment without a word.
        if text.contains('#') {
            return Err(NoAddress::Path);
        }
        let uri: Uri = text.parse().map_err(|_| NoAddress::NotHttp)?;
        let tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(NoAddress::NotHttp),
        };
        let authority = uri.authority().ok_or(NoAddress::NotHttp)?.clone();
        if authority.as_str().contains('@') {
            return Err(NoAddress::Credentials);
        }
        let path = uri.path().trim_end_matches('/');
        if uri.query().is_some() || !path.split('/').skip(1).all(is_plain_segment) {
            return Err(NoAddress::Path);
        }
        Ok(Self { tls, authority, path: path.to_owned() })
    }
}

/// Whether a piece of a path means the same to everybody who reads it: nothing encoded, nothing that leads elsewhere.
pub fn is_plain_segment(segment: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    !segment.is_empty() && segment.bytes().all(plain) && !segment.bytes().all(|byte| byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Address, NoAddress> {
        text.parse()
    }

    #[test]
    fn an_address_is_read_with_its_port_and_path() {
        let address = parsed("https://vault.example.com/").unwrap();
        assert_eq!((address.host(), address.port(), address.path()), ("vault.example.com", 443, ""));
        let address = parsed("http://[::1]:8000/vault/a/").unwrap();
        assert_eq!((address.host(), address.port(), address.path()), ("::1", 8000, "/vault/a"));
        assert!(!address.is_https() && address.is_loopback());
        assert!(!parsed("http://10.0.0.7").unwrap().is_loopback());
    }

    #[test]
    fn what_is_no_address_of_an_upstream_is_refused() {
        for bad in ["vault.example.com", "ftp://vault.example.com", "https://", "", "https:///vault"] {
            assert_eq!(parsed(bad), Err(NoAddress::NotHttp), "{bad}");
        }
        assert_eq!(parsed("https://ann:hunter2@vault.example.com"), Err(NoAddress::Credentials));
        for bad in ["?a=1", "/a//b", "/../b", "/a%2fb", "/#/b"] {
            assert_eq!(parsed(&format!("https://vault.example.com{bad}")), Err(NoAddress::Path), "{bad}");
        }
    }
}
