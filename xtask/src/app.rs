//! The app: Trunk builds it, and in release every file gets its brotli copy beside it.

mod glue;
mod stylesheets;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use brotli::CompressorWriter;

use crate::failure::{Failure, Result};
use crate::files;
use crate::fingerprint::Fingerprint;
use crate::project;
use crate::run::{run, timed};
use crate::tools::Tools;

/// How the app is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// Quick to build.
    Dev,
    /// As it is released: small, with a brotli copy of every file.
    Release,
}

/// Everything the app is made of.
const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    ".cargo",
    "src",
    "style",
    "web",
    "crates/bridge",
    "crates/core",
    "crates/domain",
    "crates/keys",
    "crates/wire",
];

/// Puts the app into `dist/`; where nothing changed since it was last built, only that.
pub(crate) fn build(tools: &Tools, flavour: Flavour) -> Result<()> {
    let name = match flavour {
        Flavour::Dev => "dev",
        Flavour::Release => "release",
    };
    let built = project::notes().join("app").join(name);
    let note = built.with_extension("fingerprint");
    let fingerprint = fingerprint(tools)?;
    if fs::read_to_string(&note).ok().as_deref() != Some(fingerprint.as_str()) {
        timed(&format!("Building the app ({name})"), || {
            trunk(tools, flavour, &built)?;
            stylesheets::join(&built)?;
            if flavour == Flavour::Release {
                glue::shrink(&built)?;
                compress(&built)?;
            }
            files::write(&note, &fingerprint)
        })?;
    }
    files::mirror(&built, &project::dist())
}

fn trunk(tools: &Tools, flavour: Flavour, built: &Path) -> Result<()> {
    if built.exists() {
        fs::remove_dir_all(built).map_err(Failure::file(built))?;
    }
    let mut command = Command::new("trunk");
    command.current_dir(project::root()).args(["build", "--dist"]).arg(built);
    if flavour == Flavour::Release {
        command.arg("--release");
    }
    // Trunk reads NO_COLOR as an option of its own and stumbles over `1`; its backtraces hide what it has to say.
    run(command.env("PATH", tools.path()).env_remove("NO_COLOR").env("RUST_BACKTRACE", "0"))
}

fn compress(folder: &Path) -> Result<()> {
    for file in files::under(folder)? {
        let mut copy = file.clone().into_os_string();
        copy.push(".br");
        files::write(copy.as_ref(), brotli(&files::read(&file)?)?)?;
    }
    Ok(())
}

/// Brotli at its smallest, which is slow and therefore done once, here.
fn brotli(contents: &[u8]) -> Result<Vec<u8>> {
    const BUFFER: usize = 64 * 1024;
    const QUALITY: u32 = 11;
    const WINDOW: u32 = 22;
    let mut compressor = CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    compressor
        .write_all(contents)
        .map_err(|error| Failure::Check(format!("brotli could not compress: {error}")))?;
    Ok(compressor.into_inner())
}

fn fingerprint(tools: &Tools) -> Result<String> {
    let mut fingerprint = Fingerprint::default();
    for version in tools.versions() {
        fingerprint.word(version);
    }
    for input in INPUTS {
        fingerprint.path(&project::root().join(input))?;
    }
    Ok(fingerprint.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_gives_back_what_it_took() {
        let text = "Provider Portal ".repeat(1_000);
        let small = brotli(text.as_bytes()).unwrap();
        assert!(small.len() < text.len() / 50);
        let mut large = Vec::new();
        brotli::BrotliDecompress(&mut small.as_slice(), &mut large).unwrap();
        assert_eq!(large, text.as_bytes());
    }
}
