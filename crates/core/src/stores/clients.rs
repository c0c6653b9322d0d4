//! The clients of a provider: read in a stream, searched and sorted here, handed out in windows.

mod jump;
mod order;
mod query;
mod table;
#[cfg(test)]
mod tests;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::{
    FutureExt,
    future::{LocalBoxFuture, Shared, select},
};
use portal_bridge::{ClientsQuery, ListState, OrganizationId, Problem, ProblemKind, ProviderId};
use portal_wire::client::ClientRow;

use crate::{
    Core,
    api::{Call, RowSink, read},
    session::Me,
};
use query::Found;
pub(crate) use table::{Table, family};

/// The clients of one provider and how far they are read.
#[derive(Default)]
pub(crate) struct Clients {
    table: RefCell<Rc<Table>>,
    results: RefCell<Rc<query::Results>>,
    loaded: Cell<bool>,
    received: Cell<u32>,
    failure: RefCell<Option<Problem>>,
    failed_at: Cell<i64>,
    loading: RefCell<Option<Loading>>,
}

type Loading = Shared<LocalBoxFuture<'static, Result<(), Problem>>>;

/// Who asks for a list for the first time waits so long for it before being told how far it is.
const PATIENCE_MS: u32 = 250;
/// Tabs are told of so many rows more.
const PROGRESS_ROWS: u32 = 10_000;
/// After a failure, asking again within this time is answered with the failure: news of it must not cause a storm.
const CALM_MS: i64 = 1_500;
/// From so many rows on, two lists with keys would be too much at once.
const MANY_ROWS: usize = 20_000;

impl Clients {
    /// The rows as last read.
    pub(crate) fn table(&self) -> Rc<Table> {
        self.table.borrow().clone()
    }

    /// The rows of a query.
    pub(crate) fn find(&self, query: &ClientsQuery) -> Rc<Found> {
        let results = self.results.borrow().clone();
        results.find(&self.table(), query)
    }

    /// How many clients there are, once known.
    pub(crate) fn count(&self) -> Option<u32> {
        self.loaded.get().then(|| u32::try_from(self.table().len()).unwrap_or(u32::MAX))
    }

    /// How far the list is read.
    pub(crate) fn state(&self) -> ListState {
        if let Some(problem) = &*self.failure.borrow() {
            ListState::Failed(problem.clone())
        } else if self.loaded.get() {
            ListState::Complete
        } else {
            ListState::Loading { received: self.received.get() }
        }
    }

    /// The next who asks is answered by the server, whatever failed just now.
    pub(crate) fn ask_again(&self) {
        self.failed_at.set(i64::MIN);
    }

    pub(crate) fn replace(&self, table: Rc<Table>) {
        *self.results.borrow_mut() = Rc::default();
        *self.table.borrow_mut() = table;
    }
}

impl Core {
    /// The clients of a provider, read if they are not yet; after a short while as far as they are.
    pub(crate) async fn clients_so_far(self: &Rc<Self>, provider: ProviderId) -> Rc<Clients> {
        let clients = self.stores.of::<Clients>(provider);
        let calm = clients.failure.borrow().is_some()
            && self.platform.now_ms().saturating_sub(clients.failed_at.get()) < CALM_MS;
        if !calm && (!clients.loaded.get() || clients.failure.borrow().is_some()) {
            let loading = self.load_clients(provider);
            // The store knows how it went; here it only matters not to wait for long.
            select(loading, self.platform.sleep(PATIENCE_MS)).await;
        }
        clients
    }

    /// The clients of a provider, all of them.
    pub(crate) async fn clients(self: &Rc<Self>, provider: ProviderId) -> Result<Rc<Clients>, Problem> {
        let clients = self.stores.of::<Clients>(provider);
        if !clients.loaded.get() {
            self.load_clients(provider).await?;
        }
        Ok(clients)
    }

