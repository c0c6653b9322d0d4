//! The events of a provider, a client, or of all clients as one, with the provider's where there is one: read page by page,
//! newest first, kept in columns, found and put into words here.
//!
//! Each range somebody looks at is a [`Log`]. Of one log of the server it reads a first thousand by itself and more when
//! somebody scrolls to its end or wants all; of many it reads all, the newest events first.

mod arriving;
mod bars;
mod choices;
mod clock;
mod columns;
mod extent;
mod fields;
mod filter;
mod found;
mod gaps;
mod highlights;
mod ids;
mod lanes;
mod lines;
mod load;
mod log;
mod marks;
#[cfg(feature = "measure")]
pub mod measure;
mod names;
mod order;
mod reader;
mod table;
#[cfg(test)]
mod tests;
mod twins;
mod view;

use std::{cell::RefCell, rc::Rc};

use portal_bridge::EventsFilter;

pub(crate) use choices::{choices, names_of};
pub(crate) use log::{Log, Range};
pub(crate) use names::Sources;
pub(crate) use view::{behind, clients_of, lanes, names_lacking, rows_of, view};

/// The logs of a provider or a client that are looked at, the last used first.
#[derive(Default)]
pub(crate) struct Events(RefCell<Vec<Rc<Log>>>);

/// Ranges kept: one per tab and a few steps back.
const LOGS: usize = 6;

impl Events {
    /// The log that has, or can come to have, what a query asks for.
    fn log(&self, filter: &EventsFilter, now: i64) -> Rc<Log> {
        let range = Range::of(filter);
        let mut logs = self.0.borrow_mut();
        let known = logs.iter().position(|log| log.source == filter.source && log.extend_to(range));
        let log = match known {
            Some(place) => logs.remove(place),
            None => Rc::new(Log::new(filter.source, range, now)),
        };
        logs.insert(0, log.clone());
        // A million events of many clients are too much to keep two of.
        let mut portfolios = 0;
        logs.retain(|log| {
            portfolios += usize::from(log.source.is_many());
            !log.source.is_many() || portfolios <= 2
        });
        logs.truncate(LOGS);
        log
    }

    /// The next who asks is answered by the server, whatever failed just now.
    pub(crate) fn ask_again(&self) {
        self.all().iter().for_each(|log| log.ask_again());
    }

    /// Every log.
    fn all(&self) -> Vec<Rc<Log>> {
        self.0.borrow().clone()
    }
}
