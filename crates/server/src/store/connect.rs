//! Connections and transactions.

use std::{
    fs::OpenOptions,
    ops::{Deref, DerefMut},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sqlx::{
    Any, AnyConnection, AnyPool, Executor, Transaction, any::AnyPoolOptions, pool::PoolConnection,
    sqlite::SqliteConnectOptions,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    database::{Database, Engine},
    hidden, migrations,
};
use crate::settings::Mode;

/// How long a request waits for the database.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a query runs on: a connection, or a transaction seen as one.
pub type Db = AnyConnection;

/// The database, as a pool of connections.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    engine: Engine,
    /// SQLite has one writer at a time. Those of this process queue up here, before they take a connection, rather than
    /// poll the file; other processes wait by SQLite's own means.
    writer: Arc<Semaphore>,
}

/// What can go wrong with the database. None of it is the caller's fault.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached or refused a statement.
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// Others have kept it busy for too long.
    #[error("the database was busy for too long")]
    Busy,
    /// A row holds what this version does not understand.
    #[error("the database holds an unreadable {column}")]
    Unreadable {
        /// The column.
        column: &'static str,
    },
    /// It was written by a newer version of this program.
    #[error("the database is of schema {found}, this program knows {known}: start a newer version of it")]
    TooNew {
        /// The schema number of the database.
        found: i64,
        /// The newest schema number known here.
        known: i64,
    },
}

impl StoreError {
    /// Whether a row like it exists already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

impl Store {
    /// Opens the database, creating a missing SQLite file, and brings its schema up to date. In owner mode no query finds
    /// anything of providers in it.
    pub async fn open(database: &Database, mode: Mode) -> Result<Self, StoreError> {
        let whole = Self::connect(database, None).await?;
        migrations::run(&whole).await?;
        match mode {
            Mode::Provider => Ok(whole),
            Mode::Owner => {
                // The schema is brought up to date on connections that see all of it.
                whole.close().await;
                Self::connect(database, Some(hidden::providers(database.engine()))).await
            }
        }
    }

    /// Connections on which `prepare` was run before anything else.
    async fn connect(database: &Database, prepare: Option<&'static str>) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let engine = database.engine();
        let mut url = database.reveal().to_owned();
        if engine == Engine::Sqlite && !url.contains("mode=") {
            url.push_str(if url.contains('?') { "&mode=rwc" } else { "?mode=rwc" });
            make_file(&url)?;
        }
        let pool = AnyPoolOptions::new()
            .max_connections(if engine == Engine::Sqlite { 8 } else { 16 })
            .acquire_timeout(PATIENCE)
            // A file does not hang up, so asking first whether it is still there would only cost time.
            .test_before_acquire(engine == Engine::Postgres)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if engine == Engine::Sqlite {
                        connection
                            .execute(
                                "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; \
                                 PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000;",
                            )
                            .await?;
                    }
                    if let Some(prepare) = prepare {
                        connection.execute(prepare).await?;
                    }
                    Ok(())
                })
            })
            .connect(&url)
            .await?;
        let writers = if engine == Engine::Sqlite { 1 } else { Semaphore::MAX_PERMITS };
        Ok(Self { pool, engine, writer: Arc::new(Semaphore::new(writers)) })
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<PoolConnection<Any>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// A transaction for writing. Dropped without [`Tx::commit`], it changes nothing.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        let turn = tokio::time::timeout(PATIENCE, self.writer.clone().acquire_owned()).await;
        // The queue is never closed, so who waits long enough has a turn.
        let turn = turn.map_err(|_| StoreError::Busy)?.ok();
        let inner = match self.engine {
            // Taking the write lock at once lets SQLite wait for it; upgrading later would fail instead.
            Engine::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await?,
            Engine::Postgres => self.pool.begin().await?,
        };
        Ok(Tx { inner, engine: self.engine, _turn: turn })
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Makes a missing SQLite file, for its owner only: hashes of passwords are in it. The files SQLite puts beside it take after
/// it.
fn make_file(url: &str) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::from_str(url)?;
    let file = options.get_filename();
    let mut creation = OpenOptions::new();
    creation.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut creation, 0o600);
    // If it cannot be made, SQLite will meet the same obstacle and say so.
    if !url.contains(":memory:") {
        drop(creation.open(file));
    }
    Ok(())
}

/// A transaction for writing.
pub struct Tx {
    inner: Transaction<'static, Any>,
    engine: Engine,
    _turn: Option<OwnedSemaphorePermit>,
}

impl Tx {
    /// Makes the changes permanent.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.inner.commit().await?)
    }

    /// Lets nobody else in here with the same name until this transaction ends: for rules over several rows, such as
    /// "one admin remains". SQLite has one writer at a time anyway.
    pub async fn lock(&mut self, name: &str) -> Result<(), StoreError> {
        if self.engine == Engine::Postgres {
            sqlx::query("SELECT CAST(pg_advisory_xact_lock(hashtextextended($1, 0)) AS TEXT)")
                .bind(name)
                .execute(&mut **self)
                .await?;
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.inner
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }
}
