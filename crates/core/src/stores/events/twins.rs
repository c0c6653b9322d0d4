//! One thing that several logs tell of: it is shown once.

use portal_wire::EventType;

use super::{
    columns::{Columns, NOBODY},
    names::Book,
};

/// The rows that tell what another row tells.
#[derive(Default)]
pub(super) struct Twins {
    /// By row, one bit each: another row stands for it.
    folded: Vec<u64>,
    /// Those rows with the row that stands for them, by row.
    heads: Vec<(u32, u32)>,
    /// By row, one bit each: it stands for what several clients tell, and happened in none of them.
    nowhere: Vec<u64>,
}

/// The copies of one event are written this close together. In milliseconds.
const APART_MS: i64 = 2_000;

/// What is looked for in another log.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// The same person, device and address at nearly the same time: copies of what happened to an account (10xx), and a
    /// vault opened as provider and client tell it (1903, 1603).
    Near,
    /// The very same record, in a client's log and the provider's (contract §5.4).
    Same,
}

/// What could be told again: who, from where, with what, what kind of thing it is, and which client was opened.
type Key = (u32, u32, u16, i32, u32);

/// One thing, and the records that tell of it so far.
struct Told {
    key: Key,
    head: u32,
    date: i64,
    /// The last of its records among all that were noted.
    last: u32,
    /// What was told before it under the same [`slot`].
    before: u32,
}

/// A record of something, in a log and of a kind; and the record of the same thing before it.
struct Record {
    log: u32,
    kind: u16,
    before: u32,
}

/// What was told lately, without a list of its own for each thing: there are as many as events.
struct Lately {
    /// The last one told, by slot.
    slots: Vec<u32>,
    told: Vec<Told>,
    records: Vec<Record>,
}

/// A power of two. Only what was told within [`APART_MS`] is ever looked at.
const SLOTS: usize = 4_096;

fn slot((who, address, device, class, opened): Key) -> usize {
    let mixed = [address, u32::from(device), class as u32, opened]
        .into_iter()
        .fold(who, |mixed, part| mixed.wrapping_mul(0x9e37_79b1).rotate_left(5) ^ part);
    (mixed.wrapping_mul(0x9e37_79b1) >> 16) as usize & (SLOTS - 1)
}

impl Lately {
    fn new() -> Self {
        Self { slots: vec![NOBODY; SLOTS], told: Vec::new(), records: Vec::new() }
    }

    /// The earliest thing of this key, told close to a date, that fits and that this log does not tell with this kind yet.
    fn find(&self, key: Key, date: i64, log: u32, kind: u16, fits: impl Fn(u32) -> bool) -> Option<usize> {
        let mut found = None;
        let mut at = self.slots.get(slot(key)).copied().unwrap_or(NOBODY) as usize;
        // Rows come newest first, so that behind one that is too far away all are.
        while let Some(told) = self.told.get(at).filter(|told| told.date - date <= APART_MS) {
            if told.key == key && !self.is_told_by(told, log, kind) && fits(told.head) {
                found = Some(at);
            }
            at = told.before as usize;
        }
        found
    }

    fn is_told_by(&self, told: &Told, log: u32, kind: u16) -> bool {
        let mut at = told.last as usize;
        while let Some(record) = self.records.get(at) {
            if (record.log, record.kind) == (log, kind) {
                return true;
            }
            at = record.before as usize;
        }
        false
    }

    /// Notes the first record of something.
    fn add(&mut self, key: Key, head: u32, date: i64, log: u32, kind: u16) {
        let last = self.record(log, kind, NOBODY);
        let next = number_of(self.told.len());
        let Some(slot) = self.slots.get_mut(slot(key)) else { return };
        self.told.push(Told { key, head, date, last, before: std::mem::replace(slot, next) });
    }

    /// Notes another record of something, and gives the row that stands for it.
    fn repeat(&mut self, told: usize, log: u32, kind: u16) -> Option<u32> {
        let before = self.told.get(told)?.last;
        let last = self.record(log, kind, before);
        let told = self.told.get_mut(told)?;
        told.last = last;
        Some(told.head)
    }

    fn record(&mut self, log: u32, kind: u16, before: u32) -> u32 {
        self.records.push(Record { log, kind, before });
        number_of(self.records.len() - 1)
    }
}

fn number_of(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NOBODY)
}

