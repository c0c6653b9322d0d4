//! Where the play takes place: a server of its own, and a clock for everybody.

mod time;
mod world;

use std::{future::Future, path::Path, time::Duration};

use portal_server::{
    App, Clock, Settings,
    settings::{Limits, Mode},
};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    sync::oneshot,
    task::{JoinHandle, LocalSet},
};

pub(crate) use time::{Time, machine_now};
pub(crate) use world::{Derived, World};

use crate::Failure;

/// The header in which the cores say from which address they come, as a proxy would.
const ADDRESS_HEADER: &str = "x-forwarded-for";

/// A running server on a free port of this machine, with a clock that can be set.
pub struct Stage {
    runtime: Runtime,
    app: App,
    origin: String,
    time: Time,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), portal_server::app::Error>>,
}

impl Stage {
    /// Starts a server with providers on a data folder. Nobody waits there: no limits, and no delay after a wrong password.
    pub fn open(data: &Path, public_url: &str) -> Result<Self, Failure> {
        Self::open_in(Mode::Provider, data, public_url)
    }

    /// The same, in whichever mode.
    pub fn open_in(mode: Mode, data: &Path, public_url: &str) -> Result<Self, Failure> {
        let runtime = Runtime::new()?;
        let time = Time::default();
        let clock = Clock::adjustable(time.offset());
        let mut settings = Settings::in_folder(data);
        settings.mode = mode;
        settings.public_url = public_url.trim_end_matches('/').to_owned();
        settings.failure_delay = Duration::ZERO;
        settings.limits = Limits { sign_in: None, token: None, registration: None, invitation: None };
        settings.trusted_proxy_header = ADDRESS_HEADER.parse().ok();
        let (app, listener) = runtime.block_on(async {
            let app = portal_server::build(settings, clock).await?;
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            Ok::<_, Failure>((app, listener))
        })?;
        let origin = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel();
        let serving = runtime.spawn(app.clone().serve(listener, async { drop(stopped.await) }));
        Ok(Self { runtime, app, origin, time, stop, serving })
    }

    /// Plays on this stage: cores are at home on one thread.
    pub fn perform<T>(&self, play: impl Future<Output = T>) -> Result<T, Failure> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(LocalSet::new().block_on(&runtime, play))
    }

    /// Does something where the server runs.
    pub(crate) async fn backstage<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Failure> {
        Ok(self.runtime.spawn(work).await?)
    }

    /// The server as the operator sees it.
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// The address of the server.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The clock.
    pub(crate) fn time(&self) -> &Time {
        &self.time
    }

    /// Ends the server in order, so that everything is on disk.
    pub fn close(self) -> Result<(), Failure> {
        // A server that has ended already hears nothing; why it did, joining it tells.
        let _ = self.stop.send(());
        Ok(self.runtime.block_on(self.serving)??)
    }
}
