//! Until when seats were given: kept by this browser for the account. A reminder, which no server knows of.

use leptos::prelude::*;
use portal_bridge::{Moment, SeatEnd, SeatOf, UserId};

use crate::format;
use crate::preferences;

/// The ends that are known. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    person: UserId,
    known: RwSignal<Vec<SeatEnd>>,
}

impl Ends {
    /// Those that this person set.
    pub(super) fn of(person: UserId) -> Self {
        Self { person, known: RwSignal::new(read(&preferences::seat_ends(person))) }
    }

    pub(super) fn get(self) -> Vec<SeatEnd> {
        self.known.get()
    }

    /// Gives these seats an end, or none, whatever they had before. Whether the browser keeps it.
    pub(super) fn set(self, seats: &[SeatOf], until: Option<Moment>) -> bool {
        let mut known = self.known.get_untracked();
        known.retain(|end| !seats.contains(&end.seat));
        known.extend(
            until
                .into_iter()
                .flat_map(|until| seats.iter().map(move |seat| SeatEnd { seat: seat.clone(), until })),
        );
        let kept = preferences::remember_seat_ends(self.person, &write(&known));
        self.known.set(known);
        kept
    }
}

/// The last moment of a day as a date field holds it (`2026-12-03`), in the zone that was chosen.
pub(super) fn end_of_day(date: &str) -> Option<Moment> {
    format::from_field_value(&format!("{date}T23:59:59.999"))
}

/// A line for each: client, moment, address.
fn write(ends: &[SeatEnd]) -> String {
    let line = |end: &SeatEnd| format!("{} {} {}", end.seat.organization, end.until.0, end.seat.email);
    ends.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is no such line, as another program may have written it, is left out.
fn read(text: &str) -> Vec<SeatEnd> {
    let line = |line: &str| {
        let (organization, rest) = line.split_once(' ')?;
        let (until, email) = rest.split_once(' ')?;
        let seat = SeatOf { organization: organization.parse().ok()?, email: email.to_owned() };
        Some(SeatEnd { seat, until: Moment(until.parse().ok()?) })
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(organization: &str, email: &str, until: i64) -> SeatEnd {
        let seat = SeatOf { organization: organization.parse().unwrap(), email: email.to_owned() };
        SeatEnd { seat, until: Moment(until) }
    }

    #[test]
    fn what_is_kept_is_read_again_and_what_is_damaged_is_left_out() {
        let ends = vec![
            end("22222222-2222-4222-8222-222222222222", "ben@msp.example", 1_796_342_399_999),
            end("33333333-3333-4333-8333-333333333333", "\"a b\"@msp.example", 0),
        ];
        let written = write(&ends);
        assert_eq!(read(&written), ends);
        let damaged =
            format!("nonsense\n{written}\n22222222-2222-4222-8222-222222222222 soon x@y.example\n\n");
        assert_eq!(read(&damaged), ends);
        assert!(read("").is_empty());
    }
}
