//! The tools the project needs: the right version from PATH, else from the project's own tool folder,
//! else installed there.

mod browser;
mod install;
mod postgres;

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::files;
use crate::project;
use crate::run::{ask, run, timed};

pub(crate) use browser::Browser;
pub(crate) use postgres::VARIABLE as POSTGRES_VARIABLE;

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132.0.0";
const CARGO_DENY: &str = "0.20.2";

/// The tools that were found, and how to reach them.
pub(crate) struct Tools {
    versions: Vec<String>,
    path: OsString,
}

impl Tools {
    /// What it takes to build the app.
    pub(crate) fn to_build() -> Result<Tools> {
        let mut tools = Tools { versions: Vec::new(), path: search_path() };
        tools.rust_parts()?;
        let wasm_bindgen = locked_version("wasm-bindgen")?;
        tools.cargo_tool("wasm-bindgen-cli", &["wasm-bindgen", "wasm-bindgen-test-runner"], &wasm_bindgen)?;
        tools.cargo_tool("trunk", &["trunk"], TRUNK)?;
        tools.wasm_opt()?;
        Ok(tools)
    }

    /// What checks the dependencies, beside the tools to build.
    pub(crate) fn add_deny(&mut self) -> Result<()> {
        self.cargo_tool("cargo-deny", &["cargo-deny"], CARGO_DENY)
    }

    /// PATH for child processes, the tool folder after what the machine has.
    pub(crate) fn path(&self) -> &OsStr {
        &self.path
    }

    /// Name and version of each tool the app's files depend on.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &str> {
        self.versions.iter().map(String::as_str)
    }

    /// A cargo command at the root that finds the tools.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(project::root()).env("PATH", &self.path);
        cargo
    }

    fn rust_parts(&mut self) -> Result<()> {
        let rustc = ask(Command::new("rustc").arg("--version")).ok_or_else(|| Failure::Missing {
            tool: "rustc".into(),
            advice: "install Rust with rustup".into(),
        })?;
        self.versions.push(rustc);
        let sysroot = ask(Command::new("rustc").args(["--print", "sysroot"])).unwrap_or_default();
        if !Path::new(&sysroot).join("lib/rustlib/wasm32-unknown-unknown").is_dir() {
            timed("Adding the WebAssembly target", || {
                run(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
            })?;
        }
        Ok(())
    }

    fn cargo_tool(&mut self, package: &str, programs: &[&str], version: &str) -> Result<()> {
        let here = |path: &OsStr| programs.iter().all(|program| has_version(program, version, path));
        if !here(&self.path) {
            // An older one earlier on PATH would shadow ours.
            self.path = joined(&install::bin(), &self.path);
            if !here(&self.path) {
                install::with_cargo(package, version)?;
            }
            if !here(&self.path) {
                return Err(Failure::Missing {
                    tool: format!("{package} {version}"),
                    advice: format!("it was installed into {} but does not run", install::bin().display()),
                });
            }
        }
        self.versions.push(format!("{package} {version}"));
        Ok(())
    }

    fn wasm_opt(&mut self) -> Result<()> {
        let (version, _) = BINARYEN.split_once('.').unwrap_or((BINARYEN, ""));
        if !has_version("wasm-opt", version, &self.path) {
            let folder = project::tools().join("npm");
            self.path = joined(&folder.join("node_modules/.bin"), &self.path);
            if !has_version("wasm-opt", version, &self.path) {
                install::with_npm(&folder, "binaryen", BINARYEN)?;
            }
        }
        self.versions.push(format!("binaryen {BINARYEN}"));
        Ok(())
    }
}

/// The browser and its driver, installed where the machine's packages allow it.
pub(crate) fn browser() -> Result<Browser> {
    browser::find_or_install()
}

/// The folder of PostgreSQL's server programs, installed where the machine's packages allow it.
pub(crate) fn postgres() -> Result<PathBuf> {
    postgres::find_or_install()
}

/// Formatter and linter of the toolchain.
pub(crate) fn lints() -> Result<()> {
    for (program, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if ask(Command::new(program).arg("--version")).is_none() {
            timed(&format!("Adding {component}"), || {
                run(Command::new("rustup").args(["component", "add", component]))
            })?;
        }
    }
    Ok(())
}

/// The npm packages of a folder, exactly as its lock file names them.
pub(crate) fn npm_packages(folder: &Path) -> Result<()> {
    let lock = files::read(&folder.join("package-lock.json"))?;
    let note = folder.join("node_modules/.lock-as-installed");
    if std::fs::read(&note).ok().as_deref() == Some(lock.as_slice()) {
        return Ok(());
    }
    timed("Installing the npm packages of the end-to-end tests", || {
        run(Command::new("npm").current_dir(folder).args(["ci", "--no-audit", "--no-fund"]))?;
        files::write(&note, &lock)
    })
}

fn search_path() -> OsString {
    env::var_os("PATH").unwrap_or_default()
}

fn joined(first: &Path, rest: &OsStr) -> OsString {
    let mut path = OsString::from(first);
    path.push(":");
    path.push(rest);
    path
}

/// Finds a program on a search path.
fn find(program: &str, path: &OsStr) -> Option<PathBuf> {
    env::split_paths(path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn has_version(program: &str, version: &str, path: &OsStr) -> bool {
    let Some(file) = find(program, path) else { return false };
    let said = ask(Command::new(file).arg("--version").env("PATH", path)).unwrap_or_default();
    said.split_whitespace().any(|word| word == version)
}

/// The version of a crate in Cargo.lock.
fn locked_version(package: &str) -> Result<String> {
    let lock = files::read_text(&project::root().join("Cargo.lock"))?;
    version_in(&lock, package).map(str::to_owned).ok_or_else(|| Failure::Missing {
        tool: package.to_owned(),
        advice: "Cargo.lock does not name it; `cargo metadata` brings the file up to date".into(),
    })
}

fn version_in<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?;
    version.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in(lock, "leptos"), None);
    }

    #[test]
    fn a_program_of_another_version_is_not_taken() {
        let path = search_path();
        assert!(!has_version("cargo", "0.0.1", &path));
        assert!(!has_version("no-such-program-here", "1.0.0", &path));
    }
}
