//! Listening, and stopping in order.

use std::{future::Future, net::SocketAddr, time::Duration};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{net::TcpListener, sync::watch};

use super::{App, Error, chores};
use crate::http::{
    peer::RemoteAddress,
    tls::{self, TlsListener},
};

/// How long requests under way may take to finish once the server stops.
const DRAIN_TIME: Duration = Duration::from_secs(10);

impl App {
    /// Serves until `shutdown` is ready; then takes no new connections, and lets the requests under way finish.
    pub async fn serve(self, listener: TcpListener, shutdown: impl Future<Output = ()>) -> Result<(), Error> {
        match &self.context.settings.tls {
            Some(files) => {
                let acceptor = tls::acceptor(&files.certificate, &files.key)?;
                let listener = TlsListener::new(listener, acceptor)?;
                self.serve_on(listener, shutdown).await
            }
            None => self.serve_on(listener, shutdown).await,
        }
    }

    async fn serve_on<L>(self, listener: L, shutdown: impl Future<Output = ()>) -> Result<(), Error>
    where
        L: Listener<Addr = SocketAddr>,
        RemoteAddress: for<'a> Connected<IncomingStream<'a, L>>,
    {
        // Graceful shutdown takes a future that lives on its own; this carries the news from ours to it.
        let (stop, stopped) = watch::channel(false);
        let mut for_server = stopped.clone();
        let service = self.router().into_make_service_with_connect_info::<RemoteAddress>();
        let server = axum::serve(listener, service)
            .with_graceful_shutdown(async move { drop(for_server.wait_for(|stopped| *stopped).await) });
        let chores = chores::start(self.context.clone(), stopped)?;
        let mut server = tokio::spawn(async move { server.await });
        tokio::select! {
            () = shutdown => {}
            ended = &mut server => return Ok(ended.map_err(std::io::Error::other)??),
        }
        stop.send_replace(true);
        match tokio::time::timeout(DRAIN_TIME, &mut server).await {
            Ok(ended) => ended.map_err(std::io::Error::other)??,
            Err(_) => {
                tracing::warn!("some requests did not finish in time and were cut off");
                server.abort();
            }
        }
        chores.abort_all_and_wait().await;
        self.context.store.close().await;
        Ok(())
    }
}
