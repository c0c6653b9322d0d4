//! The whole house as a person meets it: a real server, a real browser, and the official command-line client.

use std::process::Command;

use super::Outcome;
use crate::failure::{Failure, Result};
use crate::files;
use crate::project;
use crate::run::run_shown;
use crate::serve::{build_server, program};
use crate::tools::{self, Tools};

/// Every file of `e2e/specs`, by Node's own test runner, against the server that embeds the release app.
pub(super) fn tests(tools: &mut Tools) -> Result<Outcome> {
    let browser = tools::browser()?;
    let folder = project::root().join("e2e");
    tools::npm_packages(&folder)?;
    build_server(tools, false)?;
    let specs: Vec<_> = files::under(&folder.join("specs"))?
        .into_iter()
        .filter(|file| file.to_string_lossy().ends_with(".spec.mjs"))
        .collect();
    if specs.is_empty() {
        return Err(Failure::Check("e2e/specs holds no test".into()));
    }
    run_shown(
        Command::new("node")
            .current_dir(&folder)
            .args(["--test", "--test-reporter=spec", "--test-concurrency=1", "--test-force-exit"])
            .args(specs)
            .env("CHROME", &browser.program)
            .env("PORTAL_SERVER", program("portal-server", false)),
    )?;
    Ok(Outcome::Passed)
}
