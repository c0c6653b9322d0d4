use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use portal_bridge::{EventsOf, EventsQuery, ListState, Problem, Window};
use portal_wire::Event;

use super::{columns::Columns, names::Book, view::Found};
use crate::sort::sort_by;

/// From one moment to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// The events of a range, as far as they are read.
pub(crate) struct Log {
    pub(super) source: EventsOf,
    pub(super) columns: RefCell<Columns>,
    pub(super) book: RefCell<Book>,
    range: Cell<Range>,
    /// When its newest end was read. Only a range that reached the present then can get newer events.
    head_read_at: Cell<i64>,
    cursor: RefCell<Cursor>,
    /// Reading goes on until there are so many, or they go back to this moment.
    wanted: Cell<(usize, i64)>,
    loading: Cell<bool>,
    failure: RefCell<Option<Problem>>,
    failed_at: Cell<i64>,
    /// When it was last tried to learn what happened since.
    head_tried_at: Cell<i64>,
    /// The last asking that fetched more, so that the same asking does not fetch ever more.
    pushed_by: RefCell<Option<(EventsQuery, Window)>>,
    pub(super) results: RefCell<Vec<(EventsQuery, Rc<Found>)>>,
}

/// Where reading goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    /// In this part of the range, after the page that gave the token.
    Next { part: Range, token: Option<String> },
    /// Nothing is left.
    End,
}

/// Servers take ranges of up to 367 days.
const LONGEST_PART_MS: i64 = 366 * 86_400_000;
/// There are no events from before Bitwarden: the start of 2015.
const EARLIEST: i64 = 1_420_070_400_000;
/// The start of the year 9000, to stay clear of the end of time.
const LATEST: i64 = 221_845_392_000_000;
/// Read without being asked for.
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
const MOST: usize = 1_000_000;

impl Range {
    pub(crate) fn of(query: &EventsQuery) -> Self {
        let (one, other) = (query.from.0, query.to.0);
        let within = |moment: i64| moment.clamp(EARLIEST, LATEST);
        Self { from: within(one.min(other)), to: within(one.max(other)) }
    }

    /// The newest part of it that a server takes.
    fn newest_part(self) -> Self {
        Self { from: self.from.max(self.to - LONGEST_PART_MS), to: self.to }
    }
}

impl Log {
    pub(super) fn new(source: EventsOf, range: Range, now: i64) -> Self {
        Self {
            source,
            columns: RefCell::new(Columns::new(source)),
            book: RefCell::default(),
            range: Cell::new(range),
            head_read_at: Cell::new(now),
            cursor: RefCell::new(Cursor::Next { part: range.newest_part(), token: None }),
            wanted: Cell::new((FIRST, range.from)),
            loading: Cell::default(),
            failure: RefCell::default(),
            failed_at: Cell::new(i64::MIN),
            head_tried_at: Cell::new(now),
            pushed_by: RefCell::default(),
            results: RefCell::default(),
        }
    }

    /// Whether this log has the range, or was made to read on towards it.
    pub(super) fn extend_to(&self, wanted: Range) -> bool {
        let range = self.range.get();
        // Beyond the present there was nothing to read.
        if wanted.to > range.to && range.to < self.head_read_at.get() {
            return false;
        }
        let read_to = match &*self.cursor.borrow() {
            Cursor::End => range.from,
            Cursor::Next { part, .. } => self.columns.borrow().oldest().unwrap_or(part.to).min(part.to),
        };
        if wanted.to < read_to {
            return false;
        }
        if wanted.from < range.from {
            self.cursor.replace_with(|cursor| match cursor {
                Cursor::End => {
                    let rest = Range { from: wanted.from, to: range.from };
                    Cursor::Next { part: rest.newest_part(), token: None }
                }
                next => next.clone(),
            });
        }
        self.range.set(Range { from: range.from.min(wanted.from), to: range.to.max(wanted.to) });
        true
    }

