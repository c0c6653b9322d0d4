//! What a provider charges a client.

use portal_wire::PlanType;
use serde::{Deserialize, Serialize};

use super::{PriceError, PriceTable, current};
use crate::billing::{Amount, Currency, Day, Rate, TooMuch};

/// What a seat of a plan costs the client, for the plan's period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SeatCharge {
    /// So much.
    Price(Amount),
    /// What it costs the provider before any discount, and so much on top. Rounded for one seat, so that the price can be told.
    MarkUp(Rate),
}

/// How often a service is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Charged {
    /// Once, on this day: setting up, training.
    Once(Day),
    /// Every month, by day for those months of which the client was there for a part: support.
    Monthly,
    /// Every month for each seat, by day as seats are.
    PerSeat,
}

/// Something a provider does for a client besides the seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// What it is called on the invoice.
    pub name: String,
    /// What it costs each time.
    pub price: Amount,
    /// How often.
    pub charged: Charged,
    /// The first day it is charged for, if it began later than the client.
    #[serde(default)]
    pub from: Option<Day>,
    /// The day from which on it no longer is.
    #[serde(default)]
    pub end: Option<Day>,
}

/// Prices for a client, all in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", try_from = "Unchecked", into = "Unchecked")]
pub struct PriceList {
    currency: Currency,
    seats: Vec<(PlanType, SeatCharge)>,
    services: Vec<Service>,
    tax: Rate,
}

/// A list as it is written.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Unchecked {
    currency: Currency,
    seats: Vec<(PlanType, SeatCharge)>,
    #[serde(default)]
    services: Vec<Service>,
    #[serde(default)]
    tax: Rate,
}

/// Why a price list cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceListError {
    /// A price is negative, or a billion or more.
    #[error("a price is negative or too high: {0}")]
    NotAPrice(String),
    /// A tax is less than nothing or more than all.
    #[error("the tax is not between 0 % and 100 %")]
    NotATax,
    /// A plan stands in the list twice.
    #[error("plan {} has two prices", .0.number())]
    Twice(PlanType),
    /// A service has no name, or too long a one.
    #[error("a service needs a name of at most {} characters", PriceList::LONGEST_NAME)]
    BadName,
    /// There are too many services.
    #[error("at most {} services are taken", PriceList::MOST_SERVICES)]
    TooManyServices,
    /// A service would never be charged.
    #[error("the service {0} ends before it begins")]
    EndsBefore(String),
}

impl PriceList {
    /// Longest name of a service, in characters.
    pub const LONGEST_NAME: usize = 100;
    /// Most services.
    pub const MOST_SERVICES: usize = 50;

    /// Checks a list. Any plan can be priced, for organizations of a server without a provider's plans have some too; a price for
    /// an older generation is one for today's.
    pub fn new(
        currency: Currency,
        seats: Vec<(PlanType, SeatCharge)>,
        services: Vec<Service>,
        tax: Rate,
    ) -> Result<Self, PriceListError> {
        tax.as_share().map_err(|_| PriceListError::NotATax)?;
        if services.len() > Self::MOST_SERVICES {
            return Err(PriceListError::TooManyServices);
        }
        let mut list = Self { currency, seats: Vec::new(), services, tax };
        for (plan, charge) in seats {
            if list.charge(plan).is_some() {
                return Err(PriceListError::Twice(plan));
            }
            if matches!(charge, SeatCharge::Price(price) if !currency.is_price(price)) {
                return Err(PriceListError::NotAPrice(format!("plan {}", plan.number())));
            }
            list.seats.push((current(plan), charge));
        }
        for service in &mut list.services {
            let name = service.name.trim();
            if name.is_empty() || name.chars().count() > Self::LONGEST_NAME {
                return Err(PriceListError::BadName);
            }
            service.name = name.to_owned();
            if !currency.is_price(service.price) {
                return Err(PriceListError::NotAPrice(service.name.clone()));
            }
            if service.from.zip(service.end).is_some_and(|(from, end)| end <= from) {
                return Err(PriceListError::EndsBefore(service.name.clone()));
            }
        }
        Ok(list)
    }

    /// What all prices are in.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// What a seat costs, by plans of today's generation.
    pub fn seats(&self) -> &[(PlanType, SeatCharge)] {
        &self.seats
    }

    /// What is done besides the seats.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The tax on everything.
    pub fn tax(&self) -> Rate {
        self.tax
    }

    /// What a seat of the plan costs the client for the plan's period; a mark-up needs the provider's prices in the same currency.
    pub fn seat_price(&self, plan: PlanType, own: &PriceTable) -> Result<Amount, SeatPriceError> {
        match self.charge(plan).ok_or(PriceError::UnknownPlan(plan))? {
            SeatCharge::Price(price) => Ok(price),
            SeatCharge::MarkUp(_) if own.currency() != self.currency => {
                Err(SeatPriceError::Currency { list: self.currency, own: own.currency() })
            }
            SeatCharge::MarkUp(on_top) => {
                let price = own.price(plan)?.provider_seat;
                Ok(price.plus(on_top.of(price)?)?)
            }
        }
    }

    fn charge(&self, plan: PlanType) -> Option<SeatCharge> {
        self.seats.iter().find(|(known, _)| *known == current(plan)).map(|(_, charge)| *charge)
    }
}

/// Why a seat has no price for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeatPriceError {
    /// The plan is not in the list, or not in the provider's prices.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// A mark-up on prices in another currency.
    #[error("the list is in {list} and what is marked up in {own}; enter a price instead")]
    Currency {
        /// The list's.
        list: Currency,
        /// The provider's.
        own: Currency,
    },
    /// It is more than can be worked with.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
}

impl TryFrom<Unchecked> for PriceList {
    type Error = PriceListError;

    fn try_from(list: Unchecked) -> Result<Self, PriceListError> {
        Self::new(list.currency, list.seats, list.services, list.tax)
    }
}

impl From<PriceList> for Unchecked {
    fn from(PriceList { currency, seats, services, tax }: PriceList) -> Self {
        Self { currency, seats, services, tax }
    }
}
