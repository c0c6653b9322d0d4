//! The server as a value: built, then served, by the program, a test or the demo player.

mod chores;
mod serve;

use std::{fs::DirBuilder, io, ops::Deref, path::Path, sync::Arc};

use axum::{Router, extract::DefaultBodyLimit, middleware};

use crate::{
    Clock, Settings,
    auth::{
        passwords::Passwords,
        secrets::{Secrets, SecretsError},
    },
    http::{
        ApiError, connections,
        headers::{self, ByHttps},
        static_files,
    },
    mail::MailError,
    routes,
    store::{Store, StoreError},
};

/// Why the server cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data folder cannot be made.
    #[error("the data folder {folder} cannot be made: {cause}")]
    Folder {
        /// The folder.
        folder: String,
        /// Why.
        cause: io::Error,
    },
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no signing key.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The mail settings cannot be used.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// Hashing does not work.
    #[error("passwords cannot be hashed: {0}")]
    Passwords(ApiError),
    /// It cannot be served.
    #[error(transparent)]
    Connections(#[from] connections::Error),
}

/// What every handler may use. Cheap to clone, and without any state of its own that another process would miss.
#[derive(Clone)]
pub struct Context(Arc<Parts>);

/// The parts of a [`Context`].
pub struct Parts {
    /// The settings.
    pub settings: Settings,
    /// The time.
    pub clock: Clock,
    /// The database.
    pub store: Store,
    /// The server's own key.
    pub secrets: Secrets,
    /// Hashing of passwords.
    pub passwords: Passwords,
}

impl Deref for Context {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// A server ready to be served.
#[derive(Clone)]
pub struct App {
    context: Context,
}

/// Opens the database, brings it up to date, and loads the key.
pub async fn build(settings: Settings, clock: Clock) -> Result<App, Error> {
    make_folder(&settings.data)
        .map_err(|cause| Error::Folder { folder: settings.data.display().to_string(), cause })?;
    let secrets = Secrets::load(&settings)?;
    let store = Store::open(&settings.database, settings.mode).await?;
    let passwords = Passwords::new().await.map_err(Error::Passwords)?;
    Ok(App { context: Context(Arc::new(Parts { settings, clock, store, secrets, passwords })) })
}

/// Makes a missing folder, for its owner only: the database and the key are in it.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

impl App {
    /// What the handlers use.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Every route, with the portal's own files behind them.
    pub fn router(&self) -> Router {
        let (router, _) = routes::all(self.context.settings.mode);
        router
            .fallback(static_files::serve)
            .layer(DefaultBodyLimit::max(self.context.settings.body_limit))
            .layer(middleware::from_fn_with_state(ByHttps::of(&self.context.settings), headers::protect))
            .with_state(self.context.clone())
    }
}
