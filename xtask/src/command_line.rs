//! The command line: what can be asked, and the help that teaches it.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt};
use lexopt::{Arg, Parser};

use crate::failure::{Failure, Result};
use crate::project;

/// One thing to do.
#[derive(Debug)]
pub(crate) enum Command {
    Help(&'static str),
    Serve(ServeOptions),
    Test(TestOptions),
    Bench(BenchOptions),
    Size(SizeOptions),
}

/// How `serve` runs.
#[derive(Debug)]
pub(crate) struct ServeOptions {
    pub(crate) address: SocketAddr,
    pub(crate) data: PathBuf,
    pub(crate) demo: Demo,
    pub(crate) mode: Mode,
    pub(crate) release: bool,
}

/// Whether the server has providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Provider,
    Owner,
}

impl Mode {
    /// As the server and the demo player take it after `--mode`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Owner => "owner",
        }
    }
}

/// Which made-up provider is played into an empty data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demo {
    None,
    Small,
    Large,
}

/// How `test` runs.
#[derive(Debug, Default)]
pub(crate) struct TestOptions {
    /// Only the steps whose names contain one of these; all of them when empty.
    pub(crate) only: Vec<String>,
}

/// How `bench` runs.
#[derive(Debug, Default)]
pub(crate) struct BenchOptions {
    pub(crate) only: Option<String>,
    pub(crate) json: bool,
}

/// How `size` prints.
#[derive(Debug, Default)]
pub(crate) struct SizeOptions {
    pub(crate) json: bool,
    pub(crate) record: bool,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command> {
    let mut parser = Parser::from_args(arguments);
    let name = match parser.next().map_err(usage)? {
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help(HELP)),
        Some(Value(name)) => name.string().map_err(usage)?,
        Some(other) => return Err(usage(other.unexpected())),
    };
    match name.as_str() {
        "serve" => serve(&mut parser),
        "test" => test(&mut parser),
        "bench" => bench(&mut parser),
        "size" => size(&mut parser),
        "help" => Ok(Command::Help(HELP)),
        _ => Err(Failure::Usage(format!("there is no command `{name}`: serve, test, bench and size are"))),
    }
}

fn serve(parser: &mut Parser) -> Result<Command> {
    let mut options = ServeOptions {
        address: SocketAddr::from(([127, 0, 0, 1], 8080)),
        data: project::root().join("data"),
        demo: Demo::Small,
        mode: Mode::Provider,
        release: false,
    };
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Long("port") => options.address.set_port(value(parser)?.parse().map_err(usage)?),
            Long("data") => options.data = PathBuf::from(value(parser)?),
            Long("demo") => {
                options.demo = match value(parser)?.to_str() {
                    Some("none") => Demo::None,
                    Some("small") => Demo::Small,
                    Some("large") => Demo::Large,
                    _ => return Err(Failure::Usage("--demo takes none, small or large".into())),
                }
            }
            Long("mode") => {
                options.mode = match value(parser)?.to_str() {
                    Some("provider") => Mode::Provider,
                    Some("owner") => Mode::Owner,
                    _ => return Err(Failure::Usage("--mode takes provider or owner".into())),
                }
            }
            Long("release") => options.release = true,
            other => return help_or(other, SERVE_HELP),
        }
    }
    if options.mode == Mode::Owner && options.demo == Demo::Large {
        return Err(Failure::Usage("--mode owner has no large demo".into()));
    }
    Ok(Command::Serve(options))
}

fn test(parser: &mut Parser) -> Result<Command> {
    let mut options = TestOptions::default();
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Long("only") => options.only.push(value(parser)?.string().map_err(usage)?),
            other => return help_or(other, TEST_HELP),
        }
    }
    Ok(Command::Test(options))
}

fn bench(parser: &mut Parser) -> Result<Command> {
    let mut options = BenchOptions::default();
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Long("only") => options.only = Some(value(parser)?.string().map_err(usage)?),
            Long("json") => options.json = true,
            other => return help_or(other, BENCH_HELP),
        }
    }
    Ok(Command::Bench(options))
}

fn size(parser: &mut Parser) -> Result<Command> {
    let mut options = SizeOptions::default();
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Long("json") => options.json = true,
            Long("record") => options.record = true,
            other => return help_or(other, SIZE_HELP),
        }
    }
    Ok(Command::Size(options))
}

