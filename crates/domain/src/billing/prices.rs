//! What was agreed: prices of plans, discounts, and what a client is charged.

mod plans;
mod price_list;
mod tiers;

pub(super) use plans::current;
pub use plans::{Family, PlanFacts, Price, PriceError, PriceTable};
pub use price_list::{Charged, PriceList, PriceListError, SeatCharge, SeatPriceError, Service};
pub use tiers::{NextTier, Progress, Tier, Tiers, TiersError, cumulative};
