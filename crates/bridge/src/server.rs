use serde::{Deserialize, Serialize};

/// What the server says of itself before anyone signs in.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetServer;

/// The server's announcements (`/api/config`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerView {
    /// What its operator calls it; only where there are several to choose from.
    pub name: Option<String>,
    /// Version text.
    pub version: String,
    /// Whether anybody may create an account.
    pub open_registration: bool,
    /// Whether it is the portal's own server, which shows invitation links where no mail is configured.
    pub outbox_links: bool,
    /// Whether two-step login can be switched on here.
    pub two_step_settings: bool,
}

/// Asks which servers one can sign in to here.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetServers;

/// What there is to choose from; nothing where there is one server only, or somebody is signed in to one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServersView {
    /// As the operator put them.
    pub servers: Vec<ServerChoice>,
    /// The key of the one that was chosen, now or at an earlier visit.
    pub chosen: Option<String>,
}

/// A server to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerChoice {
    /// What names it in addresses: letters, digits and hyphens.
    pub key: String,
    /// What its operator calls it.
    pub name: String,
}

/// Chooses a server, while nobody is signed in. Everything learnt of another one is forgotten.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChooseServer {
    /// Its key.
    pub key: String,
}
