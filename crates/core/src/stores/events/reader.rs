use std::cell::{Cell, RefCell};

use portal_bridge::{EventsOf, Problem};
use portal_wire::Event;

use super::log::Range;
use crate::sort::sort_by;

/// How far one log of the server is read: page by page, newest first, in parts no longer than a server takes.
pub(super) struct Reader {
    pub(super) of: EventsOf,
    cursor: RefCell<Cursor>,
    /// The events of the oldest moment that was read: the next page may repeat them.
    border: RefCell<Vec<Event>>,
    /// The oldest moment down to which everything is here.
    reached: Cell<i64>,
    /// Somebody is reading it.
    pub(super) busy: Cell<bool>,
    /// Nothing is to be had there, so that nothing is asked for.
    pub(super) closed: Cell<bool>,
    /// Why it could not be read on.
    gap: RefCell<Option<Problem>>,
    /// Moments of which the server hands out no more than a page, the oldest first.
    crowded: RefCell<Vec<i64>>,
    /// When its newest end was read. Only a range that reached the present then can get newer events.
    pub(super) head_read_at: Cell<i64>,
    /// Its newest event.
    pub(super) newest: Cell<Option<i64>>,
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
pub(super) const LONGEST_PART_MS: i64 = 366 * 86_400_000;

impl Reader {
    pub(super) fn new(of: EventsOf, range: Range, now: i64) -> Self {
        Self {
            of,
            cursor: RefCell::new(Cursor::Next { part: newest_part(range), token: None }),
            border: RefCell::default(),
            reached: Cell::new(i64::MAX),
            busy: Cell::default(),
            closed: Cell::default(),
            gap: RefCell::default(),
            crowded: RefCell::default(),
            head_read_at: Cell::new(now),
            newest: Cell::default(),
        }
    }

    /// The part to read next, with its token; nothing when all is read or nothing more can be.
    pub(super) fn next(&self) -> Option<(Range, Option<String>)> {
        match &*self.cursor.borrow() {
            Cursor::Next { part, token } if self.gap.borrow().is_none() => Some((*part, token.clone())),
            _ => None,
        }
    }

    /// Whether anything is left that can be read.
    pub(super) fn goes_on(&self) -> bool {
        !self.is_read() && self.gap.borrow().is_none()
    }

    /// Whether everything back to a moment is here.
    pub(super) fn reaches(&self, moment: i64) -> bool {
        self.is_read() || self.reached.get() < moment
    }

    /// The oldest moment from which everything is here; the end of time if nothing is.
    pub(super) fn reached(&self) -> i64 {
        if self.is_read() { i64::MIN } else { self.reached.get() }
    }

    pub(super) fn is_read(&self) -> bool {
        self.closed.get() || matches!(*self.cursor.borrow(), Cursor::End)
    }

    /// Why it cannot be read on.
    pub(super) fn gap(&self) -> Option<Problem> {
        self.gap.borrow().clone()
    }

    pub(super) fn set_gap(&self, gap: Option<Problem>) {
        *self.gap.borrow_mut() = gap;
    }

    /// A page of this moment leads back to itself: whatever more the server has of it cannot be read.
    pub(super) fn note_crowded(&self, moment: i64) {
        let mut crowded = self.crowded.borrow_mut();
        if let Err(place) = crowded.binary_search(&moment) {
            crowded.insert(place, moment);
        }
    }

    /// The newest moment of a range of which something may be missing, and how many more there are.
    pub(super) fn crowded(&self, range: Range) -> Option<(i64, usize)> {
        let crowded = self.crowded.borrow();
        let until = crowded.partition_point(|moment| *moment <= range.to);
        let (newest, older) = crowded.get(..until)?.split_last()?;
        (*newest >= range.from)
            .then(|| (*newest, older.iter().filter(|moment| **moment >= range.from).count()))
    }

