//! What is set once for billing clients. Numbers, days and colours cross as they are typed: only the core reads them.
//!
//! Each form has a mark of what it began with and hands it back when it saves. If somebody else has changed that part meanwhile,
//! nothing is saved ([`ProblemKind::ChangedMeanwhile`](crate::ProblemKind)); else the answer is the mark of what is saved now. A field
//! that is refused is named by a key, such as `service-2-price`: the part of the form, and where there are several, which.

use serde::{Deserialize, Serialize};

use crate::{BooksOf, Money, OrganizationId, Rate, Rows, Window};

/// Tells what a form began with from what others made of it.
pub type Mark = String;

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

/// Asks for everything that is set once for invoices to clients.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetPriceBook(pub BooksOf);

/// What is set once for invoices to clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceBookView {
    /// What every client pays that has no list of its own.
    pub list: PriceListText,
    /// Whether it was ever saved.
    pub has_list: bool,
    /// Of that list.
    pub list_mark: Mark,
    /// How invoices are numbered, and when they are due.
    pub numbers: NumbersText,
    /// Of the numbers.
    pub numbers_mark: Mark,
    /// The number the next invoice gets.
    pub next_number: String,
    /// How many invoices have one.
    pub given: u32,
    /// Clients for whom something is different.
    pub different: u32,
}

/// A price list as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceListText {
    /// The currency's code.
    pub currency: String,
    /// Tax on everything, in percent.
    pub tax: String,
    /// What a seat of each plan costs the client.
    pub seats: Vec<ChargeText>,
    /// What is done besides.
    pub services: Vec<ServiceText>,
}

/// What a seat of a plan costs a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeText {
    /// The plan; what was typed is a price, or a percentage.
    pub plan: PlanText,
    /// Which of the two.
    pub how: ChargeHow,
}

/// How the price of a seat is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChargeHow {
    /// As a price.
    #[default]
    Price,
    /// As a percentage on what the seat costs whoever bills.
    MarkUp,
}

/// A service as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceText {
    /// What it is called on the invoice.
    pub name: String,
    /// What it costs each time.
    pub price: String,
    /// How often.
    pub often: ServiceOften,
    /// The day it is charged on, where it is charged once.
    pub day: String,
    /// The first day it is charged for; may be empty.
    pub from: String,
    /// The last; may be empty.
    pub until: String,
}

/// How often a service is charged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServiceOften {
    /// Once, on a day.
    Once,
    /// Every month.
    #[default]
    Monthly,
    /// Every month for each seat.
    PerSeat,
}

/// Sets what every client pays that has no list of its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct SavePriceList {
    /// Whose.
    pub of: BooksOf,
    /// What the form began with.
    pub before: Mark,
    /// The list. Keys of faults: `currency`, `tax`, `seat-0`, `service-0-name`, `-price`, `-day`, `-from`, `-until`.
    pub list: PriceListText,
}

/// How invoices are numbered and when they are due, as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumbersText {
    /// What stands in front.
    pub prefix: String,
    /// The first number.
    pub first: String,
    /// Digits there are at least.
    pub digits: String,
    /// Days until an invoice is due.
    pub due_days: String,
}

/// Sets how invoices are numbered and when they are due.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveNumbers {
    /// Whose.
    pub of: BooksOf,
    /// What the form began with.
    pub before: Mark,
    /// How it is to be. Keys of faults: `prefix`, `first`, `digits`, `due`.
    pub numbers: NumbersText,
}

/// Asks for a window of clients with what is different for each.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetTermsClients {
    /// Which.
    pub query: TermsQuery,
    /// Rows wanted.
    pub window: Window,
}

/// Which clients are asked for; they come by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsQuery {
    /// Whose.
    pub of: BooksOf,
    /// Text in the name.
    pub search: String,
    /// Only those for whom something is different.
    pub different: bool,
}

/// A window of clients with what is different for each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TermsClients {
    /// The rows.
    pub rows: Rows<TermsRow>,
}

/// A client, and what is different for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsRow {
    /// The client.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Whether it has a price list of its own.
    pub own_list: bool,
    /// How many services it has on top.
    pub services: u32,
    /// What it wants to read on its invoices.
    pub reference: String,
    /// Whether it gets none.
    pub left_out: bool,
}

/// Asks for what is different for a client.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetClientTerms {
    /// Whose books.
    pub of: BooksOf,
    /// Which client.
    pub organization: OrganizationId,
}

/// What is different for a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientTermsView {
    /// Which client.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// As it is typed.
    pub terms: ClientTermsText,
    /// The currency of the list for everybody, in which services are priced where the client has no list of its own.
    pub currency: Option<String>,
    /// Of these terms.
    pub mark: Mark,
}

