//! Which events a query asks for. Every text is searched once, by the number of what it names; the events are then held to
//! what was found, without putting one sentence together.

use portal_domain::{
    search::{Needle, fold},
    timeline::{self, Category, Named, Slot, category, words},
};
use portal_wire::{Event, EventType};

use super::{
    columns::{Columns, FIELDS, Field, NOBODY},
    ids::Class,
    names::{Book, capital},
};

/// What is asked for.
pub(super) struct Filter<'a> {
    pub(super) from: i64,
    pub(super) to: i64,
    /// Only those by this account; the number of its id.
    pub(super) actor: Option<Option<u32>>,
    pub(super) category: Option<portal_bridge::EventCategory>,
    pub(super) search: &'a str,
}

/// The rows that pass, newest first.
pub(super) fn matching(columns: &Columns, book: &Book, filter: &Filter<'_>) -> Vec<u32> {
    let kinds: Vec<bool> = columns
        .types
        .values()
        .iter()
        .map(|kind| filter.category.is_none_or(|wanted| shown(category(*kind)) == wanted))
        .collect();
    let needle = Needle::new(filter.search);
    let templates: Vec<Template> = columns.types.values().iter().map(|kind| Template::of(*kind)).collect();
    let words: Vec<Hits> =
        needle.words().iter().map(|word| Hits::of(word, columns, book, &templates)).collect();
    let mut rows = Vec::new();
    for (row, (date, kind)) in columns.dates.iter().zip(&columns.kinds).enumerate() {
        let passes = (filter.from..=filter.to).contains(date)
            && kinds.get(usize::from(*kind)).copied().unwrap_or_default()
            && filter.actor.is_none_or(|actor| actor.is_some_and(|actor| who(columns, row) == actor));
        if !passes {
            continue;
        }
        if !words.is_empty() {
            let Some(template) = templates.get(usize::from(*kind)) else { continue };
            let mention = Mention::of(columns, row);
            if !words.iter().all(|hits| hits.pass(&mention, usize::from(*kind), template, book)) {
                continue;
            }
        }
        rows.push(u32::try_from(row).unwrap_or(NOBODY));
    }
    rows
}

/// The category as the tab knows it.
pub(super) fn shown(category: Category) -> portal_bridge::EventCategory {
    use portal_bridge::EventCategory as Shown;
    match category {
        Category::SignIn => Shown::SignIn,
        Category::Staff => Shown::Staff,
        Category::Clients => Shown::Clients,
        Category::Members => Shown::Members,
        Category::Collections => Shown::Collections,
        Category::Groups => Shown::Groups,
        Category::Items => Shown::Items,
        Category::Policies => Shown::Policies,
        Category::Settings => Shown::Settings,
        Category::Sends | Category::Secrets | Category::Domains | Category::Other => Shown::Other,
    }
}

/// The number of whoever did it: signing in has no acting user of its own on some servers.
fn who(columns: &Columns, row: usize) -> u32 {
    match columns.actors.get(row) {
        Some(actor) if *actor != NOBODY => *actor,
        _ => Mention::of(columns, row).get(Field::User).unwrap_or(NOBODY),
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
    /// By field.
    numbers: [u32; FIELDS.len()],
}

impl Mention {
    fn of(columns: &Columns, row: usize) -> Self {
        let actor = columns.actors.get(row).copied().filter(|actor| *actor != NOBODY);
        let mut mention = Self { actor, numbers: [NOBODY; FIELDS.len()] };
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
        let place = || match mention.get(Field::Organization) {
            Some(organization) => id(organization),
            None => self.provider,
        };
        actor
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
const CLASSES: [(Class, Option<Slot>); 14] = [
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
];

/// Without the id at the end.
fn strip_id(text: &str) -> String {
    text.rsplit_once(' ').map(|(before, _)| before).unwrap_or(text).to_owned()
}
