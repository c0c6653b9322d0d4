//! Serving, with the chores beside it, and stopping in order.

use std::future::Future;

use tokio::{net::TcpListener, sync::watch};

use super::{App, Error, chores};
use crate::http::connections;

impl App {
    /// Serves until `shutdown` is ready; then takes no new connections, and lets the requests under way finish.
    pub async fn serve(self, listener: TcpListener, shutdown: impl Future<Output = ()>) -> Result<(), Error> {
        let (stop, stopped) = watch::channel(false);
        let chores = chores::start(self.context.clone(), stopped)?;
        let shutdown = async {
            shutdown.await;
            stop.send_replace(true);
        };
        connections::serve(listener, self.router(), &self.context.settings, shutdown).await?;
        chores.abort_all_and_wait().await;
        self.context.store.close().await;
        Ok(())
    }
}
