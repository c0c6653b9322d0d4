//! Plans by their names.

use portal_domain::billing::PlanFacts;
use portal_wire::{PlanType, ProductTier};

use crate::stores::family;

/// What a plan is called, such as "Enterprise (Monthly)"; nothing where there are no plans.
pub(crate) fn name(plan: PlanType) -> String {
    match (PlanFacts::of(plan), plan) {
        (Some(facts), _) => facts.name.to_owned(),
        (None, PlanType::Custom) => String::new(),
        (None, PlanType::Free) => "Free".to_owned(),
        (None, PlanType::Families | PlanType::Families2019 | PlanType::Families2025) => "Families".to_owned(),
        (None, PlanType::TeamsStarter | PlanType::TeamsStarter2023) => "Teams Starter".to_owned(),
        (None, unknown) => format!("Plan {}", unknown.number()),
    }
}

/// The same without how often it is paid, as lists show it.
pub(crate) fn word(plan: PlanType) -> String {
    family(&name(plan)).to_owned()
}

/// The plan of today's generation that is called so. A name nobody knows is a plan of its own.
pub(crate) fn called(name: &str) -> PlanType {
    let known = PlanType::ALL.iter().filter_map(|plan| PlanFacts::of(*plan));
    let starter = (family(name) == "Teams Starter").then_some(PlanType::TeamsStarter);
    known
        .into_iter()
        .find(|facts| facts.name == name)
        .map(|facts| facts.current)
        .or(starter)
        .unwrap_or(PlanType::Unknown(-1))
}

/// The plan of which a profile tells the kind, and not how often it is paid; [`PlanType::Custom`] where a server has no plans.
pub(crate) fn of_profile(has_plans: bool, tier: ProductTier) -> PlanType {
    match tier {
        _ if !has_plans => PlanType::Custom,
        ProductTier::Teams => PlanType::TeamsMonthly,
        ProductTier::Enterprise => PlanType::EnterpriseMonthly,
        ProductTier::TeamsStarter => PlanType::TeamsStarter,
        ProductTier::Families => PlanType::Families,
        _ => PlanType::Free,
    }
}
