//! What a plan is called and allows.

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
        };
        match plan.number() {
            2 | 8 | 12 | 17 => facts("Teams (Monthly)", "planNameTeams", ProductTier::Teams, false),
            3 | 9 | 13 | 18 => facts("Teams (Annually)", "planNameTeams", ProductTier::Teams, true),
            4 | 10 | 14 | 19 => {
                facts("Enterprise (Monthly)", "planNameEnterprise", ProductTier::Enterprise, false)
            }
            5 | 11 | 15 | 20 => {
                facts("Enterprise (Annually)", "planNameEnterprise", ProductTier::Enterprise, true)
            }
            16 | 21 => facts("Teams (Starter)", "planNameTeamsStarter", ProductTier::TeamsStarter, false),
            1 | 7 | 22 => facts("Families", "planNameFamilies", ProductTier::Families, true),
            _ => facts("Free", "planNameFree", ProductTier::Free, false),
        }
    }
}
