use serde::{Deserialize, Serialize};

use crate::{OrganizationId, ProviderId, ProviderUserId};

/// Asks what a few typed letters may mean: clients and people of a provider.
#[derive(Debug, Serialize, Deserialize)]
pub struct Jump {
    /// In which provider.
    pub provider: ProviderId,
    /// What was typed.
    pub text: String,
    /// At most so many of each kind.
    pub limit: u32,
}

/// A place to jump to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JumpHit {
    /// What to show.
    pub label: String,
    /// A second line.
    pub note: Option<String>,
    /// Where it leads.
    pub target: JumpTarget,
}

/// Where a jump leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum JumpTarget {
    /// A client's summary.
    Client(OrganizationId),
    /// A person of the staff.
    Staff(ProviderUserId),
}
