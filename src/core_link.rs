//! The way to the core: typed questions and their answers, and news. The only `postMessage` of the tab.

mod device;
mod worker;

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use portal_bridge::{
    Answer, Ask, FromCore, JobView, Network, Problem, ProblemKind, Question, SessionView, ToCore, Topic,
    pack, unpack,
};
use serde_bytes::{ByteBuf, Bytes};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, MessagePort};

use crate::broken;
use worker::Workers;

/// A handle to the core. It copies, and lives as long as the page.
#[derive(Clone, Copy)]
pub struct Link {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    session: RwSignal<Option<SessionView>>,
    network: RwSignal<Network>,
    jobs: RwSignal<Vec<JobView>>,
}

struct Inner {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    workers: Option<Workers>,
    port: Option<MessagePort>,
    listener: Option<Closure<dyn FnMut(MessageEvent)>>,
    last: u32,
    waiting: HashMap<u32, Rc<RefCell<Slot>>>,
    generations: Vec<(Topic, ArcRwSignal<u32>)>,
}

/// The link of this tab.
pub fn use_link() -> Link {
    expect_context()
}

impl Link {
    /// Starts or joins the core's worker and greets it.
    pub fn connect() -> Self {
        let link = Self::unconnected();
        let (workers, port) = Workers::start();
        link.with(|state| state.workers = Some(workers));
        if let Some(port) = port {
            link.listen(port);
            link.send(&ToCore::Hello(device::hello()), &[]);
        }
        link
    }

    /// A link over a port that somebody else answers, for tests.
    pub fn over(port: MessagePort) -> Self {
        let link = Self::unconnected();
        link.listen(port);
        link
    }

    /// Asks the core and waits for its answer.
    pub fn ask<Q: Question>(self, question: Q) -> impl Future<Output = Result<Q::Answer, Problem>> + 'static
    where
        Q::Answer: 'static,
    {
        let pending = self.put(question.into_ask());
        async move { Q::from_answer(pending.await?).ok_or_else(|| ProblemKind::BadAnswer.into()) }
    }

    /// Everything of a question but its type, so that it exists once in the program.
    pub(crate) fn put(self, ask: Ask) -> impl Future<Output = Result<Answer, Problem>> + use<> {
        let slot = Rc::new(RefCell::new(Slot::default()));
        let id = self.with(|state| {
            state.last = state.last.wrapping_add(1);
            state.waiting.insert(state.last, slot.clone());
            state.last
        });
        self.send(&ToCore::Ask { id, ask: Box::new(ask) }, &[]);
        Pending(slot)
    }

    /// Where the session stands; nothing until the core has said so.
    pub fn session(self) -> Option<SessionView> {
        self.session.get()
    }

    /// The same without asking to be told of changes.
    pub fn session_untracked(self) -> Option<SessionView> {
        self.session.get_untracked()
    }

    /// How the server can be reached.
    pub fn network(self) -> Network {
        self.network.get()
    }

    /// Long-running work, newest first.
    pub fn jobs(self) -> RwSignal<Vec<JobView>> {
        self.jobs
    }

    /// Counts how often a part of the core's data has changed; reading it in an effect runs the effect again.
    pub fn changes(self, topic: Topic) -> u32 {
        self.generation(topic).get()
    }

    /// Tells the core that somebody is working here.
    pub fn active(self) {
        self.send(&ToCore::Activity, &[]);
    }

    /// Tells the core that the tab goes away.
    pub fn leave(self) {
        self.send(&ToCore::Goodbye, &[]);
    }

    fn unconnected() -> Self {
        Self {
            inner: StoredValue::new_local(Rc::new(Inner { state: RefCell::default() })),
            session: RwSignal::new(None),
            network: RwSignal::new(Network::Online),
            jobs: RwSignal::default(),
        }
    }

    fn with<T>(self, act: impl FnOnce(&mut State) -> T) -> T {
        let inner = self.inner.get_value();
        let mut state = inner.state.borrow_mut();
        act(&mut state)
    }

    fn generation(self, topic: Topic) -> ArcRwSignal<u32> {
        self.with(|state| {
            if let Some((_, counter)) = state.generations.iter().find(|(known, _)| *known == topic) {
                return counter.clone();
            }
            let counter = ArcRwSignal::new(0);
            state.generations.push((topic, counter.clone()));
            counter
        })
    }

    fn send(self, message: &ToCore, ports: &[MessagePort]) {
        if let Some(port) = self.with(|state| state.port.clone()) {
            post(&port, message, ports);
        }
    }

