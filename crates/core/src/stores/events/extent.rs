//! How much of a range is here.

use portal_bridge::{EventsOf, ListState, Moment, SourcesState};
use portal_wire::Event;

use super::{Log, Range, log::MOST, reader::Reader};

impl Log {
    /// Whether everything of a range is here, or can be had no more.
    pub(crate) fn has_all_of(&self, range: Range) -> bool {
        let readers = self.readers.borrow();
        let all_known = !self.incomplete.get();
        all_known && readers.iter().all(|reader| reader.reaches(range.from) || reader.gap().is_some())
            || self.len() >= MOST
    }

    /// How much of a range was gone through, in thousandths.
    pub(crate) fn progress(&self, range: Range) -> u32 {
        if self.has_all_of(range) {
            return 1_000;
        }
        let thousandths = if self.source.is_many() {
            let SourcesState { read, total, .. } = self.sources(range);
            i64::from(read) * 1_000 / i64::from(total.max(1))
        } else {
            let to = range.to.min(self.head_read_at()).max(range.from + 1);
            let read_to = self.reached().min(to).max(range.from);
            (to - read_to).saturating_mul(1_000) / (to - range.from)
        };
        u32::try_from(thousandths).unwrap_or(0).min(999)
    }

    /// How far a range is read, for the tab.
    pub(crate) fn state(&self, range: Range) -> ListState {
        let received = u32::try_from(self.len()).unwrap_or(u32::MAX);
        if let Some(problem) = &*self.failure.borrow() {
            ListState::Failed(problem.clone())
        } else if self.has_all_of(range) {
            ListState::Complete
        } else if received == 0 && !self.paused.get() {
            ListState::Loading { received }
        } else {
            ListState::Partial { received, loading: self.is_loading() }
        }
    }

    /// How far its logs are read.
    pub(super) fn sources(&self, range: Range) -> SourcesState {
        let readers = self.readers.borrow();
        let count = |wanted: &dyn Fn(&Reader) -> bool| {
            u32::try_from(readers.iter().filter(|reader| wanted(reader)).count()).unwrap_or(u32::MAX)
        };
        let behind =
            readers.iter().filter(|reader| reader.gap().is_none()).map(|reader| reader.reached()).max();
        SourcesState {
            read: count(&|reader| reader.reaches(range.from) || reader.gap().is_some()),
            total: u32::try_from(readers.len()).unwrap_or(u32::MAX),
            gaps: 0,
            full: self.len() >= MOST,
            paused: self.paused.get(),
            whole_since: behind.filter(|moment| *moment < range.to && *moment > range.from).map(Moment),
        }
    }
}

/// What a source is to its log.
pub(super) trait Source {
    /// An event as the columns give it back: with what all of the log have in common.
    fn completed(&self, event: &Event) -> Event;
}

impl Source for EventsOf {
    fn completed(&self, event: &Event) -> Event {
        let mut event = event.clone();
        match self {
            Self::Portfolio(provider) | Self::Provider(provider) => {
                event.provider_id = event.provider_id.or(Some(*provider));
            }
            Self::Client(within) | Self::Member(within, _) | Self::Item(within, _) => {
                event.organization_id = event.organization_id.or(Some(within.organization));
            }
            // Each of its logs has a source of its own.
            Self::Own => {}
        }
        event
    }
}
