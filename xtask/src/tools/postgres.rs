//! PostgreSQL's server programs: the tests start a throw-away server themselves.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::install::with_apt;
use crate::failure::{Failure, Result};
use crate::run::ask;

/// The variable by which the server's tests learn the folder.
pub(crate) const VARIABLE: &str = "PORTAL_TEST_POSTGRES_BIN";

/// The folder that holds `initdb` and `postgres`.
pub(super) fn find_or_install() -> Result<PathBuf> {
    if let Some(folder) = found() {
        return Ok(folder);
    }
    with_apt("PostgreSQL", &["postgresql"])?;
    found().ok_or_else(|| Failure::Missing {
        tool: "PostgreSQL".into(),
        advice: format!("install its server, or name the folder of `initdb` in {VARIABLE}"),
    })
}

fn found() -> Option<PathBuf> {
    let named = env::var_os(VARIABLE).map(PathBuf::from);
    let configured = || ask(Command::new("pg_config").arg("--bindir")).map(PathBuf::from);
    named
        .filter(|folder| is_server(folder))
        .or_else(|| newest(Path::new("/usr/lib/postgresql")))
        .or_else(|| configured().filter(|folder| is_server(folder)))
}

/// Debian keeps each major version in a folder of its own.
fn newest(versions: &Path) -> Option<PathBuf> {
    fs::read_dir(versions)
        .ok()?
        .flatten()
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, folder)| is_server(folder))
        .max()
        .map(|(_, folder)| folder)
}

fn is_server(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_ctl"].iter().all(|program| folder.join(program).is_file())
}
