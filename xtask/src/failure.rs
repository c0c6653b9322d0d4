//! What can go wrong, and what the person at the keyboard can do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The result of anything the tooling does.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that does not exist.
    Usage(String),
    /// A program could not be started or said no.
    Program { shown: String, reason: String },
    /// A tool is not there and cannot be installed from here.
    Missing { tool: String, advice: String },
    /// A file could not be read or written.
    File { path: PathBuf, source: io::Error },
    /// A check found what it looks for.
    Check(String),
    /// A person or the system asked for an end.
    Stopped,
}

impl Failure {
    /// The exit code the shell sees.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Usage(_) => ExitCode::from(2),
            Failure::Stopped => ExitCode::from(130),
            _ => ExitCode::FAILURE,
        }
    }

    /// A file failure, for `map_err`.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Failure {
        let path = path.to_path_buf();
        move |source| Failure::File { path, source }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(problem) => write!(f, "{problem}\nSee `cargo xtask --help`."),
            Failure::Program { shown, reason } => write!(f, "`{shown}` {reason}"),
            Failure::Missing { tool, advice } => write!(f, "{tool} is missing: {advice}"),
            Failure::File { path, source } => write!(f, "{}: {source}", path.display()),
            Failure::Check(finding) => f.write_str(finding),
            Failure::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for Failure {}
