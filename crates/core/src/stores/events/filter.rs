//! Which events a query asks for. Every text is searched once, by the number of what it names; the events are then held to
//! what was found, without putting one sentence together.

use portal_bridge::EventsFilter;
use portal_domain::{
    search::{Needle, fold},
    timeline::{self, Named, Slot, device_short, words},
};
use portal_wire::{Event, EventType};

use super::{
    Range,
    columns::{Columns, NOBODY},
    fields::{FIELDS, Field},
    ids::Class,
    marks::Marks,
    names::{Book, capital},
};

/// The rows of a range that pass, newest first.
pub(super) fn matching(columns: &Columns, book: &Book, filter: &EventsFilter) -> Vec<u32> {
    let range = Range::of(filter);
    let rows = columns.within(range.from, range.to);
    let marks = Marks::of(columns, book, filter);
    let search = Search::of(columns, book, &filter.search);
    let mut found = marks.passing(columns, rows);
    if search.asks() {
        found.retain(|row| search.pass(columns, book, *row as usize));
    }
    found
}

/// Words that must be found, and words that may not.
struct Search {
    templates: Vec<Template>,
    wanted: Vec<Hits>,
    unwanted: Vec<Hits>,
}

impl Search {
    fn of(columns: &Columns, book: &Book, typed: &str) -> Self {
        let (unwanted, wanted): (Vec<&str>, Vec<&str>) =
            typed.split_whitespace().partition(|word| word.len() > 1 && word.starts_with('-'));
        let templates: Vec<Template> = if typed.trim().is_empty() {
            Vec::new()
        } else {
            columns.types.values().iter().map(|kind| Template::of(*kind)).collect()
        };
        let hits = |words: &str| -> Vec<Hits> {
            let needle = Needle::new(words);
            needle.words().iter().map(|word| Hits::of(word, columns, book, &templates)).collect()
        };
        let unwanted: Vec<&str> = unwanted.iter().filter_map(|word| word.get(1..)).collect();
        let (wanted, unwanted) = (hits(&wanted.join(" ")), hits(&unwanted.join(" ")));
        Self { templates, wanted, unwanted }
    }

    /// Whether any word must or must not be found.
    fn asks(&self) -> bool {
        !self.wanted.is_empty() || !self.unwanted.is_empty()
    }

    fn pass(&self, columns: &Columns, book: &Book, row: usize) -> bool {
        let kind = columns.kinds.get(row).map_or(usize::MAX, |kind| usize::from(*kind));
        let Some(template) = self.templates.get(kind) else { return false };
        let mention = Mention::of(columns, row);
        self.wanted.iter().all(|hits| hits.pass(&mention, kind, template, book))
            && !self.unwanted.iter().any(|hits| hits.pass(&mention, kind, template, book))
    }
}

/// The words of one kind of event: those that are always there, and the slots.
struct Template {
    fixed: String,
    slots: Vec<Slot>,
}

impl Template {
    fn of(kind: EventType) -> Self {
        let words = words(kind);
        let mut fixed = String::new();
        let mut slots = Vec::new();
        for (index, part) in words.template.split(['{', '}']).enumerate() {
            match Slot::named(part) {
                Some(slot) if index % 2 == 1 => slots.push(slot),
                _ => {
                    fixed.push_str(part);
                    fixed.push(' ');
                }
            }
        }
        Self { fixed: fold(&fixed), slots }
    }
}

/// What one event mentions, as numbers.
struct Mention {
    actor: Option<u32>,
    place: u32,
    place_is_link: bool,
    address: u32,
    device: u16,
    /// By field.
    numbers: [u32; FIELDS.len()],
}

impl Mention {
    fn of(columns: &Columns, row: usize) -> Self {
        let actor = columns.actors.get(row).copied().filter(|actor| *actor != NOBODY);
        let place = columns.places.get(row).copied().unwrap_or(NOBODY);
        let place_is_link = columns.ids.get(place).is_some_and(|(class, _)| class == Class::Client);
        let mut mention = Self {
            actor,
            place,
            place_is_link,
            address: columns.ips.get(row).copied().unwrap_or(NOBODY),
            device: columns.devices.get(row).copied().unwrap_or(u16::MAX),
            numbers: [NOBODY; FIELDS.len()],
        };
        for (field, number) in columns.details(row) {
            if let Some(slot) = mention.numbers.get_mut(field as usize) {
                *slot = number;
            }
        }
        mention
    }

