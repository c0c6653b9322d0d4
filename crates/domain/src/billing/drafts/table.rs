//! Drafts as a table.

use super::{Draft, Quantity, What};
use crate::{
    billing::{Amount, PlanFacts},
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
    let plain = |amount: Amount| draft.currency.plain(amount);
    let code = draft.currency.code();
    for line in &draft.lines {
        let what = match &line.what {
            What::Seats(plan) => PlanFacts::of(*plan)
                .map_or_else(|| format!("Plan {}", plan.number()), |facts| facts.name.to_owned()),
            What::Service(name) => name.clone(),
        };
        let (quantity, unit, of) = match line.quantity {
            Quantity::SeatDays { seat_days, of } => (seat_days, "seat days", Cell::Number(of.into())),
            Quantity::Days { days, of } => (days.into(), "days", Cell::Number(of.into())),
            Quantity::One => (1, "", Cell::Empty),
        };
        let (first, end) = (line.period.first().to_string(), line.period.end().to_string());
        let (price, amount) = (plain(line.price), plain(line.amount));
        csv.row([
            Cell::Text(client),
            Cell::Text(id),
            Cell::Text(number),
            Cell::Text(&what),
            Cell::Text(&first),
            Cell::Text(&end),
            Cell::Number(quantity),
            Cell::Text(unit),
            of,
            Cell::Decimal(&price),
            Cell::Decimal(&amount),
            Cell::Empty,
            Cell::Text(code),
        ]);
    }
    let (first, end) = (draft.window.first().to_string(), draft.window.end().to_string());
    let (net, tax) = (plain(draft.net), plain(draft.tax));
    csv.row([
        Cell::Text(client),
        Cell::Text(id),
        Cell::Text(number),
        Cell::Text("Sum"),
        Cell::Text(&first),
        Cell::Text(&end),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Decimal(&net),
        Cell::Decimal(&tax),
        Cell::Text(code),
    ]);
}
