//! The floors: small programs that do the least that could be done.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor};

use crate::measure::median;
use crate::place::{Engine, Place};

const BLOCK: usize = 64 << 10;

/// Pulls every event out of a file, unpacked first when it is gzipped; answers how many bytes of XML there were.
pub fn pull(path: &Path) -> u64 {
    let file = BufReader::with_capacity(BLOCK, File::open(path).unwrap());
    if path.extension().is_some_and(|extension| extension == "gz") { events(MultiGzDecoder::new(file)) } else { events(file.into_inner()) }
}

fn events(bytes: impl Read) -> u64 {
    let mut reader = Reader::from_reader(BufReader::with_capacity(BLOCK, bytes));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        if matches!(reader.read_event_into(&mut buffer).unwrap(), Event::Eof) {
            return reader.buffer_position();
        }
    }
}

macro_rules! bare {
    ($connection:expr, $key:literal, $bytes:literal, $body:expr, $count:expr) => {{
        $connection.execute(concat!("create table floor (id ", $key, ", body ", $bytes, ")")).await.unwrap();
        let mut times = Vec::new();
        for _ in 0..$count {
            let begun = Instant::now();
            let mut tx = $connection.begin().await.unwrap();
            sqlx::query("insert into floor (body) values ($1)").bind($body.as_slice()).execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
            times.push(begun.elapsed());
        }
        $connection.close().await.unwrap();
        median(times)
    }};
}

/// What a bare transaction takes that makes one row of so many bytes last, on the engine of a place: the middle of
/// `count`.
pub async fn transactions(place: &Place, bytes: u64, count: usize) -> Duration {
    let body = vec![0x5a_u8; usize::try_from(bytes).unwrap()];
    match place.engine {
        Engine::Sqlite => {
            let path = place.folder().join("floor.db");
            let _ = std::fs::remove_file(&path);
            let options = SqliteConnectOptions::new()
                .filename(&path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full);
            let mut connection = options.connect().await.unwrap();
            bare!(connection, "integer primary key", "blob", body, count)
        }
        Engine::Postgres => {
            let mut connection = sqlx::PgConnection::connect(&place.url()).await.unwrap();
            connection.execute("drop table if exists floor").await.unwrap();
            bare!(connection, "bigserial primary key", "bytea", body, count)
        }
    }
}
