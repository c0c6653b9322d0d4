//! Plays the demo data into a server through its public API, with the real core.
//!
//! The server runs in this process on a clock that is set back 60 days and moves on with the play; every person of the
//! [`cast`] has a core of their own, on which they do what a person would do in the portal. Only the provider itself is
//! made behind the scenes, because its making is the operator's and no part of the API.

mod calendar;
pub mod cast;
mod deep;
mod door;
mod failure;
mod large;
mod link;
mod narrator;
mod person;
mod play;
mod roles;
mod sign_ins;
pub mod stage;
mod timeline;

use std::path::PathBuf;

use portal_bridge::{OrganizationId, ProviderId};
use portal_server::settings::Mode;

pub use failure::Failure;
pub use large::Bulk;
pub use narrator::Narrator;
pub use person::Person;
pub use stage::Stage;

/// What to play, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The data folder; it must not hold a database yet.
    pub data: PathBuf,
    /// The address people will open, for the links in invitations.
    pub public_url: String,
    /// Whether there is a provider, or people own their organizations themselves: the server that is started on the folder must
    /// be told the same.
    pub mode: Mode,
    /// What to add after the play of a provider.
    pub load: Option<Load>,
    /// Whether to add whoever else the role table knows, to a provider.
    pub roles: bool,
}

/// What is added in bulk.
#[derive(Clone, Copy, Debug)]
pub enum Load {
    /// Clients with hardly anybody in them, and what the staff did there.
    Clients(Bulk),
    /// Clients with members, and a year of work in each.
    Timeline(Bulk),
    /// So many events in the logs of one client and of its provider.
    Deep {
        /// The provider.
        provider: ProviderId,
        /// The client's organization.
        organization: OrganizationId,
        /// How many.
        events: usize,
    },
}

/// Plays the 60 days of a provider and its 24 clients, or of those who sit in twelve organizations; adds what is wanted in
/// bulk, and writes down who can sign in.
pub fn play(options: &Options, narrator: &mut Narrator) -> Result<(), Failure> {
    if options.data.join("portal.sqlite").exists() {
        return Err(Failure::NotEmpty { folder: options.data.clone() });
    }
    let stage = Stage::open_in(options.mode, &options.data, &options.public_url)?;
    let played = stage.perform(async {
        if options.mode == Mode::Owner {
            return play::own::perform(&stage, narrator).await.map(|()| sign_ins::owners());
        }
        play::perform(&stage, narrator).await?;
        let others = if options.roles { roles::add(&stage).await? } else { String::new() };
        Ok(sign_ins::staff_and_owners() + &others)
    })?;
    stage.close()?;
    let sign_ins = played?;
    if let Some(load) = options.load {
        enlarge(options, load, narrator)?;
    }
    sign_ins::write(&options.data, &sign_ins)
}

/// Adds clients and events in bulk to a folder into which the demo was played.
pub fn enlarge(options: &Options, load: Load, narrator: &mut Narrator) -> Result<(), Failure> {
    let stage = Stage::open(&options.data, &options.public_url)?;
    let loaded = stage.perform(async {
        match load {
            Load::Clients(bulk) => large::load(&stage, bulk, narrator).await,
            Load::Deep { provider, organization, events } => {
                deep::load(&stage, provider, organization, events).await
            }
            Load::Timeline(bulk) => timeline::load(&stage, bulk, narrator).await,
        }
    })?;
    stage.close()?;
    loaded
}