    /// Takes a page over and goes on behind it: what of it is new, newest first. `range` is what is wanted of this log.
    pub(super) fn take(
        &self,
        range: Range,
        part: Range,
        used: Option<&str>,
        mut page: Vec<Event>,
        token: Option<String>,
    ) -> Vec<Event> {
        if !page.is_sorted_by_key(|event| std::cmp::Reverse(event.date)) {
            sort_by(&mut page, |one, other| other.date.cmp(&one.date));
        }
        let had_any = !page.is_empty();
        let fresh = self.without_repeats(page);
        // A token that does not lead on would be followed for ever.
        let leads_on =
            token.is_some() && token.as_deref() != used && !(!had_any || fresh.is_empty() && used.is_some());
        let crowded = self.oldest().filter(|_| had_any && token.is_some() && !leads_on);
        if let Some(moment) = crowded {
            self.note_crowded(moment);
        }
        let cursor = if leads_on {
            Cursor::Next { part, token }
        } else if let Some(older) = crowded.and_then(|moment| older_than(part, moment)) {
            Cursor::Next { part: older, token: None }
        } else if part.from > range.from {
            self.reached.set(self.reached.get().min(part.from + 1));
            let rest = Range { from: range.from, to: part.from };
            Cursor::Next { part: newest_part(rest), token: None }
        } else {
            Cursor::End
        };
        *self.cursor.borrow_mut() = cursor;
        fresh
    }

    /// More of it is wanted than was: from an earlier moment on.
    pub(super) fn extend(&self, before: Range, from: i64) {
        self.cursor.replace_with(|cursor| match cursor {
            Cursor::End => {
                self.reached.set(self.reached.get().min(before.from + 1));
                let rest = Range { from, to: before.from };
                Cursor::Next { part: newest_part(rest), token: None }
            }
            next => next.clone(),
        });
    }

    /// From when on events are to be read again to learn what happened since.
    pub(super) fn head(&self, range: Range, now: i64) -> Head {
        /// Events may be written a little later than they happened.
        const OVERLAP_MS: i64 = 120_000;
        if range.to < self.head_read_at.get() {
            return Head::Past;
        }
        let newest = match self.newest.get() {
            Some(newest) => newest,
            // Nothing happened up to when it was read, if it was.
            None if self.is_read() => self.head_read_at.get(),
            None => return Head::Everything,
        };
        if now - newest >= LONGEST_PART_MS - OVERLAP_MS {
            return Head::Everything;
        }
        let from = newest.min(now).saturating_sub(OVERLAP_MS).max(range.from);
        Head::Since(Range { from, to: range.to.max(now).min(from + LONGEST_PART_MS) })
    }

    /// Events were added; notes what the newest and the oldest of them mean.
    pub(super) fn note(&self, events: &[Event]) {
        if let Some(newest) = events.iter().map(|event| event.date.0).max() {
            self.newest.set(Some(self.newest.get().map_or(newest, |known| known.max(newest))));
        }
    }

    /// The date of the events that were read last.
    fn oldest(&self) -> Option<i64> {
        Some(self.border.borrow().first()?.date.0)
    }

    /// The events of a page without those that the ones before them repeat: pages and windows overlap on some servers where
    /// events have one date.
    fn without_repeats(&self, page: Vec<Event>) -> Vec<Event> {
        let mut border = self.border.borrow_mut();
        let at = border.first().map(|event| event.date);
        let mut unmatched = border.clone();
        let fresh: Vec<Event> = page
            .into_iter()
            .filter(|event| {
                let twin = if Some(event.date) == at {
                    unmatched.iter().position(|known| known == event)
                } else {
                    None
                };
                twin.map(|twin| unmatched.swap_remove(twin)).is_none()
            })
            .collect();
        if let Some(oldest) = fresh.last().map(|event| event.date) {
            if at != Some(oldest) {
                border.clear();
            }
            border.extend(fresh.iter().filter(|event| event.date == oldest).cloned());
            self.reached.set(self.reached.get().min(oldest.0));
        }
        self.note(&fresh);
        fresh
    }
}

/// What of a part is older than an instant. More may happen in one instant than a page holds, and then no request leads to the
/// rest of it on some servers; this leads past it.
pub(super) fn older_than(part: Range, instant: i64) -> Option<Range> {
    let to = instant - 1;
    (part.from <= to && to < part.to).then_some(Range { to, ..part })
}

/// The newest part of a range that a server takes.
fn newest_part(range: Range) -> Range {
    Range { from: range.from.max(range.to - LONGEST_PART_MS), to: range.to }
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
