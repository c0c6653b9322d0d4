use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use portal_bridge::{EventsFilter, EventsOf, OrganizationId, Problem, Window};

use super::{
    columns::Columns, found::Cache, highlights::Highlights, names::Book, reader::Reader, twins::Twins,
};

/// From one moment to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// The events of a range, as far as they are read: of one log of the server, or of many as one.
pub(crate) struct Log {
    pub(super) source: EventsOf,
    pub(super) columns: RefCell<Columns>,
    pub(super) book: RefCell<Book>,
    pub(super) twins: RefCell<Twins>,
    /// The logs it consists of, by their number.
    pub(super) readers: RefCell<Vec<Rc<Reader>>>,
    pub(super) range: Cell<Range>,
    /// When it was begun.
    pub(super) begun_at: Cell<i64>,
    /// Reading goes on until there are so many, or they go back to this moment.
    pub(super) wanted: Cell<(usize, i64)>,
    pub(super) paused: Cell<bool>,
    /// It is not known yet which logs it consists of.
    pub(super) incomplete: Cell<bool>,
    /// How many are reading now.
    pub(super) reading: Cell<u32>,
    pub(super) failure: RefCell<Option<Problem>>,
    pub(super) failed_at: Cell<i64>,
    /// Whoever reads leaves off, since something failed.
    pub(super) halted: Cell<bool>,
    /// When it was last tried to learn what happened since.
    pub(super) head_tried_at: Cell<i64>,
    /// The last asking that fetched more, so that the same asking does not fetch ever more.
    pub(super) pushed_by: RefCell<Option<(EventsFilter, Window)>>,
    /// When what came is next put in order, so that doing so takes a small part of the time.
    pub(super) arrange_at: Cell<i64>,
    /// The client whose turn it is to be asked what happened since.
    pub(super) turn: Cell<usize>,
    pub(super) cache: RefCell<Cache>,
    pub(super) highlights: RefCell<Highlights>,
}

/// There are no events from before Bitwarden: the start of 2015.
const EARLIEST: i64 = 1_420_070_400_000;
/// The start of the year 9000, to stay clear of the end of time.
const LATEST: i64 = 221_845_392_000_000;
/// Read without being asked for, of one log.
const FIRST: usize = 1_000;
/// Read at once when somebody comes near the end.
const MORE: usize = 500;
/// Near the end.
const NEAR: u32 = 100;
/// After a failure, asking again within this time is answered with the failure: news of it must not cause a storm.
const CALM_MS: i64 = 1_500;
/// What happened since is learnt when somebody looks after this time.
const STALE_MS: i64 = 60_000;
/// Most that a log keeps.
pub(super) const MOST: usize = 1_500_000;

impl Range {
    pub(crate) fn of(filter: &EventsFilter) -> Self {
        let (one, other) = (filter.from.0, filter.to.0);
        let within = |moment: i64| moment.clamp(EARLIEST, LATEST);
        Self { from: within(one.min(other)), to: within(one.max(other)) }
    }
}

impl Log {
    pub(super) fn new(source: EventsOf, range: Range, now: i64) -> Self {
        let log = Self {
            source,
            columns: RefCell::default(),
            book: RefCell::default(),
            twins: RefCell::default(),
            readers: RefCell::default(),
            range: Cell::new(range),
            begun_at: Cell::new(now),
            wanted: Cell::new((if source.is_many() { MOST } else { FIRST }, range.from)),
            paused: Cell::default(),
            incomplete: Cell::new(source.is_many()),
            reading: Cell::default(),
            failure: RefCell::default(),
            failed_at: Cell::new(i64::MIN),
            halted: Cell::default(),
            head_tried_at: Cell::new(now),
            pushed_by: RefCell::default(),
            arrange_at: Cell::new(i64::MIN),
            turn: Cell::default(),
            cache: RefCell::default(),
            highlights: RefCell::default(),
        };
        match source {
            EventsOf::Portfolio(provider) => log.add_reader(EventsOf::Provider(provider)),
            EventsOf::Own => {}
            one => log.add_reader(one),
        }
        log
    }

    /// One more log of the server belongs to it.
    pub(super) fn add_reader(&self, of: EventsOf) {
        self.columns.borrow_mut().add_log(of);
        let reader = Reader::new(of, self.range.get(), self.begun_at.get());
        self.readers.borrow_mut().push(Rc::new(reader));
    }

    /// All its logs are known.
    pub(super) fn complete(&self) {
        self.incomplete.set(false);
    }

    /// Whether this log has the range, or was made to read on towards it.
    pub(super) fn extend_to(&self, wanted: Range) -> bool {
        let range = self.range.get();
        // Beyond the present there was nothing to read.
        if wanted.to > range.to && range.to < self.head_read_at() {
            return false;
        }
        let read_to =
            if self.source.is_many() { range.from } else { self.reached().min(range.to).max(range.from) };
        if wanted.to < read_to {
            return false;
        }
        if wanted.from < range.from {
            self.readers.borrow().iter().for_each(|reader| reader.extend(range, wanted.from));
        }
        self.range.set(Range { from: range.from.min(wanted.from), to: range.to.max(wanted.to) });
        true
    }

    /// A window was asked for: reads more if it comes near the end of what is there. Whether to start reading.
    pub(super) fn ask(&self, filter: &EventsFilter, window: Window, lines: u32, now: i64) -> bool {
        let (count, back_to) = self.wanted.get();
        self.wanted.set((count, back_to.min(Range::of(filter).from)));
        let near = window.from.saturating_add(window.count).saturating_add(NEAR) >= lines;
        // What a filter leaves may be short whatever is read: only who scrolls through it wants more.
        let pushes = near && (filter.is_open() || window.from > 0) && self.len() >= count;
        let asking = Some((filter.clone(), window));
        if pushes && *self.pushed_by.borrow() != asking {
            *self.pushed_by.borrow_mut() = asking;
            self.wanted.set((self.len() + MORE, self.wanted.get().1));
        }
        let calm = self.failure.borrow().is_some() && now.saturating_sub(self.failed_at.get()) < CALM_MS;
        self.has_more_to_read() && !calm
    }

