//! The seats of a provider's invoice, client by client, as the contract has them (§3.6, `GET …/invoices/{invoiceId}`).

use crate::{
    billing::{Amount, Currency, Rate, TooMuch},
    csv::{Cell, Csv},
    seats::Pool,
};

/// One client, or the seats of a plan that were assigned to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientInvoiceRow<'a> {
    /// Its name when the invoice was made.
    pub client: &'a str,
    /// The organization's id; empty for seats that were assigned to none.
    pub id: &'a str,
    /// Seats it was given.
    pub assigned: u32,
    /// Seats its members took.
    pub used: u32,
    /// The plan's display name.
    pub plan: &'a str,
    /// What the seats cost, see [`ClientInvoiceRow::estimated`].
    pub total: Amount,
}

/// The contract's form has dollars only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the form of a provider's invoice is in dollars, not in {0}")]
pub struct NotDollars(pub Currency);

impl<'a> ClientInvoiceRow<'a> {
    /// What so many seats cost after discount; estimated, because the invoice rounds once and not for each client.
    pub fn estimated(seats: u32, price: Amount, discount: Rate) -> Result<Amount, TooMuch> {
        let full = price.times(seats.into())?;
        full.minus(discount.of(full)?)
    }

    /// The row of what a plan's minimum pays for and nobody was given. There is one, of no seats if need be, for each plan of which
    /// none are bought, and none for the others.
    pub fn unassigned(
        plan: &'a str,
        pool: Pool,
        price: Amount,
        discount: Rate,
    ) -> Result<Option<Self>, TooMuch> {
        if pool.purchased > 0 {
            return Ok(None);
        }
        let assigned = pool.unassigned();
        let total = Self::estimated(assigned, price, discount)?;
        Ok(Some(Self { client: "Unassigned seats", id: "", assigned, used: 0, plan, total }))
    }
}

/// The table, byte for byte in the contract's form: its header; `Remaining` is assigned less used and may be negative; money as
/// `$1,234.00`, quoted where it has a comma; RFC 4180 line ends; no byte order mark.
///
/// The contract says nothing of names that begin with `=`, `+`, `-` or `@`. A client's owner can choose such a name, so it gets an
/// apostrophe in front and quotes, as in every table this project writes ([`crate::csv`]). All other bytes are the original's.
pub fn client_invoice<'a>(
    currency: Currency,
    rows: impl IntoIterator<Item = ClientInvoiceRow<'a>>,
) -> Result<String, NotDollars> {
    if currency != Currency::USD {
        return Err(NotDollars(currency));
    }
    let mut csv = Csv::new(&["Client", "Id", "Assigned", "Used", "Remaining", "Plan", "Estimated total"]);
    for row in rows {
        let total = dollars(row.total);
        csv.row([
            Cell::Text(row.client),
            Cell::Text(row.id),
            Cell::Number(row.assigned.into()),
            Cell::Number(row.used.into()),
            Cell::Number(i64::from(row.assigned) - i64::from(row.used)),
            Cell::Text(row.plan),
            Cell::Text(&total),
        ]);
    }
    Ok(csv.finish())
}

/// `$1,234.00`, with the sign in front of the dollar.
fn dollars(amount: Amount) -> String {
    let plain = Currency::USD.plain(amount);
    let (sign, plain) = match plain.strip_prefix('-') {
        Some(plain) => ("-", plain),
        None => ("", plain.as_str()),
    };
    let (whole, cents) = plain.split_once('.').unwrap_or((plain, "00"));
    let mut text = format!("{sign}$");
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push('.');
    text.push_str(cents);
    text
}
