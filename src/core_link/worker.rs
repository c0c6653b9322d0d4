//! Starting the workers: a shared one where the browser has it, one of the tab's own elsewhere.

use js_sys::{Object, Reflect};
use portal_bridge::FIRST_WORKER;
use wasm_bindgen::prelude::*;
use web_sys::{MessagePort, SharedWorker, Worker, WorkerOptions, WorkerType};

use crate::preferences;

/// The only address a worker of this page is ever started from.
const SCRIPT: &str = "/core-boot.js";

/// Name of a worker that derives one key.
const HASHER: &str = "hasher";

/// The workers this tab holds on to.
pub(crate) struct Workers {
    core: Option<Worker>,
    hashers: Vec<(u32, Worker)>,
}

impl Workers {
    /// Starts or joins the core.
    pub(crate) fn start() -> (Self, Option<MessagePort>) {
        let mut workers = Self { core: None, hashers: Vec::new() };
        // The core moves on to a worker of another name whenever it locks; the other tabs are where it is now.
        let last = preferences::worker().filter(|name| name.starts_with(FIRST_WORKER));
        let port = shared(last.as_deref().unwrap_or(FIRST_WORKER)).or_else(|| workers.own(FIRST_WORKER));
        (workers, port)
    }

    /// Starts or joins the core's worker of this name; one of the tab's own closes itself once it has been succeeded.
    pub(crate) fn next(&mut self, name: &str) -> Option<MessagePort> {
        if let Some(port) = shared(name) {
            preferences::remember_worker(name);
            return Some(port);
        }
        self.own(name)
    }

    fn own(&mut self, name: &str) -> Option<MessagePort> {
        let worker = dedicated(name)?;
        self.core = Some(worker.clone());
        // A worker is spoken to as a port is; only the type differs.
        Some(worker.unchecked_into())
    }

    /// Starts a worker for one key derivation.
    pub(crate) fn start_hasher(&mut self, id: u32) -> Option<Worker> {
        let worker = dedicated(HASHER)?;
        self.hashers.push((id, worker.clone()));
        Some(worker)
    }

    /// Ends the worker of a key derivation, and with it everything it has in memory.
    pub(crate) fn end_hasher(&mut self, id: u32) {
        self.hashers.retain(|(known, worker)| {
            if *known == id {
                worker.terminate();
            }
            *known != id
        });
    }
}

fn shared(name: &str) -> Option<MessagePort> {
    let constructor = Reflect::get(&js_sys::global(), &"SharedWorker".into()).ok()?;
    let constructor: js_sys::Function = constructor.dyn_into().ok()?;
    let options = options(name);
    // Where the browser knows the word, the worker outlives a reload of its last tab, and with it the session.
    let _ = Reflect::set(&options, &"extendedLifetime".into(), &JsValue::TRUE);
    let arguments = js_sys::Array::of2(&script(), &options);
    let worker = Reflect::construct(&constructor, &arguments).ok()?;
    let worker: SharedWorker = worker.unchecked_into();
    worker.port().start();
    Some(worker.port())
}

/// A worker of this tab alone.
fn dedicated(name: &str) -> Option<Worker> {
    let constructor = Reflect::get(&js_sys::global(), &"Worker".into()).ok()?;
    let constructor: js_sys::Function = constructor.dyn_into().ok()?;
    let arguments = js_sys::Array::of2(&script(), &options(name));
    let worker = Reflect::construct(&constructor, &arguments).ok()?;
    Some(worker.unchecked_into())
}

fn options(name: &str) -> Object {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(name);
    options.unchecked_into()
}

/// The worker's address; under Trusted Types by a policy that knows no other.
fn script() -> JsValue {
    thread_local! {
        static ADDRESS: JsValue = trusted().unwrap_or_else(|| SCRIPT.into());
    }
    ADDRESS.with(JsValue::clone)
}

fn trusted() -> Option<JsValue> {
    let types = Reflect::get(&js_sys::global(), &"trustedTypes".into()).ok()?;
    let create_policy: js_sys::Function =
        Reflect::get(&types, &"createPolicy".into()).ok()?.dyn_into().ok()?;
    let rules = Object::new();
    let fixed = Closure::<dyn Fn() -> String>::new(|| SCRIPT.to_owned());
    Reflect::set(&rules, &"createScriptURL".into(), fixed.as_ref()).ok()?;
    let policy = create_policy.call2(&types, &"portal".into(), &rules).ok()?;
    let create: js_sys::Function = Reflect::get(&policy, &"createScriptURL".into()).ok()?.dyn_into().ok()?;
    create.call1(&policy, &SCRIPT.into()).ok()
}
