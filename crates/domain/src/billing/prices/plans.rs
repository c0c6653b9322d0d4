//! Plans, and their prices as data.

use portal_wire::PlanType;
use serde::{Deserialize, Serialize};

use crate::billing::{Amount, Cadence, Currency, TooMuch};

/// The plans that clients of a provider can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// Teams.
    Teams,
    /// Enterprise.
    Enterprise,
}

/// What is fixed about a plan (contract §2.5, §6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanFacts {
    /// The plan of today's generation that is priced; older ones share its pool and its price, as they share its name (§8.4).
    pub current: PlanType,
    /// Its family.
    pub family: Family,
    /// How often it is paid.
    pub cadence: Cadence,
    /// Bitwarden's display name.
    pub name: &'static str,
}

impl PlanFacts {
    /// The facts of a Teams or Enterprise plan of any generation; `None` for all others.
    pub fn of(plan: PlanType) -> Option<Self> {
        let facts = |current, family, cadence, name| Some(Self { current, family, cadence, name });
        match plan.number() {
            2 | 8 | 12 | 17 => {
                facts(PlanType::TeamsMonthly, Family::Teams, Cadence::Monthly, "Teams (Monthly)")
            }
            3 | 9 | 13 | 18 => {
                facts(PlanType::TeamsAnnually, Family::Teams, Cadence::Annual, "Teams (Annually)")
            }
            4 | 10 | 14 | 19 => facts(
                PlanType::EnterpriseMonthly,
                Family::Enterprise,
                Cadence::Monthly,
                "Enterprise (Monthly)",
            ),
            5 | 11 | 15 | 20 => facts(
                PlanType::EnterpriseAnnually,
                Family::Enterprise,
                Cadence::Annual,
                "Enterprise (Annually)",
            ),
            _ => None,
        }
    }
}

/// The plan of today's generation that is called the same; a plan no client of a provider can have is its own.
pub(in crate::billing) fn current(plan: PlanType) -> PlanType {
    PlanFacts::of(plan).map_or(plan, |facts| facts.current)
}

/// What a plan costs for one of its periods, a month or a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Price {
    /// Each seat, when an organization buys it itself.
    pub seat: Amount,
    /// Each seat, when a provider buys it. A provider pays no base price.
    pub provider_seat: Amount,
    /// What an organization pays before any seat beyond the included ones.
    #[serde(default)]
    pub base: Amount,
    /// Seats that are in the base price.
    #[serde(default)]
    pub base_seats: u32,
}

impl Price {
    /// What an organization pays that buys so many seats itself; none cost nothing.
    pub fn of_seats(self, seats: u32) -> Result<Amount, TooMuch> {
        if seats == 0 {
            return Ok(Amount::ZERO);
        }
        self.base.plus(self.seat.times(seats.saturating_sub(self.base_seats).into())?)
    }
}

/// Why something has no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// Not a plan clients can have, or one this version does not know.
    #[error("plan {} has no price", .0.number())]
    UnknownPlan(PlanType),
    /// The price is negative, or a billion or more.
    #[error("the price of plan {} is negative or too high", .0.number())]
    NotAPrice(PlanType),
    /// The plan stands in the table twice.
    #[error("plan {} has two prices", .0.number())]
    Twice(PlanType),
}

/// Prices of plans, in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct PriceTable {
    currency: Currency,
    prices: Vec<(PlanType, Price)>,
}

/// A table as it is written.
#[derive(Deserialize)]
struct Unchecked {
    currency: Currency,
    prices: Vec<(PlanType, Price)>,
}

impl PriceTable {
    /// Checks a table of prices by plan. Plans of older generations need none of their own.
    pub fn new(
        currency: Currency,
        prices: impl IntoIterator<Item = (PlanType, Price)>,
    ) -> Result<Self, PriceError> {
        let mut table = Self { currency, prices: Vec::new() };
        for (plan, price) in prices {
            let facts = PlanFacts::of(plan).ok_or(PriceError::UnknownPlan(plan))?;
            if ![price.seat, price.provider_seat, price.base]
                .into_iter()
                .all(|price| currency.is_price(price))
            {
                return Err(PriceError::NotAPrice(plan));
            }
            if table.find(facts.current).is_some() {
                return Err(PriceError::Twice(plan));
            }
            table.prices.push((facts.current, price));
        }
        Ok(table)
    }

    /// The prices that ship, in dollars: those of the contract's examples (§2.5), to be replaced by those that were agreed.
    pub fn shipped() -> Self {
        let price = |seat, provider_seat| Price {
            seat: Amount::fixed(seat),
            provider_seat: Amount::fixed(provider_seat),
            ..Price::default()
        };
        Self {
            currency: Currency::USD,
            prices: vec![
                (PlanType::TeamsMonthly, price(5_00, 4_00)),
                (PlanType::EnterpriseMonthly, price(7_00, 6_00)),
                (PlanType::EnterpriseAnnually, price(72_00, 72_00)),
            ],
        }
    }

    /// What all prices are in.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The plans of today's generation that have a price.
    pub fn plans(&self) -> impl Iterator<Item = PlanType> {
        self.prices.iter().map(|(plan, _)| *plan)
    }

    /// The price of a plan of any generation.
    pub fn price(&self, plan: PlanType) -> Result<Price, PriceError> {
        PlanFacts::of(plan).and_then(|facts| self.find(facts.current)).ok_or(PriceError::UnknownPlan(plan))
    }

    fn find(&self, current: PlanType) -> Option<Price> {
        self.prices.iter().find(|(known, _)| *known == current).map(|(_, price)| *price)
    }
}

impl TryFrom<Unchecked> for PriceTable {
    type Error = PriceError;

    fn try_from(table: Unchecked) -> Result<Self, PriceError> {
        Self::new(table.currency, table.prices)
    }
}
