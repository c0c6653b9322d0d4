//! Connections to the upstream, and to nobody else: the one address is set here, whatever a request says.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::http::Uri;
use hyper_util::{
    client::legacy::connect::{Connected, Connection},
    rt::TokioIo,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream, rustls::pki_types::ServerName};
use tower_service::Service;

use super::trust::{self, TrustError};
use crate::settings::Upstream;

/// Why there is no connection. Nothing was sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectError {
    #[error("no connection: {0}")]
    Unreachable(io::Error),
    #[error("its certificate is not trusted, or it does not speak TLS: {0}")]
    Untrusted(io::Error),
    #[error("no connection within {0:?}")]
    TooSlow(Duration),
}

/// Connects to the upstream.
#[derive(Clone)]
pub(super) struct Connector(Arc<Target>);

struct Target {
    host: String,
    port: u16,
    tls: Option<(TlsConnector, ServerName<'static>)>,
    patience: Duration,
}

impl Connector {
    /// Reads whom to trust, if the upstream speaks TLS.
    pub(super) fn new(upstream: &Upstream) -> Result<Self, TrustError> {
        let address = &upstream.address;
        let host = address.host().to_owned();
        let tls = if address.is_https() {
            let name = ServerName::try_from(host.clone()).map_err(|_| {
                tokio_rustls::rustls::Error::General(format!("{host} is no name a certificate can have"))
            })?;
            Some((trust::connector(upstream.ca.as_deref())?, name))
        } else {
            None
        };
        Ok(Self(Arc::new(Target { host, port: address.port(), tls, patience: upstream.connect })))
    }
}

impl Target {
    async fn connect(&self) -> Result<Link, ConnectError> {
        let stream =
            TcpStream::connect((self.host.as_str(), self.port)).await.map_err(ConnectError::Unreachable)?;
        // A request must not wait for the acknowledgement of the one before.
        drop(stream.set_nodelay(true));
        match &self.tls {
            None => Ok(Link::Plain(stream)),
            Some((tls, name)) => {
                let stream = tls.connect(name.clone(), stream).await.map_err(ConnectError::Untrusted)?;
                Ok(Link::Tls(Box::new(stream)))
            }
        }
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Link>;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<TokioIo<Link>, ConnectError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let target = self.0.clone();
        Box::pin(async move {
            let connecting = tokio::time::timeout(target.patience, target.connect()).await;
            connecting.unwrap_or(Err(ConnectError::TooSlow(target.patience))).map(TokioIo::new)
        })
    }
}

/// A connection, encrypted or not.
pub(super) enum Link {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Connection for Link {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl AsyncRead for Link {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Link {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(context, buffer),
            Self::Tls(stream) => Pin::new(stream).poll_write(context, buffer),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write_vectored(context, buffers),
            Self::Tls(stream) => Pin::new(stream).poll_write_vectored(context, buffers),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Plain(stream) => stream.is_write_vectored(),
            Self::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(context),
            Self::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
