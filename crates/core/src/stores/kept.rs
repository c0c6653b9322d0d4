//! What was read of a client and is kept: read when it is first wanted, and again when it is old.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::{future::LocalBoxFuture, lock::Mutex};
use portal_bridge::{ListState, OrganizationId, Part, Problem, Within};

use crate::Core;

/// Something a client holds that is read as a whole.
pub(crate) trait Kept: PartialEq + 'static {
    /// Of what tabs hear when it has changed.
    const PART: Part;

    /// Reads it.
    fn read<'a>(core: &'a Rc<Core>, within: Within) -> LocalBoxFuture<'a, Result<Self, Problem>>
    where
        Self: Sized;
}

struct Store<T> {
    value: RefCell<Option<Rc<T>>>,
    /// Why the last reading failed.
    problem: RefCell<Option<Problem>>,
    read_at: Cell<i64>,
    reading: Mutex<()>,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self {
            value: RefCell::default(),
            problem: RefCell::default(),
            read_at: Cell::new(i64::MIN / 2),
            reading: Mutex::default(),
        }
    }
}

/// After a failure, asking again within this time is answered with the failure: news of it must not cause a storm.
const CALM_MS: i64 = 1_500;
/// What is older than this is read again when it is looked at. Not sooner: some of these readings are written down as events.
const OLD_MS: i64 = 60_000;

impl Core {
    /// What is known of a part of a client, read when it was not read yet. When it was read a while ago, it is read again beside.
    pub(crate) async fn kept<T: Kept>(self: &Rc<Self>, within: Within) -> Result<Rc<T>, Problem> {
        let store = self.stores.of_client::<Store<T>>(within.organization);
        let known = store.value.borrow().clone();
        let age = self.platform.now_ms() - store.read_at.get();
        match known {
            Some(known) => {
                if age > OLD_MS && store.reading.try_lock().is_some() {
                    store.read_at.set(self.platform.now_ms());
                    let core = self.clone();
                    self.spawn_in_session(async move {
                        // A failure is shown with the list.
                        let _ = core.read_again::<T>(within).await;
                    });
                }
                Ok(known)
            }
            None => {
                let _turn = store.reading.lock().await;
                if let Some(known) = store.value.borrow().clone() {
                    return Ok(known);
                }
                let just_now = self.platform.now_ms() - store.read_at.get() < CALM_MS;
                if let Some(problem) = store.problem.borrow().clone().filter(|_| just_now) {
                    return Err(problem);
                }
                self.fetch(within, &store).await
            }
        }
    }

    /// The same without waiting for the first reading, which goes on beside: `None` until it has ended.
    pub(crate) async fn kept_soon<T: Kept>(
        self: &Rc<Self>,
        within: Within,
    ) -> Result<Option<Rc<T>>, Problem> {
        let store = self.stores.of_client::<Store<T>>(within.organization);
        if store.value.borrow().is_some() {
            return self.kept(within).await.map(Some);
        }
        if store.reading.try_lock().is_none() {
            return Ok(None);
        }
        let just_now = self.platform.now_ms() - store.read_at.get() < CALM_MS;
        if let Some(problem) = store.problem.borrow().clone().filter(|_| just_now) {
            return Err(problem);
        }
        let core = self.clone();
        self.spawn_in_session(async move {
            // A failure is answered to whoever asks next, and they are told to.
            let _ = core.kept::<T>(within).await;
        });
        Ok(None)
    }

    /// The same as it is now.
    pub(crate) async fn read_again<T: Kept>(self: &Rc<Self>, within: Within) -> Result<Rc<T>, Problem> {
        let store = self.stores.of_client::<Store<T>>(within.organization);
        let _turn = store.reading.lock().await;
        self.fetch(within, &store).await
    }

    /// Reads it again, where somebody has read it before.
    pub(crate) async fn reread_known<T: Kept>(self: &Rc<Self>, within: Within) -> Result<(), Problem> {
        let store = self.stores.of_client::<Store<T>>(within.organization);
        let known = store.value.borrow().is_some();
        if known { self.read_again::<T>(within).await.map(drop) } else { Ok(()) }
    }

    /// How far it is, where it was read at least once.
    pub(crate) fn kept_state<T: Kept>(&self, organization: OrganizationId) -> ListState {
        let store = self.stores.of_client::<Store<T>>(organization);
        let problem = store.problem.borrow().clone();
        problem.map_or(ListState::Complete, ListState::Failed)
    }

    async fn fetch<T: Kept>(self: &Rc<Self>, within: Within, store: &Store<T>) -> Result<Rc<T>, Problem> {
        let read = T::read(self, within).await;
        store.read_at.set(self.platform.now_ms());
        let before = store.problem.replace(read.as_ref().err().cloned());
        let mut news = before.is_some() || read.is_err();
        let result = read.map(|value| {
            let known = store.value.borrow().clone();
            match known.filter(|known| **known == value) {
                Some(known) => known,
                None => {
                    let value = Rc::new(value);
                    *store.value.borrow_mut() = Some(value.clone());
                    news = true;
                    value
                }
            }
        });
        if news {
            self.tell_client(within.organization, T::PART);
        }
        result
    }
}

/// How something stands, in short: differs when it does.
pub(crate) fn seen_of(what: &impl std::hash::Hash) -> portal_bridge::Seen {
    let mut hasher = std::hash::DefaultHasher::new();
    what.hash(&mut hasher);
    portal_bridge::Seen(std::hash::Hasher::finish(&hasher))
}
