//! The conditions of a filter, held to every number once: the events are then held to what was found.

use std::ops::Range;

use portal_bridge::{EventConditions, EventsFilter};
use portal_domain::timeline::{AddressRange, category};

use super::{
    columns::{Columns, NOBODY},
    ids::Class,
    names::Book,
};

/// Which numbers pass. A column nothing is asked of has none.
pub(super) struct Marks {
    kinds: Option<Column>,
    people: Option<Column>,
    places: Option<Column>,
    devices: Option<Column>,
    addresses: Option<Column>,
}

/// Which numbers of a column pass.
struct Column {
    numbers: Vec<bool>,
    /// Whether what has none passes.
    nothing: bool,
}

impl Marks {
    pub(super) fn of(columns: &Columns, book: &Book, filter: &EventsFilter) -> Self {
        let (only, without) = (&filter.only, &filter.without);
        let ids = |class: Class, conditions: &dyn Fn(&EventConditions) -> Vec<uuid::Uuid>| {
            let numbers = |conditions: Vec<uuid::Uuid>| -> Vec<u32> {
                conditions.into_iter().filter_map(|id| columns.ids.find(class, id)).collect()
            };
            let (some, none) = (conditions(only), conditions(without));
            let asked = [!some.is_empty(), !none.is_empty()];
            let (some, none) = (numbers(some), numbers(none));
            both(columns.ids.len(), asked, &|number| some.contains(&number), &|number| none.contains(&number))
        };
        let kind = |of: &EventConditions, number: u32| {
            columns.types.get(number).is_some_and(|kind| {
                of.kinds.contains(&kind.number()) || of.categories.contains(&category(kind).shown())
            })
        };
        let kinds = both(
            columns.types.values().len(),
            [
                !only.kinds.is_empty() || !only.categories.is_empty(),
                !without.kinds.is_empty() || !without.categories.is_empty(),
            ],
            &|number| kind(only, number),
            &|number| kind(without, number),
        );
        let device = |of: &EventConditions, number: u32| {
            columns.device_types.get(number).is_some_and(|device| of.devices.contains(&device.number()))
        };
        let devices = both(
            columns.device_types.values().len(),
            [!only.devices.is_empty(), !without.devices.is_empty()],
            &|number| device(only, number),
            &|number| device(without, number),
        );
        let address = |of: &EventConditions| {
            let ranges: Vec<AddressRange> =
                of.addresses.iter().filter_map(|text| AddressRange::read(text)).collect();
            let texts = columns.texts.values();
            move |number: u32| {
                texts.get(number as usize).is_some_and(|text| ranges.iter().any(|range| range.contains(text)))
            }
        };
        let addresses = both(
            columns.texts.values().len(),
            [!only.addresses.is_empty(), !without.addresses.is_empty()],
            &address(only),
            &address(without),
        );
        let places = ids(Class::Organization, &|of| of.clients.iter().map(|id| id.0).collect());
        Self {
            kinds,
            people: ids(Class::User, &|of| of.people.iter().map(|id| id.0).collect()),
            // A client is one place, by its organization and by its link.
            places: places.map(|places| Column {
                numbers: (0..columns.ids.len())
                    .map(|number| places.has(book.place_of(u32::try_from(number).unwrap_or(NOBODY))))
                    .collect(),
                ..places
            }),
            devices,
            addresses,
        }
    }

    /// The rows that fulfil the conditions: column by column, so that each is gone through by itself.
    pub(super) fn passing(&self, columns: &Columns, rows: Range<usize>) -> Vec<u32> {
        let mut found = Rows { range: rows, some: None };
        if let Some(kinds) = &self.kinds {
            found.keep(&columns.kinds, |_, kind| kinds.has(narrow(kind)));
        }
        if let Some(people) = &self.people {
            found.keep(&columns.actors, |row, actor| match actor {
                NOBODY => people.has(columns.who(row)),
                actor => people.has(actor),
            });
        }
        if let Some(places) = &self.places {
            found.keep(&columns.places, |_, place| places.has(place));
        }
        if let Some(devices) = &self.devices {
            found.keep(&columns.devices, |_, device| devices.has(narrow(device)));
        }
        if let Some(addresses) = &self.addresses {
            found.keep(&columns.ips, |_, address| addresses.has(address));
        }
        let Rows { range, some } = found;
        some.unwrap_or_else(|| range.map(|row| u32::try_from(row).unwrap_or(NOBODY)).collect())
    }
}

/// Rows that are gone through before those that passed are put with the others.
const PART: usize = 512;

/// Rows: all of a range, or some of them.
struct Rows {
    range: Range<usize>,
    some: Option<Vec<u32>>,
}

impl Rows {
    /// Keeps those whose value in a column passes.
    fn keep<T: Copy>(&mut self, column: &[T], passes: impl Fn(usize, T) -> bool) {
        if let Some(some) = &mut self.some {
            some.retain(|row| {
                let row = *row as usize;
                column.get(row).is_some_and(|value| passes(row, *value))
            });
            return;
        }
        let mut some = Vec::new();
        let mut row = self.range.start;
        let mut passed = [0_u32; PART];
        for part in column.get(self.range.clone()).unwrap_or_default().chunks(PART) {
            let mut place = 0;
            for value in part {
                // Every row is noted, and the next one over it unless it passes: no processor could guess which do.
                if let Some(slot) = passed.get_mut(place) {
                    *slot = row as u32;
                }
                place += usize::from(passes(row, *value));
                row += 1;
            }
            some.extend_from_slice(passed.get(..place).unwrap_or_default());
        }
        self.some = Some(some);
    }
}

fn narrow(number: u16) -> u32 {
    if number == u16::MAX { NOBODY } else { u32::from(number) }
}

impl Column {
    fn has(&self, number: u32) -> bool {
        if number == NOBODY {
            self.nothing
        } else {
            self.numbers.get(number as usize).copied().unwrap_or_default()
        }
    }
}

/// The numbers that are wanted, if any are, and not unwanted, if any are.
fn both(
    count: usize,
    [only, without]: [bool; 2],
    wanted: &dyn Fn(u32) -> bool,
    unwanted: &dyn Fn(u32) -> bool,
) -> Option<Column> {
    if !only && !without {
        return None;
    }
    let passes = |number: u32| (!only || wanted(number)) && (!without || !unwanted(number));
    let numbers = (0..count).map(|number| passes(u32::try_from(number).unwrap_or(NOBODY))).collect();
    Some(Column { numbers, nothing: !only })
}
