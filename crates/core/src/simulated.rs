//! A world for tests: a script answers every request, and time passes only when nobody can work.

use std::{
    cell::{Cell, RefCell, RefMut},
    collections::BTreeMap,
    ops::ControlFlow,
    rc::Rc,
};

use futures::{
    FutureExt,
    channel::oneshot,
    executor::{LocalPool, LocalSpawner},
    future::LocalBoxFuture,
    task::LocalSpawnExt,
};
use portal_bridge::{FromCore, Problem, Question};
use portal_keys::{Kdf, KeyError, MasterKey};
use zeroize::Zeroizing;

use crate::{
    Core,
    platform::{BodySink, Head, Platform, Request, TransportError},
    tabs::{Outlet, TabId},
};

/// What the script answers: a status with a body, or why none came.
pub(crate) type Answer = Result<(u16, String), TransportError>;

type Script = Box<dyn FnMut(&Request, i64) -> Answer>;

/// The answer to a question, once it is there.
type Pending<A> = Rc<RefCell<Option<Result<A, Problem>>>>;

/// The world, and what drives it.
pub(crate) struct World {
    pub(crate) core: Rc<Core>,
    pub(crate) heard: Rc<Heard>,
    simulated: Rc<Simulated>,
    pool: LocalPool,
}

/// What a tab heard, each with the time.
pub(crate) struct Heard {
    simulated: Rc<Simulated>,
    pub(crate) messages: RefCell<Vec<(i64, FromCore)>>,
}

struct Simulated {
    now: Cell<i64>,
    next: Cell<u64>,
    timers: RefCell<BTreeMap<(i64, u64), oneshot::Sender<()>>>,
    spawner: LocalSpawner,
    script: RefCell<Script>,
    store: RefCell<BTreeMap<String, String>>,
    /// What the store forgets, by what its name begins with.
    forgets: RefCell<Option<String>>,
}

impl World {
    /// A world whose script is also told the time.
    pub(crate) fn new(script: impl FnMut(&Request, i64) -> Answer + 'static) -> Self {
        let pool = LocalPool::new();
        let simulated = Rc::new(Simulated {
            now: Cell::new(1_000_000),
            next: Cell::default(),
            timers: RefCell::default(),
            spawner: pool.spawner(),
            script: RefCell::new(Box::new(script)),
            store: RefCell::default(),
            forgets: RefCell::default(),
        });
        let core = Core::new(simulated.clone());
        let heard = Rc::new(Heard { simulated: simulated.clone(), messages: RefCell::default() });
        core.connect(heard.clone());
        Self { core, heard, simulated, pool }
    }

    pub(crate) fn now(&self) -> i64 {
        self.simulated.now.get()
    }

    /// Asks, and lets everybody work and time pass until the answer is there.
    pub(crate) fn ask<Q: Question + 'static>(&mut self, question: Q) -> Result<Q::Answer, Problem>
    where
        Q::Answer: 'static,
    {
        let core = self.core.clone();
        self.run(async move { core.ask(question).await })
    }

