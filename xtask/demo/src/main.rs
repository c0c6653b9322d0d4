//! `portal-demo --data DIR`: fills an empty data folder, so that there is something to see.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};
use portal_demo::{Bulk, Narrator, Options};

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
    /// Add members of a client in every role, and a provider that waits to be set up: for the tests.
    #[arg(long, hide = true)]
    roles: bool,
    /// Clients to add with --size large.
    #[arg(long, default_value_t = 10_000, hide = true)]
    clients: usize,
    /// Events to add with --size large.
    #[arg(long, default_value_t = 100_000, hide = true)]
    events: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Size {
    /// One provider with its staff, 24 clients and 60 days of work.
    Small,
    /// The same, and 10,000 clients and 100,000 events more.
    Large,
}

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let bulk = match line.size {
        Size::Small => None,
        Size::Large => Some(Bulk { clients: line.clients, events: line.events }),
    };
    let options = Options { data: line.data, public_url: line.public_url, bulk, roles: line.roles };
    let played = portal_demo::play(&options, &mut Narrator::on_standard_output());
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("portal-demo: {failure}");
            ExitCode::FAILURE
        }
    }
}
