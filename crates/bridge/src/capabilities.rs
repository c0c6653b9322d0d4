use serde::{Deserialize, Serialize};

use crate::{Capability, ServerKind};

/// Asks what this server lets the person signed in do.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetCapabilities {
    /// Asks the server anew, so that what was switched on meanwhile shows. Otherwise what the session knows is told.
    pub look_again: bool,
}

/// What a server lets the person signed in do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapabilitiesView {
    /// What the server calls itself; Bitwarden's own has no name.
    pub name: Option<String>,
    /// The version of Bitwarden's server it is, or speaks like.
    pub version: Option<String>,
    /// What it is.
    pub kind: ServerKind,
    /// Policies that it knows.
    pub policies_known: u32,
    /// Policies that the portal knows.
    pub policies: u32,
    /// What it may let people do, each with how it stands.
    pub rows: Vec<Capability>,
}
