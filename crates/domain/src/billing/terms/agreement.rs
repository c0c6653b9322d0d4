use serde::{Deserialize, Serialize};

use crate::billing::{PriceTable, Tiers};

/// What a provider agreed on with Bitwarden, as far as it entered it. Where a server tells its own, that is what is billed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Agreement {
    /// The discounts; those that ship, as long as none are entered.
    pub tiers: Option<Tiers>,
    /// What a seat costs the provider before any discount, where no server tells.
    pub prices: Option<PriceTable>,
}

impl Agreement {
    /// The discounts that count: those entered, or the table that ships.
    pub fn tiers(&self) -> Tiers {
        self.tiers.clone().unwrap_or_else(Tiers::shipped)
    }
}
