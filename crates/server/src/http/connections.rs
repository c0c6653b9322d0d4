//! The connections people come by: how many bytes a head may have, how long anybody may take, and stopping in order.

use std::{convert::Infallible, future::Future, io, net::SocketAddr, pin::pin, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::Request,
    serve::{Listener, ListenerExt},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};
use tower_service::Service;

use super::{
    patience::{PatientBody, PatientStream},
    peer::RemoteAddress,
    tls::{self, TlsError, TlsListener},
};
use crate::Settings;

/// How long requests under way may take to finish once the server stops.
const DRAIN_TIME: Duration = Duration::from_secs(10);
/// The largest head of a request: an access token has some 2 KB, and an address of the portal rarely one.
const LARGEST_HEAD: usize = 32 * 1_024;
/// What is read ahead of one connection, and of a head that does not end.
const LARGEST_BUFFER: usize = 64 * 1_024;

/// Why nobody can be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The network refused.
    #[error("the network refused: {0}")]
    Network(#[from] io::Error),
}

/// Serves until `shutdown` is ready; then takes no new connections, and lets the requests under way finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    settings: &Settings,
    shutdown: impl Future<Output = ()>,
) -> Result<(), Error> {
    let patience = settings.caller_patience;
    match &settings.tls {
        Some(files) => {
            let acceptor = tls::acceptor(&files.certificate, &files.key)?;
            serve_on(TlsListener::new(listener, acceptor)?, router, patience, shutdown).await;
        }
        None => {
            // An answer in pieces must not wait for the acknowledgement of the piece before.
            let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
            serve_on(listener, router, patience, shutdown).await;
        }
    }
    Ok(())
}

async fn serve_on(
    mut listener: impl Listener<Addr = SocketAddr>,
    router: Router,
    patience: Duration,
    shutdown: impl Future<Output = ()>,
) {
    let router = router.with_state(());
    let (stop, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            (stream, peer) = listener.accept() => {
                let stream = PatientStream::new(stream, patience);
                connections.spawn(attend(stream, peer, router.clone(), patience, stopped.clone()));
            }
            Some(_) = connections.join_next() => {}
            () = &mut shutdown => break,
        }
    }
    drop(listener);
    stop.send_replace(true);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN_TIME, all).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

/// Answers on one connection until either side ends it.
async fn attend<S>(
    stream: PatientStream<S>,
    peer: SocketAddr,
    router: Router,
    patience: Duration,
    mut stopped: watch::Receiver<bool>,
) where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(|mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(RemoteAddress(peer));
        let request: Request = request.map(|body| Body::new(PatientBody::new(body, patience)));
        let mut router = router.clone();
        async move { Ok::<_, Infallible>(router.call(request).await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_header_size(LARGEST_HEAD)
        .max_buf_size(LARGEST_BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = async { drop(stopped.wait_for(|stopped| *stopped).await) } => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "a connection ended early");
    }
}
