//! A provider's clients: the links between it and organizations.

mod create;
mod existing;
mod list;
pub mod pools;
mod unlink;
mod update;

use portal_wire::{PlanType, ProductTier, ProviderType};

pub use create::{Created, NewClient, create};
pub use existing::{AddOutcome, Addable, add_existing, addable};
pub use list::{Cursor, PAGE, page};
pub use unlink::{UnlinkRefusal, Unlinked, unlink};
pub use update::{UpdateRefusal, update};

use crate::plan::PlanFacts;

/// Whether a provider of this kind may create clients of this plan.
pub fn may_create(kind: ProviderType, plan: PlanType) -> bool {
    match kind {
        ProviderType::Msp => matches!(plan, PlanType::TeamsMonthly | PlanType::EnterpriseMonthly),
        ProviderType::BusinessUnit => {
            matches!(plan, PlanType::EnterpriseMonthly | PlanType::EnterpriseAnnually)
        }
        ProviderType::Reseller | ProviderType::Unknown(_) => false,
    }
}

/// The plan an organization gets when a provider of this kind takes it over; `None` if it cannot.
fn plan_after_takeover(kind: ProviderType, plan: PlanType, unit_plan: Option<PlanType>) -> Option<PlanType> {
    match (kind, PlanFacts::of(plan).tier) {
        (ProviderType::Msp, ProductTier::Teams) => Some(PlanType::TeamsMonthly),
        (ProviderType::Msp, ProductTier::Enterprise) => Some(PlanType::EnterpriseMonthly),
        (ProviderType::BusinessUnit, ProductTier::Enterprise) => unit_plan,
        _ => None,
    }
}
