//! Build, serve, test and measure the project.
//!
//! `cargo xtask --help` says what it can do; each command is a file of that name.

mod app;
mod bench;
mod command_line;
mod failure;
mod files;
mod fingerprint;
mod floors;
mod invariants;
mod project;
mod run;
mod serve;
mod size;
mod test;
mod tools;

use std::process::ExitCode;

use command_line::{Command, parse};
use failure::Result;

fn main() -> ExitCode {
    run::forward_signals();
    match obey() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            failure.exit_code()
        }
    }
}

fn obey() -> Result<()> {
    match parse(std::env::args_os().skip(1))? {
        Command::Help(text) => {
            println!("{text}");
            Ok(())
        }
        Command::Serve(options) => serve::serve(&options),
        Command::Test(options) => test::test(&options),
        Command::Bench(options) => bench::bench(&options),
        Command::Size(options) => size::size(&options),
    }
}
