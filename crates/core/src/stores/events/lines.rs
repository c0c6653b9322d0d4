//! Events arranged in the lines of a list.

use portal_bridge::{Moment, OrganizationId, SessionId, UserId};

use super::{
    clock::Clock,
    columns::{Columns, NOBODY},
    ids::Class,
    names::Book,
    twins::Twins,
};

/// The lines of a list: the days with the events of each; or the days with the sessions of each, and the events of those
/// that are unfolded.
#[derive(Default)]
pub(super) struct Lines {
    days: Vec<Day>,
    /// The events in the order they are shown in; those of a session stand together.
    rows: Option<Sessions>,
}

/// What one line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A day that begins at this moment and has so many events.
    Day(i64, u32),
    /// The session of this number.
    Session(usize),
    /// The event at this place among those found, and whether it stands within a session.
    Event(usize, bool),
}

/// A day on which something happened.
#[derive(Debug)]
struct Day {
    start: i64,
    /// The place of its first event among those found.
    first: usize,
    count: usize,
}

/// What one person did in one place at a stretch, newest first.
#[derive(Debug)]
pub(super) struct Session {
    /// Number of the person's id.
    pub(super) person: u32,
    /// Number of the client's id.
    pub(super) place: u32,
    pub(super) ended: i64,
    pub(super) began: i64,
    /// Where its events stand in [`Sessions::places`].
    start: usize,
    pub(super) count: usize,
}

/// What was done at a stretch.
#[derive(Default)]
struct Sessions {
    list: Vec<Session>,
    /// Places of events among those found, session by session.
    places: Vec<u32>,
    lines: Vec<Line>,
}

/// A session ends when its person does nothing in its place for longer than this. In milliseconds.
pub(super) const SESSION_MS: i64 = 1_800_000;

impl Lines {
    pub(super) fn by_day(columns: &Columns, clock: Clock<'_>, rows: &[u32]) -> Self {
        Self { days: days(columns, clock, rows), rows: None }
    }

    pub(super) fn by_session(
        columns: &Columns,
        book: &Book,
        twins: &Twins,
        clock: Clock<'_>,
        rows: &[u32],
        unfolded: &[SessionId],
    ) -> Self {
        let (list, places) = sessions(columns, book, twins, rows);
        let days = days(columns, clock, rows);
        let mut lines = Vec::with_capacity(list.len() + days.len());
        let mut next_day = days.iter();
        let mut day = None::<&Day>;
        for (number, session) in list.iter().enumerate() {
            if day.is_none_or(|day| session.ended < day.start) {
                day = next_day.find(|day| day.start <= session.ended);
                if let Some(day) = day {
                    lines.push(Line::Day(day.start, u32::try_from(day.count).unwrap_or(u32::MAX)));
                }
            }
            let of_session = places.get(session.start..session.start + session.count).unwrap_or_default();
            match of_session {
                [single] => lines.push(Line::Event(*single as usize, false)),
                more => {
                    lines.push(Line::Session(number));
                    if !unfolded.is_empty() && unfolded.contains(&session.id(columns)) {
                        lines.extend(more.iter().map(|place| Line::Event(*place as usize, true)));
                    }
                }
            }
        }
        Self { days, rows: Some(Sessions { list, places, lines }) }
    }

    /// How many lines there are for so many events.
    pub(super) fn count(&self, events: usize) -> usize {
        match &self.rows {
            Some(sessions) => sessions.lines.len(),
            None => events + self.days.len(),
        }
    }

    /// What a line shows.
    pub(super) fn at(&self, line: usize) -> Option<Line> {
        if let Some(sessions) = &self.rows {
            return sessions.lines.get(line).copied();
        }
        // Before a day's events stand the headings of the days up to it.
        let mut known = 0;
        let mut past = self.days.len();
        while known < past {
            let middle = known + (past - known) / 2;
            if self.days.get(middle).is_some_and(|day| day.first + middle <= line) {
                known = middle + 1;
            } else {
                past = middle;
            }
        }
        let number = known.checked_sub(1)?;
        let day = self.days.get(number)?;
        let count = u32::try_from(day.count).unwrap_or(u32::MAX);
        match line - (day.first + number) {
            0 => Some(Line::Day(day.start, count)),
            after => Some(Line::Event(day.first + after - 1, false)),
        }
    }

    /// A session, with the places of its events among those found.
    pub(super) fn session(&self, number: usize) -> Option<(&Session, &[u32])> {
        let sessions = self.rows.as_ref()?;
        let session = sessions.list.get(number)?;
        Some((session, sessions.places.get(session.start..session.start + session.count)?))
    }
}

