use portal_wire::{ProviderStatus, ProviderType};

/// What the verdict depends on beside the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Situation {
    /// The provider.
    pub provider: ProviderSituation,
    /// The client, for what is done inside one.
    pub client: ClientSituation,
}

/// The state of a provider; by default one that works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderSituation {
    /// Set up, and paid for.
    pub condition: ProviderCondition,
    /// Whether the server keeps events for it.
    pub keeps_events: bool,
    /// Whether the person's copy of the provider key opens.
    pub has_key: bool,
    /// Whether clients are linked.
    pub has_clients: bool,
}

/// Whether a provider works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderCondition {
    /// Waits to be set up.
    Pending,
    /// Works.
    Active,
    /// Is switched off, usually for unpaid bills.
    Suspended,
}

impl ProviderCondition {
    /// From what the profile says.
    pub fn of(status: ProviderStatus, enabled: bool) -> Self {
        match (status, enabled) {
            (ProviderStatus::Pending, _) => Self::Pending,
            (_, true) => Self::Active,
            (_, false) => Self::Suspended,
        }
    }
}

/// The state of a client; by default an Enterprise organization without a provider and with every right to administer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientSituation {
    /// Who manages it.
    pub manager: Manager,
    /// Owners and Admins reach every collection and item.
    pub admins_reach_everything: bool,
    /// Only Owners and Admins create collections.
    pub limits_collection_creation: bool,
    /// The server lets the provider's staff change and export items. Bitwarden's cloud does not.
    pub staff_reach_items: bool,
    /// Its plan has events.
    pub has_events: bool,
    /// Its plan has groups.
    pub has_groups: bool,
    /// Its plan has policies.
    pub has_policies: bool,
    /// Its plan has single sign-on.
    pub has_sso: bool,
    /// Its plan has SCIM.
    pub has_scim: bool,
}

/// Who manages an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manager {
    /// Itself.
    Nobody,
    /// A managed service provider, or a business unit.
    Provider,
    /// A reseller.
    Reseller,
}

impl Manager {
    /// From the type of the linked provider, if any. An unknown type counts as the stricter one.
    pub fn of(provider: Option<ProviderType>) -> Self {
        match provider {
            None => Self::Nobody,
            Some(ProviderType::Reseller) => Self::Reseller,
            Some(_) => Self::Provider,
        }
    }
}

impl Default for ProviderSituation {
    fn default() -> Self {
        Self { condition: ProviderCondition::Active, keeps_events: true, has_key: true, has_clients: false }
    }
}

impl Default for ClientSituation {
    fn default() -> Self {
        Self {
            manager: Manager::Nobody,
            admins_reach_everything: true,
            limits_collection_creation: false,
            staff_reach_items: true,
            has_events: true,
            has_groups: true,
            has_policies: true,
            has_sso: true,
            has_scim: true,
        }
    }
}
