//! A tenant of one's own on either engine, from a template that was migrated once.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use bifall::app::Tenant;
use bifall::app::files::Files;
use bifall::app::keys::{Keys, Secret};
use bifall::app::profile::Profile;
use bifall::domain::canonical::Sha;
use bifall::domain::{Clock, Ids};
use bifall::store::Db;
use chrono::{DateTime, Utc};
use sqlx::{ConnectOptions, Connection, Executor};
use tokio::sync::OnceCell;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// The server that `TEST_DATABASE_URL` names.
    Postgres,
}

/// A tenant that goes away with the test.
pub struct TestTenant {
    /// The tenant.
    pub tenant: Tenant,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// Its folder.
    pub folder: tempfile::TempDir,
    /// The URL of its database.
    pub url: String,
    engine: Engine,
}

/// A clock that tests set.
#[derive(Debug)]
pub struct TestClock(std::sync::Mutex<DateTime<Utc>>);

impl TestClock {
    /// Sets the time, in Swedish local time.
    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap() = moment(text);
    }

    /// Lets time pass.
    pub fn forward(&self, by: chrono::TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Identities one after another: the random sample, which is drawn by a case's id, draws the same in every run.
#[derive(Debug)]
struct TestIds(std::sync::atomic::AtomicU64);

impl Ids for TestIds {
    fn uuid(&self) -> uuid::Uuid {
        // The marks of version 7 and of its variant.
        let next = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(next))
    }
}

/// A moment given in Swedish local time, `2026-08-20 10:00`.
pub fn moment(text: &str) -> DateTime<Utc> {
    chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .unwrap()
        .and_local_timezone(chrono_tz::Europe::Stockholm)
        .unwrap()
        .to_utc()
}

/// Runs a test on both engines, one after the other.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(TestTenant) -> F) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let tenant = TestTenant::new(engine).await;
            test(tenant).await;
        });
    }
}

impl TestTenant {
    /// A new tenant at 2026-08-20 10:00.
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => sqlite_copy(folder.path()).await,
            Engine::Postgres => postgres_copy().await,
        };
        let clock = Arc::new(TestClock(std::sync::Mutex::new(moment("2026-08-20 10:00"))));
        let master = Secret::new([7; 32]);
        std::fs::write(folder.path().join("master.key"), master.bytes()).unwrap();
        let db = Db::open(&url).await.unwrap();
        let tenant = Tenant {
            profile: Arc::new(Profile::example().unwrap()),
            db: db.clone(),
            keys: Keys::derive(&master),
            files: Files::open(&folder.path().join("files")).unwrap(),
            clock: clock.clone(),
            ids: Arc::new(TestIds(std::sync::atomic::AtomicU64::new(1))),
            packages: bifall::app::cache::PackageCache::default(),
            population: Arc::new(bifall::integrations::population::Embedded(db.clone())),
        };
        Self { tenant, clock, folder, url, engine }
    }
}

impl Drop for TestTenant {
    fn drop(&mut self) {
        if self.engine == Engine::Sqlite {
            return;
        }
        let url = self.url.clone();
        let db = self.tenant.db.clone();
        // Dropping a database needs a runtime of its own: the test's may be the one that is going away.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                drop(db);
                let name = url.rsplit('/').next().unwrap_or_default().to_owned();
                if let Ok(mut connection) = server().connect().await {
                    let _ = connection.execute(sqlx::AssertSqlSafe(format!("drop database if exists {name} with (force)"))).await;
                    let _ = connection.close().await;
                }
            });
        })
        .join()
        .unwrap();
    }
}

fn server() -> sqlx::postgres::PgConnectOptions {
    let url = std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL must name a PostgreSQL server; ./tests/run starts one");
    sqlx::postgres::PgConnectOptions::from_str(&url).unwrap().disable_statement_logging()
}

fn migrations_hash(engine: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    Sha::of_parts(&texts.iter().map(Vec::as_slice).collect::<Vec<_>>()).hex()[..16].to_owned()
}

/// A copy of a file that is migrated once per version of the migrations and kept between runs.
async fn sqlite_copy(folder: &Path) -> String {
    static TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
    let template = TEMPLATE
        .get_or_init(|| async {
            let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("templates");
            std::fs::create_dir_all(&cache).unwrap();
            let template = cache.join(format!("{}.db", migrations_hash("sqlite")));
            if !template.exists() {
                let fresh = cache.join(format!("{}.{}.new", migrations_hash("sqlite"), std::process::id()));
                let db = Db::open(&format!("sqlite:{}", fresh.display())).await.unwrap();
                db.close().await;
                std::fs::rename(fresh, &template).unwrap();
            }
            template
        })
        .await;
    let copy = folder.join("bifall.db");
    std::fs::copy(template, &copy).unwrap();
    format!("sqlite:{}", copy.display())
}

/// A database made from a template database, which is migrated once per server.
async fn postgres_copy() -> String {
    static LOCK: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let base = std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL must name a PostgreSQL server; ./tests/run starts one");
    let root = base.rsplit_once('/').unwrap().0.to_owned();
    let template = format!("bifall_template_{}", migrations_hash("postgres"));
    let name = format!("bifall_test_{}_{}", std::process::id(), NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    // The template is copied by one at a time: PostgreSQL refuses while somebody is connected to it.
    let _guard = LOCK.lock().await;
    let mut connection = server().connect().await.unwrap();
    connection.execute("select pg_advisory_lock(724411)").await.unwrap();
    let known: Option<(String,)> = sqlx::query_as("select datname::text from pg_database where datname = $1")
        .bind(&template)
        .fetch_optional(&mut connection)
        .await
        .unwrap();
    if known.is_none() {
        // An earlier run may have stopped half way through the migrations.
        connection.execute(sqlx::AssertSqlSafe(format!("drop database if exists {template}_new with (force)"))).await.unwrap();
        connection.execute(sqlx::AssertSqlSafe(format!("create database {template}_new"))).await.unwrap();
        Db::open(&format!("{root}/{template}_new")).await.unwrap().close().await;
        connection.execute(sqlx::AssertSqlSafe(format!("alter database {template}_new rename to {template}"))).await.unwrap();
    }
    connection.execute(sqlx::AssertSqlSafe(format!("create database {name} template {template}"))).await.unwrap();
    connection.close().await.unwrap();
    format!("{root}/{name}")
}