    /// Works with the core itself, and lets everybody work and time pass until that is done.
    pub(crate) fn run<T: 'static>(&mut self, work: impl Future<Output = T> + 'static) -> T {
        let done = Rc::new(RefCell::new(None));
        let slot = done.clone();
        self.simulated.spawn(async move { *slot.borrow_mut() = Some(work.await) }.boxed_local());
        self.until(|_| done.borrow().is_some());
        done.take().expect("it is done")
    }

    /// Asks without waiting; the answer will be put into what is returned.
    pub(crate) fn ask_later<Q: Question + 'static>(&self, question: Q) -> Pending<Q::Answer>
    where
        Q::Answer: 'static,
    {
        let core = self.core.clone();
        let pending = Rc::new(RefCell::new(None));
        let slot = pending.clone();
        self.simulated
            .spawn(async move { *slot.borrow_mut() = Some(core.ask(question).await) }.boxed_local());
        pending
    }

    /// Lets so much time pass.
    pub(crate) fn pass(&mut self, milliseconds: u32) {
        let end = self.now() + i64::from(milliseconds);
        let sleeper = self.simulated.sleep(milliseconds);
        self.simulated.spawn(sleeper);
        let simulated = self.simulated.clone();
        self.until(|_| simulated.now.get() >= end);
    }

    /// The machine sleeps: the clock on the wall goes on, timers do not.
    pub(crate) fn sleep_machine(&self, milliseconds: i64) {
        self.simulated.now.set(self.now() + milliseconds);
    }

    /// Another tab connects.
    pub(crate) fn connect(&self) -> (TabId, Rc<Heard>) {
        let heard = Rc::new(Heard { simulated: self.simulated.clone(), messages: RefCell::default() });
        (self.core.connect(heard.clone()), heard)
    }

    /// What the browser keeps.
    pub(crate) fn store(&self) -> RefMut<'_, BTreeMap<String, String>> {
        self.simulated.store.borrow_mut()
    }

    /// From now on the browser does not keep what is put under names that begin so.
    pub(crate) fn forget_writes(&self, beginning: &str) {
        self.simulated.forgets.replace(Some(beginning.to_owned()));
    }

    /// Puts the clock on.
    pub(crate) fn set_now(&mut self, now: i64) {
        self.simulated.now.set(now);
    }

    /// Lets everybody work and time pass until something is the case.
    pub(crate) fn until(&mut self, mut done: impl FnMut(&Core) -> bool) {
        loop {
            self.pool.run_until_stalled();
            if done(&self.core) {
                return;
            }
            let timer = self.simulated.timers.borrow_mut().pop_first();
            let ((time, _), timer) = timer.expect("nothing is left to happen");
            self.simulated.now.set(self.simulated.now.get().max(time));
            // Who slept may be gone.
            let _ = timer.send(());
        }
    }
}

impl Outlet for Heard {
    fn send(&self, message: &FromCore) {
        self.messages.borrow_mut().push((self.simulated.now.get(), message.clone()));
    }
}

impl Platform for Simulated {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        body: &'a mut dyn BodySink,
    ) -> LocalBoxFuture<'a, Result<(), TransportError>> {
        async move {
            self.sleep(10).await;
            let answer = (self.script.borrow_mut())(request, self.now.get());
            let (status, text) = answer?;
            body.head(Head { status, retry_after: (status == 429).then(|| "7".to_owned()) });
            if body.piece(text.as_bytes()) == ControlFlow::Break(()) {
                return Ok(());
            }
            Ok(())
        }
        .boxed_local()
    }

    fn now_ms(&self) -> i64 {
        self.now.get()
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        let (sender, receiver) = oneshot::channel();
        self.next.set(self.next.get() + 1);
        self.timers.borrow_mut().insert((self.now.get() + i64::from(milliseconds), self.next.get()), sender);
        receiver.map(drop).boxed_local()
    }

    fn random(&self) -> u32 {
        0
    }

    fn get<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, Option<String>> {
        std::future::ready(self.store.borrow().get(name).cloned()).boxed_local()
    }

    fn put<'a>(&'a self, name: &'a str, value: &'a str) -> LocalBoxFuture<'a, ()> {
        if self.forgets.borrow().as_ref().is_none_or(|beginning| !name.starts_with(beginning)) {
            self.store.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
        std::future::ready(()).boxed_local()
    }

    fn remove<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, ()> {
        self.store.borrow_mut().remove(name);
        std::future::ready(()).boxed_local()
    }

    fn spawn(&self, future: LocalBoxFuture<'static, ()>) {
        self.spawner.spawn_local(future).expect("the world still turns");
    }

    fn derive(
        &self,
        password: Zeroizing<Vec<u8>>,
        salt: String,
        kdf: Kdf,
    ) -> LocalBoxFuture<'_, Result<MasterKey, KeyError>> {
        async move { MasterKey::derive(&password, &salt, &kdf).await }.boxed_local()
    }
}
