//! What it costs. Figures worked out by hand stand beside the arithmetic.

mod calendar;
mod charging;
mod client_invoice;
mod drafts;
mod issued;
mod ledger;
mod margin;
mod money;
mod numbering;
mod price_list;
mod proration;
mod seats;
mod standing;
mod terms;
mod tiers;
mod usage;

use portal_domain::billing::{Amount, Cadence, Change, Cycle, Day, Levels, Period};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn period(first: &str, end: &str) -> Period {
    Period::new(day(first), day(end)).unwrap()
}

fn month(text: &str) -> Period {
    Period::month_of(day(text)).unwrap()
}

fn cents(minor: i64) -> Amount {
    Amount::new(minor).unwrap()
}

fn monthly(anchor: &str) -> Cycle {
    Cycle { anchor: day(anchor), cadence: Cadence::Monthly }
}

fn yearly(anchor: &str) -> Cycle {
    Cycle { anchor: day(anchor), cadence: Cadence::Annual }
}

fn levels(changes: &[(&str, i64)]) -> Levels {
    Levels::of(changes.iter().map(|(from, by)| Change { day: day(from), by: *by })).unwrap()
}
