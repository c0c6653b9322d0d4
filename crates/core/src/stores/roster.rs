//! All members of a client: read in a stream, searched and sorted here, handed out in windows.

mod access;
mod choices;
mod load;
mod query;
mod rights;
mod table;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::lock::Mutex;
use portal_bridge::Problem;

pub(crate) use access::{
    access_of, flags_of, role_of, shown_role, shown_status, wire_permissions, wire_role,
};
pub(crate) use choices::Choices;
pub(crate) use query::Found;
pub(crate) use rights::Overseer;
pub(crate) use table::Table;

/// The members of one client, and how they were read.
#[derive(Default)]
pub(crate) struct Roster {
    table: RefCell<Option<Rc<Table>>>,
    results: RefCell<query::Results>,
    /// Why the last reading failed.
    problem: RefCell<Option<Problem>>,
    read_at: Cell<i64>,
    reading: Mutex<()>,
    choices: RefCell<Option<Rc<Choices>>>,
    choices_read_at: Cell<i64>,
}

impl Roster {
    /// The rows, if they were read.
    pub(crate) fn table(&self) -> Option<Rc<Table>> {
        self.table.borrow().clone()
    }

    /// Why the last reading failed.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.problem.borrow().clone()
    }

    /// The rows of a query.
    pub(crate) fn find(&self, query: &portal_bridge::MembersQuery) -> Rc<Found> {
        self.table().map(|table| self.results.borrow_mut().find(&table, query)).unwrap_or_default()
    }

    fn replace(&self, table: Table) {
        *self.results.borrow_mut() = query::Results::default();
        *self.table.borrow_mut() = Some(Rc::new(table));
    }
}
