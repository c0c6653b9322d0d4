//! What a provider pays: worked out by hand, month after month, by a clock that is set.

mod house;
mod ledger;
mod orders;
mod organizations;
mod standing;
mod table;
mod worked;
mod writers;
