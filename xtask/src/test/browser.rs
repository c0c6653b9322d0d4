//! What runs in a browser: every package with tests for it, in headless Chromium.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::Outcome;
use crate::failure::{Failure, Result};
use crate::files;
use crate::project;
use crate::run::{read, run_shown};
use crate::tools::{self, Browser, Tools};

const WASM: &str = "wasm32-unknown-unknown";

/// The packages that are compiled for the browser, with their folders.
const PACKAGES: &[(&str, &str)] = &[
    ("portal", "."),
    ("portal-core", "crates/core"),
    ("portal-keys", "crates/keys"),
    ("portal-bridge", "crates/bridge"),
];

/// Packages whose promises hold in a browser only if they are tested there.
const MUST_BE_TESTED: &[&str] = &["portal", "portal-keys"];

/// Clippy as the browser's compiler sees the code, with warnings denied.
pub(super) fn lints(tools: &mut Tools) -> Result<Outcome> {
    tools::lints()?;
    let packages = PACKAGES.iter().flat_map(|(package, _)| ["--package", package]);
    clippy(tools.cargo().args(["clippy", "--target", WASM, "--lib", "--bins"]).args(packages))?;
    for (package, folder) in PACKAGES {
        let targets = targets(&project::root().join(folder))?;
        if !targets.is_empty() {
            clippy(tools.cargo().args(["clippy", "--target", WASM, "--package", package]).args(targets))?;
        }
    }
    Ok(Outcome::Passed)
}

/// `wasm-bindgen-test` in headless Chromium.
pub(super) fn tests(tools: &mut Tools) -> Result<Outcome> {
    let browser = tools::browser()?;
    let mut failures = Vec::new();
    for (package, folder) in PACKAGES {
        let targets = targets(&project::root().join(folder))?;
        if targets.is_empty() {
            if MUST_BE_TESTED.contains(package) {
                failures.push(format!("{package} has no tests for the browser"));
            }
            continue;
        }
        let mut cargo = tools.cargo();
        cargo.args(["test", "--target", WASM, "--no-fail-fast", "--package", package]).args(targets);
        let ran = run_shown(in_browser(&mut cargo, &browser)?);
        match ran {
            Err(Failure::Stopped) => return Err(Failure::Stopped),
            Err(failure) => failures.push(failure.to_string()),
            Ok(()) => {}
        }
    }
    if failures.is_empty() { Ok(Outcome::Passed) } else { Err(Failure::Check(failures.join("\n"))) }
}

/// Runs a bench of a package in the browser, compiled as it is released, and gives the figure it prints.
pub(crate) fn read_bench(tools: &Tools, browser: &Browser, package: &str, bench: &str) -> Result<Value> {
    let mut cargo = tools.cargo();
    cargo
        .args(["test", "--target", WASM, "--profile", "wasm-release", "--package", package, "--bench", bench])
        .args(["--", "--nocapture"]);
    let said = read(in_browser(&mut cargo, browser)?)?;
    let figure =
        said.lines().find_map(|line| line.split_once("figure {")).map(|(_, figure)| format!("{{{figure}"));
    let figure: Option<Value> = figure.and_then(|figure| serde_json::from_str(&figure).ok());
    figure.ok_or_else(|| Failure::Check(format!("{bench} of {package} printed no figure:\n{said}")))
}

/// Tells a test command which browser to use.
fn in_browser<'a>(command: &'a mut Command, browser: &Browser) -> Result<&'a mut Command> {
    let capabilities = capabilities(browser)?;
    Ok(command
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300"))
}

fn clippy(command: &mut Command) -> Result<()> {
    run_shown(command.args(["--", "-D", "warnings"]))
}

/// The targets of a package that hold browser tests, as arguments for cargo. Others may need what a browser lacks.
fn targets(package: &Path) -> Result<Vec<String>> {
    let mut targets = Vec::new();
    let src = package.join("src");
    if holds_tests(&src)? {
        let kind = if src.join("lib.rs").is_file() { "--lib" } else { "--bins" };
        targets.push(kind.to_owned());
    }
    for file in files::under(&package.join("tests"))? {
        let Some(name) = file.strip_prefix(package.join("tests")).ok().and_then(Path::to_str) else {
            continue;
        };
        let name = match name.split_once('/') {
            Some((folder, "main.rs")) => folder,
            Some(_) => continue,
            None => name.strip_suffix(".rs").unwrap_or_default(),
        };
        let folder = package.join("tests").join(name);
        if !name.is_empty() && (is_test(&file)? || holds_tests(&folder)?) {
            targets.extend(["--test".to_owned(), name.to_owned()]);
        }
    }
    Ok(targets)
}

fn holds_tests(folder: &Path) -> Result<bool> {
    for file in files::under(folder)? {
        if is_test(&file)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_test(file: &Path) -> Result<bool> {
    let is_rust = file.extension().is_some_and(|ending| ending == "rs");
    Ok(is_rust && files::read_text(file)?.contains("#[wasm_bindgen_test]"))
}

/// What the test runner asks the driver for, beside headless.
fn capabilities(browser: &Browser) -> Result<std::path::PathBuf> {
    let file = project::notes().join("webdriver.json");
    let arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ];
    let wanted = json!({ "goog:chromeOptions": { "binary": browser.program, "args": arguments } });
    files::write(&file, wanted.to_string())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_targets_with_browser_tests_are_chosen() {
        let package = std::env::temp_dir().join(format!("xtask-targets-{}", std::process::id()));
        let mark = "#[wasm_bindgen_test]\nfn it_draws() {}\n";
        for (name, text) in [
            ("src/lib.rs", "//! A room.\n"),
            ("tests/drawn.rs", mark),
            ("tests/native.rs", "#[test]\nfn it_adds() {}\n"),
            ("tests/pages/main.rs", "mod clients;\n"),
            ("tests/pages/clients.rs", mark),
        ] {
            files::write(&package.join(name), text).unwrap();
        }
        assert_eq!(targets(&package).unwrap(), ["--test", "drawn", "--test", "pages"]);
        files::write(&package.join("src/lib.rs"), mark).unwrap();
        assert_eq!(targets(&package).unwrap().first().map(String::as_str), Some("--lib"));
        std::fs::remove_dir_all(&package).unwrap();
    }
}
