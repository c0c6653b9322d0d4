//! What it costs: the provider's subscription, the ledger of seats, discounts, and what clients are billed.

pub mod discounts;
pub mod invoices;
pub mod ledger;
mod revised;
pub mod subscription;
pub mod terms;
