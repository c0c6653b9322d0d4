//! Many rows in few statements.

use crate::store::{StoreError, Tx};

/// How many parameters a statement has at most. SQLite takes 32,766, but looks each one's name up among all others.
const PARAMETERS: usize = 800;

/// A value of a row.
#[derive(Clone, Debug)]
pub(in crate::store) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
}

pub(in crate::store) fn text(text: impl ToString) -> Value {
    Value::Text(Some(text.to_string()))
}

pub(in crate::store) fn text_maybe(text: Option<String>) -> Value {
    Value::Text(text)
}

pub(in crate::store) fn number(number: impl Into<i64>) -> Value {
    Value::Number(Some(number.into()))
}

pub(in crate::store) fn number_maybe(number: Option<impl Into<i64>>) -> Value {
    Value::Number(number.map(Into::into))
}

/// Rows for one table, whose name and columns are ours and never from outside.
pub(in crate::store) struct Rows {
    table: &'static str,
    columns: &'static str,
    width: usize,
    values: Vec<Value>,
}

impl Rows {
    pub(in crate::store) fn new(table: &'static str, columns: &'static str) -> Self {
        Self { table, columns, width: columns.split(',').count(), values: Vec::new() }
    }

    /// Adds a row. It has as many values as there are columns, or the database refuses the statement.
    pub(in crate::store) fn push<const WIDTH: usize>(&mut self, row: [Value; WIDTH]) {
        debug_assert_eq!(WIDTH, self.width, "{}", self.table);
        self.values.extend(row);
    }

    pub(in crate::store) async fn insert(self, tx: &mut Tx) -> Result<(), StoreError> {
        for values in self.values.chunks(PARAMETERS / self.width * self.width) {
            let rows: Vec<String> = (0..values.len() / self.width)
                .map(|row| {
                    let parameters: Vec<String> =
                        (1..=self.width).map(|column| format!("${}", row * self.width + column)).collect();
                    format!("({})", parameters.join(", "))
                })
                .collect();
            let sql = format!("INSERT INTO {} ({}) VALUES {}", self.table, self.columns, rows.join(", "));
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).persistent(false);
            for value in values {
                query = match value {
                    Value::Text(text) => query.bind(text.clone()),
                    Value::Number(number) => query.bind(*number),
                };
            }
            query.execute(&mut **tx).await?;
        }
        Ok(())
    }
}
