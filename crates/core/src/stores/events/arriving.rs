//! What comes from the server, and where it is put.

use portal_bridge::EventsOf;
use portal_wire::Event;

use super::{
    Log, Range,
    columns::Columns,
    extent::Source,
    names::Book,
    reader::{Head, Reader},
    twins::Twins,
};

/// Putting what came in order may take one part of so many of the time.
const ARRANGING_SHARE: i64 = 6;

impl Log {
    /// Takes a page of one of its logs over.
    pub(super) fn take(
        &self,
        reader: &Reader,
        part: Range,
        used: Option<&str>,
        page: Vec<Event>,
        token: Option<String>,
    ) {
        let fresh = reader.take(self.range.get(), part, used, page, token);
        self.add(reader, &fresh);
    }

    fn add(&self, reader: &Reader, events: &[Event]) {
        let place = self.readers.borrow().iter().position(|known| std::ptr::eq(&**known, reader));
        // One that was given up meanwhile has no place here.
        let Some(number) = place.and_then(|place| u32::try_from(place).ok()) else { return };
        let mut columns = self.columns.borrow_mut();
        events.iter().for_each(|event| columns.push(number, event));
    }

    /// Puts what came since in order, if that is worth it yet, and finds what is told twice; `tell_time` tells the time.
    pub(super) fn settle(&self, renamed: bool, tell_time: &dyn Fn() -> i64) {
        let mut columns = self.columns.borrow_mut();
        if columns.len() == columns.received() {
            // Which client a link belongs to may be known only now.
            if renamed && self.source.is_many() {
                *self.twins.borrow_mut() = Twins::find(&columns, &self.book.borrow());
            }
            return;
        }
        let begun = tell_time();
        let whole = !self.is_loading();
        if self.source.is_many() && columns.len() > 0 && begun < self.arrange_at.get() && !whole {
            return;
        }
        columns.arrange();
        if self.source.is_many() {
            *self.twins.borrow_mut() = Twins::find(&columns, &self.book.borrow());
        }
        drop(columns);
        let ended = tell_time();
        self.arrange_at.set(ended + (ended - begun) * ARRANGING_SHARE);
        self.cache.borrow_mut().clear();
        self.highlights.borrow_mut().outdate();
    }

    /// From when on events of one of its logs are to be read again to learn what happened since.
    pub(super) fn head(&self, reader: &Reader, now: i64) -> Head {
        reader.head(self.range.get(), now)
    }

    /// Takes over what happened since in one of its logs: what is here already is not added again.
    pub(super) fn take_head(&self, reader: &Reader, part: Range, events: Vec<Event>, now: i64) {
        let fresh = self.unknown(reader, part, events);
        reader.note(&fresh);
        reader.head_read_at.set(now);
        self.add(reader, &fresh);
        let range = self.range.get();
        self.range.set(Range { to: range.to.max(part.to), ..range });
    }

    /// Those of the events of a part that are not here.
    fn unknown(&self, reader: &Reader, part: Range, events: Vec<Event>) -> Vec<Event> {
        let columns = self.columns.borrow();
        let number = self.readers.borrow().iter().position(|known| std::ptr::eq(&**known, reader));
        let mut known: Vec<Event> = columns
            .within(part.from, i64::MAX)
            .chain(columns.len()..columns.received())
            .filter(|row| columns.sources.get(*row).map(|log| *log as usize) == number)
            .filter_map(|row| columns.event(row))
            .collect();
        let mut fresh = events;
        fresh.retain(|event| {
            let event = reader.of.completed(event);
            let twin = known.iter().position(|one| *one == event);
            twin.map(|twin| known.swap_remove(twin)).is_none()
        });
        fresh
    }

    /// Forgets everything and begins again.
    pub(super) fn restart(&self, now: i64) {
        let logs: Vec<EventsOf> = self.readers.take().iter().map(|reader| reader.of).collect();
        *self.columns.borrow_mut() = Columns::default();
        *self.book.borrow_mut() = Book::default();
        *self.twins.borrow_mut() = Twins::default();
        self.begun_at.set(now);
        logs.into_iter().for_each(|of| self.add_reader(of));
        self.forget_results();
    }
}
