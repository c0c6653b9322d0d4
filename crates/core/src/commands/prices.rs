//! What is set once for billing clients: tiers, prices, numbers, and what an invoice looks like.

mod clients;
mod discounts;
mod letterhead;
mod lists;
mod numbers;
#[cfg(test)]
mod tests;
mod typed;

use portal_bridge::{Mark, Problem, ProblemKind};
use portal_keys::checksum;
use serde::Serialize;

/// The page of the books with what clients pay.
const PRICES: &str = "prices";

/// What tells a part of the books from what somebody else made of it.
fn mark<T: Serialize>(part: &T) -> Mark {
    checksum(&serde_json::to_string(part).unwrap_or_default())
}

/// Refuses to write over what somebody else has written since the form was drawn.
fn unchanged<T: Serialize>(part: &T, before: &Mark) -> Result<(), Problem> {
    if mark(part) == *before { Ok(()) } else { Err(ProblemKind::ChangedMeanwhile.into()) }
}
