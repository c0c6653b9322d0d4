use portal_wire::EventType;
use serde::{Deserialize, Serialize};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Category {
    /// Signing in and one's own account.
    SignIn,
    /// The provider's staff.
    Staff,
    /// Creating, adding, unlinking and entering clients.
    Clients,
    /// Members of organizations.
    Members,
    /// Collections.
    Collections,
    /// Groups.
    Groups,
    /// Vault items.
    Items,
    /// Policies.
    Policies,
    /// Settings of organizations.
    Settings,
    /// Sends.
    Sends,
    /// Secrets, projects and machine accounts.
    Secrets,
    /// Claimed domains.
    Domains,
    /// Everything else.
    Other,
}

impl Category {
    /// Those that are shown, in the order they are offered in.
    pub const SHOWN: [Self; 10] = [
        Self::SignIn,
        Self::Staff,
        Self::Clients,
        Self::Members,
        Self::Collections,
        Self::Groups,
        Self::Items,
        Self::Policies,
        Self::Settings,
        Self::Other,
    ];

    /// The one it is shown as: what the portal has nothing to do with is one with everything else.
    pub fn shown(self) -> Self {
        if Self::SHOWN.contains(&self) { self } else { Self::Other }
    }

    /// What it is called in files and addresses, for ever.
    pub fn key(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Staff => "staff",
            Self::Clients => "clients",
            Self::Members => "members",
            Self::Collections => "collections",
            Self::Groups => "groups",
            Self::Items => "items",
            Self::Policies => "policies",
            Self::Settings => "settings",
            Self::Sends => "sends",
            Self::Secrets => "secrets",
            Self::Domains => "domains",
            Self::Other => "other",
        }
    }
}

/// What an event is about: told by the hundreds of its number, but for a few of those about organizations.
pub fn category(kind: EventType) -> Category {
    let number = kind.number();
    match number {
        _ if matches!(kind, EventType::Unknown(_)) => Category::Other,
        1601..=1603 => Category::Items,
        1618 | 1619 | 1624..=1630 => Category::Members,
        _ => match number / 100 {
            10 => Category::SignIn,
            11 => Category::Items,
            13 => Category::Collections,
            14 => Category::Groups,
            15 => Category::Members,
            16 => Category::Settings,
            17 => Category::Policies,
            18 => Category::Staff,
            19 => Category::Clients,
            20 => Category::Domains,
            21..=23 => Category::Secrets,
            25 => Category::Sends,
            _ => Category::Other,
        },
    }
}
