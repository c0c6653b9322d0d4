//! A part of the core for its bench: compiled, bound and made small exactly as the core is.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::files;
use crate::project;
use crate::run::{run, timed};
use crate::tools::Tools;

const WASM: &str = "wasm32-unknown-unknown";

/// Builds the example of this name; gives the folder with the program and its script.
pub(super) fn build(tools: &Tools, name: &str) -> Result<PathBuf> {
    let folder = project::notes().join(name);
    let (level, parameters) = smaller()?;
    timed(&format!("Building {name}"), || {
        run(tools
            .cargo()
            .args(["build", "--package", "portal-core", "--features", "measure", "--example", name])
            .args(["--target", WASM, "--profile", "wasm-release"]))?;
        let built = project::target().join(WASM).join("wasm-release/examples").join(format!("{name}.wasm"));
        let tool = |tool: &str| {
            let mut command = Command::new(tool);
            command.env("PATH", tools.path());
            command
        };
        run(tool("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--out-dir"])
            .arg(&folder)
            .arg(built))?;
        let program = folder.join(format!("{name}_bg.wasm"));
        run(tool("wasm-opt")
            .arg(format!("-O{level}"))
            .args(parameters.split(' '))
            .arg(&program)
            .arg("-o")
            .arg(&program))
    })?;
    Ok(folder)
}

/// How the core is made smaller: the level and the parameters that the page's source gives for it.
fn smaller() -> Result<(String, String)> {
    let page = project::root().join("index.html");
    let source = files::read_text(&page)?;
    let of_core = source.split("<link").find(|link| link.contains("data-bin=\"core\"")).unwrap_or_default();
    let value = |name: &str| {
        let (_, rest) = of_core.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    value("data-wasm-opt").zip(value("data-wasm-opt-params")).ok_or_else(|| {
        Failure::Check(format!("{} does not say how the core is made smaller", page.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_how_the_core_is_made_smaller() {
        let (level, parameters) = smaller().unwrap();
        assert!(!level.is_empty() && parameters.split(' ').all(|parameter| parameter.starts_with("--")));
    }
}
