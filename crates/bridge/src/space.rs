use serde::{Deserialize, Serialize};

use crate::{Action, Feature, OrganizationId, ProviderId, Setting, Verdict};

/// In which client, and on whose behalf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Within {
    /// The provider whose client it is; `None` for an organization one is a member of.
    pub provider: Option<ProviderId>,
    /// The client's organization.
    pub organization: OrganizationId,
}

/// A part of what a client holds, for news of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Its name, plan, settings, and what one may do in it.
    Space,
    /// Its members.
    Members,
    /// Its collections.
    Collections,
    /// Its groups.
    Groups,
    /// Its policies.
    Policies,
    /// Its items.
    Items,
    /// Its events.
    Events,
    /// What a directory would change in it.
    Directory,
}

/// Asks for a client's space: its name, what its plan has, and what one may do in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetSpace(pub Within);

/// A client's space.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpaceView {
    /// The client's organization.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Name of its plan, such as `Enterprise`; `None` where the server has none.
    pub plan: Option<String>,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Seats assigned to it; `None` where seats are not metered.
    pub seats: Option<u32>,
    /// Whether its key opens for the person signed in.
    pub key_opens: bool,
    /// Name of the provider that manages it, if any.
    pub managed_by: Option<String>,
    /// The person acts as staff of that provider.
    pub as_staff: bool,
    /// The person looks after clients as their Owner or Admin, and could look after more: one list holds them.
    pub in_portfolio: bool,
    /// It has a subscription that its own people look at.
    pub bills: bool,
    /// What its plan has.
    pub has: PlanHas,
    /// What the server has switched off for it, with the setting that switches it on. What its plan lacks is not here.
    pub off: Vec<(Feature, Setting)>,
    /// Where those register who are invited, on a server which neither writes to them nor hands out a link for them.
    pub registers_at: Option<String>,
    /// Who may do what with its collections.
    pub settings: CollectionSettings,
    /// What may be done in it.
    pub rights: Vec<(Action, Verdict)>,
}

/// What a client's plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanHas {
    /// Groups.
    pub groups: bool,
    /// Policies.
    pub policies: bool,
    /// The event log.
    pub events: bool,
    /// Directory import.
    pub directory: bool,
    /// Members with the Custom role.
    pub custom_role: bool,
    /// Account recovery.
    pub recovery: bool,
    /// The organization's API key.
    pub api: bool,
}

/// Who may do what with a client's collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CollectionSettings {
    /// Only Owners and Admins create collections.
    pub limit_creation: bool,
    /// Only Owners and Admins delete collections.
    pub limit_deletion: bool,
    /// Only those with Can Manage delete items.
    pub limit_item_deletion: bool,
    /// Owners and Admins reach every collection and item.
    pub admins_reach_everything: bool,
}