    /// A window was asked for: reads more if it comes near the end of what is there. Whether to start reading.
    pub(super) fn ask(&self, query: &EventsQuery, window: Window, matched: u32, now: i64) -> bool {
        let range = Range::of(query);
        let (count, back_to) = self.wanted.get();
        self.wanted.set((count, back_to.min(range.from)));
        let filtered = query.staff.is_some() || query.category.is_some() || !query.search.trim().is_empty();
        let near = window.from.saturating_add(window.count).saturating_add(NEAR) >= matched;
        // What a filter leaves may be short whatever is read: only who scrolls through it wants more.
        let pushes = near && (!filtered || window.from > 0) && self.len() >= count;
        let asking = Some((query.clone(), window));
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

    /// Whether it is time to learn what happened since.
    pub(super) fn is_stale(&self, now: i64) -> bool {
        let live = self.range.get().to >= self.head_read_at.get();
        let due = now.saturating_sub(self.head_tried_at.get()) > STALE_MS;
        if live && due {
            self.head_tried_at.set(now);
        }
        live && due
    }

    /// Reads all of a range from now on.
    pub(crate) fn want_all(&self, range: Range) {
        self.wanted.set((MOST, self.wanted.get().1.min(range.from)));
    }

    /// Reads no more than there is.
    pub(crate) fn want_no_more(&self) {
        self.wanted.set((self.len(), self.wanted.get().1));
    }

    /// Whether reading is to go on now.
    pub(super) fn has_more_to_read(&self) -> bool {
        let (count, back_to) = self.wanted.get();
        !self.is_read() && self.len() < count.min(MOST) && !self.reaches(back_to)
    }

    /// Whether everything of a range is here.
    pub(crate) fn has_all_of(&self, range: Range) -> bool {
        self.is_read() || self.reaches(range.from) || self.len() >= MOST
    }

    /// How much of a range was gone through, in thousandths.
    pub(crate) fn progress(&self, range: Range) -> u32 {
        if self.has_all_of(range) {
            return 1_000;
        }
        let to = range.to.min(self.head_read_at.get()).max(range.from + 1);
        let read_to = self.columns.borrow().oldest().unwrap_or(to).clamp(range.from, to);
        u32::try_from((to - read_to).saturating_mul(1_000) / (to - range.from)).unwrap_or(0)
    }

    /// How far a range is read, for the tab.
    pub(crate) fn state(&self, range: Range) -> ListState {
        let received = u32::try_from(self.len()).unwrap_or(u32::MAX);
        if let Some(problem) = &*self.failure.borrow() {
            ListState::Failed(problem.clone())
        } else if self.has_all_of(range) {
            ListState::Complete
        } else if received == 0 {
            ListState::Loading { received }
        } else {
            ListState::Partial { received, loading: self.loading.get() }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.columns.borrow().len()
    }

    /// The part to read next, with its token.
    pub(super) fn next(&self) -> Option<(Range, Option<String>)> {
        match &*self.cursor.borrow() {
            Cursor::Next { part, token } => Some((*part, token.clone())),
            Cursor::End => None,
        }
    }

    /// Takes a page over and goes on behind it.
    pub(super) fn take(&self, part: Range, used: Option<&str>, mut page: Vec<Event>, token: Option<String>) {
        sort_by(&mut page, |one, other| other.date.cmp(&one.date));
        let new = self.columns.borrow_mut().append(&page);
        self.forget_results();
        // A token that does not lead on would be followed for ever.
        let leads_on =
            token.is_some() && token.as_deref() != used && !(page.is_empty() || new == 0 && used.is_some());
        let range = self.range.get();
        *self.cursor.borrow_mut() = if leads_on {
            Cursor::Next { part, token }
        } else if part.from > range.from {
            let rest = Range { from: range.from, to: part.from };
            Cursor::Next { part: rest.newest_part(), token: None }
        } else {
            Cursor::End
        };
    }

    /// From when on events are to be read again to learn what happened since; `None` if that is all of them, or nothing.
    pub(super) fn head(&self, now: i64) -> Head {
        /// Events may be written a little later than they happened.
        const OVERLAP_MS: i64 = 120_000;
        let range = self.range.get();
        if range.to < self.head_read_at.get() {
            return Head::Past;
        }
        match self.columns.borrow().newest() {
            Some(newest) if now - newest < LONGEST_PART_MS - OVERLAP_MS => {
                let from = newest.min(now).saturating_sub(OVERLAP_MS).max(range.from);
                Head::Since(Range { from, to: range.to.max(now).min(from + LONGEST_PART_MS) })
            }
            _ => Head::Everything,
        }
    }

    /// Takes over what happened since.
    pub(super) fn take_head(&self, part: Range, mut events: Vec<Event>, now: i64) {
        sort_by(&mut events, |one, other| other.date.cmp(&one.date));
        self.columns.borrow_mut().replace_newest(part.from, &events);
        self.head_read_at.set(now);
        let range = self.range.get();
        self.range.set(Range { to: range.to.max(part.to), ..range });
        self.forget_results();
    }

    /// Forgets everything and begins again.
    pub(super) fn restart(&self, now: i64) {
        let range = self.range.get();
        *self.columns.borrow_mut() = Columns::new(self.source);
        *self.book.borrow_mut() = Book::default();
        *self.cursor.borrow_mut() = Cursor::Next { part: range.newest_part(), token: None };
        self.head_read_at.set(now);
        self.forget_results();
    }

    pub(super) fn forget_results(&self) {
        self.results.borrow_mut().clear();
    }

    pub(crate) fn is_loading(&self) -> bool {
        self.loading.get()
    }

    /// Whether somebody began before.
    pub(super) fn begin(&self) -> bool {
        self.loading.replace(true)
    }

    pub(super) fn end(&self, failure: Option<Problem>, now: i64) {
        self.loading.set(false);
        self.failed_at.set(now);
        *self.failure.borrow_mut() = failure;
    }

    /// Why the last reading ended too early.
    pub(crate) fn failure(&self) -> Option<Problem> {
        self.failure.borrow().clone()
    }

    pub(crate) fn forgive(&self) {
        *self.failure.borrow_mut() = None;
    }

    fn is_read(&self) -> bool {
        *self.cursor.borrow() == Cursor::End
    }

    fn reaches(&self, moment: i64) -> bool {
        self.columns.borrow().oldest().is_some_and(|oldest| oldest < moment)
    }
}

/// What is to be read to learn what happened since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// The range ended before it was read.
    Past,
    /// This part.
    Since(Range),
    /// All of it.
    Everything,
}