    fn listen(self, port: MessagePort) {
        let listener = Closure::new(move |event: MessageEvent| match decode(event.data()) {
            Ok(message) => self.hear(message),
            Err(error) => {
                broken::outdated(&String::from(js_sys::Error::from(error).message()));
            }
        });
        port.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let before = self.with(|state| (state.port.replace(port), state.listener.replace(listener)));
        if let (Some(port), listener) = before {
            port.set_onmessage(None);
            // This may be running inside the old listener, which must not go from under itself.
            spawn_local(async move { drop(listener) });
        }
    }

    fn hear(self, message: FromCore) {
        match message {
            FromCore::Answer { id, result } => self.answer(id, result),
            FromCore::Session(view) => self.session.set(Some(view)),
            FromCore::Changed(topic) => self.generation(topic).update(|count| *count = count.wrapping_add(1)),
            FromCore::Job(job) => self.jobs.update(|jobs| note(jobs, job)),
            FromCore::Network(network) => self.network.set(network),
            FromCore::MovedTo { worker, broker } => self.follow(&worker, broker),
            FromCore::HasherWanted { id } => self.lend_hasher(id),
            FromCore::HasherDone { id } => self.with(|state| {
                if let Some(workers) = &mut state.workers {
                    workers.end_hasher(id);
                }
            }),
        }
    }

    fn answer(self, id: u32, result: Result<Answer, Problem>) {
        if let Some(slot) = self.with(|state| state.waiting.remove(&id)) {
            let mut slot = slot.borrow_mut();
            slot.result = Some(result);
            if let Some(waker) = slot.waker.take() {
                waker.wake();
            }
        }
    }

    /// The core locked and goes on in a fresh worker. Questions still open there will not be answered.
    fn follow(self, name: &str, broker: bool) {
        let next = self.with(|state| state.workers.as_mut().and_then(|workers| workers.next(name)));
        let Some(port) = next else { return };
        let ends = if broker { web_sys::MessageChannel::new().ok() } else { None };
        if let Some(ends) = &ends {
            self.send(&ToCore::Succeed, &[ends.port1()]);
        }
        self.listen(port);
        self.send(&ToCore::Hello(device::hello()), &[]);
        if let Some(ends) = &ends {
            self.send(&ToCore::Succeed, &[ends.port2()]);
        }
        let open: Vec<u32> = self.with(|state| state.waiting.keys().copied().collect());
        for id in open {
            self.answer(id, Err(ProblemKind::Locked.into()));
        }
        self.jobs.set(Vec::new());
    }

    fn lend_hasher(self, id: u32) {
        let hasher = self.with(|state| state.workers.as_mut().and_then(|workers| workers.start_hasher(id)));
        if let (Some(hasher), Ok(ends)) = (hasher, web_sys::MessageChannel::new()) {
            post(hasher.unchecked_ref(), &ToCore::Hasher, &[ends.port1()]);
            self.send(&ToCore::Hasher, &[ends.port2()]);
        }
    }
}

fn post(port: &MessagePort, message: &ToCore, ports: &[MessagePort]) {
    let ports: js_sys::Array = ports.iter().collect();
    let sent = encode(message).and_then(|bytes| {
        let sent = port.post_message_with_transferable(&bytes, &ports);
        // What was sent is a copy; this one may hold a password.
        bytes.unchecked_ref::<js_sys::Uint8Array>().fill(0, 0, u32::MAX);
        sent
    });
    if let Err(error) = sent {
        web_sys::console::error_1(&error);
    }
}

/// Puts a job's newest state into the list, keeping the newest job first.
fn note(jobs: &mut Vec<JobView>, job: JobView) {
    match jobs.iter_mut().find(|known| known.id == job.id) {
        Some(known) => *known = job,
        None => jobs.insert(0, job),
    }
}

fn encode(message: &ToCore) -> Result<JsValue, JsValue> {
    let bytes = pack(message).map_err(|error| js_sys::Error::new(&error.to_string()))?;
    serde_wasm_bindgen::to_value(Bytes::new(&bytes)).map_err(Into::into)
}

fn decode(data: JsValue) -> Result<FromCore, JsValue> {
    let bytes: ByteBuf = serde_wasm_bindgen::from_value(data)?;
    unpack(&bytes).map_err(|error| js_sys::Error::new(&error.to_string()).into())
}

/// Where an answer is left for the one who waits for it.
#[derive(Default)]
struct Slot {
    result: Option<Result<Answer, Problem>>,
    waker: Option<Waker>,
}

struct Pending(Rc<RefCell<Slot>>);

impl Future for Pending {
    type Output = Result<Answer, Problem>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut slot = self.0.borrow_mut();
        match slot.result.take() {
            Some(result) => Poll::Ready(result),
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
