//! Both engines have the same tables and columns, and what is append-only refuses on both.

use std::collections::BTreeMap;

use bifall::store::{Db, Tx};

use crate::support::{Engine, TestTenant, on_both};

/// Tables with their columns in order, without what a migration tool adds.
async fn tables(db: &Db) -> BTreeMap<String, Vec<String>> {
    let rows: Vec<(String, String)> = match db.read().await.unwrap() {
        Tx::Sqlite(mut tx) => sqlx::query_as(
            "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.cid",
        )
        .fetch_all(&mut *tx)
        .await
        .unwrap(),
        Tx::Postgres(mut tx) => sqlx::query_as(
            "select table_name::text, column_name::text from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position",
        )
        .fetch_all(&mut *tx)
        .await
        .unwrap(),
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in rows {
        if !table.starts_with("_sqlx") && !table.starts_with("sqlite_") {
            tables.entry(table).or_default().push(column);
        }
    }
    tables
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let sqlite = TestTenant::new(Engine::Sqlite).await;
    let postgres = TestTenant::new(Engine::Postgres).await;
    let on_sqlite = tables(&sqlite.tenant.db).await;
    assert!(on_sqlite.len() > 40, "only {} tables found", on_sqlite.len());
    assert_eq!(on_sqlite, tables(&postgres.tenant.db).await);
}

#[test]
fn a_reading_transaction_cannot_write() {
    on_both(|t| async move {
        let mut tx = t.tenant.db.read().await.unwrap();
        assert!(bifall::store::settings::set(&mut tx, "a", "b").await.is_err());
    });
}
