//! The timeline without a server, to be measured: a provider's year of events, handed over page by page as they are read in
//! life, and what a tab asks of them. Not part of the product.

mod made;
mod nowhere;

use std::rc::Rc;

use portal_bridge::{EventConditions, EventGrouping, EventsFilter, EventsOf, EventsQuery, Moment, Window};
use portal_domain::timeline::{Slot, words};
use portal_wire::{Event, EventType, organization::MemberMini};
use serde_json::{Map, Value, json};

use super::{
    Log, Range,
    found::{Arranged, arranged, found},
    highlights::Step,
    lines::Line,
    names::Sources,
    view,
};
use crate::{
    Core,
    stores::{
        Clients, Table,
        staff::{List, Person},
    },
};
use made::{Made, NOW, YEAR_MS};
use nowhere::Nowhere;

/// A provider's timeline, and the events it has still to be given.
pub struct Timeline {
    core: Rc<Core>,
    log: Rc<Log>,
    made: Made,
    /// Pages that are decoded, with their logs and whether another follows.
    ready: Vec<(u32, Vec<Event>, bool)>,
    /// The place of the next page to be decoded.
    next: usize,
}

/// What is asked of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Everything, by day.
    All,
    /// What one of the staff did.
    Person,
    /// The most frequent kind of event: an item was viewed.
    Kind,
    /// What mentions one given name, whoever has it.
    Text,
    /// Everything, by session.
    Sessions,
    /// A month of it.
    Zoomed,
}

/// What is looked for where [`Asked::Text`] is: part of no client's name, since records told twice name different places.
const TEXT: &str = "tara";
/// Where a month begins and ends that [`Asked::Zoomed`] shows.
const MONTH: (i64, i64) = (NOW - 190 * 86_400_000, NOW - 160 * 86_400_000 - 1);

impl Timeline {
    /// A timeline without events yet, of a provider where so many happened.
    pub fn of(events: usize) -> Self {
        let core = core();
        Self { log: new_log(), core, made: Made::of(events), ready: Vec::new(), next: 0 }
    }

    /// Forgets every event, and begins anew.
    pub fn restart(&mut self) {
        self.log = new_log();
        self.ready.clear();
        self.next = 0;
    }

    /// Pages that are still to come.
    pub fn pages_left(&self) -> usize {
        self.made.page_count() - self.next
    }

    /// Decodes so many of the pages to come: what the network does while the core waits.
    pub fn decode(&mut self, pages: usize) {
        let until = self.made.page_count().min(self.next + pages);
        self.ready.extend((self.next..until).filter_map(|place| self.made.page(place)));
        self.next = until;
    }

    /// Takes over what was decoded, and gives how many pages that were. They must come in the order in which they are read.
    pub fn take(&mut self) -> usize {
        let mut taken = 0;
        for (log, page, more) in self.ready.drain(..) {
            let Some(reader) = self.log.next_reader() else { break };
            let expected = self.log.readers.borrow().get(log as usize).cloned();
            let Some((part, token)) = reader.next() else { break };
            if !expected.is_some_and(|expected| Rc::ptr_eq(&expected, &reader)) {
                break;
            }
            let next = more.then(|| format!("{log}-{}", page.last().map_or(0, |event| event.date.0)));
            self.log.take(&reader, part, token.as_deref(), page, next);
            reader.busy.set(false);
            taken += 1;
        }
        taken
    }

    /// Learns what the ids are called that were taken over.
    pub fn name(&self) {
        let sources = Sources::of(&self.core, self.log.source);
        self.log.book.borrow_mut().update(&mut self.log.columns.borrow_mut().ids, &sources);
    }

    /// Brings what was taken over in order, and folds what is told twice.
    pub fn settle(&self) {
        self.core.settle_events(&self.log);
    }

    /// Forgets what was found before, so that it has to be found again.
    pub fn forget(&self) {
        self.log.forget_arranged();
    }

    /// Finds and arranges, and gives how many events were found.
    pub fn find(&self, asked: Asked) -> usize {
        self.arranged(asked).rows.rows.len()
    }

    /// Finds without arranging; where this is done before, [`Timeline::find`] only arranges.
    pub fn find_only(&self, asked: Asked) -> usize {
        found(&self.log, &query(asked).filter).rows.len()
    }

    /// The first so many rows in words; gives how many there are.
    pub fn window(&self, asked: Asked, rows: u32) -> usize {
        view(&self.core, &self.log, &query(asked), Window { from: 0, count: rows }).rows.rows.len()
    }

    /// Finds what the rules point out, which is marked from then on; `pause` runs between the slices.
    pub fn highlights(&self, mut pause: impl FnMut()) {
        let mut looking = self.core.begin_looking(&self.log, &query(Asked::All).filter);
        while let Step::More = looking.go_on(&self.log) {
            pause();
        }
        looking.end(&self.log);
        pause();
    }

