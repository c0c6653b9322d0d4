//! What a plan is called and allows. What clients of a provider can have, and what billing goes by, is the domain's to say.

use std::sync::LazyLock;

use portal_domain::billing::{self, Cadence, Family};
use portal_wire::{PlanType, ProductTier};

/// What is fixed about a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanFacts {
    /// The display name.
    pub name: &'static str,
    /// The name its texts are found by.
    pub localization_key: &'static str,
    /// The family.
    pub tier: ProductTier,
    /// Whether it is paid by the year.
    pub annual: bool,
    /// Whether it has what only Enterprise has: policies, single sign-on, custom roles, account recovery…
    pub enterprise: bool,
    /// Whether it keeps a log of events.
    pub events: bool,
}

/// The plans that can be bought here.
pub const ON_SALE: [PlanType; 3] =
    [PlanType::TeamsMonthly, PlanType::EnterpriseMonthly, PlanType::EnterpriseAnnually];

impl PlanFacts {
    /// The facts of a plan, of any generation.
    pub fn of(plan: PlanType) -> Self {
        let facts = |name, localization_key, tier, annual| Self {
            name,
            localization_key,
            tier,
            annual,
            enterprise: tier == ProductTier::Enterprise,
            events: !matches!(tier, ProductTier::Free | ProductTier::Families),
        };
        if let Some(priced) = billing::PlanFacts::of(plan) {
            let annual = priced.cadence == Cadence::Annual;
            return match priced.family {
                Family::Teams => facts(priced.name, "planNameTeams", ProductTier::Teams, annual),
                Family::Enterprise => {
                    facts(priced.name, "planNameEnterprise", ProductTier::Enterprise, annual)
                }
            };
        }
        match plan.number() {
            16 | 21 => facts("Teams (Starter)", "planNameTeamsStarter", ProductTier::TeamsStarter, false),
            1 | 7 | 22 => facts("Families", "planNameFamilies", ProductTier::Families, true),
            _ => facts("Free", "planNameFree", ProductTier::Free, false),
        }
    }
}

/// The numbers of the plans whose organizations keep no log of events, for a list in SQL.
pub fn without_events() -> &'static str {
    static NUMBERS: LazyLock<String> = LazyLock::new(|| {
        let without = (0..=NEWEST).filter(|number| !PlanFacts::of(PlanType::from_number(*number)).events);
        without.map(|number| number.to_string()).collect::<Vec<_>>().join(", ")
    });
    &NUMBERS
}

/// The plan with the highest number.
const NEWEST: i32 = 22;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_and_families_plans_keep_no_events() {
        assert_eq!(without_events(), "0, 1, 6, 7, 22");
    }
}