fn value(parser: &mut Parser) -> Result<OsString> {
    parser.value().map_err(usage)
}

fn help_or(argument: Arg<'_>, help: &'static str) -> Result<Command> {
    match argument {
        Long("help") | Short('h') => Ok(Command::Help(help)),
        other => Err(usage(other.unexpected())),
    }
}

fn usage(problem: impl std::fmt::Display) -> Failure {
    Failure::Usage(problem.to_string())
}

const HELP: &str = "\
Build, serve, test and measure the Provider Portal.

  cargo xtask serve   build everything and start it on http://127.0.0.1:8080 with demo data
  cargo xtask test    everything that must hold before a change lands
  cargo xtask bench   how fast it is, beside others
  cargo xtask size    how many bytes a browser downloads

Each command takes --help. What is missing on this machine is installed first, into
~/.cache/provider-portal/tools (PORTAL_TOOLS names another folder); what is on PATH in the right
version is used as it is. Needed beforehand: git, a C compiler, rustup, Node with npm.";

const SERVE_HELP: &str = "\
cargo xtask serve [--port 8080] [--data DIR] [--demo none|small|large] [--mode provider|owner]
                  [--release]

Builds the app and the server, starts the server, and prints the address and the demo sign-ins, one
a line: `sign-in: <e-mail> <password> (<role>)`. Ctrl-C stops it; all data stays in the data folder.

  --port 8080    where to listen on this machine
  --data DIR     the data folder, `data` in the project by default
  --demo SIZE    what to play into an empty data folder: none, small (24 clients, the default) or
                 large (10,000 clients); a folder that holds data is left as it is
  --mode MODE    provider (the default), or owner: a server without providers, and a demo of people
                 who sit in twelve organizations; a data folder is for one of them
  --release      the app and the server as they are released, which takes longer to build

For an empty start: cargo xtask serve --data /tmp/portal --demo none";

const TEST_HELP: &str = "\
cargo xtask test [--only STEP]...

Formatting, invariants, lints, dependencies, native tests (the server on SQLite and PostgreSQL),
browser tests, the release app and its size budget, end-to-end tests. Every step runs, whatever the
others said; a summary stands at the end. A missing tool that cannot be installed is a failure.

  --only STEP    only the steps whose names contain STEP, such as `--only browser`; may be repeated";

const BENCH_HELP: &str = "\
cargo xtask bench [--only NAME] [--json]

Measures in headless Chromium and against the release server, where it can beside a well-known
alternative in the same run. Takes some minutes on an idle machine.

  --only NAME    only the figures whose names start with NAME, such as `clients` or `server.profile`
  --json         one JSON object on standard output, a figure a key";

const SIZE_HELP: &str = "\
cargo xtask size [--json] [--record]

The bytes of the release app as a browser downloads it (brotli 11): tab, core, style and total.
Limits and the sizes last recorded stand in size-budget.json.

  --json         one JSON object on standard output
  --record       write the sizes into size-budget.json, to be committed with the change that grew them";

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn serve_takes_its_options() {
        let Ok(Command::Serve(options)) =
            of("serve --port 9000 --data /tmp/x --demo=large --mode provider --release")
        else {
            panic!("not understood");
        };
        assert_eq!(options.address.port(), 9000);
        assert_eq!(options.data, PathBuf::from("/tmp/x"));
        assert_eq!(options.demo, Demo::Large);
        assert_eq!(options.mode, Mode::Provider);
        assert!(options.release);
        let Ok(Command::Serve(options)) = of("serve --mode owner") else { panic!("not understood") };
        assert_eq!((options.mode, options.demo), (Mode::Owner, Demo::Small));
    }

    #[test]
    fn what_is_unknown_is_refused_and_points_to_help() {
        for line in [
            "fly",
            "serve --demo huge",
            "serve --mode king",
            "serve --mode owner --demo large",
            "serve --port 70000",
            "test --fast",
            "size extra",
            "--version",
        ] {
            match of(line) {
                Err(failure @ Failure::Usage(_)) => assert!(failure.to_string().contains("--help"), "{line}"),
                other => panic!("{line}: {other:?}"),
            }
        }
    }

    #[test]
    fn every_command_has_help() {
        for line in ["", "--help", "serve --help", "test -h", "bench --help", "size --help"] {
            assert!(matches!(of(line), Ok(Command::Help(_))), "{line}");
        }
    }
}
