//! What the portal itself counted in a month, as a page of the books.

use portal_bridge::OrganizationId;
use portal_domain::billing::{Counted, Day};
use portal_wire::PlanType;
use serde::{Deserialize, Serialize};

use super::building::Row;
use crate::sort::sort_by;

/// A client as it is counted today.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Count {
    pub(super) organization: OrganizationId,
    pub(super) name: String,
    pub(super) plan: PlanType,
    /// Nothing if it could not be read.
    pub(super) counted: Counted,
}

/// The counts of one month. A client has a count for each day on which it changed.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Month {
    /// Days of the month on which somebody counted, rising.
    days: Vec<u8>,
    clients: Vec<Client>,
}

/// A client as long as it had one plan.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Client {
    id: OrganizationId,
    name: String,
    plan: PlanType,
    /// Day, seats assigned, seats used; without the latter the client could not be counted.
    counts: Vec<(u8, Option<u32>, Option<u32>)>,
    /// The day on which it was no client any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gone: Option<u8>,
}

/// What the names of such pages begin with.
pub(super) const PAGES: &str = "counts-";

/// Where the page of a day's month stands in the books, and which of its days that is.
pub(super) fn page_of(day: Day) -> (String, u8) {
    let (year, month, day) = day.date();
    (format!("{PAGES}{year:04}-{month:02}"), u8::try_from(day).unwrap_or_default())
}

impl Month {
    /// Takes today's counts, sorted by organization; counted again, the later count is the one. Where a later day was counted already the
    /// clock was set back: nothing is changed, because what was counted must not be lost.
    pub(super) fn count(&mut self, day: u8, now: &[Count]) {
        if self.days.last().is_some_and(|last| *last > day) {
            return;
        }
        if self.days.last() != Some(&day) {
            self.days.push(day);
        }
        let mut goes_on = vec![false; now.len()];
        for client in &mut self.clients {
            client.forget(day);
            if client.gone.is_some() {
                continue;
            }
            let place = now.binary_search_by(|count| count.organization.cmp(&client.id)).ok();
            match place.and_then(|place| now.get(place).zip(goes_on.get_mut(place))) {
                Some((count, goes_on)) if count.plan == client.plan => {
                    *goes_on = true;
                    client.count(day, count);
                }
                _ => client.gone = Some(day),
            }
        }
        self.clients.retain(|client| !client.counts.is_empty());
        let new = now.iter().zip(goes_on).filter(|(_, goes_on)| !goes_on).map(|(count, _)| count);
        self.clients.extend(new.map(|count| Client {
            id: count.organization,
            name: count.name.clone(),
            plan: count.plan,
            counts: vec![(day, count.counted.assigned, count.counted.used)],
            gone: None,
        }));
    }
}

impl Client {
    /// What was counted today, or found gone today, is as if it had not been.
    fn forget(&mut self, day: u8) {
        self.counts.retain(|(counted, ..)| *counted < day);
        self.gone = self.gone.filter(|gone| *gone < day);
    }

    fn count(&mut self, day: u8, count: &Count) {
        let Counted { assigned, used } = count.counted;
        if self.name != count.name {
            self.name.clone_from(&count.name);
        }
        if self.counts.last().is_none_or(|last| (last.1, last.2) != (assigned, used)) {
            self.counts.push((day, assigned, used));
        }
    }
}

/// Months that follow each other, as rows by client and day, and the days on which somebody counted.
pub(super) fn unrolled(months: &[(Day, Month)]) -> (Vec<Row<'_>>, Vec<Day>) {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut days = Vec::new();
    // Who was there when the month before ended.
    let mut there: Vec<&Client> = Vec::new();
    for (first, month) in months {
        let on = |day: u8| first.plus(i32::from(day) - 1);
        let Some(first_day) = month.days.first() else { continue };
        days.extend(month.days.iter().map(|day| on(*day)));
        let row = |client: &'_ Client, day, counted| Row {
            organization: client.id,
            name: "",
            day,
            plan: client.plan,
            counted,
        };
        let begin: Vec<&Client> = sorted(
            month
                .clients
                .iter()
                .filter(|client| client.counts.first().is_some_and(|count| count.0 == *first_day)),
        );
        // Whoever is not counted on the first day is no client any more, even if it comes back later.
        let lost =
            there.iter().filter(|client| begin.binary_search_by(|known| known.id.cmp(&client.id)).is_err());
        rows.extend(lost.map(|client| row(client, on(*first_day), None)));
        for client in &month.clients {
            let counts = client.counts.iter().map(|(day, assigned, used)| {
                let counted = Counted { assigned: *assigned, used: *used };
                Row { name: &client.name, ..row(client, on(*day), Some(counted)) }
            });
            rows.extend(counts);
            rows.extend(client.gone.map(|gone| row(client, on(gone), None)));
        }
        there = sorted(month.clients.iter().filter(|client| client.gone.is_none()));
    }
    // On the day a plan is changed, one ends first and another begins.
    sort_by(&mut rows, |one, other| {
        let of = |row: &Row<'_>| (row.organization, row.day, row.counted.is_some());
        of(one).cmp(&of(other))
    });
    (rows, days)
}

fn sorted<'a>(clients: impl Iterator<Item = &'a Client>) -> Vec<&'a Client> {
    let mut clients: Vec<&Client> = clients.collect();
    sort_by(&mut clients, |one, other| one.id.cmp(&other.id));
    clients
}
