//! What a provider sets once for all its billing: what was agreed with Bitwarden, what its clients pay, and what their invoices look like.
//!
//! Each of the three is a document that others store. It is checked when it is read, and by `checked` when it was changed.

mod agreement;
mod colour;
mod letterhead;
mod logo;
mod picture;
mod price_book;
mod texts;
mod volume;

use super::PriceListError;

pub use agreement::Agreement;
pub use colour::{Colour, ColourError};
pub use letterhead::Letterhead;
pub use logo::{Logo, LogoError, LogoKind};
pub use price_book::{ClientTerms, PriceBook};
pub use texts::Text;
pub use volume::Volume;

/// Why something that was set cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// A text is too long.
    #[error("{what:?} has at most {limit} characters")]
    TooLong {
        /// Which.
        what: Text,
        /// The most characters.
        limit: usize,
    },
    /// A text has too many lines.
    #[error("{what:?} has at most {limit} lines")]
    TooManyLines {
        /// Which.
        what: Text,
        /// The most lines.
        limit: usize,
    },
    /// A text has characters that nobody can see.
    #[error("{0:?} has characters that cannot be printed")]
    Unprintable(Text),
    /// A price list makes no sense, or would not with what is added for one client.
    #[error(transparent)]
    List(#[from] PriceListError),
    /// Nothing says what the client pays: the price list for everybody, or one of its own, has to be entered first.
    #[error("there is no price list; enter one first")]
    NoList,
    /// So many clients have services that are priced in the list's currency, and would cost something else in another.
    #[error(
        "{clients} clients have services priced in {currency}; remove those first, or give the clients a list of their own"
    )]
    CurrencyInUse {
        /// How many.
        clients: usize,
        /// The currency they are priced in.
        currency: super::Currency,
    },
    /// A client stands in the book twice.
    #[error("a client has two entries")]
    Twice,
    /// There are more clients than can be kept.
    #[error("at most {} clients can have terms of their own", PriceBook::MOST_CLIENTS)]
    TooManyClients,
    /// Invoices would be due too late.
    #[error("invoices are due after at most {} days", PriceBook::MOST_DUE_DAYS)]
    DueTooLate,
}