/// What is different for a client, as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientTermsText {
    /// Whether it has a price list of its own.
    pub own_list: bool,
    /// That list, or the one for everybody to begin with. Its services are those on top of whichever list counts.
    pub list: PriceListText,
    /// To whom the invoice is addressed, in lines; empty is the client's name.
    pub bill_to: String,
    /// What the client wants to read on its invoices; may be empty.
    pub reference: String,
    /// Whether it gets none.
    pub left_out: bool,
}

/// Sets what is different for a client.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveClientTerms {
    /// Whose books.
    pub of: BooksOf,
    /// Which client.
    pub organization: OrganizationId,
    /// What the form began with.
    pub before: Mark,
    /// How it is to be. Keys of faults: those of a list, `bill-to`, `reference`.
    pub terms: ClientTermsText,
}

/// Asks for the letterhead.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetLetterhead(pub BooksOf);

/// The letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterheadView {
    /// As it is typed.
    pub text: LetterheadText,
    /// The logo.
    pub logo: Option<Picture>,
    /// Of this letterhead.
    pub mark: Mark,
}

/// A picture, checked by the core.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where a page finds it: its file as a `data:` address, which the security policy allows for pictures.
    pub address: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "a picture of {} × {}", self.width, self.height)
    }
}

/// A letterhead as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterheadText {
    /// The name.
    pub name: String,
    /// The address, in lines.
    pub address: String,
    /// How whoever bills is reached, in lines.
    pub contact: String,
    /// The number for taxes.
    pub tax_number: String,
    /// How to pay, in lines.
    pub payment: String,
    /// The colour, such as `#1a5fb4`; empty is none.
    pub colour: String,
}

/// Sets the letterhead.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveLetterhead {
    /// Whose.
    pub of: BooksOf,
    /// What the form began with.
    pub before: Mark,
    /// How it is to be. Keys of faults: `name`, `address`, `contact`, `tax-number`, `payment`, `colour`, `logo`.
    pub text: LetterheadText,
    /// What becomes of the logo.
    pub logo: LogoChange,
}

/// What becomes of a logo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogoChange {
    /// It stays.
    #[default]
    Keep,
    /// There is none any more.
    Remove,
    /// This file takes its place.
    Replace(#[serde(with = "serde_bytes")] Vec<u8>),
}

/// Asks whether a file can be a logo, before it is saved. The key of a fault is `logo`.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckLogo(#[serde(with = "serde_bytes")] pub Vec<u8>);

/// What is wrong with something that was typed for billing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BillingFault {
    /// Not a number.
    NotANumber,
    /// It has marks between thousands, which not everybody reads alike.
    Thousands,
    /// It has more decimals than there are.
    Decimals {
        /// Decimals there are.
        allowed: u8,
    },
    /// It is negative.
    Negative,
    /// It is a billion or more, or beyond what a percentage can be.
    TooMuch,
    /// It is not the code of a currency.
    NotACurrency,
    /// It is not between 0 % and 100 %.
    NotAShare,
    /// A tier does not begin above the one before it.
    NotRising,
    /// A tier has less discount than the one before it.
    Falling,
    /// Not a day of the calendar.
    NotADay,
    /// A service ends before it begins.
    EndsBefore,
    /// It has too many lines.
    TooManyLines {
        /// The most lines.
        limit: u32,
    },
    /// It has characters that cannot be printed.
    Unprintable,
    /// It is not a colour.
    NotAColour,
    /// It is too pale.
    TooPale {
        /// Its contrast with white in hundredths.
        contrast: u32,
        /// Red, green and blue of a darker one that is not.
        darker: [u8; 3],
    },
    /// It is neither PNG nor JPEG.
    NotAPicture,
    /// It is broken or not complete.
    BrokenPicture,
    /// It has too many bytes.
    LargePicture {
        /// The most kilobytes.
        limit: u32,
    },
    /// It has too many pixels.
    WidePicture {
        /// The most pixels each way.
        limit: u32,
    },
    /// What stands in front of a number has other characters than there may be.
    NotAPrefix,
    /// With the numbers that were given there would be a gap, or one twice.
    NumbersGiven,
    /// There is no price list yet in whose currency a service could be priced.
    NoList,
    /// Clients have services priced in the currency there was.
    CurrencyInUse {
        /// How many.
        clients: u32,
    },
    /// There are more services than there may be, with those of the list for everybody.
    TooManyServices {
        /// The most.
        limit: u32,
    },
}
