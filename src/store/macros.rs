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

/// Leaves out the cases that a member of the staff must keep away from, as conditions that begin with `and`: `organisation`
/// and `case` say where the query has them.
macro_rules! keep_away {
    ($query:ident, $kept:expr, $organisation:literal, $case:literal) => {
        for organisation in $kept.organisations() {
            $query.push(concat!(" and (", $organisation, " <> ")).push_bind(organisation);
            for lifted in $kept.lifted() {
                $query.push(concat!(" or ", $case, " = ")).push_bind(lifted);
            }
            $query.push(")");
        }
        for case in $kept.cases() {
            $query.push(concat!(" and ", $case, " <> ")).push_bind(case);
        }
    };
}

/// The cases of those whom somebody stands in for on a day, as what ends a parenthesis that begins with her own.
macro_rules! standing_in {
    ($query:ident, $user:expr, $today:expr) => {
        $query.push(" or q.officer_id in (select a.user_id from absence a where a.substitute_id = ").push_bind($user);
        $query.push(" and a.ended_at is null and a.from_day <= ").push_bind($today);
        $query.push(" and a.until_day >= ").push_bind($today).push("))");
    };
}

/// What a person of the staff has to look at, now.
macro_rules! to_do {
    ($query:ident, $today:expr) => {
        $query.push(" and q.rank <= ").push_bind(TO_DO).push(" and (q.snoozed_until is null or q.snoozed_until <= ");
        $query.push_bind($today).push(")");
    };
}

/// What a list of the queue is limited to, as conditions on `case_queue q`.
macro_rules! limited {
    ($query:ident, $scope:expr, $filter:expr, $today:expr) => {
        match $scope {
            $crate::store::scope::Scope::Association(own) => {
                $query.push("q.organisation_id = ").push_bind(*own);
            }
            $crate::store::scope::Scope::Staff { except } => {
                $query.push("1 = 1");
                keep_away!($query, except, "q.organisation_id", "q.case_id");
            }
        }
        match $filter.whose {
            $crate::store::queue::Whose::Anybody => {}
            $crate::store::queue::Whose::HersOrNobodys(user) => {
                $query.push(" and (q.officer_id is null or q.officer_id = ").push_bind(user);
                standing_in!($query, user, $today);
            }
            $crate::store::queue::Whose::Hers(user) => {
                $query.push(" and (q.officer_id = ").push_bind(user);
                standing_in!($query, user, $today);
            }
            $crate::store::queue::Whose::Nobodys => {
                $query.push(" and q.officer_id is null");
            }
        }
        match $filter.which {
            $crate::store::queue::Which::All => {}
            $crate::store::queue::Which::ToDo => {
                to_do!($query, $today);
            }
            $crate::store::queue::Which::DueToday => {
                to_do!($query, $today);
                $query.push(" and (q.due <= ").push_bind($today);
                $query.push(" or q.case_id in (select t.case_id from task t where t.closed_at is null and t.due <= ").push_bind($today);
                $query.push("))");
            }
            $crate::store::queue::Which::Opened(user) => {
                to_do!($query, $today);
                $query.push(
                    " and q.case_id in (select l.case_id from case_look l join cases k on k.id = l.case_id and k.entered = l.entered",
                );
                $query.push(" where l.user_id = ").push_bind(user);
                $query.push(
                    " and not exists (select 1 from event e where e.stream_kind = 'case' and e.stream_id = l.case_id and e.seq > l.seq",
                );
                $query.push(" and e.actor = ").push_bind(format!("user:{user}")).push("))");
            }
            $crate::store::queue::Which::Snoozed => {
                $query.push(" and q.snoozed_until > ").push_bind($today);
            }
            $crate::store::queue::Which::Waiting(list) => {
                $query.push(" and q.waits in (");
                let mut several = $query.separated(", ");
                for waits in list {
                    several.push_bind(*waits);
                }
                $query.push(")");
            }
        }
        if let Some(grant_type) = $filter.grant_type {
            $query.push(" and q.grant_type = ").push_bind(grant_type.to_owned());
        }
        if let Some(period) = $filter.period {
            $query.push(" and q.period = ").push_bind(period.to_owned());
        }
        if let Some(state) = $filter.state {
            $query.push(" and q.state = ").push_bind(state.to_owned());
        }
        if $filter.overdue {
            // What is decided is late no more.
            $query.push(" and q.waits not in ('dispatch', 'nothing') and q.due < ").push_bind($today);
        }
        for word in $filter.words {
            $query.push(" and q.case_id in (select s.case_id from search_term s where s.term >= ").push_bind(word.clone());
            $query.push(" and s.term < ").push_bind(format!("{word}\u{10FFFF}")).push(")");
        }
    };
}
