//! The whole house as a person meets it: a real server, a real browser, and the official command-line client.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::Outcome;
use crate::failure::{Failure, Result};
use crate::files;
use crate::project;
use crate::run::{run, run_shown};
use crate::serve::program;
use crate::tools::{self, Tools};

/// Every file of `e2e/specs`, by Node's own test runner, against the server that embeds the release app.
pub(super) fn tests(tools: &mut Tools) -> Result<Outcome> {
    let browser = tools::browser()?;
    let folder = project::root().join("e2e");
    tools::npm_packages(&folder)?;
    // With every target, as the native tests were built: any other choice would compile what they share once more.
    run(tools.cargo().args(["build", "--workspace", "--all-targets"]))?;
    let demo = demo_data("demo", &["--size", "small", "--roles"])?;
    let owner_demo = demo_data("owner-demo", &["--mode", "owner"])?;
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
            .args(["--test", "--test-reporter=spec", "--test-force-exit"])
            .arg(format!("--test-concurrency={}", at_once()))
            .args(specs)
            .env("CHROME", &browser.program)
            .env("PORTAL_SERVER", program("portal-server", false))
            .env("PORTAL_DEMO_DATA", &demo)
            .env("PORTAL_OWNER_DEMO_DATA", &owner_demo),
    )?;
    Ok(Outcome::Passed)
}

/// How many files of specs run at once. Each has a server and a browser of its own, and keeps about one core busy;
/// with more than two at once nobody has tried whether journeys still end in their time.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(2))
}

/// A demo, played afresh; every spec that wants it works on a copy.
fn demo_data(name: &str, options: &[&str]) -> Result<PathBuf> {
    let folder = project::notes().join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Failure::file(&folder))?;
    }
    fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
    let mut demo = Command::new(program("portal-demo", false));
    run(demo.arg("--data").arg(&folder).args(options))?;
    Ok(folder)
}
