//! One SQL text, both drivers: the query is type-checked once per driver, the binds are written once.

/// Rows of a query: `all!(tx, Row, "select …", bind, …)`.
macro_rules! all {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await,
            $crate::store::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(&mut **tx).await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// The row of a query, if there is one.
macro_rules! optional {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
            $crate::store::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// The row of a query that must give one.
macro_rules! one {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(&mut **tx).await,
            $crate::store::Tx::Postgres(tx) => sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(&mut **tx).await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// The first column of the row that a query must give.
macro_rules! scalar {
    ($tx:expr, $value:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => sqlx::query_scalar::<_, $value>($sql)$(.bind($bind))*.fetch_one(&mut **tx).await,
            $crate::store::Tx::Postgres(tx) => sqlx::query_scalar::<_, $value>($sql)$(.bind($bind))*.fetch_one(&mut **tx).await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// The first column of the row of a query, if there is one.
macro_rules! optional_scalar {
    ($tx:expr, $value:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => sqlx::query_scalar::<_, $value>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
            $crate::store::Tx::Postgres(tx) => sqlx::query_scalar::<_, $value>($sql)$(.bind($bind))*.fetch_optional(&mut **tx).await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// Carries out a statement and tells how many rows it changed.
macro_rules! run {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::store::Tx::Postgres(tx) => sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// Builds a statement for whichever driver is open: `build!(tx, "insert into … ", query => { … }, execute)`.
macro_rules! build {
    ($tx:expr, $start:expr, $query:ident => $body:block, execute) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => {
                let mut $query = sqlx::QueryBuilder::<sqlx::Sqlite>::new($start);
                $body
                $query.build().execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            $crate::store::Tx::Postgres(tx) => {
                let mut $query = sqlx::QueryBuilder::<sqlx::Postgres>::new($start);
                $body
                $query.build().execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::store::StoreError::from)
    };
    ($tx:expr, $start:expr, $query:ident => $body:block, all $row:ty) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => {
                let mut $query = sqlx::QueryBuilder::<sqlx::Sqlite>::new($start);
                $body
                $query.build_query_as::<$row>().fetch_all(&mut **tx).await
            }
            $crate::store::Tx::Postgres(tx) => {
                let mut $query = sqlx::QueryBuilder::<sqlx::Postgres>::new($start);
                $body
                $query.build_query_as::<$row>().fetch_all(&mut **tx).await
            }
        }
        .map_err($crate::store::StoreError::from)
    };
}
