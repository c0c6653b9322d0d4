//! The events of a provider or a client: read page by page, newest first, kept in columns, found and put into words here.
//!
//! Each range somebody looks at is a [`Log`]. It reads a first thousand by itself and more when somebody scrolls to its end
//! or wants all.

mod columns;
mod filter;
mod ids;
mod load;
mod log;
mod names;
#[cfg(test)]
mod tests;
mod view;

use std::{cell::RefCell, rc::Rc};

use portal_bridge::EventsQuery;

pub(crate) use log::{Log, Range};
pub(crate) use view::{clients_unnamed, rows_of, view};

/// The logs of a provider or a client that are looked at, the last used first.
#[derive(Default)]
pub(crate) struct Events(RefCell<Vec<Rc<Log>>>);

/// Ranges kept: one per tab and a few steps back.
const LOGS: usize = 6;

impl Events {
    /// The log that has, or can come to have, what a query asks for.
    fn log(&self, query: &EventsQuery, now: i64) -> Rc<Log> {
        let range = Range::of(query);
        let mut logs = self.0.borrow_mut();
        let known = logs.iter().position(|log| log.source == query.source && log.extend_to(range));
        let log = match known {
            Some(place) => logs.remove(place),
            None => Rc::new(Log::new(query.source, range, now)),
        };
        logs.insert(0, log.clone());
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
