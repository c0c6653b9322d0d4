//! A real server per test, on a free port, with a clock the test can move.

mod answer;
pub mod person;
mod postgres;
pub mod program;
pub mod provider;
pub mod vault;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use portal_server::{App, Clock, Settings, build};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

pub use answer::Answer;
pub use person::Person;
pub use program::Program;
pub use provider::Provider;

/// On which database a test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Declares tests that each run on both databases: `contract! { async fn name(engine: Engine) { … } }`.
macro_rules! contract {
    ($($(#[doc = $doc:literal])* async fn $name:ident($engine:ident: $kind:ident) $body:block)+) => {
        $($(#[doc = $doc])* async fn $name($engine: $kind) $body)+

        mod on_sqlite {
            $(#[tokio::test] async fn $name() { super::$name($crate::support::Engine::Sqlite).await })+
        }

        mod on_postgres {
            $(#[tokio::test] async fn $name() { super::$name($crate::support::Engine::Postgres).await })+
        }
    };
}
pub(crate) use contract;

/// A client with the cryptography the server uses too.
pub fn client() -> reqwest::ClientBuilder {
    // Only the first call installs it; later ones find it there.
    drop(tokio_rustls::rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder().no_proxy()
}

/// A running server. Dropping it ends it; [`Server::stop`] ends it in order.
pub struct Server {
    pub url: String,
    pub http: reqwest::Client,
    pub app: App,
    clock: Arc<AtomicI64>,
    settings: Settings,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
    folder: Arc<TempDir>,
    /// The address of the database, if it is not a file in the folder.
    database: Option<String>,
}

impl Server {
    /// A server with an empty database.
    pub async fn start(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// A server with an empty database and other settings.
    pub async fn with(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let mut settings = Settings::in_folder(folder.path());
        settings.failure_delay = std::time::Duration::ZERO;
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(postgres::new_database().await),
        };
        if let Some(url) = &database {
            settings.database = url.parse().unwrap();
        }
        change(&mut settings);
        Self::serve(settings, database, Arc::new(AtomicI64::new(0)), folder).await
    }

    /// Another process on the same database and key, behind an address of its own.
    pub async fn second_process(&self) -> Self {
        Self::serve(self.settings.clone(), self.database.clone(), self.clock.clone(), self.folder.clone())
            .await
    }

    /// Ends the server in order.
    pub async fn stop(mut self) {
        self.end().await;
    }

    /// The server ended in order, and started again.
    pub async fn restart(self) -> Self {
        self.restart_with(|_| {}).await
    }

    /// The server ended in order, and started again with other settings.
    pub async fn restart_with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        self.end().await;
        let mut settings = self.settings.clone();
        change(&mut settings);
        Self::serve(settings, self.database.clone(), self.clock.clone(), self.folder.clone()).await
    }

    async fn end(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        (&mut self.serving).await.unwrap();
    }

    async fn serve(
        settings: Settings,
        database: Option<String>,
        clock: Arc<AtomicI64>,
        folder: Arc<TempDir>,
    ) -> Self {
        let app = build(settings.clone(), Clock::adjustable(clock.clone())).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = app.clone();
        let serving = tokio::spawn(async move {
            serving.serve(listener, async { drop(stopped.await) }).await.unwrap();
        });
        let http = client().build().unwrap();
        Self { url, http, app, clock, settings, stop: Some(stop), serving, folder, database }
    }

    /// The real program beside this server, on the same database and key.
    pub fn program(&self, flags: &[&str]) -> Program {
        let database = self.database.iter().flat_map(|url| ["--database", url]);
        let flags: Vec<&str> = database.chain(flags.iter().copied()).collect();
        Program::serve(self.folder.path(), &flags)
    }

    /// Moves the clock.
    pub fn advance(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// Moves the clock to the beginning of a minute, so that what follows is counted in one.
    pub fn begin_minute(&self) {
        self.advance(60_000 - self.app.context().clock.now().0.rem_euclid(60_000));
    }

    /// A request to this server, such as `server.request("GET", "/api/config")`.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method.parse().unwrap(), format!("{}{path}", self.url))
    }

    /// Asks without signing in.
    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request("GET", path)).await
    }

    /// Sends JSON without signing in.
    pub async fn post(&self, path: &str, body: &serde_json::Value) -> Answer {
        Answer::of(self.request("POST", path).json(body)).await
    }
}