    fn get(&self, field: Field) -> Option<u32> {
        self.numbers.get(field as usize).copied().filter(|number| *number != NOBODY)
    }

    /// What fills a slot.
    fn in_slot(&self, slot: Slot) -> Option<u32> {
        match slot {
            Slot::Staff => self.get(Field::Staff),
            Slot::Member => self.get(Field::Member),
            Slot::Client if self.place_is_link => Some(self.place),
            Slot::Client => self.get(Field::Client),
            Slot::Collection => self.get(Field::Collection),
            Slot::Group => self.get(Field::Group),
            Slot::Policy => self.get(Field::Policy),
            Slot::Item => self.get(Field::Item),
            Slot::Secret => self.get(Field::Secret),
            Slot::Project => self.get(Field::Project),
            Slot::Machine => self.get(Field::GrantedMachine).or_else(|| self.get(Field::Machine)),
            Slot::Send => self.get(Field::Send),
            Slot::Domain => self.get(Field::Domain),
        }
    }
}

/// Where one word occurs.
struct Hits {
    /// By kind: in the words that are always there.
    kinds: Vec<bool>,
    /// By number of the id: in its name, or in what stands for it.
    ids: Vec<bool>,
    /// By number of the text.
    texts: Vec<bool>,
    /// By number of the type of device.
    devices: Vec<bool>,
    /// By number of the system user.
    systems: Vec<bool>,
    /// By slot, of those in use: in what is said when nothing is known to fill it.
    unnamed: Vec<(Slot, bool)>,
    themselves: bool,
    somebody: bool,
    provider: bool,
}

impl Hits {
    fn of(word: &str, columns: &Columns, book: &Book, templates: &[Template]) -> Self {
        let hit = |text: &str| fold(text).contains(word);
        let mut slots: Vec<Slot> =
            templates.iter().flat_map(|template| template.slots.iter().copied()).collect();
        slots.dedup();
        let unknown = |_: Named| None;
        let said = |event: Event| hit(timeline::actor(&event, &unknown).text());
        let stand_in = StandIn::of(word, book);
        Self {
            kinds: templates.iter().map(|template| template.fixed.contains(word)).collect(),
            ids: columns.ids.since(0).map(|(number, class, id)| stand_in.hit(number, class, id)).collect(),
            texts: columns.texts.values().iter().map(|text| hit(text)).collect(),
            devices: columns.device_types.values().iter().map(|device| hit(device_short(*device))).collect(),
            systems: columns
                .systems
                .values()
                .iter()
                .map(|system| said(Event { system_user: Some(*system), ..Event::default() }))
                .collect(),
            unnamed: slots.into_iter().map(|slot| (slot, hit(slot.unnamed()))).collect(),
            themselves: hit("themselves"),
            somebody: said(Event::default()),
            provider: book.provider().is_some_and(hit),
        }
    }

    fn pass(&self, mention: &Mention, kind: usize, template: &Template, book: &Book) -> bool {
        let id = |number: u32| self.ids.get(number as usize).copied().unwrap_or_default();
        let actor = match (mention.get(Field::System), mention.actor.or_else(|| mention.get(Field::User))) {
            (Some(system), _) => self.systems.get(system as usize).copied().unwrap_or_default(),
            (None, Some(actor)) => id(actor),
            (None, None) => self.somebody,
        };
        let place = || {
            if mention.place == NOBODY || mention.place_is_link { self.provider } else { id(mention.place) }
        };
        let has = |marks: &[bool], number: usize| marks.get(number).copied().unwrap_or_default();
        actor
            || has(&self.texts, mention.address as usize)
            || has(&self.devices, usize::from(mention.device))
            || self.kinds.get(kind).copied().unwrap_or_default()
            || place()
            || template.slots.iter().any(|slot| self.fills(*slot, mention, book))
    }

