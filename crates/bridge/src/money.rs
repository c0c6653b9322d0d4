use serde::{Deserialize, Serialize};

use crate::{Amount, Currency, ProviderId};

/// Whose billing is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BooksOf {
    /// A provider's.
    Provider(ProviderId),
    /// One's own, for the clients one looks after without a provider.
    Own,
}

/// An amount with its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In the currency's smallest unit.
    pub amount: Amount,
    /// The currency.
    pub currency: Currency,
}
