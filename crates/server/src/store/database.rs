//! The address of the database.

use std::{fmt, path::Path, str::FromStr};

/// Which of the two engines it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file beside the server.
    Sqlite,
    /// A server, which several processes can share.
    Postgres,
}

/// The address of a database. Its `Debug` and `Display` hide the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Database {
    url: String,
    engine: Engine,
}

/// An address that names neither SQLite nor PostgreSQL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a database address starts with sqlite:// or postgres://")]
pub struct UnknownEngine;

impl Database {
    /// The SQLite file of a data folder.
    pub fn in_folder(data: &Path) -> Self {
        Self { url: format!("sqlite://{}", data.join("portal.sqlite").display()), engine: Engine::Sqlite }
    }

    /// Which engine the address names.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The address with its password, for connecting only.
    pub(super) fn reveal(&self) -> &str {
        &self.url
    }
}

impl FromStr for Database {
    type Err = UnknownEngine;

    fn from_str(url: &str) -> Result<Self, UnknownEngine> {
        let engine = match url.split_once(':') {
            Some(("sqlite", _)) => Engine::Sqlite,
            Some(("postgres" | "postgresql", _)) => Engine::Postgres,
            _ => return Err(UnknownEngine),
        };
        Ok(Self { url: url.to_owned(), engine })
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scheme, rest)) = self.url.split_once("://") else { return f.write_str(&self.url) };
        let (authority, path) = match rest.find(['/', '?']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        let authority = match authority.rsplit_once('@') {
            Some((user, host)) => {
                let name = user.split_once(':').map_or(user, |(name, _)| name);
                format!("{name}:…@{host}")
            }
            None => authority.to_owned(),
        };
        // A password may also stand among the parameters.
        let path = match path.split_once('?') {
            Some((path, _)) => format!("{path}?…"),
            None => path.to_owned(),
        };
        write!(f, "{scheme}://{authority}{path}")
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_password_wherever_it_stands() {
        for url in [
            "postgres://ann:hunter2@db.example:5432/portal",
            "postgres://ann:hun@hunter2@db.example/portal",
            "postgres://db.example/portal?user=ann&password=hunter2",
            "postgres://ann:hunter2@db.example?password=hunter2",
        ] {
            let shown = format!("{0:?} {0}", url.parse::<Database>().unwrap());
            assert!(!shown.contains("hunter2"), "{shown}");
            assert!(shown.contains("db.example"), "{shown}");
        }
    }

    #[test]
    fn another_engine_is_refused() {
        assert_eq!("mysql://ann@db.example/portal".parse::<Database>(), Err(UnknownEngine));
    }
}