    fn fills(&self, slot: Slot, mention: &Mention, book: &Book) -> bool {
        let id = |number: u32| self.ids.get(number as usize).copied().unwrap_or_default();
        let user = mention.get(Field::User);
        if slot.is_person() && user.is_some() && user == mention.actor {
            return self.themselves;
        }
        match mention.in_slot(slot) {
            Some(text) if slot == Slot::Domain => self.texts.get(text as usize).copied().unwrap_or_default(),
            Some(number) if slot.is_person() && book.name(number).is_none() => {
                let user = user.filter(|user| book.name(*user).is_some());
                id(user.unwrap_or(number))
            }
            Some(number) => id(number),
            None => self.unnamed.iter().any(|(known, hit)| *known == slot && *hit),
        }
    }
}

/// Finds a word in names and in what stands for unknown ones.
struct StandIn<'a> {
    word: &'a str,
    book: &'a Book,
    /// By class: in the words before an unknown one's short id, and before a known one's name.
    nouns: Vec<(Class, bool, bool)>,
    /// Whether it can be part of a short id.
    hexadecimal: bool,
}

impl<'a> StandIn<'a> {
    fn of(word: &'a str, book: &'a Book) -> Self {
        let nil = uuid::Uuid::nil();
        let nouns = CLASSES.iter().map(|(class, slot)| {
            let unknown = match (class, slot, class.named(nil).and_then(|named| book.former(named))) {
                (Class::User | Class::Staff, _, Some(former)) => strip_id(&capital(&former)),
                (Class::User, ..) => "User".to_owned(),
                (_, Some(slot), _) => slot.noun().to_owned(),
                (_, None, _) => String::new(),
            };
            let known = slot.filter(|slot| !slot.needs_no_noun()).map(|slot| format!("the {}", slot.noun()));
            let hit = |text: &str| fold(text).contains(word);
            (*class, hit(&unknown), known.is_some_and(|known| hit(&known)))
        });
        let hexadecimal = word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        Self { word, book, nouns: nouns.collect(), hexadecimal }
    }

    fn hit(&self, number: usize, class: Class, id: uuid::Uuid) -> bool {
        let number = u32::try_from(number).unwrap_or(NOBODY);
        let nouns = self.nouns.iter().find(|(known, ..)| *known == class);
        match self.book.folded(number) {
            Some(name) => name.contains(self.word) || nouns.is_some_and(|(_, _, known)| *known),
            // Only places are left out when they are not known.
            None if class == Class::Organization => false,
            None => nouns.is_some_and(|(_, unknown, _)| *unknown) || self.hexadecimal && self.in_short_id(id),
        }
    }

    fn in_short_id(&self, id: uuid::Uuid) -> bool {
        let mut buffer = uuid::Uuid::encode_buffer();
        id.hyphenated().encode_lower(&mut buffer).get(..8).is_some_and(|short| short.contains(self.word))
    }
}

/// Every class with the slot it fills.
const CLASSES: [(Class, Option<Slot>); 15] = [
    (Class::User, None),
    (Class::Staff, Some(Slot::Staff)),
    (Class::Member, Some(Slot::Member)),
    (Class::Client, Some(Slot::Client)),
    (Class::Organization, None),
    (Class::Collection, Some(Slot::Collection)),
    (Class::Group, Some(Slot::Group)),
    (Class::Policy, Some(Slot::Policy)),
    (Class::Item, Some(Slot::Item)),
    (Class::Secret, Some(Slot::Secret)),
    (Class::Project, Some(Slot::Project)),
    (Class::Machine, Some(Slot::Machine)),
    (Class::Send, Some(Slot::Send)),
    (Class::Installation, None),
    (Class::Provider, None),
];

/// Without the id at the end.
fn strip_id(text: &str) -> String {
    text.rsplit_once(' ').map(|(before, _)| before).unwrap_or(text).to_owned()
}
