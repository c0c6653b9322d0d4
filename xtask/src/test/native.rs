//! What runs on this machine itself: every room, the portal's logic included. What needs a browser is left to `browser`.

use super::Outcome;
use crate::failure::Result;
use crate::run::run_shown;
use crate::tools::{self, POSTGRES_VARIABLE, Tools};

/// Sources stand as `cargo fmt` leaves them.
pub(super) fn formatting(tools: &mut Tools) -> Result<Outcome> {
    tools::lints()?;
    run_shown(tools.cargo().args(["fmt", "--all", "--check"]))?;
    Ok(Outcome::Passed)
}

/// Clippy with warnings denied.
pub(super) fn lints(tools: &mut Tools) -> Result<Outcome> {
    tools::lints()?;
    run_shown(tools.cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    Ok(Outcome::Passed)
}

/// Unit and integration tests, the server's on SQLite and on a PostgreSQL that they start and throw away.
pub(super) fn tests(tools: &mut Tools) -> Result<Outcome> {
    let postgres = tools::postgres()?;
    let mut cargo = tools.cargo();
    run_shown(cargo.args(["test", "--workspace", "--no-fail-fast"]).env(POSTGRES_VARIABLE, postgres))?;
    Ok(Outcome::Passed)
}
