//! Hiding providers from a server in owner mode, whose database may be one that a provider worked with.
//!
//! On each of its connections the tables of providers and of their staff are covered by empty views of the same names. So no
//! query has to think of the mode, and none can forget to. The links between providers and organizations stay to be seen:
//! they lead to nobody, and whoever deletes an organization still gives its seats back.

use super::database::Engine;

/// What covers the tables, for as long as a connection lasts.
pub(super) fn providers(engine: Engine) -> &'static str {
    match engine {
        // SQLite looks a name up when the view is used, so it must be told that the table is meant.
        Engine::Sqlite => {
            "CREATE TEMP VIEW providers AS SELECT * FROM main.providers WHERE 0; \
             CREATE TEMP VIEW provider_users AS SELECT * FROM main.provider_users WHERE 0;"
        }
        // PostgreSQL looks it up when the view is made.
        Engine::Postgres => {
            "CREATE TEMP VIEW providers AS SELECT * FROM providers WHERE false; \
             CREATE TEMP VIEW provider_users AS SELECT * FROM provider_users WHERE false;"
        }
    }
}
