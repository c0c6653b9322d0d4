use serde::{Deserialize, Serialize};

/// What may deserve a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Rule {
    /// A person's first time from an address.
    NewAddress,
    /// A person's first time with a type of device.
    NewDevice,
    /// Active when this person usually is not.
    UnusualHour,
    /// A burst of failed sign-ins to one account.
    FailedSignIns,
    /// Much removed by one person within minutes.
    MassRemoval,
    /// A vault exported, or the secrets of many items shown or copied within minutes.
    MassExport,
    /// Something protects less than before.
    ProtectionWeakened,
    /// Somebody becomes an Owner.
    OwnerAdded,
    /// A staff member's first visit to a client, after a history of visits to others.
    FirstVisit,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 9] = [
        Self::NewAddress,
        Self::NewDevice,
        Self::UnusualHour,
        Self::FailedSignIns,
        Self::MassRemoval,
        Self::MassExport,
        Self::ProtectionWeakened,
        Self::OwnerAdded,
        Self::FirstVisit,
    ];

    /// What it is called in addresses and settings.
    pub fn key(self) -> &'static str {
        match self {
            Self::NewAddress => "new-address",
            Self::NewDevice => "new-device",
            Self::UnusualHour => "unusual-hour",
            Self::FailedSignIns => "failed-sign-ins",
            Self::MassRemoval => "mass-removal",
            Self::MassExport => "mass-export",
            Self::ProtectionWeakened => "protection-weakened",
            Self::OwnerAdded => "owner-added",
            Self::FirstVisit => "first-visit",
        }
    }

    /// The rule that is called so.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.key() == key)
    }
}

/// Some of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RuleSet(u16);

impl RuleSet {
    /// Every rule.
    pub const ALL: Self = Self((1 << Rule::ALL.len()) - 1);
    /// No rule.
    pub const EMPTY: Self = Self(0);

    /// These, and this one.
    #[must_use]
    pub fn with(self, rule: Rule) -> Self {
        Self(self.0 | 1 << rule as u8)
    }

    /// These, without this one.
    #[must_use]
    pub fn without(self, rule: Rule) -> Self {
        Self(self.0 & !(1 << rule as u8))
    }

    /// Whether this one is among them.
    pub fn has(self, rule: Rule) -> bool {
        self.0 & 1 << rule as u8 != 0
    }
}

impl Default for RuleSet {
    fn default() -> Self {
        Self::ALL
    }
}