    /// A failure just met does not keep from reading any more.
    pub(super) fn ask_again(&self) {
        self.failed_at.set(i64::MIN);
    }

    /// Whether it is time to learn what happened since. Of many logs, only who asks for it wants that.
    pub(super) fn is_stale(&self, now: i64) -> bool {
        let live = self.range.get().to >= self.head_read_at() && !self.source.is_many();
        let due = now.saturating_sub(self.head_tried_at.get()) > STALE_MS;
        if live && due {
            self.head_tried_at.set(now);
        }
        live && due
    }

    /// Reads all of a range from now on.
    pub(crate) fn want_all(&self, range: Range) {
        self.paused.set(false);
        self.wanted.set((MOST, self.wanted.get().1.min(range.from)));
    }

    /// Reads no more than there is.
    pub(crate) fn want_no_more(&self) {
        self.wanted.set((self.len(), self.wanted.get().1));
    }

    /// Whose events.
    pub(crate) fn source(&self) -> EventsOf {
        self.source
    }

    /// Logs that could not be read are tried again.
    pub(crate) fn close_gaps(&self) {
        self.forgive();
        self.readers.borrow().iter().for_each(|reader| reader.set_gap(None));
    }

    /// Leaves off reading, or goes on.
    pub(crate) fn pause(&self, pause: bool) {
        self.paused.set(pause);
    }

    /// Whether reading is to go on now.
    pub(super) fn has_more_to_read(&self) -> bool {
        let (count, back_to) = self.wanted.get();
        self.len() < count.min(MOST)
            && !self.paused.get()
            && self.readers.borrow().iter().any(|reader| reader.goes_on() && !reader.reaches(back_to))
    }

    /// The log to read on next, which nobody else reads meanwhile: first those of which nothing is here, then the one that
    /// is behind the others, so that the newest events of all come first.
    pub(super) fn next_reader(&self) -> Option<Rc<Reader>> {
        if !self.has_more_to_read() || self.halted.get() {
            return None;
        }
        let back_to = self.wanted.get().1;
        let readers = self.readers.borrow();
        let open = readers
            .iter()
            .filter(|reader| !reader.busy.get() && reader.goes_on() && !reader.reaches(back_to));
        // The first of those that are furthest behind.
        let next = open.rev().max_by_key(|reader| reader.reached());
        next.inspect(|reader| reader.busy.set(true)).cloned()
    }

    /// Events here, those not in order yet among them.
    pub(crate) fn len(&self) -> usize {
        self.columns.borrow().received()
    }

    /// The logs in which what happened since is to be learnt: all, or the provider's and those whose turn it is.
    pub(super) fn to_refresh(&self, live: bool, turn: usize) -> Vec<Rc<Reader>> {
        let readers: Vec<_> =
            self.readers.borrow().iter().filter(|reader| !reader.closed.get()).cloned().collect();
        if !live || !self.source.is_many() || readers.len() <= turn {
            return readers;
        }
        let (mut asked, clients): (Vec<_>, Vec<_>) =
            readers.into_iter().partition(|reader| reader.of.within().is_none());
        let from = self.turn.get() % clients.len().max(1);
        self.turn.set(from + turn);
        asked.extend(clients.iter().cycle().skip(from).take(turn).cloned());
        asked
    }

    /// What was found with other names, or other events, counts no more.
    pub(super) fn forget_results(&self) {
        self.cache.borrow_mut().clear();
        self.highlights.borrow_mut().outdate();
    }

    /// What was arranged before something was pointed out counts no more.
    pub(super) fn forget_arranged(&self) {
        self.cache.borrow_mut().clear();
    }

    pub(crate) fn is_loading(&self) -> bool {
        self.reading.get() > 0
    }

    /// One more reads; whether that is one too many.
    pub(super) fn begin(&self, most: u32) -> bool {
        let free = self.reading.get() < most;
        if self.reading.get() == 0 {
            self.halted.set(false);
        }
        if free {
            self.reading.set(self.reading.get() + 1);
        }
        !free
    }

    /// One reads no more.
    pub(super) fn end(&self, failure: Option<Problem>, now: i64) {
        self.reading.set(self.reading.get().saturating_sub(1));
        let last = self.reading.get() == 0;
        if failure.is_some() || last && !self.halted.get() {
            self.halted.set(failure.is_some());
            self.failed_at.set(now);
            *self.failure.borrow_mut() = failure;
        }
    }

    /// Why the last reading ended too early.
    pub(crate) fn failure(&self) -> Option<Problem> {
        self.failure.borrow().clone()
    }

    pub(crate) fn forgive(&self) {
        *self.failure.borrow_mut() = None;
    }

    /// The client whose log has this number.
    pub(super) fn client_of(&self, log: u32) -> Option<OrganizationId> {
        let readers = self.readers.borrow();
        readers.get(log as usize).and_then(|reader| reader.of.within()).map(|within| within.organization)
    }

    pub(super) fn head_read_at(&self) -> i64 {
        self.readers.borrow().first().map_or(self.begun_at.get(), |reader| reader.head_read_at.get())
    }

    /// The moment from which everything is here, whichever log it stands in.
    pub(super) fn reached(&self) -> i64 {
        self.readers.borrow().iter().map(|reader| reader.reached()).max().unwrap_or(i64::MAX)
    }
}
