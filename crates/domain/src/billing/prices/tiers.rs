//! Discounts by volume.

use portal_wire::PlanType;
use serde::{Deserialize, Serialize};

use super::PlanFacts;
use crate::billing::{Amount, Rate, TooMuch};

/// From so many seats on, so much less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tier {
    /// The first number of cumulative seats that gets it.
    pub from_seats: u32,
    /// What is taken off everything.
    pub discount: Rate,
}

/// Why a table of tiers cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TiersError {
    /// There are too many.
    #[error("at most {} tiers are taken", Tiers::MOST)]
    TooMany,
    /// Of no seats there is nothing to take anything off.
    #[error("a tier begins at 1 seat or more")]
    FromNothing,
    /// A threshold is not above the one before.
    #[error("the tier from {0} seats does not begin above the one before it")]
    NotRising(u32),
    /// A discount is less than nothing or more than all.
    #[error("the discount from {0} seats is not between 0 % and 100 %")]
    NotAShare(u32),
    /// More seats would get less discount.
    #[error("the discount from {0} seats is less than that of the tier before it")]
    Falling(u32),
}

/// A table of discounts, which may be empty. The tier that is reached counts for **all** seats, not only for those beyond its
/// threshold, because the contract's subscription has one percentage for everything (§3.6.1). So 500 seats can cost less than 499.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Tier>", into = "Vec<Tier>")]
pub struct Tiers(Vec<Tier>);

/// How far a number of seats is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Cumulative seats.
    pub seats: u32,
    /// The discount there is; nothing below the first tier.
    pub discount: Rate,
    /// The tier that comes next; `None` in the last one.
    pub next: Option<NextTier>,
}

/// The tier that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextTier {
    /// The tier.
    pub tier: Tier,
    /// Seats that are missing, at least one.
    pub missing: u32,
    /// How much less the seats there are would cost with its discount.
    pub saves: Amount,
    /// What the missing seats would cost with its discount, at the price that was given.
    pub missing_cost: Amount,
}

impl NextTier {
    /// What one would pay less with the missing seats bought than one does without them; negative where they cost more than they save.
    pub fn worth(&self) -> Result<Amount, TooMuch> {
        self.saves.minus(self.missing_cost)
    }
}

impl Tiers {
    /// Most rows of a table.
    pub const MOST: usize = 20;
    /// Where the table that ships has its one threshold.
    pub const FIRST_THRESHOLD: u32 = 500;

    /// Checks a table, whose rows come by rising threshold.
    pub fn new(tiers: Vec<Tier>) -> Result<Self, TiersError> {
        if tiers.len() > Self::MOST {
            return Err(TiersError::TooMany);
        }
        let (mut seats, mut discount) = (0, Rate::ZERO);
        for tier in &tiers {
            match tier.discount.as_share() {
                _ if tier.from_seats == 0 => return Err(TiersError::FromNothing),
                _ if tier.from_seats <= seats => return Err(TiersError::NotRising(tier.from_seats)),
                Err(_) => return Err(TiersError::NotAShare(tier.from_seats)),
                Ok(share) if share < discount => return Err(TiersError::Falling(tier.from_seats)),
                Ok(share) => (seats, discount) = (tier.from_seats, share),
            }
        }
        Ok(Self(tiers))
    }

    /// The table that ships: a threshold of 500, and no rate until the one that was agreed is entered, because none is published.
    pub fn shipped() -> Self {
        Self(vec![Tier { from_seats: Self::FIRST_THRESHOLD, discount: Rate::ZERO }])
    }

    /// The rows, by rising threshold.
    pub fn rows(&self) -> &[Tier] {
        &self.0
    }

    /// What so many cumulative seats get off everything.
    pub fn discount(&self, seats: u32) -> Rate {
        self.0.iter().rev().find(|tier| tier.from_seats <= seats).map_or(Rate::ZERO, |tier| tier.discount)
    }

    /// How far so many seats are, which cost so much before any discount, if each missing one costs `seat_price`.
    pub fn progress(&self, seats: u32, full: Amount, seat_price: Amount) -> Result<Progress, TooMuch> {
        let discount = self.discount(seats);
        let next = self.0.iter().find(|tier| tier.from_seats > seats).map(|tier| {
            let missing = tier.from_seats - seats;
            let added = seat_price.times(missing.into())?;
            Ok(NextTier {
                tier: *tier,
                missing,
                saves: tier.discount.of(full)?.minus(discount.of(full)?)?,
                missing_cost: added.minus(tier.discount.of(added)?)?,
            })
        });
        Ok(Progress { seats, discount, next: next.transpose()? })
    }
}

/// The seats that count towards a discount: those assigned in every Teams and Enterprise organization of any generation, the
/// provider's own included, and nothing else. Held to the most that can be said.
pub fn cumulative(organizations: impl IntoIterator<Item = (PlanType, u32)>) -> u32 {
    organizations
        .into_iter()
        .filter(|(plan, _)| PlanFacts::of(*plan).is_some())
        .fold(0, |sum: u32, (_, seats)| sum.saturating_add(seats))
}

impl TryFrom<Vec<Tier>> for Tiers {
    type Error = TiersError;

    fn try_from(tiers: Vec<Tier>) -> Result<Self, TiersError> {
        Self::new(tiers)
    }
}

impl From<Tiers> for Vec<Tier> {
    fn from(tiers: Tiers) -> Self {
        tiers.0
    }
}
