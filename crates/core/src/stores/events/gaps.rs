//! Of which logs something is missing, and why.

use portal_bridge::{EventGap, GapReason, Moment, OrganizationId, ProblemKind, SourcesState};

use super::{Log, Range, names::Sources, reader::Reader};
use crate::Core;

impl Core {
    /// How far the logs behind a timeline are read.
    pub(super) fn event_sources(&self, log: &Log, range: Range) -> SourcesState {
        let gaps =
            log.readers.borrow().iter().filter(|reader| self.gap(log, reader, range).is_some()).count();
        SourcesState { gaps: u32::try_from(gaps).unwrap_or(u32::MAX), ..log.sources(range) }
    }

    /// The logs of which something of a range is missing.
    pub(crate) fn event_gaps(&self, log: &Log, range: Range) -> Vec<EventGap> {
        let sources = Sources::of(self, log.source);
        let provider = || log.book.borrow().provider().unwrap_or_default().to_owned();
        let name = |client: OrganizationId| {
            sources.organization(client).map_or_else(|| client.to_string(), str::to_owned)
        };
        log.readers
            .borrow()
            .iter()
            .filter_map(|reader| {
                let reason = self.gap(log, reader, range)?;
                let client = reader.of.within().map(|within| within.organization);
                let reached = reader.reached();
                let ends = reached != i64::MAX && reached != i64::MIN;
                let before = ends && !matches!(reason, GapReason::Crowded { .. });
                Some(EventGap {
                    client,
                    name: client.map_or_else(provider, name),
                    before: before.then_some(Moment(reached)),
                    reason,
                })
            })
            .collect()
    }

    /// Why something of a log is missing in a range, if it is.
    fn gap(&self, log: &Log, reader: &Reader, range: Range) -> Option<GapReason> {
        if let Some(problem) = reader.gap() {
            return Some(match problem.kind {
                ProblemKind::NotAllowed | ProblemKind::NotFound => GapReason::NotAllowed,
                _ => GapReason::Failed(problem),
            });
        }
        self.unwritten(log, reader).or_else(|| {
            let (moment, more) = reader.crowded(range)?;
            Some(GapReason::Crowded { at: Moment(moment), more: u32::try_from(more).unwrap_or(u32::MAX) })
        })
    }

    /// Why nothing is written into one of many logs now, or not for one's eyes.
    fn unwritten(&self, log: &Log, reader: &Reader) -> Option<GapReason> {
        let client = reader.of.within().filter(|_| log.source.is_many())?.organization;
        let open = self.open().ok()?;
        let me = open.me();
        let (keeps_events, enabled) = match log.source.provider() {
            Some(provider) => (me.client_keeps_events(provider, client), me.client_enabled(provider, client)),
            None => match me.own_client(client) {
                Some(own) => (own.keeps_events(), own.enabled != Some(false)),
                // One looks after it no more.
                None => return Some(GapReason::NotAllowed),
            },
        };
        if !keeps_events {
            Some(GapReason::SwitchedOff)
        } else if !enabled {
            Some(GapReason::Suspended)
        } else {
            None
        }
    }
}
