//! `bench`: named figures, each measured on this machine, now.

mod part;

use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value};

use crate::app::{self, Flavour};
use crate::command_line::BenchOptions;
use crate::failure::{Failure, Result};
use crate::project;
use crate::run::{read, timed};
use crate::serve::{build_server, program};
use crate::test::browser::read_bench;
use crate::tools::{self, Browser, Tools};

/// What measures, and which figures come of it.
struct Bench {
    source: Source,
    figures: &'static [&'static str],
}

enum Source {
    /// A script in `e2e/bench`, which prints an object of figures.
    Script(&'static str),
    /// The same, on a part of the core alone: the example of this name, built for it.
    Part(&'static str, &'static str),
    /// A bench of a package in the browser, which prints one figure.
    Browser { package: &'static str, bench: &'static str },
}

const BENCHES: &[Bench] = &[
    Bench {
        source: Source::Script("clients.mjs"),
        figures: &[
            "clients.search",
            "clients.sort",
            "clients.sort.first",
            "clients.scroll",
            "clients.scroll.shown",
            "clients.rows",
            "clients.heap",
            "clients.longest-task",
            "clients.longest-task.start",
            "core.memory",
            "core.memory.peak",
        ],
    },
    Bench { source: Source::Browser { package: "portal-keys", bench: "unlock" }, figures: &["keys.unlock"] },
    Bench {
        source: Source::Browser { package: "portal-keys", bench: "decrypt" },
        figures: &["items.decrypt"],
    },
    Bench {
        source: Source::Part("timeline.mjs", "timeline_bench"),
        figures: &[
            "timeline.first",
            "timeline.merge",
            "timeline.memory",
            "timeline.filter.person",
            "timeline.filter.type",
            "timeline.filter.text",
            "timeline.sessions",
            "timeline.zoom",
            "timeline.take",
            "timeline.name",
            "timeline.highlights",
            "timeline.blocked",
        ],
    },
    Bench {
        source: Source::Part("ledger.mjs", "ledger_bench"),
        figures: &["ledger.open", "ledger.sum", "ledger.sum.grid", "ledger.window", "ledger.blocked"],
    },
    Bench {
        source: Source::Part("invoices.mjs", "invoices_bench"),
        figures: &["invoices.draft", "invoices.blocked"],
    },
    Bench {
        source: Source::Script("timeline-app.mjs"),
        figures: &[
            "app.timeline.read",
            "app.timeline.events",
            "app.timeline.task.reading",
            "app.timeline.task",
            "app.timeline.paint",
            "app.timeline.paint.median",
            "app.timeline.search",
            "app.timeline.arrange",
            "app.timeline.zoom",
        ],
    },
    Bench {
        source: Source::Script("inside.mjs"),
        figures: &["members.open", "members.search", "items.open", "items.search", "directory.preview"],
    },
    Bench { source: Source::Script("gateway.mjs"), figures: &["gateway.p50", "gateway.p50.least"] },
    Bench {
        source: Source::Script("server.mjs"),
        figures: &[
            "server.start",
            "server.memory.idle",
            "server.memory.loaded",
            "server.profile.rate",
            "server.profile.p50",
            "server.profile.p99",
            "server.clients.rate",
            "server.clients.p50",
            "server.clients.p99",
            "server.events.rate",
            "server.events.p50",
            "server.events.p99",
            "server.events_deep.organization",
            "server.events_deep.provider",
        ],
    },
];

/// Measures and prints.
pub(crate) fn bench(options: &BenchOptions) -> Result<()> {
    let wanted = |figure: &str| options.only.as_deref().is_none_or(|only| figure.starts_with(only));
    let benches: Vec<&Bench> =
        BENCHES.iter().filter(|bench| bench.figures.iter().any(|name| wanted(name))).collect();
    if benches.is_empty() {
        let names: Vec<&str> = BENCHES.iter().flat_map(|bench| bench.figures).copied().collect();
        return Err(Failure::Usage(format!("no figure has such a name; there are: {}", names.join(", "))));
    }
    let tools = Tools::to_build()?;
    let browser = tools::browser()?;
    if benches.iter().any(|bench| matches!(bench.source, Source::Script(_))) {
        app::build(&tools, Flavour::Release)?;
        build_server(&tools, true)?;
    }
    if benches.iter().any(|bench| !matches!(bench.source, Source::Browser { .. })) {
        tools::npm_packages(&project::root().join("e2e"))?;
    }
    let mut figures = Map::new();
    for bench in benches {
        let measured = match bench.source {
            Source::Script(script) => {
                timed(&format!("Measuring with {script}"), || run_script(script, &browser, &[]))?
            }
            Source::Part(script, example) => {
                let built = part::build(&tools, example)?;
                let with = [("PORTAL_PART", built.as_path())];
                timed(&format!("Measuring with {script}"), || run_script(script, &browser, &with))?
            }
            Source::Browser { package, bench: name } => {
                let figure = timed(&format!("Measuring {name} of {package}"), || {
                    read_bench(&tools, &browser, package, name)
                })?;
                Map::from_iter(bench.figures.iter().map(|name| ((*name).to_owned(), figure.clone())))
            }
        };
        figures.extend(measured.into_iter().filter(|(name, _)| wanted(name)));
    }
    if options.json {
        println!("{}", Value::Object(figures));
    } else {
        print(&figures);
    }
    Ok(())
}

fn run_script(script: &str, browser: &Browser, with: &[(&str, &Path)]) -> Result<Map<String, Value>> {
    let folder = project::root().join("e2e");
    let said = read(
        Command::new("node")
            .current_dir(&folder)
            .arg(folder.join("bench").join(script))
            .env("CHROME", &browser.program)
            .env("PORTAL_SERVER", program("portal-server", true))
            .env("PORTAL_DEMO", program("portal-demo", true))
            .envs(with.iter().copied()),
    )?;
    serde_json::from_str(said.trim())
        .map_err(|error| Failure::Check(format!("{script} gave no figures: {error}")))
}

fn print(figures: &Map<String, Value>) {
    println!("  {:<24} {:>10} {:>10} {:>7}  ", "figure", "ours", "theirs", "ratio");
    for (name, figure) in figures {
        let shown = |part: &str| match figure.get(part) {
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
            None => String::new(),
        };
        let against = match shown("against") {
            against if against.is_empty() => against,
            against => format!(", against {against}"),
        };
        println!(
            "  {name:<24} {:>10} {:>10} {:>7}  {}{against}",
            shown("ours"),
            shown("theirs"),
            shown("ratio"),
            shown("unit")
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_nobody_knows_is_refused() {
        let options = BenchOptions { only: Some("flying".into()), json: false };
        assert!(matches!(bench(&options), Err(Failure::Usage(_))));
    }

    #[test]
    fn every_script_is_there() {
        for bench in BENCHES {
            let file = match bench.source {
                Source::Script(script) | Source::Part(script, _) => {
                    project::root().join("e2e/bench").join(script)
                }
                Source::Browser { bench, .. } => {
                    project::root().join("crates/keys/benches").join(bench).with_extension("rs")
                }
            };
            assert!(file.is_file(), "{}", file.display());
        }
    }
}
