//! What is left of what clients pay.

use crate::billing::{Amount, Currency, TooMuch, allocate, money::divided};

/// What clients pay, what the provider pays, and the difference; all before taxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin {
    /// What clients pay.
    pub revenue: Amount,
    /// What the provider pays.
    pub cost: Amount,
    /// What is left; negative if it pays more.
    pub left: Amount,
}

/// Why there is no margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarginError {
    /// Something is in another currency, and nothing is converted.
    #[error("{billed} and {paid} cannot be compared")]
    Currency {
        /// What a client is billed in.
        billed: Currency,
        /// What the provider pays in.
        paid: Currency,
    },
    /// It is more than can be worked with.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
}

impl Margin {
    /// Of what is earned and paid.
    pub fn new(revenue: Amount, cost: Amount) -> Result<Self, TooMuch> {
        Ok(Self { revenue, cost, left: revenue.minus(cost)? })
    }

    /// What is left of 100, in hundredths of a percent; `None` if nothing is earned.
    pub fn basis_points(&self) -> Option<i64> {
        let revenue = i128::from(self.revenue.minor());
        let points = (revenue > 0).then(|| divided(i128::from(self.left.minor()) * 10_000, revenue))?;
        i64::try_from(points).ok()
    }
}

/// The margin of all that is billed against what the provider itself pays, and that of each, in their order. What the provider pays,
/// its discount and the seats it could not assign included, is shared out by weight to the cent: by what each client's seats
/// cost before discount, for example. Without any weight each client costs nothing, and the whole does.
pub fn margin(
    billed: &[(Currency, Amount)],
    paid: (Currency, Amount),
    weights: &[u64],
) -> Result<(Margin, Vec<Margin>), MarginError> {
    let (currency, total) = paid;
    if let Some((other, _)) = billed.iter().find(|(billed, _)| *billed != currency) {
        return Err(MarginError::Currency { billed: *other, paid: currency });
    }
    let whole = Margin::new(Amount::sum(billed.iter().map(|(_, net)| *net))?, total)?;
    let weights: Vec<u64> =
        (0..billed.len()).map(|index| weights.get(index).copied().unwrap_or_default()).collect();
    let costs = allocate(total, &weights).unwrap_or_else(|_| vec![Amount::ZERO; billed.len()]);
    let each: Result<_, TooMuch> =
        billed.iter().zip(costs).map(|((_, net), cost)| Margin::new(*net, cost)).collect();
    Ok((whole, each?))
}