impl Session {
    /// What tells it from others.
    pub(super) fn id(&self, columns: &Columns) -> SessionId {
        let id = |number: u32, class: Class| {
            columns.ids.get(number).filter(|(known, _)| *known == class).map(|(_, id)| id)
        };
        SessionId {
            person: id(self.person, Class::User).map(UserId),
            client: id(self.place, Class::Organization).map(OrganizationId),
            ended: Moment(self.ended),
        }
    }
}

/// The days on which something happened, the newest first.
fn days(columns: &Columns, clock: Clock<'_>, rows: &[u32]) -> Vec<Day> {
    let mut days = Vec::new();
    let mut first = 0;
    while let Some(row) = rows.get(first) {
        let date = columns.dates.get(*row as usize).copied().unwrap_or_default();
        let start = clock.start_of(clock.day_of(date)).min(date);
        let rest = rows.get(first..).unwrap_or_default();
        let count = count_since(columns, rest, start).max(1);
        days.push(Day { start, first, count });
        first += count;
    }
    days
}

/// How many of rows, newest first, happened at a moment or after it: looked for near the start, since a day is short.
fn count_since(columns: &Columns, rows: &[u32], moment: i64) -> usize {
    let since = |row: &u32| columns.dates.get(*row as usize).is_some_and(|date| *date >= moment);
    let mut near = 1;
    while rows.get(near).is_some_and(since) {
        near *= 2;
    }
    let from = near / 2;
    from + rows.get(from..rows.len().min(near)).unwrap_or_default().partition_point(since)
}

/// What was done at a stretch, the last first; and the places of its events among those found, session by session.
fn sessions(columns: &Columns, book: &Book, twins: &Twins, rows: &[u32]) -> (Vec<Session>, Vec<u32>) {
    /// A session that may still go on, to the past, and the one of the same person that was begun before it.
    struct Open {
        session: u32,
        before: u32,
    }
    let mut list: Vec<Session> = Vec::new();
    let mut of_row: Vec<u32> = Vec::with_capacity(rows.len());
    let mut open: Vec<Open> = Vec::new();
    // By number of the person; whoever has none has the last place.
    let mut newest: Vec<u32> = vec![NOBODY; columns.ids.len() + 1];
    for number in rows {
        let row = *number as usize;
        let date = columns.dates.get(row).copied().unwrap_or_default();
        let person = columns.who(row);
        let place = twins.place_of(columns, book, *number);
        let slot = (person as usize).min(columns.ids.len());
        let first = newest.get(slot).copied().unwrap_or(NOBODY);
        let mut at = first;
        let mut later = NOBODY;
        let mut found = None;
        while let Some(entry) = open.get(at as usize) {
            let Some(session) = list.get(entry.session as usize) else { break };
            if session.place == place {
                found = (session.began - date <= SESSION_MS).then_some(entry.session);
                break;
            }
            later = at;
            at = entry.before;
        }
        // Who goes on in a place goes on there for a while: it comes first from now on.
        if later != NOBODY
            && let Some(entry) = open.get_mut(at as usize)
        {
            let before = std::mem::replace(&mut entry.before, first);
            if let Some(later) = open.get_mut(later as usize) {
                later.before = before;
            }
            if let Some(slot) = newest.get_mut(slot) {
                *slot = at;
            }
        }
        match found {
            Some(number) => {
                if let Some(session) = list.get_mut(number as usize) {
                    session.began = date;
                    session.count += 1;
                }
                of_row.push(number);
            }
            None => {
                let number = u32::try_from(list.len()).unwrap_or(NOBODY);
                list.push(Session { person, place, ended: date, began: date, start: 0, count: 1 });
                of_row.push(number);
                // What this person began in this place before is over.
                match open.get_mut(at as usize) {
                    Some(entry) => entry.session = number,
                    None => {
                        if let Some(slot) = newest.get_mut(slot) {
                            *slot = u32::try_from(open.len()).unwrap_or(NOBODY);
                        }
                        open.push(Open { session: number, before: first });
                    }
                }
            }
        }
    }
    let mut start = 0;
    for session in &mut list {
        session.start = start;
        start += session.count;
    }
    let mut filled: Vec<u32> =
        list.iter().map(|session| u32::try_from(session.start).unwrap_or(NOBODY)).collect();
    let mut places = vec![0_u32; rows.len()];
    for (place, number) in of_row.iter().enumerate() {
        let Some(next) = filled.get_mut(*number as usize) else { continue };
        if let Some(slot) = places.get_mut(*next as usize) {
            *slot = u32::try_from(place).unwrap_or(NOBODY);
        }
        *next += 1;
    }
    (list, places)
}
