//! In a browser's worker: the entry, and the world as a worker sees it.

mod fetch;
mod global;
mod hasher;
mod port;
mod small_store;
mod succession;
mod timer;

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::{Rc, Weak},
};

use futures::{FutureExt, channel::oneshot, future::LocalBoxFuture};
use js_sys::Array;
use portal_bridge::{FIRST_WORKER, ToCore};
use portal_keys::{Kdf, KeyError, MasterKey};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use web_sys::{MessageEvent, MessagePort};
use zeroize::Zeroizing;

use crate::{
    Core,
    platform::{BodySink, Platform, Request, TransportError},
};
use port::{Listener, PortOutlet};
use succession::Succession;

/// Name of a worker that derives one key and is thrown away.
const HASHER: &str = "hasher";

/// Starts what this worker is for, by its name.
pub fn start() {
    if global::name() == HASHER {
        hasher::serve();
        return;
    }
    let web = Rc::new(Web::default());
    let core = Core::new(web.clone());
    *web.core.borrow_mut() = Rc::downgrade(&core);
    let succession = Rc::new(Succession::new(&core));
    core.on_lock(succession.clone());
    // A later one succeeds a locked core and waits to be told what it knows.
    if global::name() != FIRST_WORKER {
        succession.await_handover();
    }
    Tabs { core, web, succession }.listen();
}

/// Takes tabs and their messages in. It lives as long as the worker.
struct Tabs {
    core: Rc<Core>,
    web: Rc<Web>,
    succession: Rc<Succession>,
}

impl Tabs {
    /// Takes over what was parked before this program had loaded, then listens itself.
    fn listen(self) {
        let tabs = Rc::new(self);
        if global::is_shared() {
            let own = tabs.clone();
            global::on_connect(move |port| own.admit(port));
            for port in global::take_parked("parkedPorts") {
                tabs.admit(port.unchecked_into());
            }
        } else {
            // A dedicated worker speaks to its one tab as through a port.
            let port: MessagePort = js_sys::global().unchecked_into();
            let hear = tabs.admit(port);
            for event in global::take_parked("parkedMessages") {
                hear(event.unchecked_into());
            }
        }
    }

    /// A tab connects through this port.
    fn admit(self: &Rc<Self>, port: MessagePort) -> Rc<dyn Fn(MessageEvent)> {
        let tab = self.core.connect(Rc::new(PortOutlet(port.clone())));
        let (tabs, heard) = (self.clone(), port.clone());
        let hear: Rc<dyn Fn(MessageEvent)> = Rc::new(move |event| {
            let Some(message) = port::read::<ToCore>(&event.data()) else {
                // A page of an earlier edition cannot read this either, which tells it that it has to be loaded again.
                port::post(&heard, &());
                return;
            };
            match (&message, port::first_port(&event)) {
                (ToCore::Succeed, Some(port)) => tabs.succession.connect(port),
                (ToCore::Hasher, Some(port)) => tabs.web.lend(port),
                _ => tabs.core.receive(tab, message),
            }
        });
        let listen = hear.clone();
        Listener::new(move |event| listen(event)).keep_on(&port);
        hear
    }
}

/// The world of a worker.
#[derive(Default)]
pub(crate) struct Web {
    core: RefCell<Weak<Core>>,
    next_hasher: Cell<u32>,
    /// Derivations that wait for a worker.
    wanted: RefCell<VecDeque<oneshot::Sender<MessagePort>>>,
}

impl Web {
    /// A tab lends the port of a fresh worker to the derivation that has waited longest.
    fn lend(&self, port: MessagePort) {
        loop {
            let next = self.wanted.borrow_mut().pop_front();
            match next {
                // One that gave up waiting is passed over.
                Some(waiting) if waiting.is_canceled() => {}
                Some(waiting) => {
                    let _ = waiting.send(port);
                    return;
                }
                None => return,
            }
        }
    }
}

impl Platform for Web {
    fn send<'a>(
        &'a self,
        request: &'a Request,
        body: &'a mut dyn BodySink,
    ) -> LocalBoxFuture<'a, Result<(), TransportError>> {
        fetch::send(request, body).boxed_local()
    }

    fn now_ms(&self) -> i64 {
        js_sys::Date::now() as i64
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        timer::sleep(milliseconds).boxed_local()
    }

    fn random(&self) -> u32 {
        getrandom::u32().unwrap_or_default()
    }

    fn get<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, Option<String>> {
        small_store::get(name).map(Result::ok).map(Option::flatten).boxed_local()
    }

    fn put<'a>(&'a self, name: &'a str, value: &'a str) -> LocalBoxFuture<'a, ()> {
        small_store::put(name, value).map(drop).boxed_local()
    }

    fn remove<'a>(&'a self, name: &'a str) -> LocalBoxFuture<'a, ()> {
        small_store::remove(name).map(drop).boxed_local()
    }

    fn spawn(&self, future: LocalBoxFuture<'static, ()>) {
        wasm_bindgen_futures::spawn_local(future);
    }

    fn derive(
        &self,
        password: Zeroizing<Vec<u8>>,
        salt: String,
        kdf: Kdf,
    ) -> LocalBoxFuture<'_, Result<MasterKey, KeyError>> {
        hasher::derive(self, password, salt, kdf).boxed_local()
    }
}

/// The values of a JavaScript array.
fn values(array: &JsValue) -> Vec<JsValue> {
    array.dyn_ref::<Array>().map(|array| array.iter().collect()).unwrap_or_default()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn log_error(text: &str);
}
