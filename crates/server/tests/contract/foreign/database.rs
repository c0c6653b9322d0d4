//! All that a database holds, to be compared, and to be put back.

use std::collections::{BTreeMap, BTreeSet};

use portal_server::store::Db;
use sqlx::{
    Column, Row, ValueRef,
    any::{AnyRow, AnyTypeInfoKind},
};

use crate::support::{Engine, Server};

/// Every table with what tells its rows apart, those that others refer to first.
const TABLES: &[(&str, &[&str])] = &[
    ("plan_prices", &["plan_type"]),
    ("discount_tiers", &["from_seats"]),
    ("users", &["id"]),
    ("providers", &["id"]),
    ("provider_plans", &["provider_id", "plan_type"]),
    ("provider_users", &["id"]),
    ("billing_cycles", &["provider_id"]),
    ("seat_changes", &["provider_id", "organization_id", "plan_type", "alone", "day"]),
    ("seat_counts", &["provider_id", "organization_id", "day"]),
    ("seat_count_days", &["provider_id", "day"]),
    ("provider_books", &["provider_id", "name"]),
    ("invoices", &["id"]),
    ("invoice_lines", &["invoice_id", "place"]),
    ("invoice_clients", &["invoice_id", "place"]),
    ("organizations", &["id"]),
    ("organization_keys", &["organization_id"]),
    ("organization_api_keys", &["organization_id", "type"]),
    ("provider_organizations", &["id"]),
    ("organization_users", &["id"]),
    ("policies", &["id"]),
    ("collections", &["id"]),
    ("collection_users", &["collection_id", "organization_user_id"]),
    ("groups", &["id"]),
    ("group_users", &["group_id", "organization_user_id"]),
    ("collection_groups", &["collection_id", "group_id"]),
    ("ciphers", &["id"]),
    ("collection_ciphers", &["collection_id", "cipher_id"]),
    ("events", &["id"]),
    ("outbox", &["id"]),
];

/// What is kept of requests and sessions as such, whatever they do.
const BOOKKEEPING: &[&str] = &["schema_steps", "rate_limits", "refresh_tokens", "devices", "device_codes"];

/// A value as SQL writes it, by the name of its column.
type Values = Vec<(String, String)>;

/// The rows of all tables, by the place of the table in [`TABLES`] and the values that tell them apart.
#[derive(Clone, PartialEq)]
pub struct Dump(BTreeMap<(usize, Vec<String>), Values>);

impl Dump {
    pub async fn of(server: &Server) -> Self {
        let mut db = server.app.context().store.read().await.unwrap();
        let mut dump = BTreeMap::new();
        for (place, (table, key)) in TABLES.iter().enumerate() {
            for row in select(&mut db, &format!("SELECT * FROM {table}")).await {
                let values = values(&row);
                let key = key.iter().map(|name| value(&values, name).to_owned()).collect();
                dump.insert((place, key), values);
            }
        }
        Self(dump)
    }

    /// What another dump has else, a line for each row.
    pub fn difference(&self, other: &Self) -> Vec<String> {
        let line = |sign: &str, (place, _): &(usize, Vec<String>), values: &Values| {
            format!("{sign}{} {}", TABLES[*place].0, written(values))
        };
        let gone = self.0.iter().filter(|(key, values)| other.0.get(key) != Some(values));
        let new = other.0.iter().filter(|(key, values)| self.0.get(key) != Some(values));
        let gone = gone.map(|(key, values)| line("-", key, values));
        gone.chain(new.map(|(key, values)| line("+", key, values))).collect()
    }

    /// Only the rows in which one of these texts stands.
    pub fn about(&self, texts: &[&str]) -> Self {
        let about =
            |values: &Values| values.iter().any(|(_, value)| texts.iter().any(|text| value.contains(text)));
        Self(
            self.0
                .iter()
                .filter(|(_, values)| about(values))
                .map(|(key, values)| (key.clone(), values.clone()))
                .collect(),
        )
    }

    /// Makes the database what it was.
    pub async fn put_back(&self, server: &Server) {
        let now = Self::of(server).await;
        let mut script = Vec::new();
        for ((place, key), _) in now.0.iter().rev().filter(|(key, _)| !self.0.contains_key(key)) {
            let (table, names) = TABLES[*place];
            let same: Vec<String> =
                names.iter().zip(key).map(|(name, value)| format!("{name} = {value}")).collect();
            script.push(format!("DELETE FROM {table} WHERE {}", same.join(" AND ")));
        }
        for (key, values) in self.0.iter().filter(|(key, values)| now.0.get(key) != Some(values)) {
            script.push(upsert(key.0, values));
        }
        if script.is_empty() {
            return;
        }
        let mut tx = server.app.context().store.write().await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(script.join(";\n"))).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// Fails if the schema has a table that no dump looks at.
pub async fn every_table_is_known(server: &Server, engine: Engine) {
    let catalog = match engine {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Engine::Postgres => {
            "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public'"
        }
    };
    let mut db = server.app.context().store.read().await.unwrap();
    let found: BTreeSet<String> =
        select(&mut db, catalog).await.iter().map(|row| row.try_get("name").unwrap()).collect();
    let known = TABLES.iter().map(|(table, _)| *table).chain(BOOKKEEPING.iter().copied());
    assert_eq!(found, known.map(str::to_owned).collect());
}

/// Runs statements of a test's own.
pub async fn run(server: &Server, statements: &[&str]) {
    let mut tx = server.app.context().store.write().await.unwrap();
    for statement in statements {
        sqlx::query(sqlx::AssertSqlSafe((*statement).to_owned())).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn select(db: &mut Db, query: &str) -> Vec<AnyRow> {
    sqlx::query(sqlx::AssertSqlSafe(query.to_owned())).fetch_all(db).await.unwrap()
}

fn values(row: &AnyRow) -> Values {
    let literal = |place: usize| match row.try_get_raw(place).unwrap().type_info().kind() {
        AnyTypeInfoKind::Null => "NULL".to_owned(),
        AnyTypeInfoKind::Text => format!("'{}'", row.get::<String, _>(place).replace('\'', "''")),
        _ => row.get::<Option<i64>, _>(place).map_or_else(|| "NULL".to_owned(), |number| number.to_string()),
    };
    row.columns().iter().map(|column| (column.name().to_owned(), literal(column.ordinal()))).collect()
}

fn value<'a>(values: &'a Values, name: &str) -> &'a str {
    &values.iter().find(|(column, _)| column == name).unwrap().1
}

fn written(values: &Values) -> String {
    let values: Vec<String> = values.iter().map(|(name, value)| format!("{name}={value}")).collect();
    values.join(" ")
}

fn upsert(place: usize, values: &Values) -> String {
    let (table, key) = TABLES[place];
    let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
    let literals: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
    let rest: Vec<String> = names
        .iter()
        .filter(|name| !key.contains(name))
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    let or = if rest.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {}", rest.join(", ")) };
    format!(
        "INSERT INTO {table} ({}) VALUES ({}) ON CONFLICT ({}) DO {or}",
        names.join(", "),
        literals.join(", "),
        key.join(", ")
    )
}
