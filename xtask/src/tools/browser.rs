//! A Chromium and the driver of the same major version.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use super::install::with_apt;
use super::{find, search_path};
use crate::failure::{Failure, Result};
use crate::run::ask;

/// The browser the tests drive.
pub(crate) struct Browser {
    pub(crate) program: PathBuf,
    pub(crate) driver: PathBuf,
}

const NAMES: &[&str] = &["chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome"];

/// The browser named by CHROME and CHROMEDRIVER, the one on PATH, or Debian's.
pub(super) fn find_or_install() -> Result<Browser> {
    let browser = match found() {
        Some(browser) => browser,
        None => {
            with_apt("Chromium with its driver", &["chromium", "chromium-driver", "fonts-liberation"])?;
            found().ok_or_else(|| Failure::Missing {
                tool: "Chromium with its driver".into(),
                advice: "put both on PATH, or name them in CHROME and CHROMEDRIVER".into(),
            })?
        }
    };
    match (major(&browser.program), major(&browser.driver)) {
        (Some(browser), Some(driver)) if browser != driver => Err(Failure::Missing {
            tool: format!("a chromedriver for Chromium {browser}"),
            advice: format!("the one found is for {driver}; CHROMEDRIVER can name another"),
        }),
        _ => Ok(browser),
    }
}

fn found() -> Option<Browser> {
    let path = search_path();
    let program = named("CHROME").or_else(|| NAMES.iter().find_map(|name| find(name, &path)))?;
    let driver = named("CHROMEDRIVER").or_else(|| find("chromedriver", &path))?;
    Some(Browser { program, driver })
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|file| file.is_file())
}

fn major(program: &PathBuf) -> Option<u32> {
    major_in(&ask(Command::new(program).arg("--version"))?)
}

fn major_in(said: &str) -> Option<u32> {
    said.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_either_program() {
        assert_eq!(major_in("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)"), Some(156));
        assert_eq!(major_in("ChromeDriver 155.0.1.2 (a21ce95c-refs/branch-heads/8078)"), Some(155));
        assert_eq!(major_in("no number here"), None);
    }
}
