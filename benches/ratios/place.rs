//! Where a bench keeps its municipality: a folder of its own and a database on either engine.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use bifall::app::{Location, Tenant};
use bifall::domain::clock::FixedClock;
use bifall::domain::grant::ApplicantKind;
use bifall::domain::id::OrganisationId;
use bifall::services::organisations::NewOrganisation;
use bifall::services::{Actor, organisations, packages};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{ConnectOptions, Connection, Executor};

use crate::city;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// The server that `TEST_DATABASE_URL` names.
    Postgres,
}

impl Engine {
    /// Its name, as in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// The word that a child is told it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// The engine of a word.
    pub fn of(word: &str) -> Self {
        if word == "postgres" { Self::Postgres } else { Self::Sqlite }
    }
}

/// A municipality on disk that outlives the process.
pub struct Place {
    /// Which engine.
    pub engine: Engine,
    folder: PathBuf,
    name: String,
}

impl Place {
    /// The place of a name.
    pub fn new(engine: Engine, name: &str) -> Self {
        Self { engine, folder: scratch().join("places").join(format!("{name}-{}", engine.word())), name: format!("bifall_bench_{name}") }
    }

    /// Empties it.
    pub async fn clear(&self) {
        if self.folder.exists() {
            std::fs::remove_dir_all(&self.folder).unwrap();
        }
        std::fs::create_dir_all(&self.folder).unwrap();
        if self.engine == Engine::Postgres {
            let mut server = server().connect().await.unwrap();
            for statement in [format!("drop database if exists {} with (force)", self.name), format!("create database {}", self.name)] {
                server.execute(sqlx::AssertSqlSafe(statement)).await.unwrap();
            }
            server.close().await.unwrap();
        }
    }

    /// Takes it away.
    pub async fn remove(&self) {
        self.clear().await;
        std::fs::remove_dir_all(&self.folder).unwrap();
        if self.engine == Engine::Postgres {
            let mut server = server().connect().await.unwrap();
            server.execute(sqlx::AssertSqlSafe(format!("drop database {}", self.name))).await.unwrap();
        }
    }

    /// Opens it on a day of product time.
    pub async fn open(&self, day: &str) -> Tenant {
        let database = (self.engine == Engine::Postgres).then(|| self.url());
        let location = Location { data: self.folder.clone(), database };
        Tenant::open(&location, Some(Arc::new(FixedClock(noon(day))))).await.unwrap()
    }

    /// The URL of its database.
    pub fn url(&self) -> String {
        match self.engine {
            Engine::Sqlite => format!("sqlite:{}", self.folder.join("bifall.db").display()),
            Engine::Postgres => format!("{}/{}", base().rsplit_once('/').unwrap().0, self.name),
        }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The bytes that the whole database takes.
    pub async fn bytes(&self) -> u64 {
        let bytes: i64 = match self.engine {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url()).await.unwrap();
                let sql = "select page_count * page_size from pragma_page_count(), pragma_page_size()";
                sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
            }
            Engine::Postgres => {
                let mut connection = sqlx::PgConnection::connect(&self.url()).await.unwrap();
                sqlx::query_scalar("select pg_database_size(current_database())").fetch_one(&mut connection).await.unwrap()
            }
        };
        u64::try_from(bytes).unwrap()
    }

    /// The bytes that a table takes with its indexes.
    pub async fn bytes_of(&self, table: &str) -> u64 {
        let bytes: i64 = match self.engine {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url()).await.unwrap();
                sqlx::query_scalar("select sum(pgsize) from dbstat where name in (select name from sqlite_schema where tbl_name = $1)")
                    .bind(table)
                    .fetch_one(&mut connection)
                    .await
                    .unwrap()
            }
            Engine::Postgres => {
                let mut connection = sqlx::PgConnection::connect(&self.url()).await.unwrap();
                sqlx::query_scalar("select pg_total_relation_size($1::text::regclass)")
                    .bind(table)
                    .fetch_one(&mut connection)
                    .await
                    .unwrap()
            }
        };
        u64::try_from(bytes).unwrap()
    }
}

/// The folder for what benches make.
pub fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench")
}

/// The engines to measure: SQLite, and PostgreSQL where a server is named.
pub fn engines() -> Vec<Engine> {
    if std::env::var_os("TEST_DATABASE_URL").is_some() { vec![Engine::Sqlite, Engine::Postgres] } else { vec![Engine::Sqlite] }
}

fn base() -> String {
    std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL must name a PostgreSQL server")
}

fn server() -> sqlx::postgres::PgConnectOptions {
    sqlx::postgres::PgConnectOptions::from_str(&base()).unwrap().disable_statement_logging()
}

fn noon(day: &str) -> DateTime<Utc> {
    date(day).and_hms_opt(12, 0, 0).unwrap().and_utc()
}

/// A date, `2026-01-01`.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Imports the built-in grant types.
pub async fn with_packages(tenant: &Tenant) {
    let imported = packages::import_builtin(tenant).await.unwrap();
    assert!(!imported.problems.iter().any(bifall::domain::Problem::is_error), "{:#?}", imported.problems);
}

/// Registers the association at a place in the city: approved for the year, with contact and bankgiro.
pub async fn register(tenant: &Tenant, number: u32) -> OrganisationId {
    let service = Actor::Service;
    let new = NewOrganisation {
        number: &city::organisation_number(number),
        name: &format!("Förening {number}"),
        kind: ApplicantKind::Association,
        category: Some("ungdom"),
        founded: Some(date("1990-05-01")),
        town: "Exempelstad",
        since: date("2000-01-01"),
    };
    let id = organisations::register(tenant, &service, new).await.unwrap();
    organisations::link(tenant, &service, id, "dak", &city::external_id(number), date("2000-01-01")).await.unwrap();
    let contact = format!("kassor{number}@forening.example");
    organisations::add_contact(tenant, &service, id, "Kassören", &contact, "kassör").await.unwrap();
    let account = bifall::domain::account_number::parse(bifall::domain::account_number::AccountKind::Bankgiro, "5012-3454").unwrap().number;
    organisations::set_account(tenant, &service, id, &account).await.unwrap();
    organisations::take_over_approval(tenant, &service, id, "godkand-forening", date("2026-01-01"), date("2027-06-30")).await.unwrap();
    id
}

/// Somebody who acts for an association.
pub fn treasurer(organisation: OrganisationId) -> Actor {
    Actor::on_paper(organisation, "Kassören")
}
