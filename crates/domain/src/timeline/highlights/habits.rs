use portal_wire::EventType;

use super::{
    EVENTS_EACH, Facts, HABIT_DAYS, HABIT_MARGIN, HABIT_SHARE, HISTORY_DAYS, HISTORY_EVENTS, NONE,
    SITTING_MS, Seen, VISITS, VISITS_MS,
    numbers::{Numbers, pair},
};

/// What is usual for one person.
pub(super) struct Habits {
    pub(super) events: u32,
    days: u32,
    day: i64,
    /// The hours of that day in which there was something, a bit for each.
    hours: u32,
    /// On how many days there was something, by hour.
    by_hour: [u16; 24],
    last: i64,
    pub(super) last_row: u32,
    /// The sitting that goes on has been called unusual.
    told: bool,
    pub(super) addresses: Used,
    pub(super) devices: Used,
    places: Used,
    visits: u32,
    first_visit: i64,
    last_visit: i64,
    /// Places in the lists of bursts.
    pub(super) bursts: [u32; 3],
}

/// How many different ones somebody has used, and the last of them.
#[derive(Clone, Copy)]
pub(super) struct Used {
    pub(super) count: u32,
    pub(super) last: u32,
}

/// A moment where the reader is.
#[derive(Clone, Copy)]
pub(super) struct Local {
    day: i64,
    /// Since midnight.
    minute: u16,
}

impl Local {
    /// `minutes` is how far the reader's clocks are ahead of UTC.
    pub(super) fn new(date: i64, minutes: i32) -> Self {
        let minutes = date.div_euclid(60_000).saturating_add(i64::from(minutes));
        // Less than a day.
        Self { day: minutes.div_euclid(1_440), minute: minutes.rem_euclid(1_440) as u16 }
    }

    fn hour(self) -> u32 {
        u32::from(self.minute / 60)
    }
}

impl Habits {
    pub(super) fn new() -> Self {
        let none = Used { count: 0, last: NONE };
        Self {
            events: 0,
            days: 0,
            day: i64::MIN,
            hours: 0,
            by_hour: [0; 24],
            last: i64::MIN,
            last_row: NONE,
            told: false,
            addresses: none,
            devices: none,
            places: none,
            visits: 0,
            first_visit: 0,
            last_visit: i64::MIN,
            bursts: [NONE; 3],
        }
    }

    /// Whether one more address or device would be out of the ordinary.
    pub(super) fn is_settled(&self, known: u32) -> bool {
        self.events >= HISTORY_EVENTS
            && self.days >= HISTORY_DAYS
            && known > 0
            && known.saturating_mul(EVENTS_EACH) <= self.events
    }

    /// Whether this is when the person usually is not active; said once in a sitting.
    pub(super) fn unusual_hour(&mut self, date: i64, now: Local) -> Option<Facts> {
        if date.abs_diff(self.last) > SITTING_MS {
            self.told = false;
        }
        let (from, to) = self.unusual(now).filter(|_| !self.told)?;
        self.told = true;
        Some(Facts::UnusualHour { minute: now.minute, from, to })
    }

    /// Whether this begins a visit to a client: going on with the last one does not.
    pub(super) fn is_visit(&mut self, seen: &Seen) -> bool {
        let entered = matches!(
            seen.kind,
            EventType::OrganizationVaultAccessed | EventType::ProviderOrganizationVaultAccessed
        );
        if !entered || !seen.is_staff || seen.place == NONE {
            return false;
        }
        let goes_on = seen.place == self.places.last && seen.date.abs_diff(self.last_visit) <= SITTING_MS;
        self.last_visit = seen.date;
        !goes_on
    }

    /// Notes a visit, and says if it is the first to that client and out of pattern.
    pub(super) fn visit(&mut self, seen: &Seen, known: &mut Numbers) -> Option<Facts> {
        let (visits, others) = (self.visits, self.places.count);
        if visits == 0 {
            self.first_visit = seen.date;
        }
        self.visits = visits.saturating_add(1);
        self.places.last = seen.place;
        if !known.get_or(pair(seen.actor, seen.place), 0).1 {
            return None;
        }
        self.places.count += 1;
        let settled = visits >= VISITS && seen.date.abs_diff(self.first_visit) >= VISITS_MS;
        settled.then_some(Facts::FirstVisit { place: seen.place, visits, others })
    }

    /// The hours usual for this person, if this is not near one of them: the first, and the end of the last.
    fn unusual(&self, now: Local) -> Option<(u8, u8)> {
        if self.events < HISTORY_EVENTS || self.days < HABIT_DAYS {
            return None;
        }
        let needed = self.days.div_ceil(HABIT_SHARE);
        let mut usual = 0_u32;
        for (hour, days) in self.by_hour.iter().enumerate() {
            usual |= u32::from(u32::from(*days) >= needed) << hour;
        }
        let near = (0..=2 * HABIT_MARGIN).any(|step| {
            let hour = (now.hour() + 24 + step - HABIT_MARGIN) % 24;
            usual >> hour & 1 == 1
        });
        if near || usual == 0 { None } else { span(usual) }
    }

    pub(super) fn learn(&mut self, date: i64, now: Local, row: u32) {
        self.events = self.events.saturating_add(1);
        if now.day != self.day {
            self.day = now.day;
            self.days = self.days.saturating_add(1);
            self.hours = 0;
        }
        let hour = now.hour();
        if self.hours >> hour & 1 == 0 {
            self.hours |= 1 << hour;
            if let Some(days) = self.by_hour.get_mut(hour as usize) {
                *days = days.saturating_add(1);
            }
        }
        self.last = date;
        self.last_row = row;
    }
}

/// The shortest stretch of the clock that holds all these hours: everything but the longest gap between them.
fn span(hours: u32) -> Option<(u8, u8)> {
    let mut longest = 0;
    let mut found = None;
    for from in 0..24_u8 {
        let before = (1..=24_u8).find(|back| hours >> ((from + 24 - back) % 24) & 1 == 1)?;
        if hours >> from & 1 == 1 && before > longest {
            longest = before;
            let last = (from + 24 - before) % 24;
            found = Some((from, last + 1));
        }
    }
    found
}
