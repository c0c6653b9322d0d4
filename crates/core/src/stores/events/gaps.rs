//! Of which logs something is missing, and why.

use portal_bridge::{EventGap, GapReason, Moment, ProblemKind, SourcesState};

use super::{Log, Range, reader::Reader};
use crate::{Core, stores::Clients};

impl Core {
    /// How far the logs behind a timeline are read.
    pub(super) fn event_sources(&self, log: &Log, range: Range) -> SourcesState {
        let gaps = log.readers.borrow().iter().filter(|reader| self.gap(log, reader).is_some()).count();
        SourcesState { gaps: u32::try_from(gaps).unwrap_or(u32::MAX), ..log.sources(range) }
    }

    /// The logs of which something is missing.
    pub(crate) fn event_gaps(&self, log: &Log) -> Vec<EventGap> {
        log.readers
            .borrow()
            .iter()
            .filter_map(|reader| {
                let reason = self.gap(log, reader)?;
                let client = reader.of.within().map(|within| within.organization);
                let reached = reader.reached();
                Some(EventGap {
                    client,
                    name: self.name_of_log(log, reader),
                    before: (reached != i64::MAX && reached != i64::MIN).then_some(Moment(reached)),
                    reason,
                })
            })
            .collect()
    }

    /// Why something of a log is missing, if it is.
    fn gap(&self, log: &Log, reader: &Reader) -> Option<GapReason> {
        if let Some(problem) = reader.gap() {
            return Some(match problem.kind {
                ProblemKind::NotAllowed | ProblemKind::NotFound => GapReason::NotAllowed,
                _ => GapReason::Failed(problem),
            });
        }
        let within = reader.of.within()?;
        let provider = log.source.provider().filter(|_| log.source != reader.of)?;
        let open = self.open().ok()?;
        let me = open.me();
        if !me.client_keeps_events(provider, within.organization) {
            Some(GapReason::SwitchedOff)
        } else if !me.client_enabled(provider, within.organization) {
            Some(GapReason::Suspended)
        } else {
            None
        }
    }

    fn name_of_log(&self, log: &Log, reader: &Reader) -> String {
        let (Some(within), Some(provider)) = (reader.of.within(), log.source.provider()) else {
            return log.book.borrow().provider().unwrap_or_default().to_owned();
        };
        let table = self.stores.of::<Clients>(provider).table();
        let row = table.find_organization(within.organization);
        row.map_or_else(|| within.organization.to_string(), |row| table.name(row).to_owned())
    }
}
