//! The core itself: one for all tabs.

use std::{cell::RefCell, future::Future, rc::Rc};

use futures::{
    future::{AbortHandle, Abortable, LocalBoxFuture},
    lock::Mutex,
};
use portal_bridge::{Answer, Ask, FromCore, Hello, Problem, ProblemKind, Question, SignedOutBecause, ToCore};

use crate::{
    api::{Api, Grant},
    commands,
    few::Few,
    platform::Platform,
    session::{Idle, Remains, Session},
    stores::Stores,
    tabs::{Outlet, TabId, Tabs},
};

/// One signed-in person's view of the server, for every tab that is connected.
pub struct Core {
    pub(crate) platform: Rc<dyn Platform>,
    pub(crate) tabs: Rc<Tabs>,
    pub(crate) api: Api,
    pub(crate) session: RefCell<Session>,
    /// Held by whoever is on the way in, so that no other server is chosen in the middle of it.
    entrance: Mutex<()>,
    pub(crate) idle: Idle,
    /// What was read; dropped when the session locks or ends.
    pub(crate) stores: Stores,
    /// What was read and is nobody's secret; kept.
    pub(crate) shared: Stores,
    pub(crate) lockdown: RefCell<Option<Box<dyn Lockdown>>>,
    running: Running,
}

/// How a locked core gives way to a fresh one, whose memory has never held a key.
pub trait Lockdown {
    /// Tells the tabs where to go, hands over what remains and ends this core.
    fn move_on(&self, remains: Rc<Remains>, tabs: Vec<Rc<dyn Outlet>>);
}

/// Work that ends with the session.
#[derive(Default)]
struct Running {
    next: std::cell::Cell<u64>,
    handles: RefCell<Few<u64, AbortHandle>>,
}

impl Core {
    /// A core to which nobody has connected yet.
    pub fn new(platform: Rc<dyn Platform>) -> Rc<Self> {
        let tabs = Rc::new(Tabs::default());
        Rc::new(Self {
            api: Api::new(platform.clone(), tabs.clone()),
            platform,
            tabs,
            session: RefCell::default(),
            entrance: Mutex::default(),
            idle: Idle::default(),
            stores: Stores::default(),
            shared: Stores::default(),
            lockdown: RefCell::default(),
            running: Running::default(),
        })
    }

    /// A lock gives way to a fresh core from now on. Without this, a locked core stays, emptied.
    pub fn on_lock(&self, lockdown: impl Lockdown + 'static) {
        *self.lockdown.borrow_mut() = Some(Box::new(lockdown));
    }

    /// Connects a tab. It hears nothing before it has said [`ToCore::Hello`].
    pub fn connect(&self, outlet: Rc<dyn Outlet>) -> TabId {
        self.tabs.add(outlet)
    }

    /// Takes a message of a tab. Answers and news go to its outlet.
    pub fn receive(self: &Rc<Self>, tab: TabId, message: ToCore) {
        self.tabs.heard(tab);
        self.lock_if_idle();
        match message {
            ToCore::Hello(hello) => {
                self.introduce(&hello);
                if !matches!(&*self.session.borrow(), Session::Awaiting) {
                    self.tabs.tell(tab, &FromCore::Session(self.session_view()));
                }
                self.tabs.tell(tab, &FromCore::Network(self.api.network()));
            }
            ToCore::Ask { id, ask } => {
                let core = self.clone();
                self.platform.spawn(Box::pin(async move {
                    let result = core.answer(*ask).await;
                    core.tabs.tell(tab, &FromCore::Answer { id, result });
                }));
            }
            ToCore::Activity => self.idle.touch(self.platform.now_ms()),
            ToCore::Goodbye => self.tabs.remove(tab),
            // They carry a port, which is the platform's business.
            ToCore::Succeed | ToCore::Hasher => {}
        }
    }

    /// Tells the core on which device it runs, and which server it is for.
    pub fn introduce(&self, hello: &Hello) {
        self.api.introduce(hello);
        if self.nobody_is_in() {
            // A page that opens shows what there is to choose from now.
            self.api.forget_servers();
        }
        if let Some(minutes) = hello.idle_minutes {
            self.idle.suggest(minutes);
        }
    }

    /// Asks without a tab: for tests and tools.
    pub async fn ask<Q: Question>(self: &Rc<Self>, question: Q) -> Result<Q::Answer, Problem> {
        let answer = self.answer(question.into_ask()).await?;
        Q::from_answer(answer).ok_or_else(|| ProblemKind::BadAnswer.into())
    }

    /// Answers a question, unless the session locks or ends before.
    async fn answer(self: &Rc<Self>, ask: Ask) -> Result<Answer, Problem> {
        let _turn = if commands::enters(&ask) { Some(self.entrance.lock().await) } else { None };
        let outlives = commands::outlives_session(&ask);
        let answering = commands::answer(self, ask);
        let result = if outlives {
            answering.await
        } else {
            let lost = self.open().err().unwrap_or_else(|| ProblemKind::Locked.into());
            match self.until_session_ends(answering).await {
                Some(result) => result,
                None => Err(lost),
            }
        };
        self.after(&result);
        result
    }

    /// A refused role may be an old one; a refused refresh ends the session.
    fn after<T>(self: &Rc<Self>, result: &Result<T, Problem>) {
        if self.api.session_ended() {
            self.end_session(Some(SignedOutBecause::SessionEnded));
        } else if result.as_ref().is_err_and(|problem| problem.kind == ProblemKind::NotAllowed) {
            self.suspect_role();
        }
    }

    /// Runs beside everything else until it is done, or the session locks or ends.
    pub(crate) fn spawn_in_session(self: &Rc<Self>, work: impl Future<Output = ()> + 'static) {
        self.spawn_boxed(Box::pin(work));
    }

    /// The same once for every kind of work.
    fn spawn_boxed(self: &Rc<Self>, work: LocalBoxFuture<'static, ()>) {
        let (id, work) = self.running.add(work);
        let core = Rc::downgrade(self);
        self.platform.spawn(Box::pin(async move {
            // An abort is how this work ends when the session does.
            let _ = work.await;
            if let Some(core) = core.upgrade() {
                core.running.remove(id);
                core.after(&Ok::<(), Problem>(()));
            }
        }));
    }

    /// The result of some work; `None` when the session locks or ends before.
    async fn until_session_ends<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let (id, work) = self.running.add(work);
        let done = Done { running: &self.running, id };
        let result = work.await.ok();
        drop(done);
        result
    }

    /// Drops keys, tokens and everything read, and stops what still uses them.
    pub(crate) fn drop_secrets(&self) -> Option<Grant> {
        self.running.abort_all();
        self.stores.clear();
        self.api.take_grant()
    }

    /// Tells every tab where the session stands.
    pub(crate) fn tell_session(&self) {
        self.tabs.tell_all(&FromCore::Session(self.session_view()));
    }
}

impl Running {
    fn add<F: Future>(&self, work: F) -> (u64, Abortable<F>) {
        let id = self.next.get();
        self.next.set(id + 1);
        let (handle, registration) = AbortHandle::new_pair();
        self.handles.borrow_mut().insert(id, handle);
        (id, Abortable::new(work, registration))
    }

    fn remove(&self, id: u64) {
        self.handles.borrow_mut().remove(&id);
    }

    fn abort_all(&self) {
        let handles = std::mem::take(&mut *self.handles.borrow_mut());
        handles.values().for_each(AbortHandle::abort);
    }
}

/// Forgets work that is done or was dropped.
struct Done<'a> {
    running: &'a Running,
    id: u64,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.running.remove(self.id);
    }
}
