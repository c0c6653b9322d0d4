//! `portal-demo --data DIR`: fills an empty data folder, so that there is something to see.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};
use portal_demo::{Narrator, Options};

#[derive(Parser)]
#[command(name = "portal-demo", version, about = "Plays demo data into an empty data folder.")]
struct CommandLine {
    /// The data folder to fill; it must not hold a database yet.
    #[arg(long)]
    data: PathBuf,
    /// How much to play.
    #[arg(long, value_enum, default_value = "small")]
    size: Size,
    /// The address people will open, for the links in invitations.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    public_url: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Size {
    /// One provider with its staff, 24 clients and 60 days of work.
    Small,
}

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let options = Options { data: line.data, public_url: line.public_url };
    let played = match line.size {
        Size::Small => portal_demo::play(&options, &mut Narrator::on_standard_output()),
    };
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("portal-demo: {failure}");
            ExitCode::FAILURE
        }
    }
}
