//! The only room that says SQL. One SQL text and one Rust body serve SQLite and PostgreSQL.
//!
//! A handle is a [`Tx`]: [`Db::read`] gives one that cannot write, [`Db::write`] one that can.
//! SQLite has one writer (`BEGIN IMMEDIATE`); never ask for a second write transaction while
//! holding one, and never do network I/O inside a transaction.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool};

#[macro_use]
mod macros;
mod types;

pub mod agenda;
pub mod allocations;
pub mod appeals;
pub mod assignment;
pub mod associations;
pub mod attendance;
pub mod budgets;
pub mod bundles;
pub mod calculations;
pub mod cases;
pub mod clashes;
pub mod conflicts;
pub mod cosignatures;
pub mod counters;
pub mod decision_lists;
pub mod decisions;
pub mod dialogue;
pub mod diary;
pub mod drafts;
pub mod earlier;
pub mod events;
pub mod experts;
pub mod extensions;
pub mod files;
pub mod hand;
pub mod jobs;
pub mod looks;
pub mod mandates;
pub mod members;
pub mod message_templates;
pub mod notes;
pub mod organisations;
pub mod outbox;
pub mod overrides;
pub mod own_attendance;
pub mod packages;
pub mod papers;
pub mod payment_lists;
pub mod payment_outcomes;
pub mod payments;
pub mod persons;
pub mod queue;
pub mod rankings;
pub mod reports;
pub mod returned;
pub mod saved_views;
pub mod scope;
pub mod sections;
pub mod sessions;
pub mod settings;
pub mod simulation;
pub mod snapshots;
pub mod standing;
pub mod statistics;
pub mod tables;
pub mod tasks;
pub mod users;

/// What can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[source] sqlx::Error),
    /// A unique constraint: somebody did the same thing first.
    #[error("already there")]
    Conflict,
    /// The thing is not there.
    #[error("not found")]
    NotFound,
    /// Stored data that this version cannot read.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Database(inner) if inner.kind() == sqlx::error::ErrorKind::UniqueViolation => Self::Conflict,
            _ => Self::Database(error),
        }
    }
}

/// Result of a store function.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file, with one writer and several readers.
    Sqlite {
        /// Read-only connections.
        read: SqlitePool,
        /// The one writing connection.
        write: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// A transaction on either database. Dropping it rolls back.
#[derive(Debug)]
pub enum Tx {
    /// On a file.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On a server.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Db {
    /// Opens (and creates, and migrates) the database a URL names: `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// When the URL is not understood, the database cannot be opened, or a migration fails.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Self::open_postgres(PgConnectOptions::from_str(url)?).await;
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .busy_timeout(Duration::from_secs(5))
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .optimize_on_close(true, 400);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("migrations/sqlite").run(&write).await.map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
        let read = SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true).create_if_missing(false)).await?;
        Ok(Self::Sqlite { read, write })
    }

    async fn open_postgres(options: PgConnectOptions) -> Result<Self> {
        let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(Duration::from_secs(30)).connect_with(options).await?;
        sqlx::migrate!("migrations/postgres").run(&pool).await.map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
        Ok(Self::Postgres(pool))
    }

    /// A transaction that sees one moment and cannot write.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn read(&self) -> Result<Tx> {
        match self {
            Self::Sqlite { read, .. } => Ok(Tx::Sqlite(read.begin().await?)),
            Self::Postgres(pool) => begin_detached(pool.clone(), "begin isolation level repeatable read read only").await,
        }
    }

    /// The only way to write. SQLite takes its write lock up front.
    ///
    /// # Errors
    /// When no connection can be had, or the write lock is held too long.
    pub async fn write(&self) -> Result<Tx> {
        match self {
            Self::Sqlite { write, .. } => Ok(Tx::Sqlite(write.begin_with("begin immediate").await?)),
            Self::Postgres(pool) => begin_detached(pool.clone(), "begin").await,
        }
    }

    /// Waits for open transactions and closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// Which engine, in a word.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

/// Begins in a task of its own: with sqlx 0.9.0 a request dropped during `begin` would leave BEGIN on the
/// pooled connection, and the next borrower would work inside a foreign transaction (sqlx issue 4393).
/// Remove when a release contains pull request 4394.
async fn begin_detached(pool: PgPool, statement: &'static str) -> Result<Tx> {
    let begun = tokio::spawn(async move { pool.begin_with(statement).await }).await;
    match begun {
        Ok(transaction) => Ok(Tx::Postgres(transaction?)),
        Err(join) => Err(StoreError::Database(sqlx::Error::Protocol(format!("begin was not carried out: {join}")))),
    }
}

impl Tx {
    /// Makes the changes last.
    ///
    /// # Errors
    /// When the database refuses; nothing is then changed.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
