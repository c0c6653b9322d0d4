//! Discount tiers, and how far the next one is. How forms are saved is said in `prices`.

use serde::{Deserialize, Serialize};

use crate::{BooksOf, Mark, Money, Rate};

/// Asks how far the discount tiers are.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetDiscounts(pub BooksOf);

/// The discount tiers, and how far the next one is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiscountsView {
    /// Seats that count: of all Teams and Enterprise clients.
    pub seats: u32,
    /// Who counted them.
    pub counted: SeatsCounted,
    /// The tiers that hold: the server's, where it tells any, or one's own.
    pub tiers: Vec<TierRow>,
    /// Whether the server told them, and bills by them.
    pub from_server: bool,
    /// Whether those entered here are others than the server's.
    pub differ: bool,
    /// The discount there is.
    pub discount: Rate,
    /// What the seats cost in a month before and after it, where prices are known.
    pub month: Option<MonthCost>,
    /// The tier that comes next; none in the last one.
    pub next: Option<NextTierView>,
    /// Seats whose plan has no price here; they are in no amount.
    pub unpriced: u32,
    /// The tiers as they were entered here, or those that ship.
    pub form: Vec<TierText>,
    /// Whether any were entered.
    pub entered: bool,
    /// Of the tiers that were entered.
    pub mark: Mark,
    /// What a seat costs.
    pub costs: SeatCosts,
}

/// Who counted the seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatsCounted {
    /// The server, for the discount it bills by.
    Server,
    /// The portal, from the seats of the provider's clients.
    Clients,
    /// The portal, from members: the servers of one's own clients assign no seats.
    Members {
        /// Clients whose members are not read yet, or could not be.
        missing: u32,
    },
}

/// From so many seats on, so much less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierRow {
    /// The first number of cumulative seats that gets it.
    pub from_seats: u32,
    /// What is taken off everything.
    pub discount: Rate,
}

/// A tier as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierText {
    /// Seats from which on.
    pub from_seats: String,
    /// Discount in percent.
    pub discount: String,
}

/// What seats cost in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthCost {
    /// Before the discount.
    pub full: Money,
    /// After it.
    pub paid: Money,
}

/// The tier that comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTierView {
    /// The tier.
    pub tier: TierRow,
    /// Seats that are missing, at least one.
    pub missing: u32,
    /// What it would come to, where prices are known.
    pub money: Option<NextTierMoney>,
}

/// What the next tier would come to, in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTierMoney {
    /// How much less the seats there are would cost.
    pub saves: Money,
    /// What the missing seats would cost with its discount.
    pub missing_cost: Money,
    /// What one would pay less with them than without; negative where they cost more than they save.
    pub worth: Money,
    /// What one of the missing seats costs before any discount, and of which plan.
    pub seat: Money,
    /// The plan's name.
    pub plan: String,
}

/// What a seat of each plan costs whoever bills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatCosts {
    /// Whether the server told it; then nothing can be entered.
    pub from_server: bool,
    /// The currency's code.
    pub currency: String,
    /// A line for each plan; empty where no price is known.
    pub plans: Vec<PlanText>,
    /// The plans that have a price, by name.
    pub told: Vec<(String, Money)>,
    /// Of what was entered.
    pub mark: Mark,
}

/// A plan with a number that is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanText {
    /// Bitwarden's number of the plan.
    pub plan: i32,
    /// Its name; what is handed back may be empty.
    pub name: String,
    /// What was typed; empty is no price.
    pub text: String,
}

/// Enters the discount tiers that were agreed.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveTiers {
    /// Whose.
    pub of: BooksOf,
    /// What the form began with.
    pub before: Mark,
    /// The rows, by rising number of seats. Keys of faults: `from-0`, `discount-0`.
    pub rows: Vec<TierText>,
}

/// Enters what a seat costs, where no server tells.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveSeatCosts {
    /// Whose.
    pub of: BooksOf,
    /// What the form began with.
    pub before: Mark,
    /// The currency's code.
    pub currency: String,
    /// The plans. Keys of faults: `currency`, `seat-0`.
    pub plans: Vec<PlanText>,
}
