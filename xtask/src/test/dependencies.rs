//! What the project takes in: `cargo deny` by the rules of deny.toml.

use std::process::Stdio;

use super::Outcome;
use crate::failure::{Failure, Result};
use crate::run::{run_shown, show};
use crate::tools::Tools;

/// Licences, bans and sources, for which nothing outside is needed.
pub(super) fn kept(tools: &mut Tools) -> Result<Outcome> {
    tools.add_deny()?;
    run_shown(tools.cargo().args([
        "deny",
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ]))?;
    Ok(Outcome::Passed)
}

/// Known weaknesses, where the database of them can be reached.
pub(super) fn advisories(tools: &mut Tools) -> Result<Outcome> {
    tools.add_deny()?;
    let mut command = tools.cargo();
    // Without a prompt, git fails at once where it would wait for a password.
    command.args(["deny", "check", "advisories"]).env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
    let shown = show(&command);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return Err(Failure::Program { shown, reason: format!("could not run: {error}") }),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    println!("{}", said.trim_end());
    if output.status.success() {
        Ok(Outcome::Passed)
    } else if is_unreachable(&said) {
        Ok(Outcome::NotChecked("the advisory database cannot be reached from here"))
    } else {
        Err(Failure::Program { shown, reason: "found advisories".into() })
    }
}

fn is_unreachable(said: &str) -> bool {
    said.contains("failed to fetch advisory database")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advisory_is_not_mistaken_for_a_network_that_is_down() {
        assert!(is_unreachable("[ERROR] failed to fetch advisory database with cli: failed to clone"));
        assert!(!is_unreachable("error[vulnerability]: a crate fails to check its input"));
    }
}
