//! Drafts as a table.

use std::borrow::Cow;

use super::{Draft, Quantity, What};
use crate::{
    billing::{Amount, Period, PlanFacts},
    csv::{Cell, Csv},
};

/// The columns of a table of drafts, one row for each line. Dates are the first day and the day after the last.
pub const COLUMNS: [&str; 13] = [
    "Client",
    "Client id",
    "Number",
    "What",
    "From",
    "To",
    "Quantity",
    "Unit",
    "Of days",
    "Price",
    "Net",
    "Tax",
    "Currency",
];

/// Adds a row for each line, and one with the sum and its tax. Amounts are plain numbers with the currency's decimals.
pub fn draft_rows(client: &str, id: &str, number: &str, draft: &Draft, csv: &mut Csv) {
    let mut row =
        |what: &str, period: Period, [quantity, unit, of]: [Cell<'_>; 3], amounts: [Option<Amount>; 3]| {
            let (first, end) = (period.first().to_string(), period.end().to_string());
            let amounts = amounts.map(|amount| amount.map(|amount| draft.currency.plain(amount)));
            let head = [client, id, number, what, &first, &end].map(Cell::Text);
            let amounts = amounts.iter().map(|amount| amount.as_deref().map_or(Cell::Empty, Cell::Decimal));
            let code = Cell::Text(draft.currency.code());
            csv.row(head.into_iter().chain([quantity, unit, of]).chain(amounts).chain([code]));
        };
    for line in &draft.lines {
        let (quantity, unit, of) = match line.quantity {
            Quantity::SeatDays { seat_days, of } => (seat_days, "seat days", Cell::Number(of.into())),
            Quantity::Days { days, of } => (days.into(), "days", Cell::Number(of.into())),
            Quantity::One => (1, "", Cell::Empty),
        };
        let quantity = [Cell::Number(quantity), Cell::Text(unit), of];
        row(&line.what.name(), line.period, quantity, [Some(line.price), Some(line.amount), None]);
    }
    row("Sum", draft.window, [Cell::Empty; 3], [None, Some(draft.net), Some(draft.tax)]);
}

impl What {
    /// What it is called: the plan by Bitwarden's name of it, or the service.
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Service(name) => name.into(),
            Self::Seats(plan) => match PlanFacts::of(*plan) {
                Some(facts) => facts.name.into(),
                None => format!("Plan {}", plan.number()).into(),
            },
        }
    }
}
