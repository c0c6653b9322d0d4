//! Installing: with cargo and npm into the tool folder, with the system's packages where we may.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{find, search_path};
use crate::failure::{Failure, Result};
use crate::project;
use crate::run::{run, timed};

/// Where cargo puts the programs it installs for us.
pub(super) fn bin() -> PathBuf {
    project::tools().join("bin")
}

/// Installs one version of a crate's programs into the tool folder.
pub(super) fn with_cargo(package: &str, version: &str) -> Result<()> {
    timed(&format!("Installing {package} {version}"), || {
        let root = project::tools();
        fs::create_dir_all(&root).map_err(Failure::file(&root))?;
        let prebuilt = find("cargo-binstall", &search_path()).is_some()
            && run(cargo(&root)
                .args(["binstall", "--no-confirm", "--root"])
                .arg(&root)
                .arg(format!("{package}@{version}")))
            .is_ok();
        if prebuilt {
            return Ok(());
        }
        let install = |lock: Option<&str>| {
            let mut command = cargo(&root);
            command.args(["install", "--root"]).arg(&root).args(["--version", version, package]).args(lock);
            run(&mut command)
        };
        // A published lock file can name a crate that was withdrawn since.
        install(Some("--locked")).or_else(|failure| match failure {
            Failure::Stopped => Err(failure),
            _ => install(None),
        })?;
        let leftovers = build_folder(&root);
        fs::remove_dir_all(&leftovers).map_err(Failure::file(&leftovers))
    })
}

/// Installs one version of an npm package into a folder.
pub(super) fn with_npm(folder: &Path, package: &str, version: &str) -> Result<()> {
    timed(&format!("Installing {package} {version}"), || {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
        run(Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--save-exact", "--prefix"])
            .arg(folder)
            .arg(format!("{package}@{version}")))
    })
}

/// Installs Debian packages, where this is such a machine and we may.
pub(super) fn with_apt(what: &str, packages: &[&str]) -> Result<()> {
    if !rustix::process::geteuid().is_root() || find("apt-get", &search_path()).is_none() {
        return Err(Failure::Missing {
            tool: what.to_owned(),
            advice: format!("on Debian or Ubuntu: sudo apt-get install {}", packages.join(" ")),
        });
    }
    timed(&format!("Installing {what}"), || {
        run(apt_get().args(["update", "--quiet"]))?;
        run(apt_get().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages))
    })
}

/// A tool is compiled quickly rather than well: it runs a few times, the project is built many times.
fn cargo(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(root)
        .env("CARGO_TARGET_DIR", build_folder(root))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    command
}

fn build_folder(root: &Path) -> PathBuf {
    root.join("build")
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
