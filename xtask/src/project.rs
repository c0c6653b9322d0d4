//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The app as a browser gets it; the server embeds this folder.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's output folder.
pub(crate) fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// What the tooling itself remembers between runs.
pub(crate) fn notes() -> PathBuf {
    target().join("xtask")
}

/// Where missing tools are installed.
pub(crate) fn tools() -> PathBuf {
    if let Some(folder) = env::var_os("PORTAL_TOOLS") {
        return root().join(folder);
    }
    let cache = match (env::var_os("XDG_CACHE_HOME"), env::var_os("HOME")) {
        (Some(cache), _) => PathBuf::from(cache),
        (None, Some(home)) => PathBuf::from(home).join(".cache"),
        (None, None) => root().join("target"),
    };
    cache.join("provider-portal").join("tools")
}
