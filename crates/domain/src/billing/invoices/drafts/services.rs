//! What is charged besides the seats.

use super::{Billed, DraftLine, Quantity, What};
use crate::billing::{Amount, Cadence, Charged, Cycle, Day, Period, Service, TooMuch};

/// Adds the lines of a service for the window; months are counted from the window's first day.
pub(super) fn lines(
    service: &Service,
    client: &Billed<'_>,
    window: Period,
    lines: &mut Vec<DraftLine>,
) -> Result<(), TooMuch> {
    let Some(charged_for) = days(service, client, window) else { return Ok(()) };
    let mut line = |period, quantity, amount: Amount| {
        let what = What::Service(service.name.clone());
        lines.push(DraftLine { what, period, quantity, price: service.price, amount });
    };
    if let Charged::Once(on) = service.charged {
        if window.contains(on) {
            line(window, Quantity::One, service.price);
        }
        return Ok(());
    }
    for month in (Cycle { anchor: window.first(), cadence: Cadence::Monthly }).over(window) {
        let Some(here) = month.within(charged_for) else { continue };
        let of = month.days();
        match service.charged {
            Charged::Once(_) => {}
            Charged::Monthly => {
                let days = here.days().get();
                line(month, Quantity::Days { days, of: of.get() }, service.price.share(days.into(), of)?);
            }
            Charged::PerSeat => {
                let seat_days = client.uses.iter().map(|used| used.levels.seat_days(here)).sum();
                if seat_days != 0 {
                    let quantity = Quantity::SeatDays { seat_days, of: of.get() };
                    line(month, quantity, service.price.share(seat_days, of)?);
                }
            }
        }
    }
    Ok(())
}

/// The days of the window a service is charged for; what is charged once does not ask whether the client is still there.
fn days(service: &Service, client: &Billed<'_>, window: Period) -> Option<Period> {
    if matches!(service.charged, Charged::Once(_)) {
        return Some(window);
    }
    let first = [Some(window.first()), Some(client.from), service.from].into_iter().flatten().max()?;
    let end: Day = [Some(window.end()), client.end, service.end].into_iter().flatten().min()?;
    Period::new(first, end)
}
