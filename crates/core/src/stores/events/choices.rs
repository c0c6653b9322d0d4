//! What a timeline can be narrowed to.

use portal_bridge::{ChoiceBy, EventChoice, EventsFilter, EventsOf, OrganizationId, UserId};

use portal_domain::{
    search::{Needle, fold},
    timeline::{category, device_name, what},
};
use portal_wire::{DeviceType, Event, EventType};
use uuid::Uuid;

use super::{
    Log, Range,
    columns::{Columns, NOBODY},
    ids::Class,
    names::{Book, Sources},
};
use crate::{Core, sort::sort_by};

/// Most choices handed out.
const MOST: usize = 50;

/// What occurs in a range and is called like what was typed, the most frequent first.
pub(crate) fn choices(
    core: &Core,
    log: &Log,
    filter: &EventsFilter,
    by: ChoiceBy,
    typed: &str,
) -> Vec<EventChoice> {
    core.settle_events(log);
    let (columns, book) = (log.columns.borrow(), log.book.borrow());
    let range = Range::of(filter);
    let size = match by {
        ChoiceBy::Client | ChoiceBy::Person => columns.ids.len(),
        ChoiceBy::Kind | ChoiceBy::Category => columns.types.values().len(),
        ChoiceBy::Device => columns.device_types.values().len(),
        ChoiceBy::Address => columns.texts.values().len(),
    };
    let mut counts = vec![0_u32; size];
    let twins = log.twins.borrow();
    for row in columns.within(range.from, range.to) {
        let place = |row: usize| book.place_of(columns.places.get(row).copied().unwrap_or(NOBODY));
        let head = twins.head_of(u32::try_from(row).unwrap_or(NOBODY));
        // What several clients tell is found in each of them.
        let told_elsewhere = |head: u32| by == ChoiceBy::Client && place(head as usize) != place(row);
        if head.is_some_and(|head| !told_elsewhere(head)) {
            continue;
        }
        let number = match by {
            ChoiceBy::Client => place(row),
            ChoiceBy::Person => columns.who(row),
            ChoiceBy::Kind | ChoiceBy::Category => {
                columns.kinds.get(row).map_or(NOBODY, |kind| u32::from(*kind))
            }
            ChoiceBy::Device => columns.devices.get(row).map_or(NOBODY, |device| u32::from(*device)),
            ChoiceBy::Address => columns.ips.get(row).copied().unwrap_or(NOBODY),
        };
        if let Some(count) = counts.get_mut(number as usize) {
            *count += 1;
        }
    }
    let needle = Needle::new(typed);
    let mut found: Vec<EventChoice> = Vec::new();
    for (number, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        let number = u32::try_from(number).unwrap_or(NOBODY);
        let Some((value, label)) = named(&columns, &book, by, number) else { continue };
        match found.iter_mut().find(|known| by == ChoiceBy::Category && known.value == value) {
            Some(known) => known.count += count,
            None if needle.matches(&fold(&label)) => found.push(EventChoice { value, label, count }),
            None => {}
        }
    }
    sort_by(&mut found, |one, other| other.count.cmp(&one.count));
    found.truncate(MOST);
    found
}

/// What conditions are called, whether they occur or not.
pub(crate) fn names_of(core: &Core, source: EventsOf, conditions: &[(ChoiceBy, String)]) -> Vec<String> {
    let sources = Sources::of(core, source);
    conditions
        .iter()
        .map(|(by, value)| {
            let number = || value.parse::<i32>().ok();
            let id = || value.parse::<Uuid>().ok();
            let known = match by {
                ChoiceBy::Client => {
                    id().and_then(|id| sources.organization(OrganizationId(id))).map(str::to_owned)
                }
                ChoiceBy::Person => id().and_then(|id| sources.user(UserId(id))),
                ChoiceBy::Kind => number().map(|number| kind_words(EventType::from_number(number))),
                ChoiceBy::Device => {
                    number().map(|number| device_name(DeviceType::from_number(number)).into_owned())
                }
                ChoiceBy::Category | ChoiceBy::Address => None,
            };
            known.unwrap_or_else(|| match by {
                ChoiceBy::Client | ChoiceBy::Person => value.chars().take(8).collect(),
                _ => value.clone(),
            })
        })
        .collect()
}

/// A number's value in an address, and its name.
fn named(columns: &Columns, book: &Book, by: ChoiceBy, number: u32) -> Option<(String, String)> {
    match by {
        ChoiceBy::Client | ChoiceBy::Person => {
            let (class, id) = columns.ids.get(number)?;
            let wanted = match by {
                ChoiceBy::Client => Class::Organization,
                _ => Class::User,
            };
            let named = class.named(id).filter(|_| class == wanted)?;
            let label = book.name(number).map(str::to_owned);
            Some((id.to_string(), label.unwrap_or_else(|| book.stand_in(named))))
        }
        ChoiceBy::Kind => columns.types.get(number).map(|kind| (kind.number().to_string(), kind_words(kind))),
        ChoiceBy::Category => columns.types.get(number).map(|kind| {
            let key = category(kind).shown().key();
            (key.to_owned(), key.to_owned())
        }),
        ChoiceBy::Device => {
            let device = columns.device_types.get(number)?;
            Some((device.number().to_string(), device_name(device).into_owned()))
        }
        ChoiceBy::Address => columns.texts.get(number).map(|text| (text.to_string(), text.to_string())),
    }
}

/// A type of event in words: "viewed an item".
pub(super) fn kind_words(kind: EventType) -> String {
    let bare = Event { kind, ..Event::default() };
    what(&bare, &|_| None).iter().map(|part| part.text()).collect()
}
