//! `portal-demo --data DIR`: fills an empty data folder, so that there is something to see.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};
use portal_bridge::{OrganizationId, ProviderId};
use portal_demo::{Bulk, Load, Narrator, Options, cast::CLIENTS};
use portal_server::settings::Mode;

#[derive(Parser)]
#[command(name = "portal-demo", version, about = "Plays demo data into an empty data folder.")]
struct CommandLine {
    /// The data folder to fill; it must not hold a database yet.
    #[arg(long)]
    data: PathBuf,
    /// Whether to play a provider with its clients, or people who own and administer organizations themselves.
    #[arg(long, value_enum, default_value = "provider")]
    mode: Mode,
    /// How much to play. Without a provider there is only the small size.
    #[arg(long, value_enum, default_value = "small")]
    size: Size,
    /// The address people will open, for the links in invitations.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    public_url: String,
    /// Add members of a client in every role, and a provider that waits to be set up: for the tests.
    #[arg(long, hide = true)]
    roles: bool,
    /// Add events to the logs of this client of this provider, in a folder that is there already: PROVIDER/ORGANIZATION.
    #[arg(long, hide = true, value_parser = logs)]
    deepen: Option<(ProviderId, OrganizationId)>,
    /// Clients to add with another size than small.
    #[arg(long, hide = true)]
    clients: Option<usize>,
    /// Events to add with another size than small.
    #[arg(long, hide = true)]
    events: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Size {
    /// One provider with its staff, 24 clients and 60 days of work.
    Small,
    /// The same, and 10,000 clients and 100,000 events more.
    Large,
    /// The same, and so many clients with members that there are 1,000, with 1,000,000 events of a year.
    Timeline,
}

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let more = line.size != Size::Small || line.roles || line.deepen.is_some();
    if line.mode == Mode::Owner && more {
        eprintln!("portal-demo: --mode owner is played in the small size only, and has every role already");
        return ExitCode::FAILURE;
    }
    let bulk = |clients, events| Bulk {
        clients: line.clients.unwrap_or(clients),
        events: line.events.unwrap_or(events),
    };
    let load = match line.size {
        Size::Small => None,
        Size::Large => Some(Load::Clients(bulk(10_000, 100_000))),
        Size::Timeline => Some(Load::Timeline(bulk(1_000 - CLIENTS.len(), 1_000_000))),
    };
    let options =
        Options { data: line.data, public_url: line.public_url, mode: line.mode, load, roles: line.roles };
    let narrator = &mut Narrator::on_standard_output();
    let played = match line.deepen {
        Some((provider, organization)) => {
            let events = line.events.unwrap_or(10_000_000);
            portal_demo::enlarge(&options, Load::Deep { provider, organization, events }, narrator)
        }
        None => portal_demo::play(&options, narrator),
    };
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("portal-demo: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The provider and the client whose logs grow.
fn logs(text: &str) -> Result<(ProviderId, OrganizationId), String> {
    let ids = text.split_once('/').and_then(|(one, other)| Some((one.parse().ok()?, other.parse().ok()?)));
    ids.ok_or_else(|| "two ids, parted by a slash".to_owned())
}
