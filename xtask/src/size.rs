//! `size`: what a browser downloads, and the budget it must stay within.
//!
//! The budget has goals and records. Growing over a record fails; so does missing a goal that the record has reached.
//! A goal that was never reached is a shortfall, and is said every time.

use std::path::Path;

use serde_json::Value;

use crate::app::{self, Flavour};
use crate::command_line::SizeOptions;
use crate::failure::{Failure, Result};
use crate::files;
use crate::project;
use crate::tools::Tools;

/// Bytes of the release app, brotli 11.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// The page and everything the tab's thread runs.
    tab: u64,
    /// What the worker runs.
    core: u64,
    /// Style sheets.
    style: u64,
    /// Every file, whatever it is.
    total: u64,
}

/// How much a size may grow unnoticed over the one recorded.
const GROWTH: u64 = 2_048;

/// Builds the release app and prints its sizes.
pub(crate) fn size(options: &SizeOptions) -> Result<()> {
    app::build(&Tools::to_build()?, Flavour::Release)?;
    let sizes = measure(&project::dist())?;
    if options.record {
        record(sizes)?;
    }
    if options.json {
        println!("{}", Value::from_iter(sizes.figures()));
    } else {
        print(sizes)?;
    }
    Ok(())
}

/// Measures the app in `dist/` and fails where it is over a limit or has grown unrecorded.
pub(crate) fn check() -> Result<()> {
    let sizes = measure(&project::dist())?;
    print(sizes)?;
    let findings = over(sizes, &budget()?);
    if findings.is_empty() { Ok(()) } else { Err(Failure::Check(findings.join("\n"))) }
}

impl Sizes {
    fn figures(self) -> [(&'static str, u64); 4] {
        [("tab", self.tab), ("core", self.core), ("style", self.style), ("total", self.total)]
    }

    fn add(&mut self, name: &str, bytes: u64) {
        self.total += bytes;
        match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "css" => self.style += bytes,
            "js" | "wasm" if name.starts_with("core") => self.core += bytes,
            "js" | "wasm" | "html" => self.tab += bytes,
            _ => {}
        }
    }
}

/// Adds up the brotli copies that lie beside the files.
fn measure(dist: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::default();
    for file in files::under(dist)? {
        let Some(name) = file.strip_prefix(dist).ok().and_then(Path::to_str) else { continue };
        if let Some(name) = name.strip_suffix(".br") {
            sizes.add(name, files::read(&file)?.len() as u64);
        }
    }
    if sizes.total == 0 {
        return Err(Failure::Check(format!("{} holds no release app", dist.display())));
    }
    Ok(sizes)
}

fn over(sizes: Sizes, budget: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    for (name, bytes) in sizes.figures() {
        let figure = |part: &str| budget.get(part).and_then(|part| part.get(name)).and_then(Value::as_u64);
        let recorded = figure("recorded").unwrap_or(0);
        if let Some(goal) = figure("goals").filter(|goal| bytes > *goal && recorded <= *goal) {
            findings
                .push(format!("{name} is {bytes} bytes, over its goal of {goal} that was reached before"));
        }
        if bytes > recorded + GROWTH {
            findings.push(format!(
                "{name} has grown from {recorded} to {bytes} bytes; make it smaller, or `cargo xtask size --record` and say why"
            ));
        }
    }
    findings
}

fn print(sizes: Sizes) -> Result<()> {
    let budget = budget()?;
    println!("  {:<8} {:>10} {:>10} {:>10}", "brotli", "bytes", "recorded", "goal");
    for (name, bytes) in sizes.figures() {
        let shown = |part: &str| match budget.get(part).and_then(|part| part.get(name)) {
            Some(figure) => figure.to_string(),
            None => "-".to_owned(),
        };
        println!("  {name:<8} {bytes:>10} {:>10} {:>10}", shown("recorded"), shown("goals"));
        let goal = budget.get("goals").and_then(|goals| goals.get(name)).and_then(Value::as_u64);
        if let Some(short) = goal.and_then(|goal| bytes.checked_sub(goal)).filter(|short| *short > 0) {
            println!("  {name} misses its goal by {short} bytes");
        }
    }
    Ok(())
}

fn record(sizes: Sizes) -> Result<()> {
    let mut budget = budget()?;
    if let Some(budget) = budget.as_object_mut() {
        budget.insert("recorded".into(), Value::from_iter(sizes.figures()));
    }
    files::write(&budget_file(), format!("{budget:#}\n"))
}

fn budget() -> Result<Value> {
    let file = budget_file();
    serde_json::from_str(&files::read_text(&file)?)
        .map_err(|error| Failure::Check(format!("{}: {error}", file.display())))
}

fn budget_file() -> std::path::PathBuf {
    project::root().join("size-budget.json")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_file_counts_once_and_in_its_part() {
        let mut sizes = Sizes::default();
        for name in ["index.html", "boot.js", "portal-1a.js", "portal-1a_bg.wasm"] {
            sizes.add(name, 10);
        }
        for name in ["core-boot.js", "core.js", "core_bg.wasm"] {
            sizes.add(name, 100);
        }
        sizes.add("style-2b.css", 1_000);
        sizes.add("words.txt", 10_000);
        assert_eq!(sizes, Sizes { tab: 40, core: 300, style: 1_000, total: 11_340 });
    }

    #[test]
    fn growth_over_the_record_is_found_and_so_is_a_goal_no_longer_kept() {
        let budget = json!({
            "goals": { "tab": 200_000, "total": 250_000 },
            "recorded": { "tab": 100_000, "core": 50_000, "style": 5_000, "total": 155_000 },
        });
        let within = Sizes { tab: 102_048, core: 50_000, style: 5_000, total: 157_000 };
        assert_eq!(over(within, &budget), Vec::<String>::new());
        let grown = over(Sizes { core: 52_049, ..within }, &budget);
        assert!(matches!(grown.as_slice(), [finding] if finding.contains("core has grown")), "{grown:?}");
        let large = over(Sizes { tab: 200_001, ..within }, &budget);
        assert!(large.iter().any(|finding| finding.contains("over its goal")), "{large:?}");
    }

    #[test]
    fn a_goal_never_reached_is_no_failure_by_itself() {
        let budget = json!({
            "goals": { "tab": 50_000 },
            "recorded": { "tab": 100_000, "core": 50_000, "style": 5_000, "total": 155_000 },
        });
        let sizes = Sizes { tab: 99_000, core: 50_000, style: 5_000, total: 154_000 };
        assert_eq!(over(sizes, &budget), Vec::<String>::new());
    }
}
