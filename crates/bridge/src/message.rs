use serde::{Deserialize, Serialize};

use crate::{Answer, Ask, BooksOf, JobView, OrganizationId, Part, Problem, ProviderId, SessionView};

/// A message from a tab to the core.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToCore {
    /// The first message of every tab.
    Hello(Hello),
    /// A question or a command; the answer carries the same number.
    Ask {
        /// Chosen by the tab, unique within it.
        id: u32,
        /// What is asked. Most messages are small; a question about events is not.
        ask: Box<Ask>,
    },
    /// Somebody is working in this tab; puts off the idle lock.
    Activity,
    /// The tab goes away and wants no more news.
    Goodbye,
    /// The message's port leads to the locked predecessor of this core, which hands over what a locked session keeps.
    Succeed,
    /// The message's port leads to a fresh worker that derives one key and is then thrown away.
    Hasher,
}

/// What a tab tells of the device it runs on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hello {
    /// A stable identifier of this installation (a UUID), not a secret.
    pub device_identifier: String,
    /// The browser's name in lower case, such as `firefox`.
    pub device_name: String,
    /// Bitwarden's number of the device type.
    pub device_type: i32,
    /// The address of the server, without a path: `https://portal.example`.
    pub origin: String,
    /// Minutes of idleness after which the portal locks; `None` is the default of 15.
    pub idle_minutes: Option<u32>,
}

/// A message from the core to a tab.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum FromCore {
    /// The answer to an [`ToCore::Ask`].
    Answer {
        /// The number of the question.
        id: u32,
        /// What came of it.
        result: Result<Answer, Problem>,
    },
    /// The session changed (also sent once after [`ToCore::Hello`]).
    Session(SessionView),
    /// Something a visible page may show has changed; ask again.
    Changed(Topic),
    /// A long-running piece of work moved on or ended.
    Job(JobView),
    /// The way to the server changed.
    Network(Network),
    /// The core has locked and closes itself. Connect to the worker of this name; when `broker` is set, also make a
    /// channel, give one end to the new worker ([`ToCore::Succeed`]) and the other to this one (as [`ToCore::Succeed`]).
    MovedTo {
        /// Name of the next worker.
        worker: String,
        /// Whether this tab is the one to bring the two workers together.
        broker: bool,
    },
    /// Start a worker for one key derivation and send one end of a channel to it, the other to the core
    /// ([`ToCore::Hasher`]); end it when [`FromCore::HasherDone`] arrives.
    HasherWanted {
        /// Number of the derivation.
        id: u32,
    },
    /// The worker of this number has done its work.
    HasherDone {
        /// Number of the derivation.
        id: u32,
    },
}

/// What part of the core's data changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Topic {
    /// The list of providers or one's role in them.
    Providers,
    /// Name, state, counts or warnings of a provider.
    Provider(ProviderId),
    /// Every client one looks after, and what is known of each.
    Portfolio,
    /// Clients of a provider.
    Clients(ProviderId),
    /// Staff of a provider.
    Staff(ProviderId),
    /// Events of a provider.
    Events(ProviderId),
    /// Events of the clients one looks after as Owner or Admin.
    OwnEvents,
    /// A part of what a client holds.
    Client(OrganizationId, Part),
    /// What an MSP wrote down about money, by another tab or this one.
    Books(BooksOf),
    /// Drafts of invoices were worked out anew.
    Drafts(BooksOf),
    /// One's own account.
    Account,
    /// Which server one signs in to.
    Server,
}

/// How the server can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Network {
    /// Requests get through.
    Online,
    /// Nothing gets through; what is shown may be old.
    Offline,
    /// The server asked for a pause; requests go on after so many milliseconds.
    Paused {
        /// Milliseconds until the next request.
        wait_ms: u32,
    },
}