impl Twins {
    /// Looks through all rows, newest first.
    pub(super) fn find(columns: &Columns, book: &Book) -> Self {
        let bits = || vec![0; columns.len().div_ceil(64)];
        let mut twins = Self { folded: bits(), heads: Vec::new(), nowhere: bits() };
        let kinds: Vec<Option<(i32, Likeness)>> =
            columns.types.values().iter().map(|kind| likeness(*kind)).collect();
        let mut lately = Lately::new();
        let of_provider = columns.log_of_provider();
        for row in 0..columns.len() {
            let at = |column: &[u32]| column.get(row).copied().unwrap_or(NOBODY);
            let kind = columns.kinds.get(row).copied().unwrap_or(u16::MAX);
            let Some((class, how)) = kinds.get(usize::from(kind)).copied().flatten() else { continue };
            let log = at(&columns.sources);
            if how == Likeness::Same && !crosses(columns, row, log == of_provider) {
                continue;
            }
            let date = columns.dates.get(row).copied().unwrap_or_default();
            let device = columns.devices.get(row).copied().unwrap_or(u16::MAX);
            // The provider's log names a client by its link, the client's by its organization.
            let opened = if class == OPENED { book.place_of(at(&columns.places)) } else { NOBODY };
            let key = (columns.who(row), at(&columns.ips), device, class, opened);
            let number = number_of(row);
            let fits = |head: u32| how == Likeness::Near || columns.is_told_twice(head as usize, row);
            let same = lately.find(key, date, log, kind, fits);
            match same.and_then(|told| lately.repeat(told, log, kind)) {
                Some(head) => {
                    twins.fold(number, head);
                    let place =
                        |row: u32| book.place_of(columns.places.get(row as usize).copied().unwrap_or(NOBODY));
                    // What happens to an account happens in no client, even if the logs of its clients tell of it.
                    if of_accounts(class) && place(number) != place(head) {
                        set(&mut twins.nowhere, head);
                    }
                }
                None => lately.add(key, number, date, log, kind),
            }
        }
        twins
    }

    /// Whether another row stands for this one. Asked of every row, so that a call would take longer than the answer.
    #[inline(always)]
    pub(super) fn is_folded(&self, row: u32) -> bool {
        is_set(&self.folded, row)
    }

    /// Whether a row stands for what the logs of several clients tell.
    #[inline(always)]
    pub(super) fn is_nowhere(&self, row: u32) -> bool {
        is_set(&self.nowhere, row)
    }

    /// The number of the client in which a row happened, whichever log tells of it.
    #[inline(always)]
    pub(super) fn place_of(&self, columns: &Columns, book: &Book, row: u32) -> u32 {
        if self.is_nowhere(row) {
            return NOBODY;
        }
        book.place_of(columns.places.get(row as usize).copied().unwrap_or(NOBODY))
    }

    /// The row that stands for this one, if another does.
    pub(super) fn head_of(&self, row: u32) -> Option<u32> {
        if !self.is_folded(row) {
            return None;
        }
        let place = self.heads.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        self.heads.get(place).map(|(_, head)| *head)
    }

    /// Every row that another stands for, with that one, by row.
    pub(super) fn copies(&self) -> &[(u32, u32)] {
        &self.heads
    }

    /// The rows a row stands for.
    pub(super) fn of(&self, head: u32) -> impl Iterator<Item = u32> {
        // They follow close behind it, and few rows are copies at all.
        let from = self.heads.partition_point(|(row, _)| *row < head);
        let after = self.heads.get(from..).unwrap_or_default();
        after.iter().take(NEAR_ROWS).filter(move |(_, known)| *known == head).map(|(row, _)| *row)
    }

    /// How many of these rows another stands for.
    pub(super) fn count_within(&self, rows: &std::ops::Range<usize>) -> usize {
        let before = |end: usize| self.heads.partition_point(|(row, _)| (*row as usize) < end);
        before(rows.end) - before(rows.start)
    }

    /// Whether any row stands for another.
    pub(super) fn any(&self) -> bool {
        !self.heads.is_empty()
    }

    /// Bytes held.
    #[cfg(feature = "measure")]
    pub(super) fn memory(&self) -> usize {
        (self.folded.capacity() + self.nowhere.capacity()) * size_of::<u64>()
            + self.heads.capacity() * size_of::<(u32, u32)>()
    }

    fn fold(&mut self, row: u32, head: u32) {
        set(&mut self.folded, row);
        self.heads.push((row, head));
    }
}

#[inline(always)]
fn is_set(bits: &[u64], row: u32) -> bool {
    bits.get(row as usize / 64).is_some_and(|bits| bits >> (row % 64) & 1 != 0)
}

fn set(bits: &mut [u64], row: u32) {
    if let Some(bits) = bits.get_mut(row as usize / 64) {
        *bits |= 1 << (row % 64);
    }
}

/// A vault was opened, whichever log tells of it.
const OPENED: i32 = 1603;

/// Copies among which those of one row are looked for.
const NEAR_ROWS: usize = 2_000;

/// How a kind of event is told again, and as what.
fn likeness(kind: EventType) -> Option<(i32, Likeness)> {
    match kind {
        EventType::ProviderOrganizationVaultAccessed | EventType::OrganizationVaultAccessed => {
            Some((OPENED, Likeness::Near))
        }
        kind if of_accounts(kind.number()) => Some((kind.number(), Likeness::Near)),
        kind => Some((kind.number(), Likeness::Same)),
    }
}

/// Whether a type is about an account: the family 10xx.
fn of_accounts(kind: i32) -> bool {
    kind / 100 == 10
}

/// Whether an event stands in the provider's log and a client's: it names both.
fn crosses(columns: &Columns, row: usize, of_provider: bool) -> bool {
    if of_provider {
        columns.places.get(row).is_some_and(|place| *place != NOBODY)
    } else {
        columns.names_other_provider(row)
    }
}