    /// Sessions, each with as many events as it has.
    pub fn sessions(&self) -> usize {
        let arranged = self.arranged(Asked::Sessions);
        let lines = 0..arranged.lines.count(arranged.rows.rows.len());
        lines.filter(|line| !matches!(arranged.lines.at(*line), Some(Line::Day(..)) | None)).count()
    }

    /// Events that are here.
    pub fn len(&self) -> usize {
        self.log.len()
    }

    /// Whether no event is here.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that the events need: their columns, their ids, and what is told twice.
    pub fn memory(&self) -> usize {
        self.log.columns.borrow().memory() + self.log.twins.borrow().memory()
    }

    /// A page, in the order of reading, as a server answers, with the number of its log.
    pub fn json(&self, page: usize) -> Option<(u32, String)> {
        let (log, events, _) = self.made.page(page)?;
        Some((log, serde_json::to_string(&events).ok()?))
    }

    /// What whoever shows the same has to know: names, words, and what is asked.
    pub fn facts(&self) -> String {
        let mut names = Map::new();
        let mut name = |id: String, name: Option<String>| {
            names.insert(id, name.into());
        };
        for row in made::staff() {
            name(row.id.to_string(), row.name.clone());
            name(row.user_id.map(|id| id.to_string()).unwrap_or_default(), row.name);
        }
        let mut links = Map::new();
        for row in made::clients() {
            name(row.id.to_string(), Some(row.organization_name.clone()));
            name(row.organization_id.to_string(), Some(row.organization_name));
            links.insert(row.id.to_string(), row.organization_id.to_string().into());
        }
        for MemberMini { id, user_id, name: called, .. } in (0..made::CLIENTS).flat_map(made::members) {
            name(id.to_string(), called.clone());
            name(user_id.map(|id| id.to_string()).unwrap_or_default(), called);
        }
        let templates =
            EventType::ALL.iter().map(|kind| (kind.number().to_string(), words(*kind).template.into()));
        let slots = SLOTS.iter().filter_map(|(name, field)| {
            let slot = Slot::named(name)?;
            let said = json!({
                "field": field, "noun": slot.noun(), "unnamed": slot.unnamed(), "person": slot.is_person(),
                "bare": slot.needs_no_noun(),
            });
            Some(((*name).to_owned(), said))
        });
        json!({
            "names": names, "links": links, "templates": templates.collect::<Map<_, Value>>(), "slots": slots.collect::<Map<_, _>>(),
            "person": made::staff_account().to_string(), "kind": kind().number(), "text": TEXT,
            "month": [MONTH.0, MONTH.1],
        })
        .to_string()
    }

    fn arranged(&self, asked: Asked) -> Rc<Arranged> {
        arranged(&self.core, &self.log, &query(asked))
    }
}

/// What fills a slot, as servers call it.
const SLOTS: [(&str, &str); 7] = [
    ("staff", "providerUserId"),
    ("member", "organizationUserId"),
    ("client", "providerOrganizationId"),
    ("collection", "collectionId"),
    ("group", "groupId"),
    ("policy", "policyId"),
    ("item", "cipherId"),
];

fn kind() -> EventType {
    EventType::CipherClientViewed
}

fn query(asked: Asked) -> EventsQuery {
    let mut filter =
        EventsFilter::between(EventsOf::Portfolio(made::provider()), Moment(NOW - 2 * YEAR_MS), Moment(NOW));
    match asked {
        Asked::All | Asked::Sessions => {}
        Asked::Person => {
            filter.only = EventConditions { people: vec![made::staff_account()], ..Default::default() };
        }
        Asked::Kind => filter.only = EventConditions { kinds: vec![kind().number()], ..Default::default() },
        Asked::Text => filter.search = TEXT.to_owned(),
        Asked::Zoomed => (filter.from, filter.to) = (Moment(MONTH.0), Moment(MONTH.1)),
    }
    let grouping = if asked == Asked::Sessions { EventGrouping::Sessions } else { EventGrouping::Days };
    EventsQuery { grouping, ..EventsQuery::by_day(filter) }
}

/// A core that knows staff, clients and members, and has nobody to ask.
fn core() -> Rc<Core> {
    let core = Core::new(Rc::new(Nowhere));
    let people = made::staff().into_iter().map(Person::from).collect();
    core.staff(made::provider()).replace(List { people });
    core.stores.of::<Clients>(made::provider()).replace(Rc::new(Table::of(&made::clients())));
    for client in 0..made::CLIENTS {
        if let EventsOf::Client(within) = made::source(client + 1) {
            core.note_members(within.organization, &made::members(client));
        }
    }
    core
}

fn new_log() -> Rc<Log> {
    let range = Range::of(&query(Asked::All).filter);
    let log = Log::new(EventsOf::Portfolio(made::provider()), range, NOW);
    (1..=made::CLIENTS).for_each(|client| log.add_reader(made::source(client)));
    Rc::new(log)
}
