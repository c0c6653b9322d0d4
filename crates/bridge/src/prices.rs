//! What is set once for billing clients. Numbers, days and colours cross as they are typed: only the core reads them.
//!
//! Each form has a mark of what it began with and hands it back when it saves. If somebody else has changed that part meanwhile,
//! nothing is saved ([`ProblemKind::ChangedMeanwhile`](crate::ProblemKind)); else the answer is the mark of what is saved now. A field
//! that is refused is named by a key, such as `service-2-price`: the part of the form, and where there are several, which.

use serde::{Deserialize, Serialize};

use crate::{BooksOf, OrganizationId, PlanText, Rows, Window};

/// Tells what a form began with from what others made of it.
pub type Mark = String;

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
