use serde::{Deserialize, Serialize};

use crate::{Amount, Currency};

/// An amount with its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In the currency's smallest unit.
    pub amount: Amount,
    /// The currency.
    pub currency: Currency,
}