    /// How many clients a provider has, as far as known; read the first time somebody asks.
    pub(crate) fn client_count(self: &Rc<Self>, provider: ProviderId) -> Option<u32> {
        let clients = self.stores.of::<Clients>(provider);
        if clients.count().is_none() && clients.failure.borrow().is_none() {
            // Whoever needs the list joins this reading; it tells the frame when it is done.
            drop(self.load_clients(provider));
        }
        clients.count()
    }

    /// Reads the clients again, surely after now.
    pub(crate) async fn reload_clients(
        self: &Rc<Self>,
        provider: ProviderId,
    ) -> Result<Rc<Clients>, Problem> {
        let clients = self.stores.of::<Clients>(provider);
        let under_way = clients.loading.borrow().clone();
        if let Some(under_way) = under_way {
            // It may have begun before what is to be seen happened; how it ends does not matter here.
            let _ = under_way.await;
        }
        self.load_clients(provider).await?;
        Ok(clients)
    }

    /// Starts reading, or joins a reading under way.
    fn load_clients(self: &Rc<Self>, provider: ProviderId) -> Loading {
        let clients = self.stores.of::<Clients>(provider);
        if let Some(loading) = &*clients.loading.borrow() {
            return loading.clone();
        }
        let core = self.clone();
        let store = clients.clone();
        let loading = async move {
            let before = store.count();
            let result = core.read_clients(provider, &store).await;
            *store.failure.borrow_mut() = result.as_ref().err().cloned();
            store.failed_at.set(core.platform.now_ms());
            *store.loading.borrow_mut() = None;
            core.tell_clients(provider);
            if store.count() != before {
                // The frame says how many there are, on every page.
                core.tell_provider(provider);
            }
            result
        };
        let loading = loading.boxed_local().shared();
        *clients.loading.borrow_mut() = Some(loading.clone());
        let background = loading.clone();
        self.spawn_in_session(async move {
            // Those who wait for it have the result; the store keeps a failure.
            let _ = background.await;
        });
        loading
    }

    async fn read_clients(self: &Rc<Self>, provider: ProviderId, store: &Rc<Clients>) -> Result<(), Problem> {
        let me = self.open()?.me();
        if store.table().len() > MANY_ROWS {
            store.table().forget_keys();
        }
        let mut reading = Reading { core: self, provider, me: &me, store, table: Table::default() };
        let call = Call::get(format!("/api/providers/{provider}/organizations"));
        self.api.rows(&call, "data", &mut reading).await?;
        let table = reading.table.finish();
        // Worked out now rather than while somebody waits for the first letter's result.
        table.order(portal_bridge::ClientSort::Name, portal_bridge::Direction::Ascending);
        store.replace(table);
        store.loaded.set(true);
        self.count_clients(provider);
        Ok(())
    }

    /// Takes over which clients are switched on, after the profile was read again.
    pub(crate) fn refresh_client_switches(&self, me: &Me) {
        for staffing in &me.providers {
            let store = self.stores.of::<Clients>(staffing.id);
            let switched = |organization: &OrganizationId| me.client_enabled(staffing.id, *organization);
            let enabled: Vec<bool> = store.table().organizations.iter().map(switched).collect();
            if store.table().switch(enabled) {
                *store.results.borrow_mut() = Rc::default();
                self.tell_clients(staffing.id);
            }
        }
    }
}

/// Takes the rows as they arrive.
struct Reading<'a> {
    core: &'a Core,
    provider: ProviderId,
    me: &'a Me,
    store: &'a Clients,
    table: Table,
}

impl RowSink for Reading<'_> {
    fn restart(&mut self) {
        self.table = Table::default();
        self.store.received.set(0);
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let row: ClientRow = read(json)?;
        if row.provider_id != self.provider {
            return Err(ProblemKind::Mismatch.into());
        }
        let enabled = self.me.client_enabled(self.provider, row.organization_id);
        self.table.push(&row, enabled);
        let received = u32::try_from(self.table.len()).unwrap_or(u32::MAX);
        self.store.received.set(received);
        if received.is_multiple_of(PROGRESS_ROWS) && !self.store.loaded.get() {
            self.core.tell_clients(self.provider);
        }
        Ok(())
    }
}
